"""A spreadsheet as `spreadsheets.get` tells it, with cells where they are asked for."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from tests.google_emulator.a1 import Area
from tests.google_emulator.book import Cell, Json, Spreadsheet, Tab, Value
from tests.google_emulator.field_masks import Mask, names, parsed, shown
from tests.google_emulator.formats import normalised
from tests.google_emulator.formulas import value_at
from tests.google_emulator.kinds_tabs import told_properties
from tests.google_emulator.reading import formatted, located, plain, within

THEME = {
    "TEXT": {},
    "BACKGROUND": {"red": 1, "green": 1, "blue": 1},
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
FLAGS = dict.fromkeys(("bold", "italic", "strikethrough", "underline"), False)
DEFAULT_FORMAT = normalised(
    {
        "backgroundColor": {"red": 1, "green": 1, "blue": 1},
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": {},
            "fontFamily": "arial,sans,sans-serif",
            "fontSize": 10,
            **FLAGS,
        },
    }
)

_FILLED, _FORMATTED = attrgetter("filled"), attrgetter("format")
# The fields of a cell, and what in it gives them something to tell.
FIELDS: dict[str, Callable[[Cell], Any]] = {
    "userEnteredValue": _FILLED,
    "effectiveValue": _FILLED,
    "formattedValue": _FILLED,
    "userEnteredFormat": _FORMATTED,
    "effectiveFormat": _FORMATTED,
    "dataValidation": attrgetter("validation"),
    "note": attrgetter("note"),
}


def new_properties(title: str, locale: str = "en_US", zone: str = "Etc/GMT") -> Json:
    """The properties of a spreadsheet just made."""
    return {
        "title": title,
        "locale": locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": zone,
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": {
            "primaryFontFamily": "Arial",
            "themeColors": [
                {"colorType": kind, "color": {"rgbColor": colour}} for kind, colour in THEME.items()
            ],
        },
    }


def spreadsheet(book: Spreadsheet, options: Json, ranges: list[str], account: str) -> Json:
    """The spreadsheet; a field mask decides alone about cells, else `includeGridData`."""
    mask = parsed(options["fields"]) if options.get("fields") else {}
    with_cells = str(options.get("includeGridData", "false")).lower() == "true"
    if mask:
        with_cells = names(mask, "sheets", "data")
    places = [located(book, address) for address in ranges]
    tabs = [tab for tab in book.tabs if not places or any(tab is t for t, _ in places)]
    sheets = []
    for tab in tabs:
        sheet = _sheet(book, tab, account)
        if with_cells:
            areas = [area for t, area in places if t is tab] or [tab.whole]
            sheet["data"] = [_grid(book, tab, within(tab, area), mask) for area in areas]
        sheets.append(sheet)
    answer: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.named_ranges:
        answer["namedRanges"] = book.named_ranges
    own = [item for item in book.metadata if item["location"].get("spreadsheet")]
    answer |= {"developerMetadata": own} if own else {}
    told: Json = shown(answer, mask)
    return told


def _sheet(book: Spreadsheet, tab: Tab, account: str) -> Json:
    sheet: Json = {"properties": told_properties(book, tab)}
    parts: dict[str, list[Any]] = {
        "merges": [item["range"] for item in tab.merges],
        "protectedRanges": [_protection(item, account) for item in tab.protections],
        "conditionalFormats": tab.conditions,
        "filterViews": tab.filter_views,
        "rowGroups": tab.row_groups,
        "columnGroups": tab.column_groups,
        "developerMetadata": [i for i in book.metadata if i["location"].get("sheetId") == tab.id],
    }
    sheet |= {name: items for name, items in parts.items() if items}
    return sheet | ({"basicFilter": tab.basic_filter[0]} if tab.basic_filter else {})


def _protection(item: Json, account: str) -> Json:
    """Who edits it is told only to those who may."""
    users = item.get("editors", {}).get("users")
    may = users is None or account in users
    told = {name: part for name, part in item.items() if name != "editors" or may}
    return told | ({"requestingUserCanEdit": True} if may else {})


def _grid(book: Spreadsheet, tab: Tab, area: Area, mask: Mask) -> Json:
    rows: dict[int, dict[int, Cell]] = {}
    wanted, tags = _wanted(mask), _tags(book, tab)
    for (r, c), cell in tab.cells.items():
        if area.holds(r, c) and any(told(cell) for told in wanted):
            rows.setdefault(r - area.top, {})[c - area.left] = cell
    told = []
    for n in range(max(rows, default=-1) + 1):
        cells = rows.get(n, {})
        line = [
            _cell(book, tab, area.top + n, area.left + i) for i in range(max(cells, default=-1) + 1)
        ]
        told.append({"values": line} if line else {})
    grid: Json = {"startRow": area.top} if area.top else {}
    grid |= {"startColumn": area.left} if area.left else {}
    grid |= {"rowData": told} if told else {}
    grid["rowMetadata"] = [_dimension(tab, tags, "ROWS", n) for n in range(area.top, area.bottom)]
    grid["columnMetadata"] = [
        _dimension(tab, tags, "COLUMNS", n) for n in range(area.left, area.right)
    ]
    return grid


def _wanted(mask: Mask) -> list[Callable[[Cell], Any]]:
    """What gives a cell any of the masked fields, so that its row reaches as far."""
    named = {f for f in FIELDS if names(mask, "sheets", "data", "rowData", "values", f)}
    return list({FIELDS[field]: None for field in named})


Tags = dict[tuple[str, int], list[Json]]


def _tags(book: Spreadsheet, tab: Tab) -> Tags:
    """The developer metadata of rows and columns by their places."""
    found: Tags = {}
    for item in book.metadata:
        span = item["location"].get("dimensionRange")
        if span and span.get("sheetId", 0) == tab.id:
            found.setdefault((span["dimension"], span.get("startIndex", 0)), []).append(item)
    return found


def _dimension(tab: Tab, tags: Tags, dimension: str, n: int) -> Json:
    own = tab.row_properties if dimension == "ROWS" else tab.column_properties
    size = {"pixelSize": 21 if dimension == "ROWS" else 100}
    its = tags.get((dimension, n))
    return size | own.get(n, {}) | ({"developerMetadata": its} if its else {})


def _cell(book: Spreadsheet, tab: Tab, row: int, column: int) -> Json:
    cell = tab.cell(row, column)
    told: Json = {}
    value = value_at(book, tab, row, column)
    if cell.filled:
        entered = {"formulaValue": cell.formula} if cell.formula else extended(value)
        told |= {"userEnteredValue": entered, "effectiveValue": extended(value)}
        told["formattedValue"] = formatted(value, cell, book.properties["locale"])
    if cell.format:
        told["userEnteredFormat"] = cell.format
    if cell.format or cell.filled:
        told["effectiveFormat"] = book.properties["defaultFormat"] | cell.format
    told |= {"note": cell.note} if cell.note else {}
    return told | ({"dataValidation": cell.validation} if cell.validation else {})


def extended(value: Value) -> Json:
    """Google's ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": plain(value)}
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
        return {"errorValue": {"type": value.strip("#!?").replace("/", "_"), "message": value}}
    return {"stringValue": value or ""}
