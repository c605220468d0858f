"""Dated tables: the rows of a rule pack, each valid from one day to another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class PackError(Exception):
    """Whatever a rule pack cannot answer or cannot be read from."""


class NoRowOnDay(PackError, LookupError):
    """A dated table has no row that is valid on the day; the rules of that day are not known."""


class FaultyPack(PackError, ValueError):
    """The files of a pack contradict themselves."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row can be read: the regulation and its article, annex or example."""

    regulation: str
    article: str


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A value and the days, first and last included, on which it is the rule (None = until now).

    `verified` is False where no text better than memory or hearsay was seen; `evidence` grades it.
    """

    effective_from: date
    effective_to: date | None
    value: T
    source: Source
    verified: bool
    evidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A table with at most one valid row on each day; `rows` are in order of time."""

    name: str
    rows: tuple[Row[T], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if row.effective_to is not None and row.effective_to < row.effective_from:
                raise FaultyPack(f"{self.name}: the row of {row.effective_from} ends before it")
        for before, after in pairwise(self.rows):
            if before.effective_to is None or before.effective_to >= after.effective_from:
                raise FaultyPack(f"{self.name}: two rows are valid on {after.effective_from}")

    def find(self, day: date) -> Row[T] | None:
        """The row that is valid on the day, with its source; None where there is none."""
        place = bisect_right(self.rows, day, key=lambda row: row.effective_from)
        row = self.rows[place - 1] if place else None
        if row is None or (row.effective_to is not None and row.effective_to < day):
            return None
        return row

    def row_at(self, day: date) -> Row[T]:
        """The row on the day. Raises `NoRowOnDay`: an unknown rule is never guessed."""
        row = self.find(day)
        if row is None:
            raise NoRowOnDay(f"{self.name} has no row that is valid on {day.isoformat()}")
        return row

    def at(self, day: date) -> T:
        """The value on the day. Raises `NoRowOnDay`."""
        return self.row_at(day).value

    def map(self, read: Callable[[T], U]) -> Dated[U]:
        """The same table with prepared values, so that a look-up costs no reading."""
        return Dated(
            self.name,
            tuple(
                Row(
                    row.effective_from,
                    row.effective_to,
                    read(row.value),
                    row.source,
                    row.verified,
                    row.evidence,
                    row.note,
                )
                for row in self.rows
            ),
        )


def dated(name: str, rows: Iterable[Mapping[str, Any]]) -> Dated[Any]:
    """A table from the rows of a pack's JSON file. Raises `FaultyPack` where a part is missing."""
    try:
        read = sorted(map(_row, rows), key=lambda row: row.effective_from)
    except (KeyError, TypeError, ValueError) as fault:
        raise FaultyPack(f"{name}: a row cannot be read ({fault!r})") from fault
    return Dated(name, tuple(read))


def _row(fields: Mapping[str, Any]) -> Row[Any]:
    last = fields["effective_to"]
    return Row(
        effective_from=date.fromisoformat(fields["effective_from"]),
        effective_to=None if last is None else date.fromisoformat(last),
        value=fields["value"],
        source=Source(fields["source"]["regulation"], fields["source"]["article"]),
        verified=fields["verified"],
        evidence=fields["evidence"],
        note=fields.get("note", ""),
    )
