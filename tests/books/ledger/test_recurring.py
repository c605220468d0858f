"""A template makes an entry a month ahead, none twice, and closed months keep theirs."""

import pytest

from tests.books.known import KnownRows, accepted, without
from tests.books.ledger.rows import BANK, RENT, codes, entry
from workbook_templates.schema import Cells

SHEET, PERIODS = "ledger.recurring_entries", "ledger.periods"


def rent(amount: int = 500, first: str = "2026-01-31", months: int = 12) -> list[Cells]:
    lines = entry("x", first, (RENT, amount, 0), (BANK, 0, amount), template="R")
    return [
        {**{c: t for c, t in li.items() if c != "entry"}, "months": str(months)} for li in lines
    ]


def made(known: KnownRows) -> dict[str, str]:
    """The day and the amount of each entry."""
    return {
        f"{line.text('entry')} {line.text('date')}": line.text("debit")
        for line in known.rows("ledger.journal")
        if line.text("debit")
    }


def closed(known: KnownRows, month: str) -> KnownRows:
    return accepted(known, PERIODS, [{"period": month, "status": "closed"}])


def test_the_year_ahead_is_there_once(company: KnownRows) -> None:
    known = accepted(company, SHEET, rent())
    assert len(made(known)) == 12
    assert {"RE:R:2026-02 2026-02-28", "RE:R:2026-12 2026-12-31"} <= made(known).keys()
    assert made(accepted(known, SHEET, rent())) == made(known)


def test_a_changed_template_changes_open_months_alone(company: KnownRows) -> None:
    known = accepted(closed(accepted(company, SHEET, rent()), "2026-01"), SHEET, rent(600))
    assert made(known)["RE:R:2026-01 2026-01-31"] == "500.00"
    assert made(known)["RE:R:2026-02 2026-02-28"] == "600.00"


def test_fewer_months_stop_it_and_none_are_lost_in_closed_ones(company: KnownRows) -> None:
    known = closed(accepted(company, SHEET, rent()), "2026-03")
    assert codes(known, SHEET, rent(months=2)) == ["locked_month_stays"]
    assert codes(known, SHEET, rent(first="2026-04-01")) == ["locked_month_stays"]
    assert "locked_month_stays" in codes(known, SHEET, [], "R")
    assert len(made(accepted(known, SHEET, rent(months=3)))) == 3
    assert made(without(accepted(company, SHEET, rent()), SHEET, "R")) == {}


@pytest.mark.parametrize(
    ("first", "months", "code"),
    [
        ("2027-06-30", 12, "month_without_period"),
        ("2025-01-31", 61, "too_many_months"),
        ("2026-04-30", 2, "month_locked"),
    ],
)
def test_months_that_can_have_no_entry_are_told(
    company: KnownRows, first: str, months: int, code: str
) -> None:
    known = closed(company, "2026-05")
    assert code in codes(known, SHEET, rent(first=first, months=months))


def test_a_template_balances(company: KnownRows) -> None:
    first, second = rent()
    assert codes(company, SHEET, [{**first, "debit": "1.00"}, second]) == ["unbalanced"]
