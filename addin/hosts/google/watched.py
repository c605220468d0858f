"""Which cells tell whether the rows that are written are still those that were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from addin.hosts.base import Area
from addin.hosts.google.changes import TabChanges
from addin.hosts.google.look import Place, Tab
from addin.hosts.google.tags import head_row, row_id_column

MOST_SPANS = 30  # of a tab; rows that lie further apart are read with those between
MOST_HIDDEN = 50  # rows of a hidden tab that are looked at: only another sync writes there


def watched(tab: Tab, changes: TabChanges, bottom: int) -> Iterator[Area]:
    """The rows that are written, the headings, and the ids of all rows, down to row ``bottom``."""
    rows = sorted(row for row in _rows(tab, changes) if row <= bottom)
    spans = list(_spans(rows))
    if len(spans) > MOST_SPANS:
        spans = [(rows[0], rows[-1])]
    yield from (Area(top, 1, end, tab.width) for top, end in spans)
    column = row_id_column(tab)
    if column is not None:
        last = max((row for row, at in tab.raw if at == column), default=1)
        yield Area(1, column, min(last, bottom), column)
    elif not spans:
        yield Area(1, 1, 1, 1)


def are_those(before: Tab, there: Tab, changes: TabChanges) -> bool:
    """Whether the rows that are written are as they were read, and so are the headings and the ids
    of all rows.
    """
    if before.id != there.id:
        return False
    places = _places(before, there, changes) - there.spilled
    rows = _rows(before, changes)
    notes = (place for place in changes.notes if place[0] in rows)
    return all(there.entered(place) == before.entered(place) for place in places) and all(
        there.notes.get(place, "") == before.notes.get(place, "") for place in notes
    )


def are_untouched(before: Tab, there: Tab, changes: TabChanges) -> bool:
    """The same of a tab that has values only: what formulas make changes by itself."""
    places = _places(before, there, changes) - before.formulas.keys() - before.spilled
    return all(there.raw.get(place) == before.raw.get(place) for place in places)


def are_hit(before: Tab, there: Tab, changes: TabChanges) -> bool:
    """Whether each cell that was written said what it was taken to say, in the row that it was
    taken to be in: in one other cell of a row somebody may have typed.
    """
    if before.hidden:
        return are_untouched(before, there, changes)
    places = _places(before, there, changes) - before.formulas.keys() - before.spilled
    other = {place for place in places if there.raw.get(place) != before.raw.get(place)}
    rows, column = _rows(before, changes), row_id_column(before)
    if other & changes.places or any(row == head_row(before) for row, _ in other):
        return False
    strange = Counter(row for row, _ in other if row in rows)
    return all(
        times == 1 or _has_its_id(before, there, (row, column)) for row, times in strange.items()
    )


def _has_its_id(before: Tab, there: Tab, place: tuple[int, int | None]) -> bool:
    row, column = place
    if column is None:
        return False
    own = before.raw.get((row, column))
    return own is not None and there.raw.get((row, column)) == own


def _places(before: Tab, there: Tab, changes: TabChanges) -> set[Place]:
    rows, column = _rows(before, changes), row_id_column(before)
    entered = before.raw.keys() | before.formulas.keys() | there.raw.keys() | there.formulas.keys()
    return {place for place in entered if place[0] in rows or place[1] == column}


def _rows(tab: Tab, changes: TabChanges) -> set[int]:
    rows = {row for row, _ in changes.places}
    if tab.hidden:
        return set(sorted(rows)[:MOST_HIDDEN])
    head = head_row(tab)
    return rows if head is None else rows | {head}


def _spans(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of row numbers."""
    start = end = None
    for row in rows:
        if end is not None and start is not None and row != end + 1:
            yield start, end
            start = row
        start, end = row if start is None else start, row
    if start is not None and end is not None:
        yield start, end
