"""What a spreadsheet looks like at one moment: all that counts comes with one call.

A person who sorts between two calls would tear rows apart. The second call only says which numbers
are days, and all else that it says must be as in the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gspread.http_client import ParamsType

from addin.hosts.base import Area, Cell, CellError
from addin.hosts.errors import WorkbookChanged
from addin.hosts.google.addresses import area_of, quoted
from addin.hosts.google.cells import DATED, LOADING, Raw, cell_of, raw_of
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.tags import column_tags, table_tag

Json = dict[str, Any]
Place = tuple[int, int]
ATTEMPTS = 5
OVERWRITTEN = "_lajur_before"  # the hidden tab of `addin.hosts.google.overwritten`
_TAGS = "developerMetadata(metadataKey,metadataValue)"
_SHEET = "properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount))"
_CELL = "effectiveValue,note,userEnteredValue"
_ROWS, _COLUMNS = "rowMetadata(hiddenByFilter,hiddenByUser)", f"columnMetadata({_TAGS})"
# Without formats: the blank cells that are prepared for a thousand rows would come along.
WHOLE = (
    "properties(title),namedRanges,"
    f"sheets({_SHEET},merges,{_TAGS},data(rowData(values({_CELL}/formulaValue)),{_ROWS},{_COLUMNS}))"
)
_KIND = "effectiveFormat/numberFormat/type"
PART = f"sheets({_SHEET},data(startRow,startColumn,rowData(values({_CELL},{_KIND}))))"
# How a number is told tells whether it is one of days: as the text that the cell shows.
_TYPED: ParamsType = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "FORMATTED_STRING",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, or some rows of it. Places are (row, column), 1-based.

    `height` and `width` are the grid's, blank cells too. `dated` are the numbers in a format of
    days and times. `columns` are tags. `kinds`, the types of formats, and `spilled`, the values
    that a formula elsewhere put there, are known of single rows only.
    """

    id: int
    title: str
    hidden: bool
    height: int
    width: int
    raw: dict[Place, Raw] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    dated: set[Place] = field(default_factory=set)
    kinds: dict[Place, str] = field(default_factory=dict)
    spilled: set[Place] = field(default_factory=set)
    notes: dict[Place, str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    table: str = ""
    columns: dict[str, int] = field(default_factory=dict)

    def cell(self, place: Place) -> Cell:
        """What a cell says."""
        return cell_of(self.raw.get(place), place in self.dated)

    def is_loading(self, place: Place) -> bool:
        """Whether a formula has no result yet."""
        return self.raw.get(place) == LOADING

    def entered(self, place: Place) -> Raw:
        """What was put into a cell: its formula, not the result, which may change by itself."""
        return self.formulas.get(place) or self.raw.get(place)


@dataclass(frozen=True, slots=True)
class Look:
    """A spreadsheet at one moment: its title, its tabs by title, and its named ranges.

    `overwritten` is the id of the hidden tab of that name, which is none of its tabs.
    """

    title: str
    tabs: dict[str, Tab]
    named: tuple[Json, ...] = ()
    overwritten: int | None = None

    def tab_of(self, number: int) -> Tab | None:
        """The tab with that id."""
        return next((tab for tab in self.tabs.values() if tab.id == number), None)


def look(client: SheetsClient, spreadsheet: str) -> Look:
    """The whole spreadsheet. Raises `WorkbookChanged` when somebody never stops changing it."""
    for _ in range(ATTEMPTS):
        params: ParamsType = {"fields": WHOLE, "prettyPrint": "false"}
        found = client.fetch_sheet_metadata(spreadsheet, params)
        title = str(found["properties"]["title"])
        client.titles[spreadsheet] = title
        seen = _look_of(title, found)
        if _are_dated(client, spreadsheet, seen.tabs):
            return seen
    raise WorkbookChanged(name=title)


def looked_anew(client: SheetsClient, spreadsheet: str) -> Look:
    """All tabs as they are now, whatever their titles, in one call; with the types of formats."""
    found = client.fetch_sheet_metadata(spreadsheet, {"fields": PART, "prettyPrint": "false"})
    return _look_of(client.titles.get(spreadsheet, spreadsheet), found)


def changed_and_looked(
    client: SheetsClient, spreadsheet: str, requests: Sequence[Json], ranges: Sequence[str]
) -> dict[str, Tab]:
    """Some ranges as they are right after all requests took effect together."""
    return _tabs(client.changed(spreadsheet, requests, ranges, PART))


def _look_of(title: str, found: Mapping[str, Any]) -> Look:
    tabs = _tabs(found)
    hidden = tabs.pop(OVERWRITTEN, None)
    named = tuple(found.get("namedRanges", ()))
    return Look(title, tabs, named, hidden.id if hidden else None)


def look_at(client: SheetsClient, spreadsheet: str, ranges: Sequence[str]) -> dict[str, Tab]:
    """Some ranges as they are now: tabs that have their cells only, with the types of formats."""
    params: ParamsType = {"fields": PART, "ranges": list(ranges), "prettyPrint": "false"}
    return _tabs(client.fetch_sheet_metadata(spreadsheet, params))


def _are_dated(client: SheetsClient, spreadsheet: str, tabs: dict[str, Tab]) -> bool:
    """Notes which numbers are days; False when the spreadsheet has changed meanwhile."""
    numeric = [t for t in tabs.values() if any(isinstance(r, float) for r in t.raw.values())]
    if not numeric:
        return True
    ranges = [quoted(tab.title) for tab in numeric]
    told = client.values_batch_get(spreadsheet, ranges, dict(_TYPED))["valueRanges"]
    return all(_agree(tab, one.get("values", [])) for tab, one in zip(numeric, told, strict=True))


def _agree(tab: Tab, rows: list[list[Any]]) -> bool:
    found = {
        (row, column): value
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if value != ""
    }
    for place in found.keys() | tab.raw.keys():
        first, second = tab.raw.get(place), found.get(place)
        if isinstance(first, float) and isinstance(second, str):
            tab.dated.add(place)
        elif not _is_same(first, second) and place not in tab.formulas:
            return False
    return True


def _is_same(first: Raw, second: Any) -> bool:
    """Errors are told as texts in values."""
    if isinstance(first, CellError):
        return isinstance(second, str)
    return first == second and isinstance(first, bool) is isinstance(second, bool)


def _tabs(found: Mapping[str, Any]) -> dict[str, Tab]:
    sheets = (s for s in found["sheets"] if s["properties"].get("sheetType", "GRID") == "GRID")
    return {sheet["properties"]["title"]: _tab(sheet) for sheet in sheets}


def _tab(sheet: Json) -> Tab:
    own, blocks = sheet["properties"], sheet.get("data", [])
    grid = own["gridProperties"]
    height, width = int(grid["rowCount"]), int(grid["columnCount"])
    tab = Tab(
        int(own.get("sheetId", 0)),
        own["title"],
        bool(own.get("hidden")),
        height,
        width,
        merged=tuple(area_of(one, height, width) for one in sheet.get("merges", ())),
        hidden_rows=frozenset(n for block in blocks for n in _hidden(block)),
        table=table_tag(sheet.get("developerMetadata", [])),
        columns=column_tags(blocks[0].get("columnMetadata", []) if blocks else []),
    )
    for block in blocks:
        for place, cell in _cells(block):
            _put(tab, place, cell)
    return tab


def _hidden(block: Json) -> Iterator[int]:
    start = int(block.get("startRow", 0)) + 1
    for number, row in enumerate(block.get("rowMetadata", ()), start):
        if row.get("hiddenByFilter") or row.get("hiddenByUser"):
            yield number


def _cells(block: Json) -> Iterator[tuple[Place, Json]]:
    top, left = int(block.get("startRow", 0)) + 1, int(block.get("startColumn", 0)) + 1
    for row, line in enumerate(block.get("rowData", ()), top):
        for column, cell in enumerate(line.get("values", ()), left):
            if cell:
                yield (row, column), cell


def _put(tab: Tab, place: Place, cell: Json) -> None:
    if kind := cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type"):
        tab.kinds[place] = kind
        if kind in DATED:
            tab.dated.add(place)
    if "note" in cell:
        tab.notes[place] = cell["note"]
    if formula := cell.get("userEnteredValue", {}).get("formulaValue"):
        tab.formulas[place] = formula
    raw = raw_of(cell.get("effectiveValue", {}))
    if raw is not None:
        tab.raw[place] = raw
        if "userEnteredValue" not in cell:
            tab.spilled.add(place)
