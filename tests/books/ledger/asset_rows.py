"""Assets, deferrals and runs as people type them, for their tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tests.books.known import KnownRows, accepted
from tests.books.ledger.rows import amount
from workbook_templates.schema import Cells

CATEGORIES, ASSETS, RUNS = "ledger.asset_categories", "ledger.assets", "ledger.depreciation_runs"
DEFERRALS, PERIODS, JOURNAL = "ledger.deferrals", "ledger.periods", "ledger.journal"
MACHINES, ACCUMULATED, DEPRECIATION, DISPOSAL = "12400", "12490", "61800", "72000"


def category(key: str = "MESIN", **cells: str) -> list[Cells]:
    """A category of machines that last ten months unless it says otherwise."""
    accounts = {
        "asset_account": MACHINES,
        "accumulated_account": ACCUMULATED,
        "expense_account": DEPRECIATION,
        "disposal_account": DISPOSAL,
    }
    return [{"category": key, **accounts, "life": "10", **cells}]


def asset(key: str = "M1", cost: object = 100_000, **cells: str) -> list[Cells]:
    """A machine of January 2026, worth 10,000 in the end."""
    own = {"acquired": "2026-01-01", "residual": "10000.00"} | cells
    row = {"asset": key, "name": f"Mesin {key}", "category": "MESIN", "cost": amount(cost), **own}
    return [{column: text for column, text in row.items() if text}]


def run(known: KnownRows, *months: str) -> KnownRows:
    """The company after the runs of some months."""
    for month in months:
        known = accepted(known, RUNS, [{"period": month}])
    return known


def months(first: str, count: int) -> Iterable[str]:
    """So many months from one on."""
    year, number = int(first[:4]), int(first[5:])
    for n in range(number - 1, number - 1 + count):
        yield f"{year + n // 12:04}-{n % 12 + 1:02}"


def closed(known: KnownRows, month: str) -> KnownRows:
    """The company with a month closed."""
    return accepted(known, PERIODS, [{"period": month, "status": "closed"}])


def balance(known: KnownRows, account: str, until: str = "9999") -> Decimal:
    """Debit less credit of an account up to a day."""
    total = Decimal(0)
    for line in known.rows(JOURNAL):
        if line.text("account") == account and line.text("date") <= until:
            total += (line["debit"] or 0) - (line["credit"] or 0)
    return total


def lines_of(known: KnownRows, key: str) -> dict[str, Decimal]:
    """An entry as its sums by account, debit positive."""
    found = known.document(JOURNAL, key)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in found.lines if found else ():
        sums[line.text("account")] += (line["debit"] or 0) - (line["credit"] or 0)
    return dict(sums)
