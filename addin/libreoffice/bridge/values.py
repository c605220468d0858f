"""Values of cells: a block out in one call, a block in in one call."""

from __future__ import annotations

from typing import Any

from .cells import locked
from .formats import GENERAL, FormatArea, Kinds, format_areas, key_of, kinds_of
from .formulas import to_calc
from .session import Refused, Session

FORMULAS_WITH_ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
DATE, MOMENT, TRUTH = "m/d/yyyy", "m/d/yyyy h:mm", "BOOLEAN"


def read(session: Session, area: list[int]) -> dict[str, Any]:
    """Rows of numbers and texts; `errors` [row, column, number]; `kinds` of what is no number."""
    cells = session.range(area)
    rows = cells.getDataArray()
    known = kinds_of(session, area[0])
    told = [[*found[:4], known.of(found[4])] for found in format_areas(cells)]
    return {
        "rows": rows,
        "errors": _errors(cells) if any(None in row for row in rows) else [],
        "kinds": [found for found in told if found[4] not in ("general", "number", "text")],
    }


def _errors(cells: Any) -> list[list[int]]:
    found = []
    whole = cells.getRangeAddress()
    for address in cells.queryFormulaCells(FORMULAS_WITH_ERRORS).getRangeAddresses():
        for row in range(address.StartRow - whole.StartRow, address.EndRow - whole.StartRow + 1):
            for column in range(
                address.StartColumn - whole.StartColumn, address.EndColumn - whole.StartColumn + 1
            ):
                error = cells.getCellByPosition(column, row).getError()
                found.append([row, column, error])
    return found


def put(
    session: Session,
    area: list[int],
    rows: list[list[Any]],
    marks: dict[str, list[list[int]]],
    formulas: list[list[Any]],
) -> None:
    """Write a block. An empty text empties its cell.

    `marks`: the places (row, column, rows) of each kind of value that Calc cannot tell from a
    number or text: date, datetime, bool, text (a text that looks like something else).
    `formulas`: [row, column, texts below each other], in Excel's spelling.
    """
    cells, document = session.range(area), session.owner(area[0])
    before = format_areas(cells)
    # Never a void: 7.4 dies of one in a column that it has not allocated yet.
    try:
        cells.setDataArray(tuple(map(tuple, rows)))
    except Exception as failed:
        if locked(session, area):
            raise Refused("locked", "the sheet is protected") from failed
        raise
    known = kinds_of(session, area[0])
    _end_of_truths(cells, before, known)
    for row, column, count in marks.get("text", ()):
        _give(cells, (row, column, count), before, lambda key: key)
    for kind, code in (("date", DATE), ("datetime", MOMENT)):
        if marks.get(kind):
            new = key_of(document, code)
            for row, column, count in marks[kind]:
                _give(cells, (row, column, count), before, _when_free(known, new))
    if marks.get("bool"):
        truth = key_of(document, TRUTH)
        for row, column, count in marks["bool"]:
            _give(cells, (row, column, count), before, lambda key: truth)
    for row, column, texts in formulas:
        _put_formulas(cells, row, column, texts)


def _when_free(known: Kinds, new: int) -> Any:
    """A date gives its cell a format unless that has one already, as in Excel."""
    return lambda key: new if known.of(key) in ("general", "bool") else key


def _end_of_truths(cells: Any, before: list[FormatArea], known: Kinds) -> None:
    """In Calc a truth is a number with a format: what is written over it must not become one."""
    for row, column, rows, columns, key in before:
        if known.of(key) == "bool":
            block = cells.getCellRangeByPosition(column, row, column + columns - 1, row + rows - 1)
            block.setPropertyValue("NumberFormat", GENERAL)


def _give(cells: Any, run: tuple[int, int, int], before: list[FormatArea], wanted: Any) -> None:
    """Give the cells of a run below each other the format that follows from the one before."""
    first, column, count = run
    for top, left, rows, columns, key in before:
        start, end = max(first, top), min(first + count, top + rows)
        if left <= column < left + columns and start < end:
            block = cells.getCellRangeByPosition(column, start, column, end - 1)
            block.setPropertyValue("NumberFormat", wanted(key))


def _put_formulas(cells: Any, row: int, column: int, texts: list[str]) -> None:
    block = cells.getCellRangeByPosition(column, row, column, row + len(texts) - 1)
    block.setFormulaArray(tuple((to_calc(text),) for text in texts))


def clear(session: Session, area: list[int], what: int) -> None:
    """Empty an area; `what` are flags of com.sun.star.sheet.CellFlags."""
    session.range(area).clearContents(what)


def copy(session: Session, source: list[int], target: list[int]) -> None:
    """Copy values without formulas and formats."""
    place = [target[0], target[1], target[2], source[3], source[4]]
    session.range(place).setDataArray(session.range(source).getDataArray())
