"""Days: "2026-05-03"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.calendar import iso_date, read_date
from workbook_templates.columns.cells import NOT_CANONICAL, short
from workbook_templates.locale import Locale
from workbook_templates.problems import Unreadable


@dataclass(frozen=True)
class Date(Column):
    """A day between 1900 and 2200. The time of a date cell is dropped; a number is refused."""

    kind: ClassVar[str] = "date"
    sql: ClassVar[str] = "date"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        day = read_date(cell, locale)
        return None if day is None else day.isoformat()

    def check(self, text: str) -> None:
        if iso_date(text) is None:
            raise Unreadable(NOT_CANONICAL(text=short(text)))

    def value(self, text: str) -> datetime.date:
        return iso_date(text) or datetime.date.fromisoformat(text)
