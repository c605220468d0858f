"""Projections in SQL: rows and checkpoints, read from where they are needed, changed in sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sync_server.core.port import KeptCheckpoint, Rewrite
from sync_server.storage.dialect import Record, Upsert
from sync_server.storage.reading import Reader
from workbook_templates.schema import Cells

REPLAY_KEY = ("company", "name", "part", "position")
ON_REPLAY = Upsert("replays", (*REPLAY_KEY, "cells"), REPLAY_KEY, "cells = excluded.cells")
CHECKPOINT_KEY = ("company", "name", "part", "day")
ON_CHECKPOINT = Upsert(
    "checkpoints",
    (*CHECKPOINT_KEY, "position", "state"),
    CHECKPOINT_KEY,
    "position = excluded.position, state = excluded.state",
)
ROWS_END = "DELETE FROM replays WHERE company = ? AND name = ? AND part = ? AND position >= ?"
_decode = msgspec.json.Decoder(dict[str, str | None]).decode
_encode = msgspec.json.Encoder().encode


def replayed_since(on: Reader, key: str, positions: Mapping[str, int]) -> dict[str, list[Cells]]:
    """Rows of a projection by partition, from its position on."""
    since = {partition: str(position) for partition, position in positions.items()}
    found = on.ask(
        "SELECT part, CAST(cells AS TEXT)"
        f" FROM {on.dialect.pairs} AS wanted CROSS JOIN replays WHERE company = ? AND name = ?"
        " AND part = wanted.key AND position >= CAST(wanted.value AS INTEGER)"
        " ORDER BY part, position",
        *(_encode(since).decode(), on.company, key),
    )
    return _by_partition(found)


def all_replays(on: Reader, key: str) -> dict[str, list[Cells]]:
    """All partitions of a projection."""
    return _by_partition(
        on.ask(
            "SELECT part, CAST(cells AS TEXT) FROM replays WHERE company = ? AND name = ?"
            " ORDER BY part, position",
            on.company,
            key,
        )
    )


def checkpoints(
    on: Reader, key: str, partitions: Iterable[str]
) -> dict[str, list[tuple[str, int]]]:
    """Day and position of each checkpoint by partition."""
    found = on.ask(
        "SELECT part, day, position FROM checkpoints WHERE company = ? AND name = ?"
        f" AND {on.dialect.among('part')} ORDER BY part, day",
        *(on.company, key, on.dialect.array(partitions)),
    )
    kept: dict[str, list[tuple[str, int]]] = {}
    for partition, day, position in found:
        kept.setdefault(partition, []).append((day, position))
    return kept


def checkpoint_states(on: Reader, key: str, days: Mapping[str, str]) -> dict[str, str]:
    """By partition the state of its checkpoint of that day."""
    found = on.ask(
        f"SELECT part, state FROM {on.dialect.pairs} AS wanted CROSS JOIN checkpoints"
        " WHERE company = ? AND name = ? AND part = wanted.key AND day = wanted.value",
        *(_encode(days).decode(), on.company, key),
    )
    return dict(map(tuple, found))


def all_checkpoints(on: Reader, key: str) -> dict[str, list[KeptCheckpoint]]:
    """All checkpoints of a projection by partition."""
    found = on.ask(
        "SELECT part, day, position, state FROM checkpoints WHERE company = ? AND name = ?"
        " ORDER BY part, day",
        *(on.company, key),
    )
    kept: dict[str, list[KeptCheckpoint]] = {}
    for partition, *checkpoint in found:
        kept.setdefault(partition, []).append(KeptCheckpoint(*checkpoint))
    return kept


def keep_projection(on: Reader, key: str, rewrites: Mapping[str, Rewrite]) -> None:
    """Writes the rows and checkpoints that differ from what is kept."""
    rows: list[Record] = []
    put: list[Record] = []
    gone: dict[str, list[str]] = {}
    for partition, rewrite in rewrites.items():
        rows += _changed_rows(on.company, key, partition, rewrite)
        if len(rewrite.rows) < len(rewrite.before):
            on.tell(ROWS_END, on.company, key, partition, rewrite.start + len(rewrite.rows))
        for day, new in rewrite.checkpoints.items():
            if new is None:
                gone.setdefault(partition, []).append(day)
            else:
                put.append((on.company, key, partition, day, new.position, new.state))
    on.behind.at_once(on.dialect.upsert, on.connection, ON_REPLAY, rows)
    on.behind.at_once(on.dialect.upsert, on.connection, ON_CHECKPOINT, put)
    while gone:
        last = {partition: days.pop() for partition, days in gone.items()}
        on.tell(
            "DELETE FROM checkpoints WHERE company = ? AND name = ?"
            f" AND (part, day) IN (SELECT key, value FROM {on.dialect.pairs})",
            *(on.company, key, _encode(last).decode()),
        )
        gone = {partition: days for partition, days in gone.items() if days}


def _changed_rows(company: str, key: str, partition: str, rewrite: Rewrite) -> Iterator[Record]:
    start, before, there = rewrite.start, rewrite.before, len(rewrite.before)
    for n, cells in enumerate(rewrite.rows):
        if n >= there or before[n] != cells:
            yield company, key, partition, start + n, _encode(cells).decode()


def _by_partition(found: Iterable[Sequence[Any]]) -> dict[str, list[Cells]]:
    kept: dict[str, list[Cells]] = {}
    for partition, cells in found:
        kept.setdefault(partition, []).append(_decode(cells))
    return kept
