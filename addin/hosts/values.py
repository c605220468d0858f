"""What a spreadsheet keeps of a value that is put into a cell, the same in every host."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from addin.hosts.base import Cell, CellError
from addin.hosts.errors import TextTooLong

LONGEST_TEXT = 32767
FIRST_DAY = date(1900, 3, 1)  # earlier days have no agreed serial: Excel counts a 29 February 1900
_EXACT = 2**53
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")  # no file can hold these


def number(value: float) -> Cell:
    """A number as a cell gives it: ``int`` when whole and exact, else ``float``."""
    if not math.isfinite(value):
        return CellError("#NUM!")
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def kept(value: Cell, name: str = "") -> Cell:
    """What reading a cell gives after ``value`` was written to it.

    Raises ``TextTooLong`` (the workbook's ``name`` is a fact of it) beyond what Excel can hold.
    """
    match value:
        case str():
            if len(value) > LONGEST_TEXT:
                raise TextTooLong(name=name, length=len(value))
            if not value.isascii():
                value = _NO_CHARACTER.sub("\ufffd", value)
            return value or None
        case None | bool() | CellError():
            return value
        case Decimal() | float() | int():
            return number(float(value))
        case _:
            return _moment(value)


def _moment(value: date) -> Cell:
    """Days before March 1900 become text; a moment is kept to the millisecond."""
    if not isinstance(value, datetime):
        return value if value >= FIRST_DAY else value.isoformat()
    value = value.replace(tzinfo=None)
    value += timedelta(microseconds=500 - (value.microsecond + 500) % 1000)
    if value.date() < FIRST_DAY:
        return value.isoformat(" ")
    return value.date() if value.time() == time() else value


def time_text(value: time | timedelta) -> str:
    """``08:15``, or ``08:15:30`` when there are seconds; durations may have more hours than 24."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
