"""Rows and columns inserted, deleted and moved, with all that hangs on them."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.refusals import invalid

Place = Callable[[int], int | None]
"""Where a row or column is afterwards; None when it is gone."""


def insert(book: Spreadsheet, tab: Tab, dimension: str, at: int, count: int) -> None:
    """Puts empty rows or columns before `at`; the grid grows."""
    if count <= 0 or not 0 <= at <= _length(tab, dimension):
        raise invalid(f"range.startIndex[{at}] is outside the grid")
    _set_length(tab, dimension, _length(tab, dimension) + count)
    _moved(tab, dimension, lambda n: n + count if n >= at else n)
    _ranges(book, tab, dimension, lambda s, e: (_after(s, at, count), _after(e, at + 1, count)))


def delete(book: Spreadsheet, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Takes rows or columns away; the last ones of a tab cannot go."""
    length, end = _length(tab, dimension), min(end, _length(tab, dimension))
    if end <= start:
        raise invalid(f"Invalid dimension range: {start} to {end}")
    if end - start >= length:
        raise invalid(f"You can't delete all the {dimension.lower()} on the sheet.")

    def before(n: int) -> int:
        return n - min(max(n - start, 0), end - start)

    _moved(tab, dimension, lambda n: None if start <= n < end else before(n))
    _set_length(tab, dimension, length - (end - start))
    _ranges(book, tab, dimension, lambda s, e: (before(s), before(e)))


def move(book: Spreadsheet, tab: Tab, dimension: str, source: tuple[int, int], to: int) -> None:
    """Moves rows or columns before the one that is at `to` now."""
    start, end = source
    if start < to < end:
        return
    order = [n for n in range(_length(tab, dimension)) if not start <= n < end]
    at = to if to <= start else to - (end - start)
    order[at:at] = range(start, end)
    places = {old: new for new, old in enumerate(order)}
    _moved(tab, dimension, places.get)
    _metadata_moved(book, tab, dimension, places)


def _length(tab: Tab, dimension: str) -> int:
    return tab.rows if dimension == "ROWS" else tab.columns


def _set_length(tab: Tab, dimension: str, length: int) -> None:
    name = "rowCount" if dimension == "ROWS" else "columnCount"
    tab.properties["gridProperties"][name] = length


def _after(n: int, at: int, count: int) -> int:
    return n + count if n >= at else n


def _moved(tab: Tab, dimension: str, place: Place) -> None:
    """Puts each cell, and each row's or column's own properties, where it belongs now."""
    by_row = dimension == "ROWS"
    moved = {}
    for (row, column), cell in tab.cells.items():
        new = place(row if by_row else column)
        if new is not None:
            moved[(new, column) if by_row else (row, new)] = cell
    tab.cells = moved
    old = tab.row_properties if by_row else tab.column_properties
    kept = {new: item for n, item in old.items() if (new := place(n)) is not None}
    if by_row:
        tab.row_properties = kept
    else:
        tab.column_properties = kept


Bounds = Callable[[int, int], tuple[int, int]]


def _ranges(book: Spreadsheet, tab: Tab, dimension: str, bounds: Bounds) -> None:
    """Moves the bounds of every range in the tab; one that is empty then is gone."""
    names = (
        ("startRowIndex", "endRowIndex")
        if dimension == "ROWS"
        else (
            "startColumnIndex",
            "endColumnIndex",
        )
    )
    for holder in _holders(book, tab):
        holder[:] = [item for item in holder if _bounded(item, tab, names, bounds)]
    groups = tab.row_groups if dimension == "ROWS" else tab.column_groups
    groups[:] = [group for group in groups if _dimension(group["range"], bounds)]
    book.metadata[:] = [
        item
        for item in book.metadata
        if not _hangs(item, tab, dimension)
        or _dimension(item["location"]["dimensionRange"], bounds)
    ]


def _holders(book: Spreadsheet, tab: Tab) -> Iterator[list[Json]]:
    yield book.named_ranges
    yield from (tab.merges, tab.protections, tab.filter_views, tab.basic_filter)
    for condition in tab.conditions:
        yield condition["ranges"]


def _bounded(item: Json, tab: Tab, names: tuple[str, str], bounds: Bounds) -> bool:
    grid = item.get("range", item)
    if grid.get("sheetId", 0) != tab.id or not any(name in grid for name in names):
        return True
    start, end = bounds(grid.get(names[0], 0), grid.get(names[1], 10**9))
    if names[0] in grid:
        grid[names[0]] = start
    if names[1] in grid:
        grid[names[1]] = end
    return end > start


def _dimension(span: Json, bounds: Bounds) -> bool:
    span["startIndex"], span["endIndex"] = bounds(span.get("startIndex", 0), span["endIndex"])
    return bool(span["endIndex"] > span["startIndex"])


def _hangs(item: Json, tab: Tab, dimension: str) -> bool:
    span: Any = item["location"].get("dimensionRange")
    return bool(span) and span.get("sheetId", 0) == tab.id and span["dimension"] == dimension


def _metadata_moved(book: Spreadsheet, tab: Tab, dimension: str, places: dict[int, int]) -> None:
    for item in book.metadata:
        if _hangs(item, tab, dimension):
            span = item["location"]["dimensionRange"]
            at = places[span.get("startIndex", 0)]
            span["startIndex"], span["endIndex"] = at, at + 1
