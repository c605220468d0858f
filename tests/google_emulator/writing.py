"""How values are written: update, append and clear, and what Google answers to each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.google_emulator.a1 import Area, written
from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.entered import kept
from tests.google_emulator.reading import located, value_range, within
from tests.google_emulator.refusals import invalid
from tests.google_emulator.shifting import insert

# Told before anything changes, so that protected cells can be refused.
Touched = Callable[[Tab, Area], None]


def input_option(options: Json) -> str:
    """RAW or USER_ENTERED; Google has no default here."""
    option = options.get("valueInputOption")
    if option not in ("RAW", "USER_ENTERED"):
        told = "INPUT_VALUE_OPTION_UNSPECIFIED" if option is None else option
        raise invalid(f"'valueInputOption' is required but not specified: {told}")
    return str(option)


def rows_of(body: Json) -> list[list[Any]]:
    """The values by rows, whichever way they came."""
    values = body.get("values") or []
    if not all(isinstance(line, list) for line in values):
        raise invalid("Invalid value at 'data.values': every row is a list")
    if body.get("majorDimension") != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[line[n] if n < len(line) else None for line in values] for n in range(height)]


def update(book: Spreadsheet, address: str, body: Json, options: Json, touched: Touched) -> Json:
    """values.update: writes from the area's first cell, and stays in the area."""
    option = input_option(options)
    tab, asked = located(book, address)
    area = within(tab, asked)
    rows = rows_of(body)
    extent = _extent(area.top, area.left, rows)
    one_cell = asked.height == asked.width == 1
    _stays(tab, area, extent, free=one_cell or asked == tab.whole)
    touched(tab, extent)
    return written_rows(book, tab, extent, rows, options | {"valueInputOption": option})


def _extent(top: int, left: int, rows: list[list[Any]]) -> Area:
    width = max(map(len, rows), default=0)
    return Area(top, left, top + len(rows), left + width)


def _stays(tab: Tab, area: Area, extent: Area, free: bool) -> None:
    over = extent.bottom > area.bottom, extent.right > area.right
    if any(over) and not free:
        line = f"row [{area.bottom + 1}]" if over[0] else f"column [{_letter(area.right)}]"
        place = written(tab.title, area)
        raise invalid(f"Requested writing within range [{place}], but tried writing to {line}")


def _letter(column: int) -> str:
    return written("A", Area(0, column, 1, column + 1)).split("!")[1][:-1]


def written_rows(
    book: Spreadsheet, tab: Tab, extent: Area, rows: list[list[Any]], options: Json
) -> Json:
    """Writes the rows into the extent, which may make the grid grow."""
    if extent.height and extent.width:
        tab.grow(extent.bottom, extent.right)
    count = 0
    for r, line in enumerate(rows, extent.top):
        for c, value in enumerate(line, extent.left):
            count += value is not None
            option, locale = options["valueInputOption"], book.properties["locale"]
            tab.put(r, c, kept(tab.cell(r, c), value, option, locale))
    answer: Json = {"spreadsheetId": book.id, "updatedRange": written(tab.title, extent)}
    if count:
        answer |= {"updatedRows": extent.height, "updatedColumns": extent.width}
        answer |= {"updatedCells": count}
    if str(options.get("includeValuesInResponse")).lower() == "true":
        how = {"valueRenderOption": options.get("responseValueRenderOption", "FORMATTED_VALUE")}
        answer["updatedData"] = value_range(book, tab, extent, how)
    return answer


def batch_update(book: Spreadsheet, body: Json, touched: Touched) -> Json:
    """values.batchUpdate: all ranges or, where one is refused, none."""
    responses, sheets, columns, rows = [], set(), set(), set()
    for item in body.get("data", []):
        tab, asked = located(book, item.get("range", ""))
        done = update(book, item["range"], item, body, touched)
        responses.append(done)
        if done.get("updatedCells"):
            sheets.add(tab.id)
            width, height = done["updatedColumns"], done["updatedRows"]
            columns |= {(tab.id, asked.left + n) for n in range(width)}
            rows |= {(tab.id, asked.top + n) for n in range(height)}
    return {
        "spreadsheetId": book.id,
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(done.get("updatedCells", 0) for done in responses),
        "totalUpdatedSheets": len(sheets),
        "responses": responses,
    }


def append(book: Spreadsheet, address: str, body: Json, options: Json, touched: Touched) -> Json:
    """values.append: after the last row of the table found in the area."""
    option = input_option(options)
    tab, asked = located(book, address)
    table = table_in(tab, within(tab, asked))
    rows = rows_of(body)
    top, left = (table.bottom, table.left) if table else (asked.top, asked.left)
    extent = _extent(top, left, rows)
    touched(tab, extent)
    if options.get("insertDataOption") == "INSERT_ROWS" and rows and top < tab.rows:
        insert(book, tab, "ROWS", top, len(rows))
    done = written_rows(book, tab, extent, rows, options | {"valueInputOption": option})
    found = {"tableRange": written(tab.title, table)} if table else {}
    return {"spreadsheetId": book.id, **found, "updates": done}


def table_in(tab: Tab, area: Area) -> Area | None:
    """The last block of neighbouring filled cells that starts in the area."""
    filled = {at for at, cell in tab.cells.items() if cell.filled}
    inside = [at for at in filled if area.holds(*at)]
    if not inside:
        return None
    last, block = max(inside), None
    wider = Area(last[0], last[1], last[0] + 1, last[1] + 1)
    while wider != block:
        block, wider = wider, _widened(filled, wider)
    return block


def _widened(filled: set[tuple[int, int]], block: Area) -> Area:
    """The block with the lines beside it, as far as each next one holds a filled cell."""

    def any_in(rows: range, columns: range) -> bool:
        return any((row, column) in filled for row in rows for column in columns)

    top, left, bottom, right = block.top, block.left, block.bottom, block.right
    while any_in(range(bottom, bottom + 1), range(left - 1, right + 1)):
        bottom += 1
    while any_in(range(top - 1, top), range(left - 1, right + 1)):
        top -= 1
    while any_in(range(top - 1, bottom + 1), range(right, right + 1)):
        right += 1
    while any_in(range(top - 1, bottom + 1), range(left - 1, left)):
        left -= 1
    return Area(top, left, bottom, right)


def clear(book: Spreadsheet, address: str, touched: Touched) -> str:
    """Empties the area's values, keeping formats and notes; answers its address."""
    tab, asked = located(book, address)
    area = within(tab, asked)
    touched(tab, area)
    for at in [at for at in tab.cells if area.holds(*at)]:
        tab.put(*at, replace(tab.cells[at], value=None, formula=None))
    return written(tab.title, area)
