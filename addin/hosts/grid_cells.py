"""Cells of an open workbook, read through ranges of xlwings: values, formulas, merged blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from addin.hosts import typed
from addin.hosts.base import Area, Cell, SetFormula
from addin.hosts.rectangles import Place


def note_text(text: str | None) -> str:
    """The text of a note, with one kind of line end."""
    return (text or "").replace("\r\n", "\n")


def cells_at(sheet: Any, area: Area) -> Any:
    """The cells of an area."""
    return sheet[area.top - 1 : area.bottom, area.left - 1 : area.right]


def used(sheet: Any) -> Any:
    """All cells from A1 to the last one that is used."""
    last = sheet.used_range.last_cell
    return sheet[0 : last.row, 0 : last.column]


def values(cells: Any) -> list[list[Cell]]:
    """Rows of cells. A currency cell loses decimals on Windows: its formula has them all."""
    read = cells.options(ndim=2, err_to_str=True).value
    rows = [[typed.found(value) for value in row] for row in read]
    _give_back_decimals(cells, read, rows)
    typed.timed(
        rows, lambda column, first, last: cells[first : last + 1, column : column + 1].number_format
    )
    return rows


def _give_back_decimals(cells: Any, read: list[list[Any]], rows: list[list[Cell]]) -> None:
    money = {n for row in read for n, value in enumerate(row) if type(value) is Decimal}
    for column in money:
        exact = texts(cells[:, column : column + 1])
        for number, row in enumerate(read):
            if type(row[column]) is Decimal:
                with suppress(ValueError):
                    rows[number][column] = typed.found(float(exact[number][0]))


def texts(cells: Any) -> list[list[str]]:
    """Formulas, and constants as text."""
    formulas = cells.formula
    if isinstance(formulas, str) or formulas is None:
        return [[formulas or ""]]
    return [list(row) for row in formulas]


def filled_in(cells: Any) -> set[Place]:
    """The places in which a value or a formula stands."""
    return {
        (row, column)
        for row, (found, shown) in enumerate(
            zip(texts(cells), values(cells), strict=True), cells.row
        )
        for column, (text, value) in enumerate(zip(found, shown, strict=True), cells.column)
        if text or value is not None
    }


def formulas_in(whole: Any, rows: list[list[Cell]]) -> dict[Place, str]:
    """Formulas by place. A text that begins with = is its own formula, and none."""
    formulas = {}
    for part in whole.get_special_cells("formulas"):
        for row, line in enumerate(texts(part), part.row):
            for column, text in enumerate(line, part.column):
                is_formula = text.startswith("=") and text[1:] not in typed.ERRORS
                if is_formula and rows[row - 1][column - 1] != text:
                    formulas[row, column] = text
    return formulas


def put_formulas(sheet: Any, formulas: Sequence[SetFormula]) -> None:
    """Formulas of ours, which the program calculates at once."""
    for one in formulas:
        sheet[one.row - 1, one.column - 1].formula = f"={one.text}"


def merged_in(cells: Any) -> Iterator[Area]:
    """The merged blocks: a range is halved until it has none or is within one."""
    merged = cells.merge_cells  # None where some cells are
    if merged is False:
        return
    rows, columns = cells.shape
    if merged or rows == columns == 1:
        block = cells[0, 0].merge_area
        bottom, right = block.row + block.shape[0] - 1, block.column + block.shape[1] - 1
        if bottom >= cells.row + rows - 1 and right >= cells.column + columns - 1:
            if block.shape != (1, 1) and (block.row, block.column) == (cells.row, cells.column):
                yield Area(block.row, block.column, bottom, right)
            return
    if rows > 1:
        halves = (cells[: rows // 2, :], cells[rows // 2 :, :])
    else:
        halves = (cells[:, : columns // 2], cells[:, columns // 2 :])
    for half in halves:
        yield from merged_in(half)
