"""Additive totals: which sums a row adds to, in integers of 1/10,000."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from workbook_templates.schema import Cells, Totals

SCALE = 4
MONTH = ":month"
By = tuple[str, ...]


@lru_cache(maxsize=65536)
def scaled(text: str | None) -> int:
    """Canonical decimal text in 1/10,000: "1250.5" -> 12505000; a blank is nothing."""
    if not text:
        return 0
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(SCALE, "0")) if len(part) <= SCALE else _too_fine(text)


@dataclass(frozen=True)
class Adder:
    """Totals as they are added up: (column, whether only its month counts) of each `by`."""

    key: str
    by: tuple[tuple[str, bool], ...]
    of: tuple[str, ...]

    def values(self, cells: Cells) -> By:
        """The group of sums to which a row belongs; of a month YYYY-MM, of a blank ""."""
        return tuple(
            [(cells.get(c) or "")[:7] if month else cells.get(c) or "" for c, month in self.by]
        )

    def add(self, sums: dict[By, list[int]], cells: Cells, sign: int) -> None:
        """Adds a row to its sums, or takes it away (sign -1)."""
        amounts = [scaled(cells.get(column)) for column in self.of]
        if any(amounts):
            self.add_amounts(sums, cells, amounts, sign)

    def add_amounts(
        self, sums: dict[By, list[int]], cells: Cells, amounts: list[int], sign: int
    ) -> None:
        """The same for amounts that are already scaled."""
        by = self.values(cells)
        here = sums.get(by)
        if here is None:
            here = sums[by] = [0] * len(amounts)
        for n, amount in enumerate(amounts):
            here[n] += sign * amount


def adder(totals: Totals) -> Adder:
    """How these totals are added up."""
    by = tuple((name.removesuffix(MONTH), name.endswith(MONTH)) for name in totals.by)
    return Adder(totals.key, by, totals.of)


def by_values(totals: Totals, cells: Cells) -> By:
    """The group of sums to which a row belongs."""
    return adder(totals).values(cells)


def amounts(totals: Totals, cells: Cells) -> tuple[int, ...]:
    """What a row adds to its sums."""
    return tuple(scaled(cells.get(name)) for name in totals.of)


def _too_fine(text: str) -> int:
    raise ValueError(f"{text} has more than {SCALE} decimals and cannot be summed")
