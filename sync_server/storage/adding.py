"""Sums that move, put on those that are kept; those of many rows the database adds up itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec

from sync_server.core.sums import Adder, Moved, Sums, add_up, scaled
from sync_server.storage.dialect import Dialect, Record, Upsert
from sync_server.storage.reading import Reader
from sync_server.storage.tables import BY, OF

TOTALS_KEY = ("company", "name", *BY)
ON_TOTALS = Upsert(
    "totals",
    (*TOTALS_KEY, *OF),
    TOTALS_KEY,
    ", ".join(f"{v} = totals.{v} + excluded.{v}" for v in OF),
)
MANY = 500  # rows that are written while their caller goes on
MANY_SUMS = 5000  # rows whose sums are not put off any longer
_encode = msgspec.json.Encoder().encode


@dataclass
class Gathered:
    """Rows that moved and are in no sum yet, by the totals that they add to: the more are added
    up at once, the fewer sums are touched twice.
    """

    moved: dict[tuple[Adder, ...], list[Moved]] = field(default_factory=dict)


def gather(
    on: Reader, so_far: Gathered, moved: Iterable[tuple[Sequence[Adder], Sequence[Moved]]]
) -> None:
    """Rows join those so far; their sums are kept when they are many, or before anybody asks."""
    if not so_far.moved:
        on.behind.put_off(partial(add_gathered, on, so_far))
    for adders, rows in moved:
        so_far.moved.setdefault(tuple(adders), []).extend(rows)
    if sum(map(len, so_far.moved.values())) >= MANY_SUMS:
        add_gathered(on, so_far)


def add_gathered(on: Reader, so_far: Gathered) -> None:
    """Adds what was gathered to the sums that are kept."""
    few: dict[str, Sums] = defaultdict(dict)
    for adders, moved in so_far.moved.items():
        added = rows_added(on, adders, moved) if len(moved) >= MANY else None
        if added is None:
            add_up(adders, moved, few)
        else:
            on.behind.put(on.run, added[0], *added[1])
    so_far.moved = {}
    if few:
        on.behind.at_once(put_sums, on, few)


def put_sums(on: Reader, sums: Mapping[str, Sums]) -> None:
    """Adds to the sums that are kept."""
    for key, added in sums.items():
        on.dialect.upsert(on.connection, ON_TOTALS, list(_records(on.company, key, added)))


def rows_added(
    on: Reader, adders: Sequence[Adder], moved: Sequence[Moved]
) -> tuple[str, tuple[str, ...]] | None:
    """The statement that adds many rows to all their sums, as `add_up` would, and its parameters;
    None where one of their texts cannot be handed over.
    """
    columns = sorted({name for totals in adders for name, _ in totals.by})
    amounts = sorted({name for totals in adders for name in totals.of})
    texts = [[cells.get(name) or "" for cells, _ in moved] for name in columns]
    numbers = [[sign * scaled(cells.get(name)) for cells, sign in moved] for name in amounts]
    rows = _encode(list(zip(*texts, *numbers, strict=True))).decode()
    if "\\u0000" in rows:  # which no database carries in JSON
        return None
    parts = " UNION ALL ".join([_sums_of(on.dialect, totals) for totals in adders])
    statement = (
        f"INSERT INTO totals ({', '.join(ON_TOTALS.columns)})"
        f" WITH moved AS MATERIALIZED ({_rows(on.dialect, columns, amounts)}) {parts}"
        f" {ON_TOTALS.conflict}"
    )
    named = [text for totals in adders for text in (on.company, totals.key)]
    return statement, (rows, *named)


def _rows(dialect: Dialect, columns: Sequence[str], amounts: Sequence[str]) -> str:
    """The rows that moved, out of a JSON array of arrays."""
    parts = [dialect.element(n) for n in range(len(columns) + len(amounts))]
    typed = parts[: len(columns)] + [f"CAST({p} AS BIGINT)" for p in parts[len(columns) :]]
    named = [f'{p} AS "{name}"' for p, name in zip(typed, (*columns, *amounts), strict=True)]
    return f"SELECT {', '.join(named)} FROM {dialect.elements} AS element"


def _sums_of(dialect: Dialect, totals: Adder) -> str:
    """One of the totals, of the rows that moved; a row whose first text is blank is in none.
    Sums of days seldom have two rows of one request: where the database lets a statement touch a
    record twice, they are not grouped first.
    """
    texts = [f'substr("{name}", 1, 7)' if month else f'"{name}"' for name, month in totals.by]
    lone = dialect.puts_on_twice and _is_by_day(totals)
    sums = [f'"{name}"' if lone else f'CAST(SUM("{name}") AS BIGINT)' for name in totals.of]
    keys = [*texts, *["''"] * (len(BY) - len(texts))]
    amounts = [*sums, *["0"] * (len(OF) - len(sums))]
    some = " OR ".join([f"{each} <> 0" for each in sums])
    return (
        f"SELECT ?, ?, {', '.join(keys)}, {', '.join(amounts)} FROM moved"
        f""" WHERE "{totals.by[0][0]}" <> ''"""
        + (f" AND ({some})" if lone else f" GROUP BY {', '.join(texts)} HAVING {some}")
    )


def _is_by_day(totals: Adder) -> bool:
    """Whether a month and its days are both in the key."""
    return any(not month and (name, True) in totals.by for name, month in totals.by)


def _records(company: str, key: str, sums: Sums) -> Iterator[Record]:
    """The sums that moved."""
    first = next(iter(sums.items()), ((), ()))
    no_by, no_of = ("",) * (len(BY) - len(first[0])), (0,) * (len(OF) - len(first[1]))
    for by, of in sums.items():
        if any(of):
            yield (company, key, *by, *no_by, *of, *no_of)
