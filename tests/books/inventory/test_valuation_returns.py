"""Returns, landed cost and revaluation of stock, by example."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.books.inventory.stock_events import METHODS, cents, day, move, value_in, values_out
from workbook_templates.books.inventory.moves import Count, Move, Revaluation
from workbook_templates.books.inventory.valuation import Method

both_methods = pytest.mark.parametrize("method", METHODS)

TWO_PRICES = [move("receipt", 1, 1, "10", "100"), move("receipt", 2, 2, "10", "200")]


def revaluation(n: int, on: int, unit_cost: str) -> Revaluation:
    return Revaluation(str(n), day(on), f"SR-{n}", "W", Decimal(unit_cost))


@both_methods
def test_a_return_to_the_supplier_leaves_at_the_cost_of_its_receipt(method: Method) -> None:
    valuation = cents([*TWO_PRICES, move("return_out", 3, 3, "5", returns="2")], method)
    assert values_out(valuation) == {"3": 100_000}
    assert sum(layer.value for layer in valuation.layers["W"]) == 200_000


def test_fifo_takes_the_oldest_when_the_returned_receipt_is_used_up() -> None:
    events = [
        *TWO_PRICES,
        move("issue", 3, 3, "16"),
        move("receipt", 4, 4, "10", "300"),
        move("return_out", 5, 5, "6", returns="2"),
    ]
    assert values_out(cents(events))["5"] == 4 * 20_000 + 2 * 30_000


def test_the_average_never_falls_below_zero_by_a_return() -> None:
    events = [
        *TWO_PRICES,
        move("issue", 3, 3, "14"),
        move("return_out", 4, 4, "5", returns="2"),
    ]
    valuation = cents(events, "average")
    assert values_out(valuation)["4"] == 5 * 15_000
    assert [layer.value for layer in valuation.layers["W"]] == [15_000]


def test_a_return_of_the_last_goods_takes_all_the_value_that_is_left() -> None:
    events = [*TWO_PRICES, move("issue", 3, 3, "15"), move("return_out", 4, 4, "5", returns="1")]
    valuation = cents(events, "average")
    assert values_out(valuation)["4"] == 75_000
    assert valuation.layers == {}


def test_more_can_not_go_back_to_the_supplier_than_the_receipt_brought() -> None:
    returns = [move("return_out", n, n, "6", returns="1") for n in (3, 4)]
    (refusal,) = cents([*TWO_PRICES, *returns]).refusals
    assert (refusal.move_id, refusal.reason) == ("4", "original_exceeded")
    assert (refusal.available, refusal.asked) == (4, 6)


def test_a_return_to_the_supplier_without_a_receipt_leaves_like_an_issue() -> None:
    assert values_out(cents([*TWO_PRICES, move("return_out", 3, 3, "1")])) == {"3": 10_000}
    average = cents([*TWO_PRICES, move("return_out", 3, 3, "1")], "average")
    assert values_out(average) == {"3": 15_000}


@both_methods
def test_a_sale_returned_in_pieces_brings_back_its_whole_cost(method: Method) -> None:
    events = [
        move("receipt", 1, 1, "3", "0.3333"),
        move("issue", 2, 2, "3"),
        move("receipt", 3, 3, "5", "9"),
        *(move("return_in", n, n, "1", returns="2") for n in (4, 5, 6)),
    ]
    valuation = cents(events, method)
    assert [value_in(valuation, n) for n in ("4", "5", "6")] == [33, 34, 33]


def test_the_lines_of_a_returned_document_count_as_one() -> None:
    first = move("issue", 3, 3, "10")
    second = replace(first, id="3b", qty=Decimal(5))
    events = [*TWO_PRICES, first, second, move("return_in", 4, 4, "12", returns="3")]
    assert value_in(cents(events), "4") == 12 * (100_000 + 100_000) // 15


def test_a_customer_return_comes_back_at_cost_even_to_another_warehouse() -> None:
    events = [
        move("receipt", 1, 1, "5", "8"),
        move("issue", 2, 2, "2"),
        move("return_in", 3, 3, "2", returns="2", at="B"),
    ]
    assert [layer.value for layer in cents(events).layers["B"]] == [1600]


def test_more_can_not_be_returned_than_went_out() -> None:
    events = [
        *TWO_PRICES,
        move("issue", 3, 3, "5"),
        move("return_in", 4, 4, "3", returns="3"),
        move("return_in", 5, 5, "3", returns="3"),
    ]
    (refusal,) = cents(events).refusals
    assert (refusal.reason, refusal.available, refusal.asked) == ("original_exceeded", 2, 3)


@pytest.mark.parametrize("named", ["1", "4", "nothing"], ids=["receipt", "later issue", "unknown"])
def test_a_customer_return_must_name_an_earlier_issue(named: str) -> None:
    events = [
        *TWO_PRICES,
        move("return_in", 3, 3, "1", returns=named),
        move("issue", 4, 4, "1"),
    ]
    assert [refusal.reason for refusal in cents(events).refusals] == ["original_unknown"]


@both_methods
def test_landed_cost_entered_later_reaches_what_was_sold_meanwhile(method: Method) -> None:
    receipt, issue = move("receipt", 1, 1, "10", "100"), move("issue", 2, 2, "4")
    assert values_out(cents([receipt, issue], method)) == {"2": 40_000}
    dearer = replace(receipt, extra_cost=Decimal("50"))
    assert values_out(cents([dearer, issue], method)) == {"2": 42_000}


def test_a_changed_receipt_changes_the_cost_through_a_chain_of_warehouses() -> None:
    def chain(cost: str) -> dict[str, int]:
        return values_out(
            cents(
                [
                    move("receipt", 1, 1, "10", cost, at="A"),
                    move("transfer", 2, 2, "8", at="A", to_warehouse="B"),
                    move("transfer", 3, 3, "6", at="B", to_warehouse="C"),
                    move("issue", 4, 4, "5", at="C"),
                ]
            )
        )

    assert chain("10") == {"2": 8000, "3": 6000, "4": 5000}
    assert chain("11") == {"2": 8800, "3": 6600, "4": 5500}


def test_layers_keep_their_day_and_origin_through_a_transfer() -> None:
    events = [*TWO_PRICES, move("transfer", 3, 9, "15", to_warehouse="B")]
    layers = cents(events).layers["B"]
    assert [(x.origin, x.date, x.qty) for x in layers] == [
        ("SM-1", day(1), 10),
        ("SM-2", day(2), 5),
    ]


def test_goods_can_be_returned_to_the_supplier_from_the_warehouse_they_were_moved_to() -> None:
    events = [
        *TWO_PRICES,
        move("transfer", 3, 3, "15", to_warehouse="B"),
        move("return_out", 4, 4, "5", returns="2", at="B"),
    ]
    assert values_out(cents(events))["4"] == 100_000


def test_average_layers_are_all_worth_the_average() -> None:
    layers = cents([*TWO_PRICES, move("issue", 3, 3, "5")], "average").layers["W"]
    assert [(layer.qty, layer.value) for layer in layers] == [(5, 75_000), (10, 150_000)]


@both_methods
def test_a_revaluation_gives_all_that_is_there_one_cost(method: Method) -> None:
    valuation = cents([*TWO_PRICES, revaluation(3, 3, "120")], method)
    assert [layer.value for layer in valuation.layers["W"]] == [120_000, 120_000]
    last = valuation.costed[-1]
    assert (last.qty_out, last.value_in, last.value_out) == (0, 0, 60_000)


def test_a_revaluation_of_nothing_changes_nothing() -> None:
    (row,) = cents([revaluation(1, 1, "120")]).costed
    assert (row.value_in, row.value_out, row.balance_value) == (0, 0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"qty": Decimal(0)},
        {"qty": Decimal(-1)},
        {"unit_cost": Decimal(-1)},
        {"extra_cost": Decimal(-1)},
        {"kind": "transfer"},
        {"kind": "transfer", "to_warehouse": "W"},
    ],
    ids=str,
)
def test_what_the_rules_of_the_sheet_stop_is_an_error_here(wrong: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"kind": "receipt", "qty": Decimal(1), "unit_cost": Decimal(1)}
    Move("1", day(1), "SM-1", "W", **sound)
    with pytest.raises(ValueError, match="move 1"):
        Move("1", day(1), "SM-1", "W", **{**sound, **wrong})


def test_a_count_and_a_revaluation_below_zero_are_errors() -> None:
    with pytest.raises(ValueError, match="count 1"):
        Count("1", day(1), "SC-1", "W", Decimal(-1))
    with pytest.raises(ValueError, match="revaluation 1"):
        revaluation(1, 1, "-1")
