"""The journal entries of stock: which accounts, on which day, for how much."""

import pytest

from tests.books.inventory.stock import (
    COST,
    COUNTS,
    DIFFERENCE,
    MOVES,
    OPENING,
    RECEIVED,
    STOCK,
    account_balance,
    after,
    counted,
    entry,
    move,
    new_company,
    role_of,
)
from tests.books.known import KnownRows, accepted, without


@pytest.fixture
def stocked() -> KnownRows:
    """Ten reams at 100 in W since 2 May, four of them issued on the 3rd."""
    return after(
        new_company(),
        move("R1", "05-02", "receipt", "10", "100"),
        move("I1", "05-03", "issue", "4"),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (move("X", "05-09", "opening", "2", "50"), [(STOCK, "100.00"), (OPENING, "-100.00")]),
        (move("X", "05-09", "receipt", "2", "50"), [(STOCK, "100.00"), (RECEIVED, "-100.00")]),
        (move("X", "05-09", "issue", "2"), [(COST, "200.00"), (STOCK, "-200.00")]),
        (move("X", "05-09", "return_in", "2"), [(STOCK, "200.00"), (COST, "-200.00")]),
        (move("X", "05-09", "return_out", "2"), [(RECEIVED, "200.00"), (STOCK, "-200.00")]),
        (move("X", "05-09", "adjustment_in", "2"), [(STOCK, "200.00"), (DIFFERENCE, "-200.00")]),
        (move("X", "05-09", "adjustment_out", "2"), [(DIFFERENCE, "200.00"), (STOCK, "-200.00")]),
        (counted("X", "05-09", "8"), [(STOCK, "200.00"), (DIFFERENCE, "-200.00")]),
        (counted("X", "05-09", "5"), [(DIFFERENCE, "100.00"), (STOCK, "-100.00")]),
        (move("X", "05-09", "transfer", "2", to_warehouse="A"), []),
        (counted("X", "05-09", "6"), []),
        (move("X", "05-09", "receipt", "2", "0"), []),
    ],
    ids=lambda value: f"{value.get('kind', 'count')}" if isinstance(value, dict) else None,
)
def test_each_kind_of_movement_has_its_account(
    stocked: KnownRows, line: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert entry(after(stocked, line), "05-09") == expected


def test_a_day_has_one_entry_with_its_kinds_in_a_fixed_order(stocked: KnownRows) -> None:
    known = after(
        stocked,
        move("I2", "05-09", "issue", "1"),
        move("I3", "05-09", "issue", "2"),
        move("O1", "05-09", "receipt", "3", "100"),
    )
    assert entry(known, "05-09") == [
        (STOCK, "300.00"),
        (RECEIVED, "-300.00"),
        (COST, "300.00"),
        (STOCK, "-300.00"),
    ]


def test_an_entry_names_its_day_its_kind_and_its_source(stocked: KnownRows) -> None:
    line = stocked.row("ledger.journal", "STK:2026-05-03")
    assert line is not None
    assert line.cells == {
        "entry": "STK:2026-05-03",
        "date": "2026-05-03",
        "account": line.text("account"),
        "description": "Issue",
        "debit": "400.00",
        "source": "inventory.cost_days/2026-05-03",
    }
    assert role_of(stocked, line.text("account")) == COST
    assert line.source == "inventory.cost_days/2026-05-03"


def test_a_back_dated_receipt_changes_the_entries_of_later_days(stocked: KnownRows) -> None:
    known = after(stocked, move("R0", "05-01", "receipt", "10", "200"))
    assert entry(known, "05-03") == [(COST, "600.00"), (STOCK, "-600.00")]
    assert account_balance(known, STOCK) == 2400


def test_what_is_deleted_leaves_no_entry(stocked: KnownRows) -> None:
    known = without(stocked, MOVES, "I1")
    assert entry(known, "05-03") == []
    assert account_balance(known, STOCK) == 1000


def test_a_document_that_moves_to_another_day_takes_its_entry_along(stocked: KnownRows) -> None:
    known = accepted(stocked, MOVES, [move("I1", "05-08", "issue", "4")])
    assert entry(known, "05-03") == []
    assert entry(known, "05-08") == [(COST, "400.00"), (STOCK, "-400.00")]


def test_a_count_that_is_corrected_changes_its_entry(stocked: KnownRows) -> None:
    known = after(stocked, counted("C1", "05-09", "5"))
    known = accepted(known, COUNTS, [counted("C1", "05-09", "7")])
    assert entry(known, "05-09") == [(STOCK, "100.00"), (DIFFERENCE, "-100.00")]
