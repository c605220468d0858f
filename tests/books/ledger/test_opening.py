"""Opening balances meet in three clearing accounts, and a company goes live once they are zero."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    CAPITAL,
    CASH,
    INVENTORY,
    OPENING,
    PAYABLE,
    RECEIVABLE,
    amount,
    codes,
    entry,
)
from workbook_templates.schema import Cells

LISTS, YEARS = "ledger.opening_balances", "ledger.years"
OPENED_R, OPENED_P = "39100", "39200"
DAY = "2025-12-31"
TRIAL = [(CASH, 900, 0), (RECEIVABLE, 500, 0), (INVENTORY, 200, 0), (PAYABLE, 0, 300)]


def trial(*lines: tuple[str, int, int], name: str = "NERACA") -> list[Cells]:
    """An opening trial balance; capital is the rest."""
    rest = sum(debit - credit for _, debit, credit in lines)
    rows = entry("x", DAY, *lines, (CAPITAL, 0, rest), list=name, kind="balances")
    return [{c: text for c, text in row.items() if c != "entry"} for row in rows]


def item(kind: str, party: str, document: str, units: int, name: str = "") -> Cells:
    side = "debit" if kind == "receivables" else "credit"
    head = {"list": name or kind.upper(), "kind": kind, "date": DAY, "due": "2026-01-31"}
    return {**head, "party": party, "document": document, side: amount(units)}


@pytest.fixture
def opened(company: KnownRows) -> KnownRows:
    """All lists are in; only the opening stock is not."""
    return laid(
        company,
        {
            YEARS: [{"year": "2026", "status": "opening"}],
            LISTS: [
                *trial(*TRIAL),
                *[item("receivables", "C1", "F1", 400), item("receivables", "C2", "F2", 100)],
                item("payables", "S1", "T1", 300),
            ],
        },
    )


def balance(known: KnownRows, account: str) -> Decimal:
    sums = known.totals("ledger.balances", ("account",), equal={"account": account})
    return sum((Decimal(d - c) / 10_000 for d, c in sums.values()), Decimal(0))


def test_details_meet_the_trial_balance_in_clearing_accounts(opened: KnownRows) -> None:
    found = {account: balance(opened, account) for account in (RECEIVABLE, PAYABLE, CASH)}
    assert found == {RECEIVABLE: 500, PAYABLE: -300, CASH: 900}
    assert [balance(opened, a) for a in (OPENED_R, OPENED_P, OPENING)] == [0, 0, 200]
    lines = [li for li in opened.rows("ledger.journal") if li.text("account") == RECEIVABLE]
    assert {(li.text("party"), li.text("document"), li.text("due")) for li in lines} == {
        ("C1", "F1", "2026-01-31"), ("C2", "F2", "2026-01-31"),
    }  # fmt: skip


def test_going_live_waits_until_each_clearing_account_is_zero(opened: KnownRows) -> None:
    live = [{"year": "2026", "status": "open"}]
    assert codes(opened, YEARS, live) == ["not_cleared"]
    stock = entry("STK", DAY, (OPENING, 0, 200), (CAPITAL, 200, 0))
    cleared = accepted(opened, "ledger.journal", stock)
    assert codes(cleared, YEARS, live) == []


@pytest.mark.parametrize("kind", ["receivables", "payables"])
def test_an_item_that_is_missing_keeps_the_company_from_going_live(
    company: KnownRows, kind: str
) -> None:
    account = {"receivables": RECEIVABLE, "payables": PAYABLE}[kind]
    sides = (500, 0) if kind == "receivables" else (0, 500)
    known = accepted(company, LISTS, trial((CASH, 900, 0), (account, *sides)))
    known = accepted(known, LISTS, [item(kind, "B1", "F1", 499)])
    assert codes(known, YEARS, [{"year": "2026", "status": "open"}]) == ["not_cleared"]
    known = accepted(known, LISTS, [item(kind, "B1", "F2", 1, name="L2")])
    assert codes(known, YEARS, [{"year": "2026", "status": "open"}]) == []


def test_what_is_entered_again_is_refused(opened: KnownRows) -> None:
    assert codes(opened, LISTS, trial(*TRIAL, name="LAGI")) == ["second_trial_balance"]
    again = [item("receivables", "C1", "F1", 400, name="LAGI")]
    assert codes(opened, LISTS, again) == ["opening_twice"]
    twice = [item("payables", "S1", "T9", 5), item("payables", "S1", "T9", 5)]
    assert codes(opened, LISTS, twice) == ["opening_twice"]


def test_a_company_under_way_takes_no_opening_balances(company: KnownRows) -> None:
    live = accepted(company, YEARS, [{"year": "2026", "status": "open"}])
    assert codes(live, LISTS, trial((CASH, 900, 0))) == ["live_already"]
    back = [{"year": "2026", "status": "opening", "reason": "Ulang"}]
    assert codes(live, YEARS, back) == ["back_to_opening"]


def test_lists_are_whole(company: KnownRows) -> None:
    rows = trial((CASH, 900, 0))
    assert codes(company, LISTS, [{**rows[0], "debit": "901.00"}, rows[1]]) == ["unbalanced"]
    nothing = {c: t for c, t in item("receivables", "C1", "F1", 5).items() if c != "party"}
    assert codes(company, LISTS, [nothing]) == ["opening_needs"]
    named = {**item("receivables", "C1", "F1", 5), "account": CASH}
    assert codes(company, LISTS, [named]) == ["opening_account"]
