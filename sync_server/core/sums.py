"""Additive totals: which sums a row adds to, in integers of 1/10,000."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from sync_server.core.port import Span, Sums
from workbook_templates.schema import Cells, Totals

SCALE = 4
MONTH = ":month"
By = tuple[str, ...]
Added = dict[By, tuple[int, ...]]
Moved = tuple[Cells, int]  # a row that came (1) or left (-1)


def scaled(text: str | None) -> int:
    """Canonical decimal text in 1/10,000: "1250.5" -> 12505000; a blank is nothing."""
    if not text:
        return 0
    if text[-3:-2] == ".":  # money, most of the time
        return int(text[:-3] + text[-2:]) * 100
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


def add_up(adders: Iterable[Adder], moved: Sequence[Moved], sums: Mapping[str, Added]) -> None:
    """Adds rows to all their sums, or takes them away. A row whose first `by` column is blank is
    in no sum, and nothing is added where all amounts are zero.

    Goes by columns, as this is done for every row that is kept: a column that several totals share
    is read once.
    """
    texts: dict[tuple[str, bool], list[str]] = {}
    amounts: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for totals in adders:
        for column, month in totals.by:
            if (column, month) not in texts:
                read = [cells.get(column) or "" for cells, _ in moved]
                texts[(column, month)] = [text[:7] for text in read] if month else read
        if totals.of not in amounts:
            amounts[totals.of] = list(_amounts(totals.of, moved))
        here = sums[totals.key]
        groups = zip(*[texts[part] for part in totals.by], strict=True)
        for by, amount in zip(groups, amounts[totals.of], strict=True):
            before = here.get(by)
            if before is not None:
                here[by] = tuple(map(add, before, amount))
            elif by[0] and any(amount):
                here[by] = amount


def _amounts(of: tuple[str, ...], moved: Sequence[Moved]) -> Iterable[tuple[int, ...]]:
    """What each row adds, column by column."""
    columns = [[sign * scaled(cells.get(column)) for cells, sign in moved] for column in of]
    return zip(*columns, strict=True)


def grouped(
    sums: Sums, wanted: Sequence[int], fixed: Mapping[int, str], span: Mapping[int, Span]
) -> Sums:
    """Sums under all columns, added up by some of them (positions)."""
    found: Sums = {}
    for values, amounts in sums.items():
        if all(values[n] == v for n, v in fixed.items()) and within(values, span):
            group = tuple(values[n] for n in wanted)
            before = found.get(group)
            found[group] = tuple(map(add, before, amounts)) if before else amounts
    return found


def within(values: By, span: Mapping[int, Span]) -> bool:
    """Whether the values stand in their ranges."""
    return all(
        (first is None or values[n] >= first) and (last is None or values[n] <= last)
        for n, (first, last) in span.items()
    )


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
