"""Brackets: rates by an amount, prepared for look-ups; the upper limit belongs to its bracket."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.packs.dated import FaultyPack

ZERO = Decimal(0)
INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Layer:
    """The part of an amount that lies in one bracket, and its tax before rounding."""

    rate_percent: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Brackets:
    """Ascending upper limits and the percent below each; an open end has one rate more than limits.

    `floors` are the exclusive lower limits; `below[n]` is the progressive tax on everything under
    bracket n, unrounded.
    """

    floors: tuple[Decimal, ...]
    limits: tuple[Decimal, ...]
    percents: tuple[Decimal, ...]
    below: tuple[Decimal, ...]

    def percent(self, amount: Decimal) -> Decimal:
        """The percent of the bracket in which the amount lies. IndexError above a closed end."""
        return self.percents[bisect_left(self.limits, amount)]

    def from_to(self, low: Decimal, high: Decimal) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
        """(floor, upper limit, percent) of the brackets from that of `low` to that of `high`."""
        tops = (*self.limits, INFINITY)
        for place in range(bisect_left(self.limits, low), bisect_left(self.limits, high) + 1):
            yield self.floors[place], tops[place], self.percents[place]

    def progressive(self, amount: Decimal) -> Decimal:
        """Tax on the amount layer by layer, unrounded; nothing on an amount of zero or less."""
        if amount <= 0:
            return ZERO
        place = bisect_left(self.limits, amount)
        return self.below[place] + (amount - self.floors[place]) * self.percents[place] / 100

    def layers(self, amount: Decimal) -> tuple[Layer, ...]:
        """The layers of the amount that are not empty, as a tax computation prints them."""
        tops: Sequence[Decimal] = (*self.limits, amount)
        parts = (
            (percent, min(amount, top) - floor)
            for floor, top, percent in zip(self.floors, tops, self.percents, strict=False)
            if amount > floor
        )
        return tuple(Layer(percent, part, part * percent / 100) for percent, part in parts)


def brackets(rows: Iterable[tuple[str | None, str]]) -> Brackets:
    """Brackets from [upper limit or None, percent] pairs. Raises `FaultyPack` when out of order."""
    pairs = [(INFINITY if top is None else Decimal(top), Decimal(percent)) for top, percent in rows]
    tops = [top for top, _ in pairs]
    if tops != sorted(set(tops)):
        raise FaultyPack("Brackets must rise, and only the last may be open")
    limits = tuple(top for top in tops if top != INFINITY)
    percents = tuple(percent for _, percent in pairs)
    below = [ZERO]
    for floor, top, percent in zip((ZERO, *limits), limits, percents, strict=False):
        below.append(below[-1] + (top - floor) * percent / 100)
    floors = (ZERO, *limits)[: len(percents)]
    return Brackets(floors, limits, percents, tuple(below[: len(percents)]))
