"""Budgets: what an account, or one cost centre on it, may come to month by month.

A budget of a cost centre is of its lines alone; one without is of all lines whose cost centre has
no budget of its own, so that budgets and what is set against them add up to the company's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from workbook_templates import money
from workbook_templates.schema import Known, Line

BUDGETS = "ledger.budgets"
MONTHS = tuple(f"m{number:02}" for number in range(1, 13))
ALLOW, WARN, STOP = "allow", "warn", "stop"
NONE, UNIT = Decimal(0), 10_000


def monthly(row: Line) -> tuple[Decimal, ...]:
    """The twelve amounts of a budget: as given, or the year's in equal parts."""
    given = [row[column] for column in MONTHS]
    if any(amount is not None for amount in given):
        return tuple(amount or NONE for amount in given)
    return money.allocate(row["amount"] or NONE, [Decimal(1)] * len(MONTHS))


def until_each(row: Line) -> list[int]:
    """The budget up to each month of the year, in 1/10,000."""
    return list(accumulate(int(amount * UNIT) for amount in monthly(row)))


def of_account(known: Known, account: str, year: str) -> list[Line]:
    """The budgets of an account in a year."""
    rows = known.where(BUDGETS, "account", account)
    return [row for row in rows if row.text("year") == year]


def budget_for(rows: Sequence[Line], centre: str) -> Line | None:
    """Of an account's budgets, the one that lines of a cost centre count against."""
    found = {row.text("cost_centre"): row for row in rows}
    return found.get(centre) or found.get("")


def moved_by_month(known: Known, budget: Line, rows: Sequence[Line]) -> list[int]:
    """What was debited less credited against a budget in each month, in 1/10,000; `rows` are all
    budgets of its account in that year. Entries that close a year do not count.
    """
    account, year = budget.text("account"), budget.text("year")
    if centre := budget.text("cost_centre"):
        return _by_month(known, year, account, centre)
    found = _by_month(known, year, account, None)
    for row in rows:
        if centre := row.text("cost_centre"):
            own = _by_month(known, year, account, centre)
            found = [whole - part for whole, part in zip(found, own, strict=True)]
    return found


def _by_month(known: Known, year: str, account: str, centre: str | None) -> list[int]:
    span = {"first": {"date:month": f"{year}-01"}, "last": {"date:month": f"{year}-12"}}
    months: dict[str, int] = defaultdict(int)
    if centre is not None:
        equal = {"cost_centre": centre, "account": account}
        sums = known.totals("ledger.centre_balances", ("date:month", "kind"), equal, **span)
        for (month, kind), (debit, credit) in sums.items():
            if kind != "closing":
                months[month] += debit - credit
    else:
        of_account = {"account": account}
        closing = {"account": account, "kind": "closing"}
        for key, equal, sign in (("balances", of_account, 1), ("entry_kinds", closing, -1)):
            sums = known.totals(f"ledger.{key}", ("date:month",), equal, **span)
            for (month,), (debit, credit) in sums.items():
                months[month] += sign * (debit - credit)
    return [months[f"{year}-{number:02}"] for number in range(1, 13)]
