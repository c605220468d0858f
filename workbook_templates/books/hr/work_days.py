"""Which days an employee works: the work week, national holidays, the company's calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from workbook_templates.packs import pack
from workbook_templates.schema import Known

CALENDAR = "hr.calendar"
EVERY_DAY = "7"
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """National holidays of a rule pack; none where the pack does not know the year."""
    table = pack(country).tables.get("public_holidays")
    row = table.find(date(year, 12, 31)) if table else None
    days = (date.fromisoformat(day[0]) for day in row.value) if row else ()
    return frozenset(day for day in days if day.year == year)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days that a company marks itself, by kind, over the holidays of its country."""

    marked: Mapping[date, str]
    country: str

    def is_work_day(self, day: date, week: str) -> bool:
        """Whether who has that week ("5", "6", "7") works; "7" counts every calendar day."""
        if week == EVERY_DAY:
            return True
        if day in self.marked:
            return self.marked[day] == "work"
        return day.weekday() < int(week) and day not in public_holidays(self.country, day.year)

    def work_days(self, first: date, last: date, week: str) -> list[date]:
        """The work days from first to last, both included."""
        return [day for day in days_between(first, last) if self.is_work_day(day, week)]


def calendar_of(known: Known) -> WorkCalendar:
    """The calendar of the company."""
    lines = known.rows(CALENDAR) if known.has(CALENDAR) else ()
    marked = {line["date"]: line.text("kind") for line in lines if line["date"]}
    return WorkCalendar(marked, known.company.pack)


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from first to last, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later; the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
