"""Taking back what was written into rows that a person moved at that very moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from addin.hosts.base import Area
from addin.hosts.google.cells import Raw, given, raw_for
from addin.hosts.google.changes import TabChanges
from addin.hosts.google.look import Json, Tab
from addin.hosts.google.requests import updated
from addin.hosts.google.tags import row_id_column

Line = tuple[tuple[int, Raw], ...]


@dataclass(frozen=True, slots=True)
class Back:
    """What takes changes of a tab back: as changes, which may have to be taken back themselves,
    and as requests.
    """

    changes: TabChanges
    requests: list[Json]


def back_again(before: Tab, now: Tab, changes: TabChanges) -> Back:
    """What gives each cell that we wrote the value of the row that now stands there.

    ``before`` is the tab as it was read, ``now`` as it is with our changes, in the order that the
    person gave it. What was typed after us stays.
    """
    touched = {row for row, _ in changes.places}
    rows = _rows(before, now, changes)
    columns = _columns(before, now, touched, {column for _, column in changes.places})
    back = Back(TabChanges(), [])
    for place, value in changes.cells.items():
        if place[0] in rows and now.entered(place) == raw_for(value):
            source = rows[place[0]], columns[place[1]]
            formula, raw = before.formulas.get(source), before.raw.get(source)
            own = {"formulaValue": formula} if formula else given(raw)
            content = {"userEnteredValue": own} if own else {}
            back.requests.append(_cell(now.id, place, content, "userEnteredValue"))
            back.changes.cells[place] = formula or raw
    for place, text in changes.notes.items():
        if place[0] in rows and now.notes.get(place, "") == text:
            note = before.notes.get((rows[place[0]], columns[place[1]]), "")
            back.requests.append(_cell(now.id, place, {"note": note} if note else {}, "note"))
            back.changes.notes[place] = note
    return back


def _cell(tab: int, place: tuple[int, int], content: Json, fields: str) -> Json:
    row, column = place
    return updated(tab, Area(row, column, row, column), [{"values": [content]}], fields)


def _rows(before: Tab, now: Tab, changes: TabChanges) -> dict[int, int]:
    """Where each row that we wrote into stood when it was read.

    A row is known by its id, where we did not write that; else by the rest of its cells; else it
    is the one that stood there. Rows that are alike in all that is left are given out in their
    order: one of them is as good as another.
    """
    touched = sorted({row for row, _ in changes.places})
    found = _by_id(before, now, changes, touched)
    left = _elsewhere(before, now, {*touched}, {*found.values()})
    for row in (n for n in touched if n not in found):
        ours = {column for its, column in changes.cells if its == row}
        rest = _line(now, row, ours)
        same = (source for source in left if _line(before, source, ours) == rest)
        source = next(same, row if row in left else None)
        if source is not None:
            found[row] = source
            left.remove(source)
    return found


def _by_id(before: Tab, now: Tab, changes: TabChanges, touched: list[int]) -> dict[int, int]:
    column = row_id_column(before)
    if column is None:
        return {}
    rows = {before.entered((n, column)): n for n in range(1, before.height + 1)}
    known = ((row, now.entered((row, column))) for row in touched)
    return {
        row: rows[own]
        for row, own in known
        if own is not None and own in rows and (row, column) not in changes.cells
    }


def _elsewhere(before: Tab, now: Tab, touched: set[int], known: set[int]) -> list[int]:
    """Rows as they were read that stand nowhere now but, perhaps, under what we wrote."""
    untouched = (row for row in range(1, now.height + 1) if row not in touched)
    standing = Counter(_line(now, row, set()) for row in untouched)
    left = []
    for row in range(1, before.height + 1):
        line = _line(before, row, set())
        if row in known:
            continue
        if standing[line]:
            standing[line] -= 1
        else:
            left.append(row)
    return left


def _line(tab: Tab, row: int, but: set[int]) -> Line:
    columns = range(1, tab.width + 1)
    entered = ((column, tab.entered((row, column))) for column in columns if column not in but)
    return tuple((column, value) for column, value in entered if value is not None)


def _columns(before: Tab, now: Tab, touched: set[int], wanted: set[int]) -> dict[int, int]:
    """Where each column that we wrote into stood: it is known by what we did not touch."""
    then, here = _by_column(before, touched), _by_column(now, touched)
    found = {}
    for column in wanted:
        there = here.get(column, {})
        same = (c for c in range(1, before.width + 1) if then.get(c, {}) == there)
        found[column] = column if then.get(column, {}) == there else next(same, column)
    return found


def _by_column(tab: Tab, touched: set[int]) -> dict[int, dict[int, Raw]]:
    found: dict[int, dict[int, Raw]] = {}
    for row, column in tab.raw.keys() | tab.formulas.keys():
        if row not in touched:
            found.setdefault(column, {})[row] = tab.entered((row, column))
    return found
