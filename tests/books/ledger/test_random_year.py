"""A random year: the statements hold on each of its days, and by cost centre."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from tests.books.known import KnownRows
from tests.books.ledger.rows import at, entry, new_company, span
from tests.books.ledger.statements import adds_up, amount_of, closed_year, report
from workbook_templates.schema import Cells

FIRST, DAYS, ENTRIES = date(2025, 12, 1), 400, 250
CENTRES = ("SHOP", "WEB", None)
KINDS = (None, None, None, "adjusting")


def entries(random: Random, accounts: list[str]) -> Iterator[list[Cells]]:
    """Balanced entries of two to five lines on any accounts, days and cost centres."""
    for number in range(ENTRIES):
        day = FIRST + timedelta(days=random.randrange(DAYS))
        cents = [random.randint(1, 10**9) for _ in range(random.randint(1, 4))]
        lines = [(random.choice(accounts), Decimal(n) / 100, 0) for n in cents]
        lines.append((random.choice(accounts), 0, Decimal(sum(cents)) / 100))
        swapped = random.random() < 0.5
        sides = [(a, c, d) if swapped else (a, d, c) for a, d, c in lines]
        centre, kind = random.choice(CENTRES), random.choice(KINDS)
        cells = {k: v for k, v in (("cost_centre", centre), ("kind", kind)) if v}
        yield entry(f"J{number}", day.isoformat(), *sides, **cells)


@pytest.fixture(scope="module", params=[20260101, 7])
def year(request: pytest.FixtureRequest) -> KnownRows:
    """A company whose entries stand in the journal as if they had been accepted one by one."""
    company = new_company()
    refused = ("receivable", "payable", "inventory")
    accounts = [
        row.text("code")
        for row in company.rows("ledger.accounts")
        if row.text("role") not in refused
    ]
    rows = [row for rows in entries(Random(request.param), accounts) for row in rows]
    return KnownRows({**company.tables, "ledger.journal": rows}, company.company)


def test_assets_are_liabilities_and_equity_on_each_of_400_days(year: KnownRows) -> None:
    for n in range(DAYS):
        day = (FIRST + timedelta(days=n)).isoformat()
        sheet = {row["name"]: row for row in report(year, "balance_sheet", at(day))}
        held, owed = sheet.get("Total assets"), sheet.get("Total liabilities and equity")
        assert held is not None
        assert owed is not None
        assert held["amount"] == owed["amount"], day


def test_cost_centres_add_up_to_the_company_also_through_closing(year: KnownRows) -> None:
    for company in (year, closed_year(year)):
        for period in (span("2026-01-01", "2026-12-31"), span("2026-03-01", "2026-03-31")):
            rows = report(company, "income_by_cost_centre", period)
            assert adds_up(rows, ("revenue", "operating_expense", "income_tax", "result"))
            profit = amount_of(
                report(company, "income_statement", period), "Profit (loss) after income tax"
            )
            assert profit == Decimal(rows[-1]["result"] or 0)


def test_both_methods_of_the_cash_flow_come_to_the_same_in_each_month(year: KnownRows) -> None:
    for month in range(1, 13):
        request = span(f"2026-{month:02}-01", f"2026-{month:02}-28")
        direct, indirect = (
            {
                row["name"]: row["amount"]
                for row in report(year, f"cash_flow_{method}", request)
                if (row["name"] or "").startswith(("Net ", "Cash at"))
            }
            for method in ("direct", "indirect")
        )
        assert direct == {name: indirect[name] for name in direct}


def test_the_worksheet_balances_in_each_month(year: KnownRows) -> None:
    for month in range(1, 13):
        rows = report(year, "worksheet", span(f"2026-{month:02}-01", f"2026-{month:02}-28"))
        ends = rows[-1]
        for part in ("trial", "adjustments", "adjusted", "income", "position"):
            assert ends[f"{part}_debit"] == ends[f"{part}_credit"]


def test_equity_ends_where_the_balance_sheet_has_it(year: KnownRows) -> None:
    for last in ("2026-03-31", "2026-08-15", "2026-12-31"):
        rows = report(year, "changes_in_equity", span("2026-01-01", last))
        sheet = report(year, "balance_sheet", at(last))
        assert Decimal(rows[-1]["closing"] or 0) == amount_of(sheet, "Total equity")
        assert adds_up(rows, ("opening", "increase", "decrease", "result", "closing"))
