"""The reports of the inventory book, by example."""

import pytest

from tests.books.inventory.stock import after, counted, move, new_company, report
from tests.books.known import KnownRows


@pytest.fixture
def known() -> KnownRows:
    """Paper at the average and toner by FIFO, moved in May and June."""
    return after(
        new_company(
            {"code": "AVG", "name": "Paper", "unit": "ream", "min_qty": "10", "max_qty": "50"},
            {"code": "FIFO", "name": "Toner", "costing": "fifo", "min_qty": "5"},
            {"code": "NONE", "name": "Clip", "min_qty": "1", "max_qty": "3"},
            {"code": "PLAIN", "name": "Pen"},
        ),
        move("R1", "05-02", "receipt", "10", "100"),
        move("R2", "05-10", "receipt", "10", "110"),
        move("T1", "05-20", "transfer", "8", to_warehouse="A"),
        move("I1", "06-03", "issue", "5", warehouse="A"),
        move("F1", "05-02", "receipt", "4", "1000", item="FIFO"),
        move("F2", "05-03", "receipt", "4", "1500.5", item="FIFO"),
        move("F3", "06-01", "issue", "3", item="FIFO"),
    )


def test_stock_on_hand_is_what_was_there_at_the_close_of_the_day(known: KnownRows) -> None:
    rows = report(known, "stock_on_hand", "2026-05-31")
    assert [(r["item"], r["warehouse"], r["qty"], r["value"]) for r in rows] == [
        ("AVG", "A", "8", "840.00"),
        ("AVG", "W", "12", "1260.00"),
        ("FIFO", "W", "8", "10002.00"),
    ]
    assert rows[0]["warehouse_name"] == "Warehouse A"
    assert [r["qty"] for r in report(known, "stock_on_hand", "2026-05-02")] == ["10", "4"]
    assert report(known, "stock_on_hand", "2026-05-01") == []


def test_a_stock_card_begins_with_what_was_brought_forward(known: KnownRows) -> None:
    rows = report(known, "stock_card", "2026-06-30", "2026-06-01", item="AVG")
    shown = ("warehouse", "date", "kind", "move", "qty_in", "qty_out", "value_out", "balance_qty")
    assert [tuple(r.get(key) for key in shown) for r in rows] == [
        ("A", "2026-06-01", "brought_forward", None, None, None, None, "8"),
        ("A", "2026-06-03", "issue", "I1", None, "5", "525.00", "3"),
        ("W", "2026-06-01", "brought_forward", None, None, None, None, "12"),
    ]


def test_a_stock_card_without_an_item_shows_all_and_nothing_later(known: KnownRows) -> None:
    rows = report(known, "stock_card", "2026-05-31", "2026-05-01")
    assert [(r["item"], r["move"]) for r in rows] == [
        ("AVG", "T1"),
        ("AVG", "R1"),
        ("AVG", "R2"),
        ("AVG", "T1"),
        ("FIFO", "F1"),
        ("FIFO", "F2"),
    ]
    assert rows[0]["value_in"] == "840.00"


def test_the_valuation_shows_fifo_layers_and_averages(known: KnownRows) -> None:
    rows = report(known, "stock_valuation", "2026-06-30")
    shown = ("item", "warehouse", "date", "move", "qty", "unit_cost", "value")
    assert [tuple(r.get(key) for key in shown) for r in rows] == [
        ("AVG", "A", None, None, "3", "105", "315.00"),
        ("AVG", "W", None, None, "12", "105", "1260.00"),
        ("FIFO", "W", "2026-05-02", "F1", "1", "1000", "1000.00"),
        ("FIFO", "W", "2026-05-03", "F2", "4", "1500.5", "6002.00"),
    ]


def test_the_valuation_of_a_past_day_knows_nothing_of_later_moves(known: KnownRows) -> None:
    rows = report(known, "stock_valuation", "2026-05-31")
    assert [r["qty"] for r in rows if r["item"] == "FIFO"] == ["4", "4"]


def test_low_stock_proposes_to_buy_up_to_the_maximum(known: KnownRows) -> None:
    rows = report(after(known, counted("C1", "06-10", "2")), "low_stock", "2026-06-30")
    assert [(r["item"], r["qty"], r["proposed_qty"]) for r in rows] == [
        ("AVG", "5", "45"),
        ("NONE", "0", "3"),
    ]


def test_exactly_the_minimum_is_enough_and_without_a_maximum_one_buys_up_to_it(
    known: KnownRows,
) -> None:
    assert "FIFO" not in {r["item"] for r in report(known, "low_stock", "2026-06-30")}
    sold = after(known, move("F4", "06-11", "issue", "2", item="FIFO"))
    (row,) = (r for r in report(sold, "low_stock", "2026-06-30") if r["item"] == "FIFO")
    assert (row["qty"], row["proposed_qty"]) == ("3", "2")
