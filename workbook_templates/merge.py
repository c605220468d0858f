"""The three-way merge of one row, by value: what is there, what I last knew, what I want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook_templates.schema import Cells

Change = tuple[str | None, str | None]  # (what the sender last knew, what it wants)


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A cell that both sides changed to different values; a person decides, never the clock."""

    column: str
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The row after the merge: blanks are absent, cells in conflict keep what is there.

    `changed` holds (before, after) by column.
    """

    cells: dict[str, str | None]
    changed: dict[str, Change]
    conflicts: tuple[CellConflict, ...]


def merge_cells(
    current: Cells, changes: Mapping[str, Change], families: Sequence[tuple[str, ...]] = ()
) -> Merged:
    """Puts changes on a row. What is as wished stays; what is as it was known is taken; anything
    else is a conflict. The columns of a family are one unit: taken together or not at all.

    A change with equal halves only says what its sender knew, so that a family notices that the
    other side changed another of its columns (`diff_cells` with the families sends it).
    """
    cells = {column: text for column, text in current.items() if text}
    wishes = {column: (base or None, mine or None) for column, (base, mine) in changes.items()}
    conflicts: tuple[CellConflict, ...] = ()
    if any(cells.get(column) != base for column, (base, _) in wishes.items()):
        wishes, conflicts = _decide(cells, wishes, families)
    changed = {column: wish for column, wish in wishes.items() if wish[0] != wish[1]}
    if changed:
        after = cells | {column: mine for column, (_, mine) in changed.items()}
        cells = {column: text for column, text in after.items() if text}
    return Merged({**cells}, changed, conflicts)


def diff_cells(
    base: Cells, mine: Cells, families: Sequence[tuple[str, ...]] = ()
) -> dict[str, Change]:
    """The changes that lead from `base` to `mine`: column -> (base, mine), blanks as None.

    Where a column of a family changed, its other columns go along with equal halves; a new row has
    nothing that another could have changed, so there they do not.
    """
    changes: dict[str, Change] = {}
    for column in [*base, *(c for c in mine if c not in base)]:
        before, after = base.get(column) or None, mine.get(column) or None
        if before != after:
            changes[column] = (before, after)
    for family in families if base else ():
        if not changes.keys().isdisjoint(family):
            for column in family:
                known = base.get(column) or None
                changes.setdefault(column, (known, known))
    return changes


def _decide(
    cells: Cells, wishes: Mapping[str, Change], families: Sequence[tuple[str, ...]]
) -> tuple[dict[str, Change], tuple[CellConflict, ...]]:
    """The wishes that can be taken, and the conflicts, where the row is not as its sender knew."""
    taken: dict[str, Change] = {}
    conflicts: list[CellConflict] = []
    for unit in _units(wishes, families):
        now = [cells.get(column) for column in unit]
        base = [wishes[column][0] for column in unit]
        mine = [wishes[column][1] for column in unit]
        if now == base:
            taken.update((column, wishes[column]) for column in unit)
        elif mine not in (now, base):
            together = zip(unit, base, mine, now, strict=True)
            conflicts += [CellConflict(c, b, m, n) for c, b, m, n in together if m != n]
    return taken, tuple(conflicts)


def _units(
    changes: Mapping[str, Change], families: Sequence[tuple[str, ...]]
) -> Iterable[tuple[str, ...]]:
    """The changed columns, those of one family together."""
    together = [tuple(c for c in family if c in changes) for family in families]
    grouped = {column for unit in together for column in unit}
    yield from (unit for unit in together if unit)
    yield from ((column,) for column in changes if column not in grouped)
