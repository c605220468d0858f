"""Taking back what was written into rows that a person moved at that very moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from addin.hosts.base import Area
from addin.hosts.google.cells import Raw, given, raw_for
from addin.hosts.google.changes import TabChanges
from addin.hosts.google.look import Json, Tab
from addin.hosts.google.requests import updated
from addin.hosts.google.tags import row_id_column

Line = tuple[tuple[int, Raw], ...]


def back_again(before: Tab, now: Tab, changes: TabChanges) -> Iterator[Json]:
    """Requests that give each cell that we wrote the value of the row that now stands there.

    ``before`` is the tab as it was read, ``now`` as it is with our changes, in the order that the
    person gave it. What was typed after us stays.
    """
    origins = _origins(before, now, changes)
    for place, value in changes.cells.items():
        row = origins.get(place[0])
        if row is None or now.entered(place) != raw_for(value):
            continue
        source = (row, place[1])
        formula = before.formulas.get(source)
        own = {"formulaValue": formula} if formula else given(before.raw.get(source))
        yield _cell(now.id, place, {"userEnteredValue": own} if own else {}, "userEnteredValue")
    for place, text in changes.notes.items():
        row = origins.get(place[0])
        if row is not None and now.notes.get(place, "") == text:
            note = before.notes.get((row, place[1]), "")
            yield _cell(now.id, place, {"note": note} if note else {}, "note")


def _cell(tab: int, place: tuple[int, int], content: Json, fields: str) -> Json:
    row, column = place
    return updated(tab, Area(row, column, row, column), [{"values": [content]}], fields)


def _origins(before: Tab, now: Tab, changes: TabChanges) -> dict[int, int]:
    """Where each row that we wrote into stood when it was read.

    A row is known by its id, where we did not write that; else by the rest of its cells. Rows that
    are alike in all that is left are given out in their order: one of them is as good as another.
    """
    touched = sorted({row for row, _ in changes.places})
    column, found = row_id_column(before), dict[int, int]()
    if column is not None:
        rows = {before.entered((n, column)): n for n in range(1, before.height + 1)}
        for row in touched:
            own = now.entered((row, column))
            if own is not None and (row, column) not in changes.cells and own in rows:
                found[row] = rows[own]
    elsewhere = _elsewhere(before, now, {*touched}, {*found.values()})
    for row in (n for n in touched if n not in found):
        ours = {column for its, column in changes.cells if its == row}
        rest = _line(now, row, ours)
        for source in elsewhere:
            if _line(before, source, ours) == rest:
                found[row] = source
                elsewhere.remove(source)
                break
    return found


def _elsewhere(before: Tab, now: Tab, touched: set[int], known: set[int]) -> list[int]:
    """Rows as they were read that stand nowhere now but, perhaps, under what we wrote."""
    height = range(1, max(before.height, now.height) + 1)
    standing = Counter(_line(now, row, set()) for row in height if row not in touched)
    left = []
    for row in height:
        line = _line(before, row, set())
        if row not in known and not standing[line]:
            left.append(row)
        standing[line] -= bool(standing[line])
    return left


def _line(tab: Tab, row: int, but: set[int]) -> Line:
    columns = range(1, tab.width + 1)
    entered = ((column, tab.entered((row, column))) for column in columns if column not in but)
    return tuple((column, value) for column, value in entered if value is not None)
