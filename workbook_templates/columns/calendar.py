"""Reading days and months as people write them, in figures and with names in both languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from workbook_templates.columns.cells import is_number, one_line, refuse_error, seen, short
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

FIRST_YEAR, LAST_YEAR = 1900, 2200

NOT_A_DATE = Message(
    "not_a_date",
    Words(
        "“{text}” bukan tanggal. Tulis misalnya {example}.",
        "“{text}” is not a date. Write for example {example}.",
    ),
)
NO_SUCH_DATE = Message(
    "no_such_date",
    Words(
        "Tanggal “{text}” tidak ada di kalender. Tulis dengan urutan {order}, misalnya {example}.",
        "There is no date “{text}”. Write it in the order {order}, for example {example}.",
    ),
)
TWO_DIGIT_YEAR = Message(
    "two_digit_year",
    Words(
        "Tahun pada “{text}” hanya dua angka. Tulis empat angka, misalnya {example}.",
        "The year in “{text}” has two digits only. Write four, for example {example}.",
    ),
)
YEAR_OUT_OF_RANGE = Message(
    "year_out_of_range",
    Words(
        "Tahun pada “{text}” harus antara 1900 dan 2200. Periksa tahunnya.",
        "The year in “{text}” must be between 1900 and 2200. Check the year.",
    ),
)
DATE_AS_NUMBER = Message(
    "date_as_number",
    Words(
        "Sel ini berisi angka {text}, bukan tanggal. Format selnya sebagai Tanggal, lalu periksa "
        "isinya.",
        "This cell holds the number {text}, not a date. Format the cell as Date, then check what "
        "it shows.",
    ),
)

_ORDER = {
    "dmy": Words("tanggal/bulan/tahun", "day/month/year"),
    "mdy": Words("bulan/tanggal/tahun", "month/day/year"),
}
_EXAMPLE = {"dmy": "31/05/2026", "mdy": "05/31/2026"}

_FIGURES = re.compile(r"([0-9]{1,4})([/.\-])([0-9]{1,2})\2([0-9]{1,4})")
_NAMED = re.compile(r"([0-9]{1,2})[ \-]([^\W\d_]{3,})[ \-]([0-9]{1,4})")
_MONTHS = (
    "januari january jan|februari february feb pebruari|maret march mar|april apr|mei may"
    "|juni june jun|juli july jul|agustus august agu aug agt|september sep sept"
    "|oktober october okt oct|november nov nopember nop|desember december des dec"
)
_MONTH_OF = {
    name: number for number, row in enumerate(_MONTHS.split("|"), 1) for name in row.split()
}


@lru_cache(maxsize=16384)
def iso_date(text: str) -> date | None:
    """The day of canonical text "2026-05-03"; None for any other spelling or year."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and FIRST_YEAR <= day.year <= LAST_YEAR else None


def month_of(name: str) -> int | None:
    """1..12 for the name of a month in either language, full or short, in any case."""
    return _MONTH_OF.get(name.lower())


def read_date(cell: object, locale: Locale) -> date | None:
    """The day in a cell; None for a blank. A number is never a date. Raises `Unreadable`."""
    if cell is None:
        return None
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        refuse_year(day.year, seen(cell, locale))
        return day
    if is_number(cell):
        raise Unreadable(DATE_AS_NUMBER(text=seen(cell, locale)))
    text = one_line(cell) if isinstance(cell, str) else seen(cell, locale)
    return _read(text, locale) if text else None


def refuse_year(year: int, text: str) -> None:
    """Raises `Unreadable` for a year outside 1900 to 2200."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(YEAR_OUT_OF_RANGE(text=short(text)))


def _read(text: str, locale: Locale) -> date:
    refuse_error(text)
    year, month, day = _parts(text, locale)
    if len(year) <= 2:
        raise Unreadable(TWO_DIGIT_YEAR(text=text, example=_EXAMPLE[locale.date_order]))
    refuse_year(int(year), text)
    try:
        return date(int(year), month, int(day))
    except ValueError:
        order = _ORDER[locale.date_order]
        example = _EXAMPLE[locale.date_order]
        raise Unreadable(NO_SUCH_DATE(text=text, order=order, example=example)) from None


def _parts(text: str, locale: Locale) -> tuple[str, int, str]:
    """Year, month and day as written; raises `Unreadable` where the text is no date at all."""
    if found := _FIGURES.fullmatch(text):
        first, _, second, third = found.groups()
        if len(first) == 4 and len(third) <= 2:
            return first, int(second), third
        if len(first) <= 2:
            day_first = locale.date_order == "dmy"
            return (third, int(second), first) if day_first else (third, int(first), second)
    if (found := _NAMED.fullmatch(text)) and (month := month_of(found[2])):
        return found[3], month, found[1]
    raise Unreadable(NOT_A_DATE(text=short(text), example=_EXAMPLE[locale.date_order]))
