"""Spans of days that reports are asked for, what they are compared with, and how they are named."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from workbook_templates.schema import ReportRequest
from workbook_templates.words import Words

PREVIOUS_PERIOD, PREVIOUS_YEAR, YEAR_END = "previous_period", "previous_year", "year_end"
COMPARISONS = (PREVIOUS_PERIOD, PREVIOUS_YEAR, YEAR_END)
PERIOD = r"\d{4}(-Q[1-4]|-\d\d(\.\.\d{4}-\d\d)?)?"  # 2026, 2026-Q2, 2026-05, 2026-01..2026-06
MONTHS_ID = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

Span = tuple[str, str]  # first and last day, "YYYY-MM-DD"


def span_of(period: str) -> Span:
    """The days of "2026", "2026-Q2", "2026-05" or "2026-01..2026-06". Raises ValueError."""
    if not re.fullmatch(PERIOD, period):
        raise ValueError(f"{period} is no period")
    year = period[:4]
    if len(period) == len(year):
        first, last = f"{year}-01", f"{year}-12"
    elif "Q" in period:
        quarter = int(period[-1])
        first, last = f"{year}-{3 * quarter - 2:02}", f"{year}-{3 * quarter:02}"
    else:
        first, last = period[:7], period[-7:]
    if first > last:
        raise ValueError(f"{period} ends before it begins")
    return date.fromisoformat(f"{first}-01").isoformat(), month_end(last)


def month_end(month: str) -> str:
    """The last day of the month of "YYYY-MM" or of a day. Raises ValueError."""
    year, number = int(month[:4]), int(month[5:7])
    if not 1 <= number <= 12:
        raise ValueError(f"{month} is no month")
    return f"{year:04}-{number:02}-{monthrange(year, number)[1]:02}"


def compared(request: ReportRequest) -> ReportRequest | None:
    """The same request for what it is compared with; None where nothing is asked to compare.

    A period goes with the one of as many months before it, or with the same one a year earlier. A
    day goes with the end of the month before, the same day a year earlier, or the end of the year
    before.
    """
    how = request.parameters.get("compare")
    if how == PREVIOUS_YEAR:
        first, last = a_year_before(request.first), a_year_before(request.last)
        return replace(request, as_of=a_year_before(request.as_of), first=first, last=last)
    if how == PREVIOUS_PERIOD:
        first, last = _before(request.first, request.last)
        as_of = last if request.period else day_before(f"{request.as_of[:7]}-01")
        return replace(request, as_of=as_of, first=first, last=last)
    if how == YEAR_END:
        year = int(request.as_of[:4]) - 1
        return replace(request, as_of=f"{year}-12-31", first=f"{year}-01-01", last=f"{year}-12-31")
    return None


def a_year_before(day: str) -> str:
    """The same day a year earlier; the end of a month stays one."""
    month = f"{int(day[:4]) - 1:04}{day[4:7]}"
    return month_end(month) if day == month_end(day) else f"{month}{day[7:]}"


def day_before(day: str) -> str:
    """The day before a day, both "YYYY-MM-DD"."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The day after a day, both "YYYY-MM-DD"."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def months_within(first: str, last: str) -> Span | None:
    """The first and last month ("YYYY-MM") that end within a span of days; None for no such."""
    end = last[:7] if last == month_end(last) else day_before(f"{last[:7]}-01")[:7]
    return (first[:7], end) if first[:7] <= end else None


def day_in_words(day: str) -> Words:
    """ "31 Mei 2026", "31 May 2026"."""
    year, month, number = day.split("-")
    names = MONTHS_ID[int(month) - 1], MONTHS_EN[int(month) - 1]
    return Words(*(f"{int(number)} {name} {year}" for name in names))


def span_in_words(first: str, last: str) -> Words:
    """ "2026", "Mei 2026", "Januari–Juni 2026", "1 Mei 2026 – 15 Mei 2026"."""
    if not (first.endswith("-01") and last == month_end(last)):
        ends = day_in_words(first), day_in_words(last)
        return Words(*(f"{ends[0][tongue]} – {ends[1][tongue]}" for tongue in ("id", "en")))
    if first[5:7] == "01" and last[5:7] == "12":
        return Words(*2 * (first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}",))
    return Words(_months(MONTHS_ID, first, last), _months(MONTHS_EN, first, last))


def _months(names: tuple[str, ...], first: str, last: str) -> str:
    begins, ends = names[int(first[5:7]) - 1], f"{names[int(last[5:7]) - 1]} {last[:4]}"
    if first[:7] == last[:7]:
        return ends
    return f"{begins}–{ends}" if first[:4] == last[:4] else f"{begins} {first[:4]} – {ends}"


def _before(first: str, last: str) -> Span:
    """As many months before a span of whole months, else as many days before it."""
    end = day_before(first)
    if first.endswith("-01") and last == month_end(last):
        count = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7])
        number = 12 * int(end[:4]) + int(end[5:7]) - 1 - count
        return f"{number // 12:04}-{number % 12 + 1:02}-01", end
    length = date.fromisoformat(last) - date.fromisoformat(first)
    return (date.fromisoformat(end) - length).isoformat(), end
