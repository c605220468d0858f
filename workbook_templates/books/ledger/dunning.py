"""Dunning: what customers owe beyond its day, and the reminder that is due for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from workbook_templates import money
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.reports.aged import OpenItem, days_late, open_items
from workbook_templates.locale import ENGLISH, INDONESIAN, show
from workbook_templates.schema import Known, Line

LEVELS = "ledger.dunning_levels"
UNIT = 10_000  # amounts of open items are in 1/10,000


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one customer is reminded of on a day: late instalments, and credits taken off them.

    `level` is the row of the highest level that any of them reached, None where the company has no
    levels.
    """

    party: str
    items: tuple[tuple[OpenItem, Line | None], ...]
    level: Line | None

    @property
    def amount(self) -> Decimal:
        """What is asked for, without the fee."""
        return Decimal(sum(item.units for item, _ in self.items)) / UNIT

    @property
    def fee(self) -> Decimal:
        """What the reminder costs; the books do not record it by themselves."""
        return (self.level["fee"] if self.level else None) or Decimal(0)

    def text(self, language: str) -> str:
        """The sentence of its level, or that of the other language where it has none."""
        if self.level is None:
            return ""
        texts = (self.level.text(f"text_{tongue}") for tongue in (language, "id", "en"))
        sentence = next((text for text in texts if text), "")
        locale = INDONESIAN if language == "id" else ENGLISH
        for name, figure in (("amount", self.amount), ("fee", self.fee)):
            shown = show(Decimal(money.text(figure)), locale)
            sentence = sentence.replace(f"{{{name}}}", shown)
        return sentence


def reminders(known: Known, as_of: str) -> Iterator[Reminder]:
    """The customers who are to be reminded on a day; who has more credit than is late is not."""
    levels = sorted(known.rows(LEVELS), key=_days)
    for party, opened in groupby(open_items(known, SALES, as_of), key=lambda item: item.party):
        items = tuple(opened)
        late = [(item, reached(levels, days_late(item, as_of))) for item in items]
        asked = [
            (item, level)
            for item, level in late
            if item.units > 0 and (level or not levels) and days_late(item, as_of) > 0
        ]
        credits: list[tuple[OpenItem, Line | None]] = [
            (item, None) for item in items if item.units < 0
        ]
        highest = max((level for _, level in asked if level), key=_days, default=None)
        reminder = Reminder(party, (*asked, *credits), highest)
        if asked and reminder.amount > 0:
            yield reminder


def reached(levels: Sequence[Line], late: int) -> Line | None:
    """The last of levels in order whose days have passed."""
    return next((level for level in reversed(levels) if _days(level) <= late), None)


def _days(level: Line) -> int:
    return int(level.text("days") or 0)
