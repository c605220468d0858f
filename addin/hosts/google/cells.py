"""Values between the port and Google's cells: what a cell tells, and what it is given.

A day is a number of days from 30 December 1899 in a cell whose format is one of days. A text is
given as a text, so that ``=1+1`` never becomes a formula.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from addin.hosts.base import Cell, CellError
from addin.hosts.typed import ERRORS, FORMATS, as_time, is_plain, kind_of, one_line_end
from addin.hosts.values import FIRST_DAY, kept, number

Json = dict[str, Any]
Raw = None | bool | float | str | CellError  # what stands in a cell, whatever its format


class Formula(str):
    """A formula that is put back; any other text is given as a text, whatever it begins with."""


EPOCH = datetime(1899, 12, 30)
TEXT, DATED = "TEXT", ("DATE", "DATE_TIME", "TIME")
LOADING = CellError("Loading...")
_FIRST = float((datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day) - EPOCH).days)
_ERRORS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": LOADING.text,
}
_FORMATS: dict[str, Json] = {
    "text": {"type": TEXT, "pattern": FORMATS["text"]},
    "date": {"type": "DATE", "pattern": FORMATS["date"]},
    "moment": {"type": "DATE_TIME", "pattern": FORMATS["moment"]},
    "number": {},  # as if nobody had chosen one
}


def raw_of(effective: Json) -> Raw:
    """What an `effectiveValue` says."""
    if "errorValue" in effective:
        return CellError(_ERRORS.get(effective["errorValue"].get("type", ""), "#ERROR!"))
    if "stringValue" in effective:
        text = str(effective["stringValue"])
        return CellError(text) if text in ERRORS else text or None
    if "numberValue" in effective:
        return float(effective["numberValue"])
    return bool(effective["boolValue"]) if "boolValue" in effective else None


def cell_of(raw: Raw, dated: bool) -> Cell:
    """What a cell says, which depends on whether its format is one of days and times.

    Small numbers are times of day and durations: no spreadsheet has days before March 1900 alike.
    """
    if not isinstance(raw, float):
        return raw
    if not dated:
        return number(raw)
    if raw < _FIRST:
        return as_time(raw)
    try:
        return kept(EPOCH + timedelta(days=raw))
    except OverflowError:
        return number(raw)


def as_kept(value: Cell, name: str) -> Cell:
    """What reading a cell gives after this was written to it. Raises `TextTooLong`."""
    value = kept(value, name)
    return one_line_end(value) if isinstance(value, str) else value


def raw_for(value: Cell) -> Raw:
    """What is put into a cell so that it says this, in a format that fits."""
    match value:
        case None | bool() | str():
            return value
        case CellError():
            return value if value.text in ERRORS else CellError("#N/A")
        case int() | float() | Decimal():
            return float(value)
        case datetime():
            return (value.replace(tzinfo=None) - EPOCH) / timedelta(days=1)
        case date():
            return float((value - EPOCH.date()).days)


def given(raw: Raw) -> Json:
    """A value as `userEnteredValue`; nothing at all empties the cell."""
    match raw:
        case bool():
            return {"boolValue": raw}
        case float():
            return {"numberValue": raw}
        case Formula():
            return {"formulaValue": str(raw)}
        case str():
            return {"stringValue": raw}
        case CellError():  # Google takes no errors: the name of one is read as one
            return {"stringValue": raw.text}
        case _:
            return {}


def is_day(value: Cell) -> bool:
    """Whether a value needs a format of days."""
    return isinstance(value, date)


def format_for(value: Cell, kind: str) -> str | None:
    """Which of our formats a cell needs to tell this value; None where its own does.

    ``kind`` is the type of its number format. A text that could be read as something else becomes
    one for those who type over it, too.
    """
    if value is None or isinstance(value, CellError | Formula):
        return None
    wanted = kind_of(value)
    if wanted in ("date", "moment"):
        return None if kind in DATED[:2] else wanted
    if wanted == "text":
        return None if kind == TEXT or is_plain(str(value)) else wanted
    return wanted if kind in (*DATED, TEXT) else None


def number_format(name: str) -> Json:
    """One of our formats as Google's `NumberFormat`."""
    return _FORMATS[name]
