"""What random operations are made of: chance, the books as they are, and what is sent at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from workbook_templates.books.ledger.invoices import Trade
from workbook_templates.books.ledger.reports.aged import OpenItem, open_items
from workbook_templates.schema import Cells, Document, Known

FIRST, DAYS = date(2025, 12, 1), 400
LAST = FIRST + timedelta(days=DAYS - 1)
INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
BATCHES, BANK_LINES, JOURNAL = "ledger.payment_batches", "ledger.bank_lines", "ledger.journal"
REQUESTS, APPROVALS, YEARS = "ledger.approval_requests", "ledger.approvals", "ledger.years"
RULES, TERMS = "ledger.approval_rules", "ledger.payment_terms"
DEPOSITS, ADVANCES, PREPAID, LOAN, CHARGES = "21200", "11600", "11700", "22100", "61900"
RINA, BUDI = "rina", "budi"
LIMIT = 2_000_000  # bills and payments of this and more are approved
MOST_OPEN = 8  # open items that one payment may choose from
UNIT, CENT = 10_000, Decimal("0.01")
Row = dict[str, str | None]
RATES, VALUATIONS, ACCOUNTS = "ledger.exchange_rates", "ledger.revaluations", "ledger.accounts"
CURRENCIES, BANKS = ("USD", "EUR"), {"USD": "11220", "EUR": "11230"}
WORTH = {"USD": 16_000, "EUR": 18_000}  # in rupiah, or so
CENTRES = ("SHOP", "WEB", None)
POSTED = ("true", None, None)


class Change(NamedTuple):
    """A document as it is to be; no rows: its deletion."""

    table: str
    key: str
    rows: Sequence[Cells]


@dataclass(frozen=True, slots=True)
class Operation:
    """What somebody sends at once, and on which day it counts."""

    name: str
    changes: tuple[Change, ...]
    day: str = ""
    by: str = RINA


class Ready(NamedTuple):
    """What an operation is made of: chance, the books, and a number that no document has."""

    random: Random
    known: Known
    number: int

    def day(self, first: str = "") -> str:
        """A day from the first of all on, or from that one."""
        begun = max(date.fromisoformat(first), FIRST) if first else FIRST
        return str(begun + timedelta(days=self.random.randint(0, (LAST - begun).days)))

    def price(self, most: int = 3_000_000) -> Decimal:
        """An amount, sometimes with cents."""
        whole = Decimal(self.random.randint(1, most))
        return whole + self.random.choice((0, 0, self.random.randint(1, 99))) / Decimal(100)

    def part(self, whole: Decimal, most: int = 99) -> Decimal:
        """So many percent of an amount at most, at least a cent."""
        part = whole * self.random.randint(1, most) / 100
        return max(part.quantize(CENT), CENT)

    def document(self, table: str) -> Document | None:
        """Any document of a table; None where it has none."""
        keys = sorted({line.sheet.key_of(line.cells, line.id) for line in self.known.rows(table)})
        return self.known.document(table, self.random.choice(keys)) if keys else None

    def opened(self, trade: Trade, sign: int = 1, currency: str = "") -> OpenItem | None:
        """Something that is open on one side, in a currency: what is owed, or with -1 what was
        paid ahead.
        """
        found = [
            item
            for item in open_items(self.known, trade, str(LAST), currency)
            if item.units * sign > 0 and (currency or not self._is_foreign(trade, item))
        ]
        return self.random.choice(found[-MOST_OPEN:]) if found else None

    def _is_foreign(self, trade: Trade, item: OpenItem) -> bool:
        rows = (self.known.row(table, item.document) for table in (trade.table, PAYMENTS))
        return any(row.text("currency") for row in rows if row)

    def currency(self, foreign: int = 3) -> str:
        """Company currency, or in so many of ten cases another one."""
        return self.random.choice(CURRENCIES) if self.random.randrange(10) < foreign else ""


def days() -> list[str]:
    """All days on which something may happen."""
    return [str(FIRST + timedelta(days=number)) for number in range(DAYS)]


Makes = Callable[[Ready], Operation | None]


def one(name: str, table: str, key: str, rows: Sequence[Cells], by: str = RINA) -> Operation:
    """An operation of one document."""
    days = [row["date"] or "" for row in rows if row.get("date")]
    return Operation(name, (Change(table, key, rows),), days[0] if days else "", by)
