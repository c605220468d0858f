"""Valuation layers: what a warehouse holds of one item, and what it cost.

Values are whole minor units. A cost is rounded once, half up, when it leaves; what stays behind
is the rest. So costs and remaining value always add up to what came in, and nothing is worth
nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, localcontext
from typing import NamedTuple

ZERO = Decimal(0)
EXACT = Context(prec=80, traps=[Inexact, InvalidOperation, DivisionByZero])
"""Arithmetic that raises `Inexact` before it would drop a digit."""


def nearest(numerator: Decimal, denominator: Decimal) -> int:
    """The ratio of two amounts, not negative, as the nearest whole number; a half goes up.

    Whole-number division, because a rounded quotient can reach a half that the ratio does not.
    """
    return int((2 * numerator + denominator) // (2 * denominator))


def shares(amount: int, weights: Sequence[Decimal]) -> list[int]:
    """An amount in minor units, not negative, shared out by weight (landed cost by value, qty).

    The sum is kept and no share is negative. ValueError when the weights add up to nothing.
    """
    with localcontext(EXACT):
        total = sum(weights, ZERO)
        if total <= 0:
            raise ValueError("an amount can not be shared over nothing")
        reached, given, result = ZERO, 0, []
        for weight in weights:
            reached += weight
            upto = nearest(amount * reached, total)
            result.append(upto - given)
            given = upto
        return result


class Layer(NamedTuple):
    """A quantity of one origin: the document that brought it in, its day, its value."""

    origin: str
    date: dt.date
    qty: Decimal
    value: int

    def split(self, qty: Decimal) -> tuple[Layer, Layer]:
        """The layer as a part of `qty` (less than all) and the rest."""
        origin, date, all_of_it, worth = self
        value = nearest(worth * qty, all_of_it)
        return Layer(origin, date, qty, value), Layer(origin, date, all_of_it - qty, worth - value)


class Parcel(NamedTuple):
    """Goods on their way into or out of a warehouse, with the value that they carry."""

    layers: tuple[Layer, ...]
    qty: Decimal
    value: int


class StockState(NamedTuple):
    """All that is known of the stock in one warehouse; `last_…` are those of its last move."""

    warehouse: str
    qty: Decimal
    value: int
    last_qty: Decimal
    last_value: int
    queue: tuple[Layer, ...]


class FifoStock:
    """First in, first out: the queue of layers in one warehouse."""

    def __init__(self) -> None:
        self.qty = ZERO
        self.value = 0
        self._last_qty = ZERO  # nothing has moved yet
        self._last_value = 0
        self._queue: OrderedDict[int, Layer] = OrderedDict()
        self._next_place = 0

    def state(self, warehouse: str) -> StockState | None:
        """What `restore` needs; None where nothing has moved yet."""
        if not self._last_qty:
            return None
        last = (self._last_qty, self._last_value)
        return StockState(warehouse, self.qty, self.value, *last, tuple(self._queue.values()))

    def restore(self, state: StockState) -> None:
        """Makes a new stock what another one was."""
        self.qty, self.value = state.qty, state.value
        self._last_qty, self._last_value = state.last_qty, state.last_value
        self._queue.update(enumerate(state.queue))
        self._next_place = len(state.queue)

    def put(self, parcel: Parcel) -> None:
        """Take the parcel in, behind all that is there."""
        for layer in parcel.layers:
            self._queue[self._next_place] = layer
            self._next_place += 1
        self.qty += parcel.qty
        self.value += parcel.value
        self._last_qty, self._last_value = parcel.qty, parcel.value

    def take(self, qty: Decimal, origin: str = "", original_cost: int | None = None) -> Parcel:
        """Take goods out, at most all that is there: those of `origin` first, then the oldest."""
        layers = tuple(self._remove(qty, origin))
        value = self._cost(layers, qty, original_cost)
        self.qty -= qty
        self.value -= value
        self._last_qty, self._last_value = qty, value
        return Parcel(layers, qty, value)

    def current_cost(self, qty: Decimal) -> int | None:
        """The cost of `qty` at the average of what is there, else of the last move; or None."""
        if self.qty:
            return nearest(self.value * qty, self.qty)
        if self._last_qty:
            return nearest(self._last_value * qty, self._last_qty)
        return None

    def revalue(self, value: int) -> None:
        """Make all that is there, which must be something, worth `value`, by quantity."""
        layers = zip(self._queue.items(), self._spread(value), strict=True)
        for (place, layer), share in layers:
            self._queue[place] = layer._replace(value=share)
        self.value = value

    def layers(self) -> tuple[Layer, ...]:
        """What is there, the oldest first; the values add up to `value`."""
        return tuple(self._queue.values())

    def _spread(self, value: int) -> list[int]:
        return shares(value, [layer.qty for layer in self._queue.values()])

    def _cost(self, layers: Sequence[Layer], qty: Decimal, original_cost: int | None) -> int:
        return layers[0].value if len(layers) == 1 else sum([layer.value for layer in layers])

    def _remove(self, qty: Decimal, origin: str) -> list[Layer]:
        queue, taken = self._queue, list[Layer]()
        named = [n for n, layer in queue.items() if layer.origin == origin] if origin else []
        while True:
            place = named.pop(0) if named else next(iter(queue))
            layer = queue[place]
            if layer.qty > qty:
                part, queue[place] = layer.split(qty)
                taken.append(part)
                return taken
            del queue[place]
            taken.append(layer)
            qty -= layer.qty
            if not qty:
                return taken


class AverageStock(FifoStock):
    """Moving average: one value for all that is there; the queue keeps only the goods' age.

    The values of the single layers in the queue mean nothing here; `layers` shares the one value
    out by quantity.
    """

    def layers(self) -> tuple[Layer, ...]:
        """What is there, the oldest first, all at the average."""
        if not self.qty:
            return ()
        pairs = zip(self._queue.values(), self._spread(self.value), strict=True)
        return tuple(layer._replace(value=share) for layer, share in pairs)

    def _cost(self, layers: Sequence[Layer], qty: Decimal, original_cost: int | None) -> int:
        if qty == self.qty:
            return self.value
        if original_cost is not None and original_cost <= self.value:
            return original_cost
        return nearest(self.value * qty, self.qty)
