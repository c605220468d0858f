"""Formulas between Excel's spelling and the one that Calc's interface takes.

The two differ in separators, sheet names and few function names; a formula is translated as text,
which takes microseconds where Calc's own parser takes half a millisecond and loses references to
tables.
"""

from __future__ import annotations

import re
from typing import Any

from .session import Session

FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_TEXT = r'"(?:[^"]|"")*"'
_QUOTED = r"'(?:[^']|'')*'"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w(.])"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(.])"
_ERROR = r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
_FROM_CALC = re.compile(
    rf"(?P<text>{_TEXT})|(?P<error>{_ERROR})"
    rf"|(?P<sheet>\$?(?:{_QUOTED}|[^\W\d]\w*)\.)(?={_CELL}|{_COLUMNS}|#REF!|\$?\d+:)"
    rf"|(?P<again>(?<=:)\.)(?={_CELL})"
    r"|(?P<name>[^\W\d][\w.]*)(?=\()|(?P<sign>[;~|{}])"
)
_FROM_EXCEL = re.compile(
    rf"(?P<text>{_TEXT})|(?P<error>{_ERROR})"
    rf"|(?P<sheets>[^\W\d]\w*:[^\W\d]\w*)!(?P<cell>{_CELL})"
    rf"|(?P<sheet>{_QUOTED}|[^\W\d][\w.]*)!"
    r"|(?P<name>[^\W\d][\w.]*)(?=\()|(?P<truth>\b(?:TRUE|FALSE)\b)(?!\()|(?P<sign>[,;{}])",
    re.IGNORECASE,
)
# What Calc's interface calls otherwise than Excel's files.
_CALC_NAMES = {
    "CEILING": "COM.MICROSOFT.CEILING",
    "FLOOR": "COM.MICROSOFT.FLOOR",
    "WEEKNUM": "WEEKNUM",
    "NETWORKDAYS.INTL": "COM.MICROSOFT.NETWORKDAYS.INTL",
    "WORKDAY.INTL": "COM.MICROSOFT.WORKDAY.INTL",
}
_EXCEL_NAMES = {calc: excel for excel, calc in _CALC_NAMES.items()}
_PREFIX = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)


def to_excel(formula: str) -> str:
    """A formula of Calc's interface as Excel spells it."""
    if not formula.startswith("="):
        return formula
    depth = 0

    def spelled(found: re.Match[str]) -> str:
        nonlocal depth
        kind, text = found.lastgroup, found[0]
        if kind == "sheet":
            return text.lstrip("$")[:-1] + "!"
        if kind == "again":
            return ""
        if kind == "name":
            return _EXCEL_NAMES.get(text.upper(), text)
        if kind == "sign":
            depth += (text == "{") - (text == "}")
            return {";": ",", "~": ",", "|": ";"}.get(text, text)
        return text

    return _FROM_CALC.sub(spelled, formula)


def to_calc(formula: str) -> str:
    """A formula of Excel as Calc's interface takes it; what is no formula stays."""
    if not formula.startswith("="):
        return formula
    depth = 0

    def spelled(found: re.Match[str]) -> str:
        nonlocal depth
        kind, text = found.lastgroup, found[0]
        if kind == "cell":
            first, _, last = found["sheets"].partition(":")
            return f"${first}.{found['cell']}:${last}.{found['cell']}"
        if kind == "sheet":
            return f"${found['sheet']}."
        if kind == "name":
            plain = _PREFIX.sub("", text)
            return _CALC_NAMES.get(plain.upper(), plain)
        if kind == "truth":
            return f"{text}()"
        if kind == "sign":
            depth += (text == "{") - (text == "}")
            return {",": ";", ";": "|" if depth else ";"}.get(text, text)
        return text

    return _FROM_EXCEL.sub(spelled, formula)


def read(session: Session, area: list[int]) -> list[list[str]]:
    """What Excel calls the formula of each cell: a constant's text where there is no formula."""
    cells = session.range(area)
    rows = [[_constant(text) for text in row] for row in cells.getFormulaArray()]
    for row, column, texts in found(session, area):
        for number, line in enumerate(texts):
            rows[row + number][column : column + len(line)] = line
    return rows


def _constant(text: str) -> str:
    """Calc marks a text that looks like a number or formula with an apostrophe."""
    return text[1:] if text.startswith("'") else text


def found(session: Session, area: list[int]) -> list[list[Any]]:
    """[row, column, rows of texts] of the blocks that hold formulas only, 0-based."""
    cells = session.range(area)
    whole = cells.getRangeAddress()
    blocks = []
    for there in cells.queryContentCells(FORMULA_CELLS).getRangeAddresses():
        row, column = there.StartRow - whole.StartRow, there.StartColumn - whole.StartColumn
        block = cells.getCellRangeByPosition(
            column, row, there.EndColumn - whole.StartColumn, there.EndRow - whole.StartRow
        )
        texts = [[_plain(text) for text in line] for line in block.getFormulaArray()]
        blocks.append([row, column, texts])
    return blocks


def _plain(text: str) -> str:
    """Calc puts the braces of an array formula into its text; Excel does not."""
    if text.startswith("{=") and text.endswith("}"):
        text = text[1:-1]
    return to_excel(text)


def put(session: Session, area: list[int], rows: list[list[str]]) -> None:
    """Write formulas or constants as they would be typed in the United States."""
    session.range(area).setFormulaArray(tuple(tuple(map(to_calc, row)) for row in rows))


def fill(session: Session, area: list[int], formula: str) -> None:
    """One formula into all cells, its relative references moving with them."""
    cells = session.range(area)
    first = cells.getCellByPosition(0, 0)
    first.setFormula(to_calc(formula))
    if area[3:] != [1, 1]:
        tokens = first.getTokens()
        if not tokens:
            cells.setFormulaArray(((to_calc(formula),) * area[4],) * area[3])
            return
        for row in range(area[3]):
            for column in range(area[4]):
                cells.getCellByPosition(column, row).setTokens(tokens)


def put_array(session: Session, area: list[int], formula: str) -> None:
    """One array formula over the whole area."""
    session.range(area).setArrayFormula(to_calc(formula))


def has_array(session: Session, area: list[int]) -> bool:
    """Whether the first cell belongs to an array formula."""
    cells = session.range(area)
    return bool(cells.getCellByPosition(0, 0).getFormula().startswith("{="))
