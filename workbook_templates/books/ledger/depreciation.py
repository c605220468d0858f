"""Depreciation by month: straight line and declining balances, by whole months or by days.

A month counts in which an asset is in use on the last day; by days, each day counts. Amounts are
differences of rounded cumulative ones, so that they come to cost less residual to the last cent.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from workbook_templates.spans import month_end

STRAIGHT, DECLINING, DOUBLE = "straight_line", "declining", "double_declining"
BY_MONTH, BY_DAY = "month", "day"
NONE = Decimal(0)
MOST_MONTHS = 1200  # of a life, or of a deferral

Part = tuple[str, Fraction]  # a month "YYYY-MM", and the part of a year that counts in it
Planned = Mapping[str, Decimal]  # amounts by month, zeros left out


@dataclass(frozen=True, slots=True)
class Terms:
    """On what an asset is depreciated. `rate` is the percentage a year of a declining balance;
    `before` is what was depreciated up to and including the month `until`.
    """

    cost: Decimal
    residual: Decimal
    method: str
    life: int  # months
    in_use: str  # a day
    rate: Decimal = NONE
    counted: str = BY_MONTH
    before: Decimal = NONE
    until: str = ""

    def part(self, cost: Decimal) -> Terms:
        """The same terms for a part of the cost."""
        share = Fraction(cost) / Fraction(self.cost) if self.cost else Fraction(0)
        residual, before = (rounded(Fraction(a) * share) for a in (self.residual, self.before))
        return replace(self, cost=cost, residual=residual, before=before)


@lru_cache(maxsize=2_000)  # a run asks for the same plans as the one before it
def schedule(terms: Terms) -> Planned:
    """Depreciation of each month of the life, after what was depreciated before."""
    cumulative = _straight if terms.method == STRAIGHT else _declining
    found, before = {}, NONE
    for month, exact in cumulative(terms):
        until_now = rounded(exact)
        if until_now != before:
            found[month] = until_now - before
        before = until_now
    return found


def held(terms: Terms, month: str, last_day: str) -> Fraction:
    """The part of a month's depreciation that counts where an asset leaves on a day of it."""
    end = date.fromisoformat(month_end(month))
    left = date.fromisoformat(last_day)
    if terms.counted == BY_MONTH:
        return Fraction(int(left == end))
    first = max(date.fromisoformat(terms.in_use), end.replace(day=1))
    last = min(end, end_of_life(terms.in_use, terms.life))
    return min(Fraction(1), Fraction(max((left - first).days + 1, 0), (last - first).days + 1))


def rounded(amount: Fraction) -> Decimal:
    """To two decimals, half up."""
    cents = (abs(amount) * 200 + 1) // 2
    return Decimal(cents).scaleb(-2) * (1 if amount >= 0 else -1)


def month_after(month: str, months: int = 1) -> str:
    """So many months after a month "YYYY-MM"."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _parts(in_use: str, life: int, counted: str) -> Iterator[Part]:
    """The months of a life from a day on, each with the part of a year that counts in it."""
    months = [month_after(in_use[:7], n) for n in range(life + 1)]
    if counted == BY_MONTH:
        yield from ((month, Fraction(1, 12)) for month in months[:-1])
        return
    end = end_of_life(in_use, life)
    for month in months:
        year, number = int(month[:4]), int(month[5:])
        first = max(date(year, number, 1), date.fromisoformat(in_use))
        last = min(date(year, number, monthrange(year, number)[1]), end)
        if first <= last:
            yield month, Fraction((last - first).days + 1, 366 if isleap(year) else 365)


def end_of_life(in_use: str, life: int) -> date:
    """The last day of so many months from a day on."""
    month = month_after(in_use[:7], life)
    year, number = int(month[:4]), int(month[5:])
    day = min(int(in_use[8:]), monthrange(year, number)[1])
    return date(year, number, day) - timedelta(days=1)


def _remaining(terms: Terms) -> list[Part]:
    every = _parts(terms.in_use, terms.life, terms.counted)
    return [(month, share) for month, share in every if month > terms.until]


def _straight(terms: Terms) -> Iterator[tuple[str, Fraction]]:
    remaining = _remaining(terms)
    base = Fraction(terms.cost - terms.residual - terms.before)
    whole = sum((share for _, share in remaining), Fraction(0))
    passed = Fraction(0)
    for month, share in remaining:
        passed += share
        yield month, base * passed / whole


def _declining(terms: Terms) -> Iterator[tuple[str, Fraction]]:
    """A year takes its rate of the book value at its beginning; the last one all the rest."""
    remaining = _remaining(terms)
    rate = Fraction(24, terms.life) if terms.method == DOUBLE else Fraction(terms.rate) / 100
    book = Fraction(terms.cost - terms.before)
    residual, done = Fraction(terms.residual), Fraction(0)
    for year, members in groupby(remaining, key=lambda part: part[0][:4]):
        of_year = list(members)
        whole, passed = sum((share for _, share in of_year), Fraction(0)), Fraction(0)
        rest = max(book - done - residual, Fraction(0))
        is_last = year == remaining[-1][0][:4]
        amount = rest if is_last else min((book - done) * rate * whole, rest)
        for month, share in of_year:
            passed += share
            yield month, done + amount * passed / whole
        done += amount
