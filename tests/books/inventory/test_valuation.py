"""Costs of stock moves: what was decided, by example."""

from decimal import Decimal

import pytest

from tests.books.inventory.stock_events import (
    METHODS,
    cents,
    count,
    day,
    move,
    value_in,
    values_out,
)
from workbook_templates.books.inventory.moves import Kind, Move, Refusal
from workbook_templates.books.inventory.valuation import Method, balances_at, replay

both_methods = pytest.mark.parametrize("method", METHODS)


# --- rounding ---------------------------------------------------------------------------------


@both_methods
def test_thirds_of_a_cost_add_up_to_it(method: Method) -> None:
    events = [move("receipt", 1, 1, "3", "33.3333"), *(move("issue", n, n, "1") for n in (2, 3, 4))]
    valuation = cents(events, method)
    assert values_out(valuation) == {"2": 3333, "3": 3334, "4": 3333}
    assert valuation.layers == {}


def test_a_unit_cost_below_the_minor_unit_is_not_rounded_to_zero() -> None:
    valuation = cents([move("receipt", 1, 1, "1000", "0.001"), move("issue", 2, 2, "250")])
    assert values_out(valuation) == {"2": 25}


def test_a_company_that_keeps_whole_rupiah_gets_whole_rupiah() -> None:
    events = [move("receipt", 1, 1, "3", "3333.5"), move("issue", 2, 2, "1")]
    valuation = replay(events, "fifo", Decimal(1))
    assert value_in(valuation, "1") == 10001
    assert values_out(valuation) == {"2": 3334}


# --- the order within a day -------------------------------------------------------------------


@both_methods
def test_the_days_receipt_covers_a_sale_that_was_typed_above_it(method: Method) -> None:
    valuation = cents([move("issue", 1, 1, "5"), move("receipt", 2, 1, "5", "10")], method)
    assert valuation.refusals == ()
    assert values_out(valuation) == {"1": 5000}


def test_number_9_comes_before_number_10_and_a_draft_comes_last() -> None:
    draft = Move("a", day(1), "", "W", "receipt", Decimal(1), unit_cost=Decimal(3))
    later, earlier = move("receipt", 10, 1, "1", "2"), move("receipt", 9, 1, "1", "1")
    layers = cents([draft, later, earlier]).layers["W"]
    assert [layer.origin for layer in layers] == ["SM-9", "SM-10", "a"]


def test_lines_of_one_document_keep_their_order_and_the_id_decides_last() -> None:
    second, first, also_first = (
        Move(name, day(1), "SM-1", "W", "receipt", Decimal(1), unit_cost=Decimal(1), line=line)
        for name, line in (("a", 2), ("c", 1), ("b", 1))
    )
    costed = cents([second, first, also_first]).costed
    assert [row.move_id for row in costed] == ["b", "c", "a"]


def test_the_days_receipt_is_in_the_average_of_the_days_issue() -> None:
    events = [
        move("receipt", 1, 1, "1", "10"),
        move("issue", 2, 2, "1"),
        move("receipt", 3, 2, "1", "20"),
    ]
    assert values_out(cents(events, "average")) == {"2": 1500}


def test_the_days_transfer_takes_its_layer_before_the_days_issue() -> None:
    events = [
        move("receipt", 1, 1, "1", "10"),
        move("receipt", 2, 1, "1", "20"),
        move("issue", 3, 2, "1"),
        move("transfer", 4, 2, "1", to_warehouse="B"),
    ]
    assert values_out(cents(events)) == {"4": 1000, "3": 2000}


def test_a_chain_of_transfers_typed_backwards_goes_through() -> None:
    events = [
        move("transfer", 1, 2, "5", at="B", to_warehouse="C"),
        move("transfer", 2, 2, "5", at="A", to_warehouse="B"),
        move("receipt", 3, 1, "5", "10", at="A"),
    ]
    valuation = cents(events)
    assert valuation.refusals == ()
    assert [layer.value for layer in valuation.layers["C"]] == [5000]


def test_goods_sold_and_returned_on_one_day_come_back_at_cost() -> None:
    events = [
        move("receipt", 1, 1, "5", "10"),
        move("return_in", 2, 2, "2", returns="3"),
        move("issue", 3, 2, "5"),
    ]
    valuation = cents(events)
    assert valuation.refusals == ()
    assert value_in(valuation, "2") == 2000


def test_a_count_is_the_stock_at_the_close_of_its_day() -> None:
    events = [count(1, 1, "3"), move("receipt", 2, 1, "5", "10"), move("issue", 3, 1, "1")]
    last = cents(events).costed[-1]
    assert (last.kind, last.qty_out, last.value_out) == ("count", Decimal(1), 1000)
    assert (last.balance_qty, last.balance_value) == (Decimal(3), 3000)


# --- shortages --------------------------------------------------------------------------------


@both_methods
def test_a_backdated_issue_shows_the_later_move_that_becomes_short(method: Method) -> None:
    events = [move("receipt", 1, 1, "10", "7"), move("issue", 2, 20, "8")]
    assert cents(events, method).refusals == ()
    refusals = cents([*events, move("issue", 3, 5, "4")], method).refusals
    assert refusals == (Refusal("2", day(20), "W", "shortage", Decimal(6), Decimal(8)),)


def test_all_shortages_are_reported_at_once() -> None:
    events = [
        move("issue", 1, 1, "1"),
        move("receipt", 2, 2, "5", "1"),
        move("issue", 3, 3, "6"),
        move("transfer", 4, 4, "9", to_warehouse="B"),
    ]
    refusals = cents(events).refusals
    assert [(r.move_id, r.available, r.asked) for r in refusals] == [
        ("1", 0, 1),
        ("3", 5, 6),
        ("4", 5, 9),
    ]


def test_stock_of_one_warehouse_does_not_cover_an_issue_of_another() -> None:
    events = [move("receipt", 1, 1, "5", "1", at="A"), move("issue", 2, 2, "1", at="B")]
    assert [refusal.warehouse for refusal in cents(events).refusals] == ["B"]


# --- costs not known --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["opening", "receipt", "adjustment_in", "return_in"])
def test_a_blank_cost_is_not_zero(kind: Kind) -> None:
    assert [r.reason for r in cents([move(kind, 1, 1, "5")]).refusals] == ["cost_unknown"]
    assert cents([move(kind, 1, 1, "5", "0")]).refusals == ()


def test_a_surplus_takes_the_last_known_cost_of_an_empty_warehouse() -> None:
    events = [move("receipt", 1, 1, "4", "12.50"), move("issue", 2, 2, "4"), count(3, 3, "1")]
    assert value_in(cents(events), "3") == 1250


def test_a_surplus_with_no_known_cost_needs_a_typed_one() -> None:
    assert [r.reason for r in cents([count(1, 1, "4")]).refusals] == ["cost_unknown"]
    assert value_in(cents([count(1, 1, "4", "2.5")]), "1") == 1000


# --- counts -----------------------------------------------------------------------------------


@both_methods
def test_a_blank_count_changes_nothing_and_a_zero_count_empties_the_warehouse(
    method: Method,
) -> None:
    receipt = move("receipt", 1, 1, "5", "10")
    assert [row.move_id for row in cents([receipt, count(2, 2, None)], method).costed] == ["1"]
    emptied = cents([receipt, count(2, 2, "0")], method)
    assert values_out(emptied) == {"2": 5000}
    assert emptied.layers == {}


def test_a_count_that_finds_what_is_there_is_recorded_without_a_difference() -> None:
    last = cents([move("receipt", 1, 1, "5", "10"), count(2, 2, "5")]).costed[-1]
    assert (last.move_id, last.qty_in, last.qty_out, last.value_in, last.value_out) == (
        "2", 0, 0, 0, 0,
    )  # fmt: skip


# --- looking back -----------------------------------------------------------------------------


@both_methods
def test_the_balance_of_a_day_is_that_of_a_replay_up_to_it(method: Method) -> None:
    events = [
        move("receipt", 1, 1, "10", "7"),
        move("transfer", 2, 3, "4", to_warehouse="B"),
        move("issue", 3, 5, "6"),
    ]
    costed = cents(events, method).costed
    assert balances_at(costed, day(2)) == {"W": (10, 7000)}
    assert balances_at(costed, day(4)) == {"W": (6, 4200), "B": (4, 2800)}
    assert balances_at(costed, day(5)) == {"W": (0, 0), "B": (4, 2800)}
