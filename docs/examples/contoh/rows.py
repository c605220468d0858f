"""What a person types: rows of cells by column key, for the sheets of the four workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

Cell = str | Decimal | int | date | None
Row = dict[str, Cell]
Sheets = dict[str, list[Row]]  # "ledger.journal" -> rows, in the order in which they are typed

YEAR, MONTH = 2026, 5
PERIOD = f"{YEAR}-{MONTH:02d}"
START = date(YEAR, MONTH - 1, 30)  # the day of the opening balances


def day(number: int) -> date:
    """A day of the month."""
    return date(YEAR, MONTH, number)


def rupiah(amount: int) -> Decimal:
    """Whole rupiah as an amount."""
    return Decimal(amount)
