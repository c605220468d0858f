"""A year is closed by an entry, in the order of years, and opened again with a reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.rows import CASH, RENT, RETAINED, SALES, codes, entry, new_company
from workbook_templates.books.ledger.closing import CENTRES
from workbook_templates.schema import Cells
from workbook_templates.senders import Sender

JOURNAL, YEARS = "ledger.journal", "ledger.years"


def year(number: str, status: str, **cells: str) -> list[Cells]:
    return [{"year": number, "status": status, **cells}]


@pytest.fixture
def traded() -> KnownRows:
    """Two years with income and expenses of two cost centres."""
    sold = entry("1", "2025-03-15", (CASH, 600, 0))
    rows = [
        *sold,
        *entry("1", "2025-03-15", (SALES, 0, 400), cost_centre="CC1"),
        *entry("1", "2025-03-15", (SALES, 0, 200), cost_centre="CC2"),
        *entry("2", "2025-12-31", (RENT, 50, 0), (CASH, 0, 50), cost_centre="CC1"),
        *entry("3", "2026-03-15", (SALES, 0, 300), cost_centre="CC2"),
        *entry("3", "2026-03-15", (CASH, 300, 0)),
    ]
    return laid(new_company(), {JOURNAL: rows})


def closing(known: KnownRows, number: str) -> set[tuple[str, str, str, str]]:
    found = known.document(JOURNAL, f"CL:{number}")
    columns = ("account", "cost_centre", "debit", "credit")
    return {
        (line.text(columns[0]), line.text(columns[1]), line.text(columns[2]), line.text(columns[3]))
        for line in (found.lines if found else ())
    }


def sums(known: KnownRows, *by: str) -> dict[tuple[str, ...], int]:
    return {key: d - c for key, (d, c) in known.totals(CENTRES, by).items()}


def test_a_year_is_closed_by_account_and_cost_centre(traded: KnownRows) -> None:
    closed = accepted(traded, YEARS, year("2025", "closed"))
    assert closing(closed, "2025") == {
        (SALES, "CC1", "400.00", ""), (SALES, "CC2", "200.00", ""), (RENT, "CC1", "", "50.00"),
        (RETAINED, "CC1", "", "350.00"), (RETAINED, "CC2", "", "200.00"),
    }  # fmt: skip
    document = closed.document(JOURNAL, "CL:2025")
    assert document is not None
    assert (document.text("date"), document.text("kind")) == ("2025-12-31", "closing")
    assert sums(closed, "cost_centre") == sums(traded, "cost_centre")


def test_the_next_year_closes_its_own_movement_alone(traded: KnownRows) -> None:
    both = accepted(accepted(traded, YEARS, year("2025", "closed")), YEARS, year("2026", "closed"))
    assert closing(both, "2026") == {(SALES, "CC2", "300.00", ""), (RETAINED, "CC2", "", "300.00")}
    assert sums(both, "account")[RETAINED,] == -850 * 10_000
    assert Decimal(sums(both, "account")[SALES,]) == 0


def test_saying_closed_again_leaves_the_entry_as_it_is(traded: KnownRows) -> None:
    closed = accepted(traded, YEARS, year("2025", "closed"))
    again = accepted(closed, YEARS, year("2025", "closed", reason="Rapat pemegang saham"))
    assert closing(again, "2025") == closing(closed, "2025") != set()


def test_years_close_in_their_order(traded: KnownRows) -> None:
    assert codes(traded, YEARS, year("2026", "closed")) == ["earlier_year_open"]
    assert codes(traded, YEARS, year("25", "closed")) == ["not_a_year"]


@pytest.mark.parametrize("day", ["2025-03-15", "2025-12-31", "2024-12-31"])
def test_nothing_moves_in_a_closed_year_or_before_it(day: str) -> None:
    known = new_company(first="2024-01")
    closed = accepted(known, YEARS, year("2025", "closed"))
    rows = entry("9", day, (CASH, 400, 0), (SALES, 0, 400))
    controller = replace(closed, sender=Sender("rina", frozenset({"owner"})))
    assert codes(controller, JOURNAL, rows) == ["year_closed"]


def test_an_entry_of_a_closed_year_is_not_deleted(traded: KnownRows) -> None:
    closed = accepted(traded, YEARS, year("2025", "closed"))
    assert codes(closed, JOURNAL, [], "1") == ["year_closed"]


def test_a_year_is_opened_again_from_the_last_one_with_a_reason(traded: KnownRows) -> None:
    both = accepted(accepted(traded, YEARS, year("2025", "closed")), YEARS, year("2026", "closed"))
    reopened = year("2025", "open", reason="Koreksi audit")
    assert codes(both, YEARS, reopened) == ["later_year_closed"]
    assert codes(both, YEARS, year("2026", "open")) == ["reopening_needs_a_reason"]
    accountant = replace(both, sender=Sender("rina", frozenset({"accountant"})))
    last = year("2026", "open", reason="Koreksi audit")
    assert codes(accountant, YEARS, last) == ["reopening_not_allowed"]
    known = accepted(accepted(both, YEARS, last), YEARS, reopened)
    assert closing(known, "2025") == closing(known, "2026") == set()
    assert sums(known, "account", "cost_centre") == sums(traded, "account", "cost_centre")


def test_a_closed_year_is_not_deleted(traded: KnownRows) -> None:
    closed = accepted(traded, YEARS, year("2025", "closed"))
    assert codes(closed, YEARS, [], "2025") == ["year_stays"]
    opened = accepted(traded, YEARS, year("2025", "open"))
    assert without(opened, YEARS, "2025").row(YEARS, "2025") is None


def test_a_year_without_retained_earnings_is_not_closed(traded: KnownRows) -> None:
    accounts = [
        line.cells
        for line in traded.rows("ledger.accounts")
        if line.text("role") != "retained_earnings"
    ]
    known = replace(traded, given={**traded.given, "ledger.accounts": accounts})
    assert "no_account_for_role" in codes(known, YEARS, year("2025", "closed"))
