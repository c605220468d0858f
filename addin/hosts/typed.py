"""Values between the port and a live spreadsheet, which reads what it is given as if typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from addin.hosts.base import Cell, CellError
from addin.hosts.values import kept, number, time_text

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)
TRUTHS = frozenset({"TRUE", "FALSE", "BENAR", "SALAH", "WAHR", "FALSCH", "VRAI", "FAUX"}) | {
    "VERDADERO", "FALSO", "VERO", "WAAR", "ONWAAR", "SANN", "FALSKT", "PRAWDA", "FAŁSZ"
}  # fmt: skip
# Letters, spaces and plain signs that begin with a letter: no spreadsheet reads more into these.
_PLAIN = re.compile(r"[^\W\d_][^\W\d]*(?:[ ,.&()_-]+[^\W\d]+)*[.)]?")
_IN_FORMAT = re.compile(r'"[^"]*"|\\.|\[[$<>=][^\]]*\]|\[(?:Red|Blue|Black|White)\]', re.IGNORECASE)
FORMATS = {"text": "@", "number": "General", "date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm:ss"}


def given(value: Cell) -> Any:
    """A value as xlwings takes it, so that the cell holds this and nothing else.

    A text that could be read as a number, day, truth or formula gets an apostrophe, which the cell
    does not show: its format stays. `Decimal` would make a currency cell of it.
    """
    match value:
        case str():
            value = one_line_end(value)
            return value if is_plain(value) or not value else f"'{value}"
        case CellError():
            return value.text if value.text in ERRORS else "#N/A"
        case Decimal():
            return float(value)
        case int() if not isinstance(value, bool):
            return float(value)
        case float() if value != value:
            return "#NUM!"
        case datetime():
            return value.replace(tzinfo=None)
        case date():
            return datetime(value.year, value.month, value.day)
        case _:
            return value


def is_plain(text: str) -> bool:
    """Whether no spreadsheet would read more into a text than its letters when it is typed."""
    return bool(_PLAIN.fullmatch(text)) and text.upper() not in TRUTHS


def found(value: Any) -> Cell:
    """What xlwings read (errors as text) as a cell. `Decimal` is a cell in a currency format."""
    kind = type(value)
    if kind is str:
        if value[0:1] == "#" and value in ERRORS:
            return CellError(value)
        return value or None
    if kind is float:
        return number(value)
    if kind is Decimal:
        return number(float(value))
    if kind is int:
        return number(float(value))
    return kept(value) if isinstance(value, date) else value


def kind_of(value: Cell) -> str:
    """Which of `FORMATS` shows such a value."""
    match value:
        case datetime():
            return "moment"
        case date():
            return "date"
        case str():
            return "text"
        case _:
            return "number"


def one_line_end(text: str) -> str:
    """A text as every program keeps it: they know one line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_kept(wanted: Cell, read: Cell) -> bool:
    """Whether a cell holds what was put into it."""
    if isinstance(wanted, datetime) and isinstance(read, datetime):
        return abs(wanted - read) < timedelta(milliseconds=2)
    if isinstance(wanted, str) and isinstance(read, str):
        return one_line_end(wanted) == one_line_end(read)
    if isinstance(wanted, CellError):
        return isinstance(read, CellError)
    return type(wanted) is type(read) and wanted == read


def shows_time(code: str | None) -> bool:
    """Whether a number format shows a time of day or a duration, and no day."""
    letters = _IN_FORMAT.sub("", code or "").lower().partition(";")[0]
    return letters != "general" and "h" in letters and not set("dy") & set(letters)


def as_time(days: float) -> str:
    """A part of a day as text."""
    return time_text(timedelta(days=days))


def timed(rows: list[list[Cell]], format_of: Callable[[int, int, int], str | None]) -> None:
    """Turn numbers in cells with a time format into text.

    `format_of(column, first, last)`: the one number format of rows of a column (all from 0), None
    where there are several. It is asked for runs that hold numbers only.
    """
    width = max(map(len, rows), default=0)
    for column in range(width):
        numbers = [n for n, row in enumerate(rows) if type(row[column]) in (int, float)]
        if numbers:
            _timed(rows, column, numbers, partial(format_of, column))


def _timed(
    rows: list[list[Cell]],
    column: int,
    numbers: list[int],
    format_of: Callable[[int, int], str | None],
) -> None:
    code = format_of(numbers[0], numbers[-1])
    if code is None and len(numbers) > 1:
        middle = len(numbers) // 2
        _timed(rows, column, numbers[:middle], format_of)
        _timed(rows, column, numbers[middle:], format_of)
    elif shows_time(code):
        for row in numbers:
            value = rows[row][column]
            assert isinstance(value, int | float)
            rows[row][column] = as_time(value)
