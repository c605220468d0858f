"""The replay of one item's dated stock events into costs: FIFO or moving average by warehouse.

A back-dated, changed or cancelled move needs no repair: the events are replayed in the order of
`moves.replay_order` and every cost follows. A replay can go on from the state that an earlier one
had before a day (`replay_since`) and then gives what a replay of all events gives. The inventory
standard (PSAK 202, formerly PSAK 14, paragraph 25) allows these two methods and not LIFO.

Costs:

- What comes in is worth quantity x unit cost plus landed cost, rounded once to the minor unit.
- FIFO takes the oldest layers of the warehouse, the average takes its share of the warehouse's
  value; taking all takes all the value.
- A transfer carries its value, its layers and their dates along.
- A customer's return comes back at the cost at which the issue that it names went out; without a
  name at its typed cost, else at the current cost.
- A return to the supplier leaves at the cost of the receipt that it names. FIFO takes what is
  left of that receipt, then the oldest. The average falls back to the current cost where the
  original cost is more than the value that is there.
- A count brings the difference in (at its typed cost, else the current cost) or takes it out like
  an issue.

The current cost is the average of what the warehouse holds or, when it is empty, the unit cost of
its last move.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import groupby
from typing import Literal, NamedTuple

from workbook_templates.books.inventory.layers import (
    EXACT,
    ZERO,
    AverageStock,
    FifoStock,
    Layer,
    Parcel,
    StockState,
    nearest,
)
from workbook_templates.books.inventory.moves import (
    Costed,
    Count,
    Event,
    Kind,
    Move,
    Reason,
    Refusal,
    Revaluation,
    closes_its_day,
    replay_order,
)

Method = Literal["fifo", "average"]

_STOCKS: dict[Method, type[FifoStock]] = {"fifo": FifoStock, "average": AverageStock}


@dataclass(frozen=True, slots=True)
class Valuation:
    """The costs of one item in the order of the replay, its layers left, and what was refused.

    With refusals the rest is the replay without the refused events: use it for messages, do not
    keep it.
    """

    costed: tuple[Costed, ...]
    layers: Mapping[str, tuple[Layer, ...]]
    refusals: tuple[Refusal, ...]


class State(NamedTuple):
    """All that a replay knows before the first event of a day. `named`: the documents that are
    returned on that day or later, of which `received` and `issued` is what may be returned.
    """

    method: str
    stocks: tuple[StockState, ...]
    received: tuple[Layer, ...]
    issued: tuple[Layer, ...]
    named: tuple[str, ...]


class Since(NamedTuple):
    """The costs of a replay that went on, what was refused, and the states before marked days,
    each with the number of costs that come before it.
    """

    costed: list[Costed]
    refusals: list[Refusal]
    states: dict[dt.date, tuple[int, State]]


def replay(events: Iterable[Event], method: Method, minor_unit: Decimal) -> Valuation:
    """Cost the events of one item, given in any order.

    `minor_unit` is the smallest amount of the company's currency (0.01, or 1 for books in whole
    rupiah). Stock is never negative at any date: a move that would make it so is in `refusals`.
    """
    with localcontext(EXACT):
        run = _Replay(method, minor_unit, sorted(events, key=replay_order))
        run.apply_all()
        layers = {name: stock.layers() for name, stock in run.stocks.items() if stock.qty}
    return Valuation(tuple(run.costed), layers, tuple(run.refusals))


def replay_since(
    events: Iterable[Event],
    method: Method,
    minor_unit: Decimal,
    state: State | None,
    marked: Collection[dt.date],
) -> Since | None:
    """Cost the events since the day before which the state was, or all where there is none.

    None: the state does not know the documents that these events return, or is another method's.
    """
    with localcontext(EXACT):
        run = _Replay(method, minor_unit, sorted(events, key=replay_order))
        if state and (state.method, state.named) != (method, run.named_since(dt.date.min)):
            return None
        run.restore(state)
        run.apply_all(marked)
    return Since(run.costed, run.refusals, run.states)


def balances_at(costed: Sequence[Costed], day: dt.date) -> dict[str, tuple[Decimal, int]]:
    """Quantity and value of each warehouse at the close of a day, from a replay's costs."""
    return {
        row.warehouse: (row.balance_qty, row.balance_value) for row in costed if row.date <= day
    }


class _Refused(Exception):
    """An event can not be replayed now."""

    def __init__(self, reason: Reason, available: Decimal = ZERO) -> None:
        super().__init__(reason)
        self.reason = reason
        self.available = available


class _Replay:
    """The state of a replay between two events."""

    def __init__(self, method: Method, minor_unit: Decimal, ordered: Sequence[Event]) -> None:
        self.stocks: dict[str, FifoStock] = defaultdict(_STOCKS[method])
        self.costed: list[Costed] = []
        self.refusals: list[Refusal] = []
        self.states: dict[dt.date, tuple[int, State]] = {}
        self._method = method
        self._minor_unit = minor_unit
        self._ordered = ordered
        self._returns = [e for e in ordered if isinstance(e, Move) and e.returns]
        self._returned = {move.returns for move in self._returns}
        self._received: dict[str, Layer] = {}
        self._issued: dict[str, Layer] = {}

    def apply_all(self, marked: Collection[dt.date] = ()) -> None:
        """Apply the events day by day, and keep the states before the marked days."""
        for day, today in groupby(self._ordered, key=lambda event: event.date):
            if day in marked:
                self.states[day] = (len(self.costed), self.state_before(day))
            for _, part in groupby(today, key=closes_its_day):
                self.apply_part_of_day(list(part))

    def named_since(self, day: dt.date) -> tuple[str, ...]:
        """The documents that the returns of a day and later name."""
        return tuple(sorted({move.returns for move in self._returns if move.date >= day}))

    def state_before(self, day: dt.date) -> State:
        """What there is now, of what can be returned only what later events name."""
        named = self.named_since(day)
        stocks = [stock.state(name) for name, stock in sorted(self.stocks.items())]
        return State(
            self._method,
            tuple([state for state in stocks if state is not None]),
            tuple([self._received[n] for n in named if n in self._received]),
            tuple([self._issued[n] for n in named if n in self._issued]),
            named,
        )

    def restore(self, state: State | None) -> None:
        """Go on from a state; from nothing where there is none."""
        for stock in state.stocks if state else ():
            self.stocks[stock.warehouse].restore(stock)
        if state:
            self._received = {layer.origin: layer for layer in state.received}
            self._issued = {layer.origin: layer for layer in state.issued}

    def apply_part_of_day(self, events: list[Event]) -> None:
        """Apply the moves (or the counts and revaluations) of one day.

        Refused moves are tried again as long as others of the day succeed; see `moves`.
        """
        while events:
            refused = [(event, why) for event in events if (why := self._apply(event))]
            if len(refused) == len(events) or closes_its_day(events[0]):
                self.refusals.extend(why for _, why in refused)
                return
            events = [event for event, _ in refused]

    def _apply(self, event: Event) -> Refusal | None:
        try:
            if isinstance(event, Move):
                _MOVES[event.kind](self, event)
            elif isinstance(event, Count):
                self._count(event)
            elif isinstance(event, Revaluation):
                self._revalue(event)
        except _Refused as why:
            asked = event.qty if isinstance(event, Move) else ZERO
            return Refusal(event.id, event.date, event.warehouse, why.reason, why.available, asked)
        return None

    def _receive(self, move: Move) -> None:
        """Opening stock, a receipt: the cost must be typed."""
        value = self._typed_value(move)
        if value is None:
            raise _Refused("cost_unknown")
        self._bring_in(move, value)
        self._remember(self._received, move, value)

    def _adjust_in(self, move: Move) -> None:
        value = self._typed_value(move)
        self._bring_in(move, self._current_value(move, move.qty) if value is None else value)

    def _return_in(self, move: Move) -> None:
        if not move.returns:
            self._adjust_in(move)
            return
        part, rest = _part_of_original(move, self._issued)
        self._bring_in(move, part.value)
        self._issued[move.returns] = rest

    def _issue(self, move: Move) -> None:
        parcel = self._take_out(move)
        self._remember(self._issued, move, parcel.value)

    def _return_out(self, move: Move) -> None:
        if not move.returns:
            self._take_out(move)
            return
        part, rest = _part_of_original(move, self._received)
        self._take_out(move, part)
        self._received[move.returns] = rest

    def _transfer(self, move: Move) -> None:
        parcel = self._take_out(move)
        self.stocks[move.to_warehouse].put(parcel)
        self._record(move, move.to_warehouse, move.kind, parcel, _NOTHING)

    def _count(self, count: Count) -> None:
        if count.counted is None:
            return
        stock = self.stocks[count.warehouse]
        surplus = count.counted - stock.qty
        if surplus > 0:
            value = self._surplus_value(count, surplus)
            layer = Layer(count.number or count.id, count.date, surplus, value)
            parcel = Parcel((layer,), surplus, value)
            stock.put(parcel)
            self._record(count, count.warehouse, "count", parcel, _NOTHING)
        else:
            taken = stock.take(-surplus) if surplus else _NOTHING
            self._record(count, count.warehouse, "count", _NOTHING, taken)

    def _revalue(self, event: Revaluation) -> None:
        stock = self.stocks[event.warehouse]
        before = stock.value
        if stock.qty:
            stock.revalue(nearest(stock.qty * event.unit_cost, self._minor_unit))
        gain = Parcel((), ZERO, max(stock.value - before, 0))
        loss = Parcel((), ZERO, max(before - stock.value, 0))
        self._record(event, event.warehouse, "revaluation", gain, loss)

    def _bring_in(self, move: Move, value: int) -> None:
        layer = Layer(move.number or move.id, move.date, move.qty, value)
        parcel = Parcel((layer,), move.qty, value)
        self.stocks[move.warehouse].put(parcel)
        self._record(move, move.warehouse, move.kind, parcel, _NOTHING)

    def _take_out(self, move: Move, original: Layer | None = None) -> Parcel:
        stock = self.stocks[move.warehouse]
        if stock.qty < move.qty:
            raise _Refused("shortage", stock.qty)
        if original is None:
            parcel = stock.take(move.qty)
        else:
            parcel = stock.take(move.qty, original.origin, original.value)
        self._record(move, move.warehouse, move.kind, _NOTHING, parcel)
        return parcel

    def _remember(self, originals: dict[str, Layer], move: Move, value: int) -> None:
        """Keep what a return may name: all lines of one document together."""
        if move.number in self._returned:
            before = originals.get(move.number)
            qty, value = (before.qty, before.value + value) if before else (ZERO, value)
            originals[move.number] = Layer(move.number, move.date, qty + move.qty, value)

    def _typed_value(self, move: Move) -> int | None:
        if move.unit_cost is None:
            return None
        return nearest(move.qty * move.unit_cost + move.extra_cost, self._minor_unit)

    def _surplus_value(self, count: Count, surplus: Decimal) -> int:
        if count.unit_cost is not None:
            return nearest(surplus * count.unit_cost, self._minor_unit)
        return self._current_value(count, surplus)

    def _current_value(self, event: Event, qty: Decimal) -> int:
        value = self.stocks[event.warehouse].current_cost(qty)
        if value is None:
            raise _Refused("cost_unknown")
        return value

    def _record(self, event: Event, warehouse: str, kind: str, into: Parcel, out: Parcel) -> None:
        stock = self.stocks[warehouse]
        _, qty_in, value_in = into
        _, qty_out, value_out = out
        self.costed.append(
            Costed(
                *(event.id, event.date, kind, warehouse),
                *(qty_in, qty_out, value_in, value_out),
                *(stock.qty, stock.value),
            )
        )


def _part_of_original(move: Move, originals: Mapping[str, Layer]) -> tuple[Layer, Layer]:
    """The returned part of the original move, and what may still be returned of it.

    Parts of the rest, so that returning all in pieces brings back the whole cost.
    """
    original = originals.get(move.returns)
    if original is None:
        raise _Refused("original_unknown")
    if original.qty < move.qty:
        raise _Refused("original_exceeded", original.qty)
    if original.qty == move.qty:
        return original, original._replace(qty=ZERO, value=0)
    return original.split(move.qty)


_NOTHING = Parcel((), ZERO, 0)
_MOVES: dict[Kind, Callable[[_Replay, Move], object]] = {
    "opening": _Replay._receive,
    "receipt": _Replay._receive,
    "return_in": _Replay._return_in,
    "adjustment_in": _Replay._adjust_in,
    "transfer": _Replay._transfer,
    "issue": _Replay._issue,
    "return_out": _Replay._return_out,
    "adjustment_out": _Replay._take_out,
}
