"""Valuation layers: what a warehouse holds of one item, and what it cost.

Values are whole minor units. A cost is rounded once, half up, when it leaves; what stays behind
is the rest. So costs and remaining value always add up to what came in, and nothing is worth
nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, localcontext

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


@dataclass(frozen=True, slots=True)
class Layer:
    """A quantity of one origin: the document that brought it in, its day, its value."""

    origin: str
    date: dt.date
    qty: Decimal
    value: int

    def split(self, qty: Decimal) -> tuple[Layer, Layer]:
        """The layer as a part of `qty` (less than all) and the rest."""
        value = nearest(self.value * qty, self.qty)
        return (
            Layer(self.origin, self.date, qty, value),
            Layer(self.origin, self.date, self.qty - qty, self.value - value),
        )


@dataclass(frozen=True, slots=True)
class Parcel:
    """Goods on their way into or out of a warehouse, with the value that they carry."""

    layers: tuple[Layer, ...]
    qty: Decimal
    value: int


class FifoStock:
    """First in, first out: the queue of layers in one warehouse."""

    def __init__(self) -> None:
        self.qty = ZERO
        self.value = 0
        self._last: Parcel | None = None
        self._queue: OrderedDict[int, Layer] = OrderedDict()
        self._places: dict[str, list[int]] = {}
        self._next_place = 0

    def put(self, parcel: Parcel) -> None:
        """Take the parcel in, behind all that is there."""
        for layer in parcel.layers:
            self._queue[self._next_place] = layer
            self._places.setdefault(layer.origin, []).append(self._next_place)
            self._next_place += 1
        self.qty += parcel.qty
        self.value += parcel.value
        self._last = parcel

    def take(self, qty: Decimal, origin: str = "", original_cost: int | None = None) -> Parcel:
        """Take goods out, at most all that is there: those of `origin` first, then the oldest."""
        layers = tuple(self._remove(qty, origin))
        parcel = Parcel(layers, qty, self._cost(layers, qty, original_cost))
        self.qty -= qty
        self.value -= parcel.value
        self._last = parcel
        return parcel

    def current_cost(self, qty: Decimal) -> int | None:
        """The cost of `qty` at the average of what is there, else of the last move; or None."""
        if self.qty:
            return nearest(self.value * qty, self.qty)
        if self._last is not None:
            return nearest(self._last.value * qty, self._last.qty)
        return None

    def revalue(self, value: int) -> None:
        """Make all that is there, which must be something, worth `value`, by quantity."""
        layers = zip(self._queue.items(), self._spread(value), strict=True)
        for (place, layer), share in layers:
            self._queue[place] = replace(layer, value=share)
        self.value = value

    def layers(self) -> tuple[Layer, ...]:
        """What is there, the oldest first; the values add up to `value`."""
        return tuple(self._queue.values())

    def _spread(self, value: int) -> list[int]:
        return shares(value, [layer.qty for layer in self._queue.values()])

    def _cost(self, layers: Iterable[Layer], qty: Decimal, original_cost: int | None) -> int:
        return sum(layer.value for layer in layers)

    def _remove(self, qty: Decimal, origin: str) -> Iterator[Layer]:
        for place in self._places_to_take(origin):
            layer = self._queue[place]
            if layer.qty > qty:
                part, self._queue[place] = layer.split(qty)
                yield part
                return
            del self._queue[place]
            yield layer
            qty -= layer.qty
            if not qty:
                return

    def _places_to_take(self, origin: str) -> Iterator[int]:
        for place in self._places.get(origin, ()) if origin else ():
            if place in self._queue:
                yield place
        while self._queue:
            yield next(iter(self._queue))


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
        return tuple(replace(layer, value=share) for layer, share in pairs)

    def _cost(self, layers: Iterable[Layer], qty: Decimal, original_cost: int | None) -> int:
        if qty == self.qty:
            return self.value
        if original_cost is not None and original_cost <= self.value:
            return original_cost
        return nearest(self.value * qty, self.qty)
