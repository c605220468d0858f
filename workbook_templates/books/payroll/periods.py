"""Pay periods: the days of a month, and the share of it that a span of days covers."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Days, first and last included; empty when the last is before the first."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days; 0 for an empty span."""
        return max(0, (self.last - self.first).days + 1)

    def cut(self, first: date | None, last: date | None) -> Span:
        """The part from `first` to `last`; None = without that limit."""
        return Span(max(self.first, first or self.first), min(self.last, last or self.last))

    def holds(self, day: date) -> date:
        """The day of this span that is nearest to `day`."""
        return max(self.first, min(day, self.last))


def month(period: str) -> Span:
    """The days of a period "2026-05"."""
    year, number = int(period[:4]), int(period[5:])
    return Span(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def months_before(period: str, joined: date | None) -> tuple[str, ...]:
    """The periods of the same year before this one in which somebody was employed."""
    year = period[:4]
    start = 1
    if joined is not None and joined.isoformat()[:4] == year:
        start = joined.month
    return tuple(f"{year}-{number:02}" for number in range(start, int(period[5:])))
