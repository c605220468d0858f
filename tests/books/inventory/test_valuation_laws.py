"""What always holds for the costs of stock moves, over random events."""

from decimal import Decimal
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books.inventory.stock_events import METHODS, cents, day
from workbook_templates.books.inventory.layers import shares
from workbook_templates.books.inventory.moves import Count, Event, Kind, Move, Revaluation
from workbook_templates.books.inventory.valuation import Method, Valuation, balances_at

both_methods = pytest.mark.parametrize("method", METHODS)

quantities = st.integers(1, 500_000).map(lambda n: Decimal(n).scaleb(-3))
costs = st.integers(0, 10**8).map(lambda n: Decimal(n).scaleb(-4))
WAREHOUSES = ("A", "B", "C")


@st.composite
def stock_events(draw: st.DrawFn) -> list[Event]:
    """Events of one item in three warehouses over ten days, in the order of entry."""
    events: list[Event] = []
    for n in range(draw(st.integers(1, 25))):
        at = (str(n), day(draw(st.integers(1, 10))), f"SM-{n}", draw(st.sampled_from(WAREHOUSES)))
        kind = draw(st.sampled_from([*get_args(Kind), "receipt", "count", "revaluation"]))
        cost = draw(costs) if kind in ("opening", "receipt") else draw(st.none() | costs)
        if kind == "count":
            events.append(Count(*at, draw(st.none() | quantities | st.just(Decimal(0)))))
        elif kind == "revaluation":
            events.append(Revaluation(*at, draw(costs)))
        else:
            to = draw(st.sampled_from(sorted({*WAREHOUSES} - {at[3]})))
            original = draw(st.sampled_from([e.number for e in events] or [""]))
            returns = original if kind in ("return_in", "return_out") else ""
            events.append(
                Move(*at, kind, draw(quantities), unit_cost=cost, returns=returns, to_warehouse=to)
            )
    return events


@both_methods
@given(events=stock_events())
def test_the_value_of_the_stock_is_the_sum_of_its_layers(
    method: Method, events: list[Event]
) -> None:
    valuation = cents(events, method)
    layers = {
        name: (sum(x.qty for x in queue), sum(x.value for x in queue))
        for name, queue in valuation.layers.items()
    }
    assert all(layer.qty > 0 for queue in valuation.layers.values() for layer in queue)
    last = balances_at(valuation.costed, day(10))
    assert layers == {name: balance for name, balance in last.items() if balance[0]}


@both_methods
@given(events=stock_events())
def test_what_came_in_is_what_went_out_and_what_is_left(
    method: Method, events: list[Event]
) -> None:
    valuation = cents(events, method)
    left = [layer for queue in valuation.layers.values() for layer in queue]
    rows = valuation.costed
    assert sum(r.qty_in - r.qty_out for r in rows) == sum(layer.qty for layer in left)
    assert sum(r.value_in - r.value_out for r in rows) == sum(layer.value for layer in left)


@both_methods
@given(events=stock_events())
def test_stock_and_value_are_never_negative_and_nothing_is_worth_nothing(
    method: Method, events: list[Event]
) -> None:
    for row in cents(events, method).costed:
        assert row.balance_qty >= 0
        assert min(row.balance_value, row.value_in, row.value_out) >= 0
        assert row.balance_qty or not row.balance_value


@both_methods
@given(events=stock_events())
def test_each_balance_follows_from_the_one_before(method: Method, events: list[Event]) -> None:
    before: dict[str, tuple[Decimal, int]] = {}
    for row in cents(events, method).costed:
        qty, value = before.get(row.warehouse, (Decimal(0), 0))
        assert row.balance_qty == qty + row.qty_in - row.qty_out
        assert row.balance_value == value + row.value_in - row.value_out
        before[row.warehouse] = (row.balance_qty, row.balance_value)


@both_methods
@given(events=stock_events())
def test_a_transfer_keeps_quantity_and_value(method: Method, events: list[Event]) -> None:
    rows = [row for row in cents(events, method).costed if row.kind == "transfer"]
    for out, into in zip(rows[::2], rows[1::2], strict=True):
        assert out.move_id == into.move_id
        assert (out.qty_out, out.value_out) == (into.qty_in, into.value_in)


@both_methods
@given(data=st.data())
def test_the_order_of_entry_does_not_matter(method: Method, data: st.DataObject) -> None:
    events = data.draw(stock_events())
    shuffled = data.draw(st.permutations(events))
    assert cents(shuffled, method) == cents(events, method)


@both_methods
@given(events=stock_events())
def test_every_event_is_costed_or_refused_and_a_blank_count_is_neither(
    method: Method, events: list[Event]
) -> None:
    valuation = cents(events, method)
    costed = {row.move_id for row in valuation.costed}
    refused = {refusal.move_id for refusal in valuation.refusals}
    blank = {e.id for e in events if isinstance(e, Count) and e.counted is None}
    assert costed.isdisjoint(refused)
    assert costed | refused == {e.id for e in events} - blank


@both_methods
@given(events=stock_events())
def test_what_was_refused_left_no_trace(method: Method, events: list[Event]) -> None:
    valuation = cents(events, method)
    refused = {refusal.move_id for refusal in valuation.refusals}
    again = cents([event for event in events if event.id not in refused], method)
    assert again == Valuation(valuation.costed, valuation.layers, ())


@both_methods
def test_the_value_is_the_sum_of_the_layers_after_ten_thousand_moves(method: Method) -> None:
    chance = Random(20260531)
    events: list[Event] = [
        Move(
            str(n),
            day(1 + n // 40),
            f"SM-{n}",
            chance.choice(WAREHOUSES),
            chance.choice(("receipt", "issue", "issue")),
            Decimal(chance.randint(1, 9999)).scaleb(-2),
            unit_cost=Decimal(chance.randint(1, 10**7)).scaleb(-3),
        )
        for n in range(10_000)
    ]
    valuation = cents(events, method)
    assert len(valuation.costed) > 7_000
    last = balances_at(valuation.costed, day(1 + 10_000 // 40))
    for name, queue in valuation.layers.items():
        assert (sum(x.qty for x in queue), sum(x.value for x in queue)) == last[name]


@given(amount=st.integers(0, 10**12), weights=st.lists(quantities, min_size=1))
def test_shares_keep_the_sum_and_none_is_negative(amount: int, weights: list[Decimal]) -> None:
    parts = shares(amount, weights)
    assert sum(parts) == amount
    assert min(parts) >= 0
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) <= Decimal("1.001")


def test_an_amount_shared_over_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="over nothing"):
        shares(100, [Decimal(0), Decimal(0)])
