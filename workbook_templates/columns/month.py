"""Months: "2026-05"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.calendar import month_of, refuse_year
from workbook_templates.columns.cells import (
    NOT_CANONICAL,
    is_number,
    one_line,
    refuse_error,
    seen,
    short,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

NOT_A_MONTH = Message(
    "not_a_month",
    Words(
        "“{text}” bukan bulan. Tulis misalnya 2026-05, 05/2026 atau Mei 2026.",
        "“{text}” is not a month. Write for example 2026-05, 05/2026 or May 2026.",
    ),
)
MONTH_AS_NUMBER = Message(
    "month_as_number",
    Words(
        "Sel ini berisi angka {text}, bukan bulan. Format selnya sebagai Teks, lalu tulis misalnya "
        "2026-05.",
        "This cell holds the number {text}, not a month. Format it as Text, then write for "
        "example 2026-05.",
    ),
)

_CANONICAL = re.compile(r"(?:19[0-9]{2}|2[01][0-9]{2}|2200)-(?:0[1-9]|1[0-2])")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_NAMED = re.compile(r"([^\W\d_]{3,})[ \-/]([0-9]{4})")


@dataclass(frozen=True)
class Month(Column):
    """A month as text. A date cell stands for its month; the host writes the text "2026-05"."""

    kind: ClassVar[str] = "month"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        if is_number(cell):
            raise Unreadable(MONTH_AS_NUMBER(text=seen(cell, locale)))
        text = one_line(cell) if isinstance(cell, str) else seen(cell, locale)
        if isinstance(cell, datetime.date):
            year, month = cell.year, cell.month
        elif text:
            refuse_error(text)
            year, month = _read(text)
        else:
            return None
        refuse_year(year, text)
        return f"{year}-{month:02}"

    def check(self, text: str) -> None:
        if not _CANONICAL.fullmatch(text):
            raise Unreadable(NOT_CANONICAL(text=short(text)))


def _read(text: str) -> tuple[int, int]:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := _YEAR_LAST.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    elif found := _NAMED.fullmatch(text):
        year, month = int(found[2]), month_of(found[1]) or 0
    else:
        year, month = 0, 0
    if not 1 <= month <= 12:
        raise Unreadable(NOT_A_MONTH(text=short(text)))
    return year, month
