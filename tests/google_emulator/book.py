"""What a spreadsheet is made of: tabs of cells, and what hangs on their rows and columns.

A cell is never changed in place, so that a copy of a spreadsheet is cheap: a batchUpdate works
on a copy, which takes the original's place only when every request went well.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.a1 import Area, grid_area
from tests.google_emulator.refusals import invalid

Json = dict[str, Any]
Value = str | int | float | bool | None


def apart(value: Any) -> Any:
    """A copy of a JSON value that shares nothing that can change; faster than `deepcopy`."""
    if isinstance(value, dict):
        return {name: apart(item) for name, item in value.items()}
    return [apart(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; with a formula its value is worked out when it is read."""

    value: Value = None
    formula: str | None = None
    format: Json = field(default_factory=dict)
    note: str = ""
    validation: Json | None = None

    @property
    def filled(self) -> bool:
        return self.value is not None or self.formula is not None

    @property
    def bare(self) -> bool:
        return not (self.filled or self.format or self.note or self.validation)


EMPTY = Cell()


@dataclass(slots=True)
class Tab:
    """A sheet of a spreadsheet; `properties` is Google's SheetProperties without the index."""

    properties: Json
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    row_properties: dict[int, Json] = field(default_factory=dict)
    column_properties: dict[int, Json] = field(default_factory=dict)
    # Each of these holds a GridRange under "range".
    merges: list[Json] = field(default_factory=list)
    protections: list[Json] = field(default_factory=list)
    conditions: list[Json] = field(default_factory=list)
    filter_views: list[Json] = field(default_factory=list)
    basic_filter: list[Json] = field(default_factory=list)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def rows(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def columns(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def whole(self) -> Area:
        return Area(0, 0, self.rows, self.columns)

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        if cell.bare:
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = cell

    def area(self, grid: Json) -> Area:
        """The area of a GridRange that must lie within the grid."""
        area = grid_area(grid, self.rows, self.columns)
        if area.bottom > self.rows or area.right > self.columns:
            raise invalid(
                f"GridRange exceeds grid limits. Max rows: {self.rows}, max columns: {self.columns}"
            )
        return area

    def resize(self, rows: int, columns: int) -> None:
        """Sets the grid's size; what lies outside is gone."""
        self.properties["gridProperties"] |= {"rowCount": rows, "columnCount": columns}
        self.cells = {k: v for k, v in self.cells.items() if k[0] < rows and k[1] < columns}

    def grow(self, rows: int, columns: int) -> None:
        self.resize(max(rows, self.rows), max(columns, self.columns))

    def copied(self) -> "Tab":
        return Tab(
            apart(self.properties),
            dict(self.cells),
            *(apart(getattr(self, name)) for name in _COPIED),
        )


_COPIED = (
    "row_properties",
    "column_properties",
    "merges",
    "protections",
    "conditions",
    "filter_views",
    "basic_filter",
    "row_groups",
    "column_groups",
)


@dataclass(slots=True)
class Spreadsheet:
    """A spreadsheet; the Drive file around it is `drive.File`."""

    id: str
    properties: Json
    tabs: list[Tab]
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)

    def tab(self, sheet_id: int) -> Tab:
        for tab in self.tabs:
            if tab.id == sheet_id:
                return tab
        raise invalid(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Tab | None:
        """The tab of that title, upper and lower case alike."""
        return next((tab for tab in self.tabs if tab.title.lower() == title.lower()), None)

    def copied(self) -> "Spreadsheet":
        return Spreadsheet(
            self.id,
            apart(self.properties),
            [tab.copied() for tab in self.tabs],
            apart(self.named_ranges),
            apart(self.metadata),
        )


def new_tab(sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> Tab:
    """An empty tab of the size that Google gives one."""
    grid = {"rowCount": rows, "columnCount": columns}
    return Tab(
        {"sheetId": sheet_id, "title": title, "sheetType": "GRID", "gridProperties": grid},
    )
