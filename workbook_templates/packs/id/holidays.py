"""National holidays and collective leave days (libur nasional, cuti bersama) of Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from workbook_templates.packs.id import indonesia
from workbook_templates.words import Words

Kind = Literal["public_holidays", "collective_leave"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A decreed day; `verified` is False for a year whose decree was not seen."""

    day: date
    name: Words
    verified: bool


def holidays_between(
    first: date, last: date, kind: Kind = "public_holidays"
) -> tuple[Holiday, ...]:
    """The days from first to last, both included, in order of time.

    Collective leave is optional in private firms and deducts annual leave
    (SE Menaker M/3/HK.04/IV/2022). Raises `NoRowOnDay` for a year that the pack does not know:
    no holidays known is not the same as no holidays.
    """
    years = range(first.year, last.year + 1)
    return tuple(day for year in years for day in _year(kind, year) if first <= day.day <= last)


@cache
def _year(kind: Kind, year: int) -> tuple[Holiday, ...]:
    row = indonesia().table(kind).row_at(date(year, 1, 1))
    return tuple(
        Holiday(date.fromisoformat(day), Words(id=name, en=english), row.verified)
        for day, name, english in row.value
    )
