"""Budgets: spread over months, set against what happened, and stopping what goes beyond."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    BANK,
    RENT,
    SALES,
    SUPPLIES,
    amount,
    bill,
    codes,
    entry,
    new_company,
    span,
)
from tests.conftest import shared_json
from workbook_templates.books.ledger.budgets import MONTHS, monthly
from workbook_templates.books.ledger.reports.budget_against_actual import BUDGET_AGAINST_ACTUAL
from workbook_templates.schema import Cells
from workbook_templates.senders import CONTROLLER, Sender

BUDGETS, JOURNAL, BILLS = "ledger.budgets", "ledger.journal", "ledger.purchase_bills"
CASES = {case["id"]: case for case in shared_json("cases/peers/ledger-statements.json")["cases"]}


def budget(year_amount: object = 12_000, account: str = RENT, **cells: str) -> list[Cells]:
    """A budget of 2026 that stops, of 1,000 a month unless it says otherwise."""
    row = {"year": "2026", "account": account, "amount": amount(year_amount), "policy": "stop"}
    return [{column: text for column, text in {**row, **cells}.items() if text}]


def spent(total: object, day: str = "2026-03-10", key: str = "1", **cells: str) -> list[Cells]:
    """Rent paid from the bank."""
    return entry(key, day, (RENT, total, 0), (BANK, 0, total), **cells)


def sent_by(known: KnownRows, role: str = "accountant") -> KnownRows:
    """The same company, asked by a person of that role."""
    return replace(known, sender=Sender("rina", frozenset({role})))


def lines_of(event: dict[str, Any], accounts: dict[str, str]) -> list[tuple[str, object, object]]:
    """The lines of a case's entry."""
    return [
        (accounts[line["account"]], line.get("debit", 0), line.get("credit", 0))
        for line in event["lines"]
    ]


def reported(known: KnownRows, first: str, last: str) -> dict[str | None, tuple[str | None, ...]]:
    rows = BUDGET_AGAINST_ACTUAL.build(known, span(first, last))
    shown = ("budget", "actual", "percent", "mark")
    return {
        f"{row.get('account') or row['name']}/{row.get('cost_centre') or ''}": tuple(
            row.get(column) for column in shown
        )
        for row in rows
    }


def test_a_year_is_spread_evenly_over_its_months(company: KnownRows) -> None:
    """ledger-statements-010."""
    case = CASES["ledger-statements-010"]
    (account, total), wanted = case["events"][0]["lines"][0], case["expect"][0]["months"]
    assert account == "cogs"
    known = accepted(company, BUDGETS, budget(total, "51000"))
    assert list(monthly(known.rows(BUDGETS)[0])) == wanted
    odd = accepted(company, BUDGETS, budget("100.00"))
    assert sum(monthly(odd.rows(BUDGETS)[0])) == 100


def test_months_may_be_typed_one_by_one(company: KnownRows) -> None:
    typed = {MONTHS[0]: "700.00", MONTHS[11]: "300.00"}
    known = accepted(company, BUDGETS, budget(1000, **typed))
    assert list(monthly(known.rows(BUDGETS)[0])) == [700, *[0] * 10, 300]
    assert codes(company, BUDGETS, budget(999, **typed)) == ["months_differ"]
    assert codes(company, BUDGETS, [{"year": "2026", "account": RENT}]) == ["required"]
    assert codes(company, BUDGETS, budget(year="26")) == ["not_a_year"]


def test_what_goes_beyond_is_stopped_but_for_a_controllers(company: KnownRows) -> None:
    """ledger-statements-011: 3 x 10,000 in March, and an entry of one more."""
    case = CASES["ledger-statements-011"]
    first, second, third = case["events"]
    known = accepted(new_company(first="2024-01"), BUDGETS, budget(
        first["lines"][0][1], "51000", year=str(first["year"]),
    ))  # fmt: skip
    accounts = {"cogs": "51000", "bank": BANK}
    for event, role, wanted in (
        (second, "accountant", ["budget_exceeded"]),
        (third, CONTROLLER, []),
    ):
        lines = [
            (accounts[x["account"]], x.get("debit", 0), x.get("credit", 0)) for x in event["lines"]
        ]
        assert codes(sent_by(known, role), JOURNAL, entry("1", event["date"], *lines)) == wanted
    assert [one["what"] for one in case["expect"]] == ["rejected", "accepted"]


def test_the_budget_of_the_months_so_far_counts(company: KnownRows) -> None:
    known = sent_by(accepted(company, BUDGETS, budget()))
    assert codes(known, JOURNAL, spent(3000)) == []
    assert codes(known, JOURNAL, spent("3000.01")) == ["budget_exceeded"]
    full = accepted(known, JOURNAL, spent(3000))
    assert codes(full, JOURNAL, spent(1, "2026-01-05", key="2")) == ["budget_exceeded"]
    assert codes(full, JOURNAL, spent(1000, "2026-04-05", key="2")) == []
    assert codes(full, JOURNAL, spent(2900)) == []
    assert codes(full, JOURNAL, spent(9999, "2027-01-05", key="2")) == []


def test_a_bill_is_stopped_at_its_line(company: KnownRows) -> None:
    known = sent_by(accepted(company, BUDGETS, budget(account=SUPPLIES)))
    assert codes(known, BILLS, bill("B", "2026-01-05", 600, 400)) == []
    assert codes(known, BILLS, bill("B", "2026-01-05", 600, 401)) == ["budget_exceeded"]
    known = accepted(known, BILLS, bill("B", "2026-01-05", 1000))
    assert codes(known, BILLS, bill("B", "2026-01-05", 999)) == []
    assert codes(known, BILLS, bill("B", "2026-01-05", 1001)) == ["budget_exceeded"]
    assert codes(known, BILLS, bill("C", "2026-01-05", 5, kind="credit_note")) == []


@pytest.mark.parametrize("policy", ["allow", "warn"])
def test_a_budget_that_does_not_stop_is_reported(company: KnownRows, policy: str) -> None:
    known = sent_by(accepted(company, BUDGETS, budget(policy=policy)))
    known = accepted(known, JOURNAL, spent(4000))
    found = reported(known, "2026-01-01", "2026-03-31")
    assert found[f"{RENT}/"] == ("3000.00", "4000.00", "133.3", "off")


def test_income_is_never_stopped_and_is_off_where_it_falls_short(company: KnownRows) -> None:
    known = sent_by(accepted(company, BUDGETS, budget(account=SALES)))
    known = accepted(known, JOURNAL, entry("1", "2026-01-05", (BANK, 900, 0), (SALES, 0, 900)))
    assert reported(known, "2026-01-01", "2026-01-31")[f"{SALES}/"] == (
        "1000.00", "900.00", "90", "off",
    )  # fmt: skip
    assert codes(known, JOURNAL, entry("2", "2026-01-05", (BANK, 900, 0), (SALES, 0, 900))) == []


def test_cost_centres_have_budgets_of_their_own_and_add_up(company: KnownRows) -> None:
    shop = budget(1200, cost_centre="TOKO")
    known = sent_by(laid(company, {BUDGETS: [*budget(), *shop]}))
    assert codes(known, JOURNAL, spent(101, "2026-01-05", cost_centre="TOKO")) == [
        "budget_exceeded"
    ]
    known = accepted(known, JOURNAL, spent(100, "2026-01-05", cost_centre="TOKO"))
    known = accepted(known, JOURNAL, spent(1000, "2026-01-05", key="2", cost_centre="PABRIK"))
    found = reported(known, "2026-01-01", "2026-01-31")
    assert found[f"{RENT}/TOKO"][:2] == ("100.00", "100.00")
    assert found[f"{RENT}/"][:2] == ("1000.00", "1000.00")
    assert found["Total expenses/"][:2] == ("1100.00", "1100.00")


def test_what_closes_a_year_is_no_spending(company: KnownRows) -> None:
    known = new_company(first="2026-01", last="2027-01")
    known = accepted(accepted(known, BUDGETS, budget()), JOURNAL, spent(1000, cost_centre="TOKO"))
    known = accepted(known, "ledger.years", [{"year": "2026", "status": "closed"}])
    found = reported(known, "2026-01-01", "2026-12-31")
    assert found[f"{RENT}/"][:3] == ("12000.00", "1000.00", "8.3")


def test_the_percentages_of_food_and_leisure_come_out() -> None:
    """ledger-statements-012, its days as months: budgets are monthly here."""
    case: dict[str, Any] = CASES["ledger-statements-012"]
    accounts = {"food": RENT, "leisure": SUPPLIES, "movies": "61500", "cab": "61600", "cash": BANK}
    known = new_company(first="2016-01", last="2016-12")

    def month_of(day: str) -> str:
        return f"2016-{day[8:]}"

    for event in case["events"]:
        if event["do"] == "budget":
            rows = [budget(12 * each, accounts[name], year="2016", policy="allow")[0]
                    for name, each in event["lines"]]  # fmt: skip
            known = laid(known, {BUDGETS: rows})
            continue
        lines = [
            (accounts[x["account"]], x.get("debit", 0), x.get("credit", 0)) for x in event["lines"]
        ]
        known = accepted(
            known, JOURNAL, entry(f"J{event['n']}", f"{month_of(event['date'])}-05", *lines)
        )
    for wanted in case["expect"]:
        month = month_of(wanted["date"])
        found = reported(known, f"{month}-01", f"{month}-28")
        name = "Total expenses" if wanted["line"] == "total" else accounts[wanted["line"]]
        _, actual, percent, _ = found[f"{name}/"]
        assert Decimal(actual or 0) == wanted["actual"]
        assert round(Decimal(percent or 0)) == wanted["percent"]


def test_who_has_no_budgets_asks_for_nothing_more(company: KnownRows) -> None:
    assert codes(sent_by(company), JOURNAL, spent(10**9)) == []
