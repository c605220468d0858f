"""Times of day to the minute: "08:30"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import (
    NOT_CANONICAL,
    as_decimal,
    is_number,
    one_line,
    refuse_error,
    seen,
    short,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

NOT_A_TIME = Message(
    "not_a_time",
    Words(
        "“{text}” bukan jam. Tulis jam dan menit, misalnya 08:30.",
        "“{text}” is not a time of day. Write hours and minutes, for example 08:30.",
    ),
)

_CANONICAL = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WRITTEN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_DAY = datetime.timedelta(days=1)
_DAY_ZERO_YEAR = 1900  # spreadsheets give a bare time as a moment of 1899-12-30 or 1900-01-01
_NEARLY = Decimal("0.000001")  # of a minute: a time as a part of a day has 15 digits at most


@dataclass(frozen=True)
class Time(Column):
    """A time of day; "8:30" and the Indonesian "08.30" are read too.

    A spreadsheet keeps a time as a part of a day, so a number from 0 to below 1 that is a whole
    minute is one. The value is the text itself.
    """

    kind: ClassVar[str] = "time"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        if isinstance(cell, str):
            text = one_line(cell)
            if not text:
                return None
            refuse_error(text)
            minutes = _read(text)
        else:
            minutes = _minutes(cell)
        if minutes is None:
            raise Unreadable(NOT_A_TIME(text=seen(cell, locale)))
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def check(self, text: str) -> None:
        if not _CANONICAL.fullmatch(text):
            raise Unreadable(NOT_CANONICAL(text=short(text)))


def _read(text: str) -> int | None:
    found = _WRITTEN.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + int(found[2])


def _minutes(cell: object) -> int | None:
    """Minutes since midnight of a time cell in the shapes that hosts give, else None."""
    if isinstance(cell, datetime.datetime) and cell.year <= _DAY_ZERO_YEAR:
        cell = cell.time()
    if isinstance(cell, datetime.time):
        cell = datetime.timedelta(
            hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond
        )
    if is_number(cell):
        return _minutes_of_part(as_decimal(cell))
    if isinstance(cell, datetime.timedelta) and datetime.timedelta() <= cell < _DAY:
        minutes, rest = divmod(cell, datetime.timedelta(minutes=1))
        return None if rest else minutes
    return None


def _minutes_of_part(day: Decimal) -> int | None:
    if not day.is_finite() or not 0 <= day < 1:
        return None
    minutes = round(day * 1440)
    return minutes if abs(day * 1440 - minutes) < _NEARLY and minutes < 1440 else None
