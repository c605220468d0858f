"""Additive totals: which sums a row adds to, in integers of 1/10,000."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add, itemgetter

from workbook_templates.schema import Cells, Totals

SCALE = 4
MONTH = ":month"
By = tuple[str, ...]
Sums = dict[By, tuple[int, ...]]
Span = tuple[str | None, str | None]  # (first, last) inclusive, canonical text
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
        """The group of sums to which a row belongs."""
        return self.named([cells.get(column) for column, _ in self.by])

    def named(self, texts: Sequence[str | None]) -> By:
        """The group of sums of these texts; of a month YYYY-MM, of a blank ""."""
        pairs = zip(texts, self.by, strict=True)
        return tuple([(text or "")[:7] if month else text or "" for text, (_, month) in pairs])


def add_up(adders: Iterable[Adder], moved: Sequence[Moved], sums: Mapping[str, Sums]) -> None:
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
        if not any(texts[totals.by[0]]):
            continue
        if totals.of not in amounts:
            signed = [
                [sign * scaled(cells.get(name)) for cells, sign in moved] for name in totals.of
            ]
            amounts[totals.of] = list(zip(*signed, strict=True))
        here = sums[totals.key]
        groups = zip(*[texts[part] for part in totals.by], strict=True)
        for by, amount in zip(groups, amounts[totals.of], strict=True):
            if not by[0]:
                continue
            before = here.get(by)
            if before is not None:
                here[by] = tuple(map(add, before, amount))
            elif any(amount):
                here[by] = amount


def add_difference(
    adders: Sequence[Adder],
    old: Sequence[Cells],
    new: Sequence[Cells],
    sums: Mapping[str, Sums],
) -> None:
    """Moves the sums from old rows to the new ones that stand in their place, mostly in the same
    groups: what was inserted is at the beginning, and few of the amounts differ.
    """
    both = min(len(old), len(new))
    first, second = len(old) - both, len(new) - both
    lone: list[Moved] = [(cells, -1) for cells in old[:first]]
    lone += [(cells, 1) for cells in new[:second]]
    old, new = old[first:], new[second:]
    pairs = list(zip(old, new, strict=True))
    columns = sorted({name for totals in adders for name, _ in totals.by})
    groups: dict[tuple[str | None, ...], int] = {}
    places = []
    for n, (was, now) in enumerate(zip(_texts(old, columns), _texts(new, columns), strict=True)):
        if was != now:
            lone += [(old[n], -1), (new[n], 1)]
        places.append(groups.setdefault(now, len(groups)) if was == now else -1)
    amounts = {
        name: _differences(name, pairs, places, len(groups))
        for name in {name for totals in adders for name in totals.of}
    }
    for totals in adders:
        at = [columns.index(name) for name, _ in totals.by]
        for group, n in groups.items():
            moved = tuple([amounts[name][n] for name in totals.of])
            _move(sums[totals.key], totals.named([group[k] for k in at]), moved)
    if lone:
        add_up(adders, lone, sums)


def _differences(
    name: str, pairs: Iterable[tuple[Cells, Cells]], places: Iterable[int], groups: int
) -> list[int]:
    """What a column gains from old rows to new ones, by group; the last is of those that moved."""
    gained = [0] * (groups + 1)
    for (old, new), place in zip(pairs, places, strict=True):
        was, now = old.get(name), new.get(name)
        if was != now:
            gained[place] += scaled(now) - scaled(was)
    return gained


def _move(sums: Sums, by: By, moved: tuple[int, ...]) -> None:
    """Adds to one sum; see `add_up`."""
    before = sums.get(by)
    if before is not None:
        sums[by] = tuple(map(add, before, moved))
    elif by[0] and any(moved):
        sums[by] = moved


def _texts(rows: Sequence[Cells], columns: Sequence[str]) -> list[tuple[str | None, ...]]:
    """The texts of some columns; mostly no cell is blank."""
    if len(columns) > 1:
        try:
            return list(map(itemgetter(*columns), rows))
        except KeyError:
            pass
    return list(zip(*[[cells.get(name) for cells in rows] for name in columns], strict=True))


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
