"""How values are read: which area an address means, and how its cells are told."""

from typing import Any

from tests.google_emulator.a1 import Area, parse_area, split_address, written
from tests.google_emulator.book import Cell, Json, Spreadsheet, Tab, Value
from tests.google_emulator.formats import is_date, shown_number
from tests.google_emulator.formulas import value_at
from tests.google_emulator.refusals import invalid

RENDERS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")


def located(book: Spreadsheet, address: str) -> tuple[Tab, Area]:
    """The tab and area of an address: A1 notation, a title, a named range, or a tab's named one."""
    title, text = split_address(address)
    if title is None and (tab := book.titled(text or "")):
        return tab, tab.whole
    tab = book.tabs[0] if title is None else book.titled(title)
    if tab is None:
        raise invalid(f"Unable to parse range: {address}")
    if text is None:
        return tab, tab.whole
    named = next((n for n in book.named_ranges if n["name"].lower() == text.lower()), None)
    if named:
        tab = book.tab(named["range"].get("sheetId", 0))
        return tab, tab.area(named["range"])
    area = parse_area(text, tab.rows, tab.columns)
    if area is None:
        raise invalid(f"Unable to parse range: {address}")
    return tab, area


def within(tab: Tab, area: Area) -> Area:
    """The part of the area in the grid; refused where it starts outside."""
    if area.top >= tab.rows or area.left >= tab.columns:
        limits = f"Max rows: {tab.rows}, max columns: {tab.columns}"
        raise invalid(f"Range ({written(tab.title, area)}) exceeds grid limits. {limits}")
    return Area(area.top, area.left, min(area.bottom, tab.rows), min(area.right, tab.columns))


def value_range(book: Spreadsheet, tab: Tab, area: Area, options: Json) -> Json:
    """Google's ValueRange: trailing empty cells and rows are left out."""
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    major = options.get("majorDimension", "ROWS")
    if render not in RENDERS:
        raise invalid(f"Invalid value at 'value_render_option': {render!r}")
    if major not in ("ROWS", "COLUMNS"):
        raise invalid(f"Invalid value at 'major_dimension': {major!r}")
    area = within(tab, area)
    dates_told = options.get("dateTimeRenderOption") == "FORMATTED_STRING"
    lines = _lines(book, tab, area, major, (render, dates_told))
    answer = {"range": written(tab.title, area), "majorDimension": major}
    return answer | ({"values": lines} if lines else {})


def _lines(
    book: Spreadsheet, tab: Tab, area: Area, major: str, how: tuple[str, bool]
) -> list[list[Any]]:
    by_line: dict[int, dict[int, Any]] = {}
    for (row, column), cell in tab.cells.items():
        if cell.filled and area.holds(row, column):
            line, place = row - area.top, column - area.left
            line, place = (line, place) if major == "ROWS" else (place, line)
            value = told(book, tab, (row, column), *how)
            if value != "":
                by_line.setdefault(line, {})[place] = value
    return [
        [by_line[n].get(i, "") for i in range(max(by_line[n]) + 1)] if n in by_line else []
        for n in range(max(by_line, default=-1) + 1)
    ]


def told(
    book: Spreadsheet, tab: Tab, at: tuple[int, int], render: str, dates_told: bool = False
) -> Any:
    """One cell's value in the way asked for; an empty text for an empty cell."""
    cell = tab.cell(*at)
    if render == "FORMULA" and cell.formula is not None:
        return cell.formula
    value = value_at(book, tab, *at)
    if render == "FORMATTED_VALUE" or (dates_told and is_date(cell.format)):
        return formatted(value, cell, book.properties["locale"])
    return "" if value is None else plain(value)


def formatted(value: Value, cell: Cell, locale: str) -> str:
    """The value as the cell shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown_number(value, cell.format, locale)
    return value or ""


def plain(value: Value) -> Value:
    """The value as JSON tells it: a whole number without a fraction."""
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value
