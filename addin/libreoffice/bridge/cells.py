"""What is done to blocks of cells: insert, delete, copy, move, sort, merge, hide, look."""

from __future__ import annotations

from typing import Any

import uno
from com.sun.star.beans.PropertyState import AMBIGUOUS_VALUE
from com.sun.star.sheet.CellDeleteMode import COLUMNS as DELETE_COLUMNS
from com.sun.star.sheet.CellDeleteMode import LEFT, UP
from com.sun.star.sheet.CellDeleteMode import ROWS as DELETE_ROWS
from com.sun.star.sheet.CellInsertMode import COLUMNS as INSERT_COLUMNS
from com.sun.star.sheet.CellInsertMode import DOWN, RIGHT
from com.sun.star.sheet.CellInsertMode import ROWS as INSERT_ROWS
from com.sun.star.table.CellHoriJustify import BLOCK, CENTER, STANDARD
from com.sun.star.table.CellHoriJustify import LEFT as ALIGN_LEFT
from com.sun.star.table.CellHoriJustify import RIGHT as ALIGN_RIGHT

from .books import properties
from .session import Refused, Session

INSERT = {"down": DOWN, "right": RIGHT, "rows": INSERT_ROWS, "columns": INSERT_COLUMNS}
DELETE = {"up": UP, "left": LEFT, "rows": DELETE_ROWS, "columns": DELETE_COLUMNS}
ALIGNMENTS = {
    "general": STANDARD, "left": ALIGN_LEFT, "center": CENTER, "right": ALIGN_RIGHT,
    "justify": BLOCK,
}  # fmt: skip
NO_COLOUR, BOLD_FROM = -1, 100.0
FORMULAS, CONSTANTS = 16, 1 | 2 | 4  # com.sun.star.sheet.CellFlags
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LOOKS = {
    "color": "CellBackColor",
    "font_color": "CharColor",
    "font_name": "CharFontName",
    "font_size": "CharHeight",
    "bold": "CharWeight",
    "italic": "CharPosture",
    "wrap_text": "IsTextWrapped",
}


def _refuse_protected(session: Session, area: list[int]) -> None:
    """Calc does nothing then, and says nothing."""
    if session.sheet(area[0]).isProtected():
        raise Refused("locked", "the sheet is protected")


def insert(session: Session, area: list[int], mode: str) -> None:
    """Make room: down, right, rows, columns."""
    _refuse_protected(session, area)
    session.sheet(area[0]).insertCells(session.range(area).getRangeAddress(), INSERT[mode])


def delete(session: Session, area: list[int], mode: str) -> None:
    """Take cells away: up, left, rows, columns."""
    _refuse_protected(session, area)
    session.sheet(area[0]).removeRange(session.range(area).getRangeAddress(), DELETE[mode])


def copy(session: Session, source: list[int], target: list[int], move: bool) -> None:
    """Copy or move a block to where `target` begins."""
    begin = session.range([target[0], target[1], target[2], 1, 1]).getCellByPosition(0, 0)
    there = session.range(source).getRangeAddress()
    sheet = session.sheet(source[0])
    if session.owner_number(source[0]) != session.owner_number(target[0]):
        raise Refused("unsupported", "cells cannot be copied to another workbook")
    if move:
        sheet.moveRange(begin.getCellAddress(), there)
    else:
        sheet.copyRange(begin.getCellAddress(), there)


def sort(
    session: Session, area: list[int], keys: list[int], rising: list[bool], head: bool
) -> None:
    """Sort rows by columns (0-based)."""
    _refuse_protected(session, area)
    fields = []
    for key, ascending in zip(keys, rising, strict=True):
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending, field.IsCaseSensitive = key, ascending, False
        fields.append(field)
    asked = properties(ContainsHeader=head, BindFormatsToContent=True, IsSortColumns=False)
    chosen = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    chosen.Name = "SortFields"
    chosen.Value = uno.Any("[]com.sun.star.table.TableSortField", tuple(fields))
    session.range(area).sort((*asked, chosen))


def fill(session: Session, area: list[int], rows: int) -> None:
    """Fill an area from its first `rows` rows down."""
    from com.sun.star.sheet.FillDirection import TO_BOTTOM

    session.range(area).fillAuto(TO_BOTTOM, rows)


def merge(session: Session, area: list[int], merged: bool) -> None:
    """Merge or part cells."""
    session.range(area).merge(merged)


def is_merged(session: Session, area: list[int]) -> bool | None:
    """Whether cells are merged; None where some are and some are not."""
    if not session.sheet(area[0]).getIsMerged():
        return False
    has_first, block = session.range(area).getIsMerged(), merge_area(session, area)
    if not has_first:
        return _within(block, area) and block[3:] != [1, 1]
    return True if _within(block, area) else None


def _within(outer: list[int], inner: list[int]) -> bool:
    """Whether the second area lies in the first one."""
    return all(
        outer[at] <= inner[at] and outer[at] + outer[at + 2] >= inner[at] + inner[at + 2]
        for at in (1, 2)
    )


def merge_area(session: Session, area: list[int]) -> list[int]:
    """The merged block to which the first cell belongs; the cell itself where it is in none."""
    first = session.range([*area[:3], 1, 1])
    cursor = session.sheet(area[0]).createCursorByRange(first)
    cursor.collapseToMergedArea()
    return [area[0], *_place(cursor.getRangeAddress())]


def _place(there: Any) -> list[int]:
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return [there.StartRow + 1, there.StartColumn + 1, rows, columns]


def region(session: Session, area: list[int]) -> list[int]:
    """The block of filled cells around the first cell, up to blank rows and columns."""
    cursor = session.sheet(area[0]).createCursorByRange(session.range([*area[:3], 1, 1]))
    cursor.collapseToCurrentRegion()
    return [area[0], *_place(cursor.getRangeAddress())]


def end(session: Session, area: list[int], direction: str) -> list[int]:
    """The cell to which Ctrl and an arrow lead from the first one."""
    sheet, row, column = area[:3]
    cursor = session.sheet(sheet).createCursor()
    cursor.gotoEndOfUsedArea(False)
    used = cursor.getRangeAddress()
    down, step = direction in ("down", "up"), 1 if direction in ("down", "right") else -1
    start, last = (row, used.EndRow + 1) if down else (column, used.EndColumn + 1)
    edge = (LAST_ROW if down else LAST_COLUMN) if step > 0 else 1
    stretch = [1, max(start, last)]
    line = [sheet, 1, column, stretch[1], 1] if down else [sheet, row, 1, 1, stretch[1]]
    texts = session.range(line).getFormulaArray()
    filled = [bool(text) for text in ([r[0] for r in texts] if down else texts[0])]
    found = _end(filled, start - 1, step, edge - 1) + 1
    return [sheet, found, column, 1, 1] if down else [sheet, row, found, 1, 1]


def _end(filled: list[bool], at: int, step: int, edge: int) -> int:
    """The end of the block in which `at` is, else the next filled place, else the edge."""

    def full(place: int) -> bool:
        return 0 <= place < len(filled) and filled[place]

    if full(at) and full(at + step):
        while full(at + step):
            at += step
        return at
    place = at + step
    while 0 <= place < len(filled):
        if filled[place]:
            return place
        place += step
    return edge


def is_hidden(session: Session, area: list[int], columns: bool) -> bool | None:
    """Whether the rows (or columns) of an area are hidden; None where only some are."""
    cells = session.range(area)
    lines = cells.getColumns() if columns else cells.getRows()
    shown = {bool(lines.getByIndex(n).IsVisible) for n in range(lines.getCount())}
    return None if len(shown) > 1 else not shown.pop()


def special(session: Session, area: list[int], kind: str) -> list[list[int]]:
    """The blocks of an area that are: formulas, constants, blanks, visible."""
    cells = session.range(area)
    if kind == "visible":
        found = cells.queryVisibleCells()
    elif kind == "blanks":
        found = cells.queryEmptyCells()
    else:
        found = cells.queryContentCells(FORMULAS if kind == "formulas" else CONSTANTS)
    return [[area[0], *_place(there)] for there in found.getRangeAddresses()]


def set_hidden(session: Session, area: list[int], columns: bool, hidden: bool) -> None:
    """Hide or show whole rows or columns."""
    cells = session.range(area)
    (cells.getColumns() if columns else cells.getRows()).IsVisible = not hidden


def size(session: Session, area: list[int], columns: bool) -> int | None:
    """Width of columns or height of rows in hundredths of a millimetre; None where they differ."""
    cells = session.range(area)
    lines = cells.getColumns() if columns else cells.getRows()
    sizes = {lines.getByIndex(n).Width if columns else lines.getByIndex(n).Height
             for n in range(lines.getCount())}  # fmt: skip
    return int(sizes.pop()) if len(sizes) == 1 else None


def set_size(session: Session, area: list[int], columns: bool, hundredths: int) -> None:
    """Give columns a width or rows a height."""
    cells = session.range(area)
    if columns:
        cells.getColumns().Width = hundredths
    else:
        cells.getRows().Height = hundredths


def fit(session: Session, area: list[int], columns: bool) -> None:
    """Make columns or rows as large as their content."""
    cells = session.range(area)
    if columns:
        cells.getColumns().OptimalWidth = True
    else:
        cells.getRows().OptimalHeight = True


def place(session: Session, area: list[int]) -> list[int]:
    """x, y, width, height in hundredths of a millimetre."""
    cells = session.range(area)
    where, extent = cells.Position, cells.Size
    return [where.X, where.Y, extent.Width, extent.Height]


def look(session: Session, area: list[int], what: str) -> Any:
    """A property of the cells' look; None where it differs among them or is not set."""
    cells = session.range(area)
    if cells.getPropertyState(LOOKS[what]) == AMBIGUOUS_VALUE:
        return None
    value = cells.getPropertyValue(LOOKS[what])
    if what == "bold":
        return bool(value > BOLD_FROM)
    if what == "italic":
        return value.value != "NONE"
    return None if what.endswith("color") and value == NO_COLOUR else value


def set_look(session: Session, area: list[int], what: str, value: Any) -> None:
    """Set a property of the cells' look."""
    if what == "bold":
        value = 150.0 if value else 100.0
    elif what == "italic":
        value = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")
    elif what.endswith("color") and value is None:
        value = NO_COLOUR
    session.range(area).setPropertyValue(LOOKS[what], value)


def alignment(session: Session, area: list[int]) -> str | None:
    """How texts stand across the cell."""
    cells = session.range(area)
    if cells.getPropertyState("HoriJustify") == AMBIGUOUS_VALUE:
        return None
    found = cells.getPropertyValue("HoriJustify").value
    return next((name for name, value in ALIGNMENTS.items() if value.value == found), "general")


def set_alignment(session: Session, area: list[int], name: str) -> None:
    """Set how texts stand across the cell."""
    session.range(area).setPropertyValue("HoriJustify", ALIGNMENTS[name])


def locked(session: Session, area: list[int]) -> bool:
    """Whether the sheet's protection covers a cell of the area."""
    return bool(session.sheet(area[0]).isProtected()) and locks(session, area) is not False


def locks(session: Session, area: list[int]) -> bool | None:
    """Whether cells are locked once their sheet is protected; None where some are."""
    cells = session.range(area)
    if cells.getPropertyState("CellProtection") == AMBIGUOUS_VALUE:
        return None
    return bool(cells.getPropertyValue("CellProtection").IsLocked)


def set_locks(session: Session, area: list[int], value: bool) -> None:
    """Lock cells, or leave them open, for when their sheet is protected."""
    protection = uno.createUnoStruct("com.sun.star.util.CellProtection")
    protection.IsLocked = value
    session.range(area).setPropertyValue("CellProtection", protection)
