"""Projections in SQL: rows and checkpoints, read from where they are needed, changed in sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
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
MANY = 50  # rows that differ, from which all between them are written too
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
    few: list[Record] = []
    for partition, rewrite in rewrites.items():
        start, there = rewrite.start, len(rewrite.before)
        if len(rewrite.rows) < there:
            on.tell(ROWS_END, on.company, key, partition, start + len(rewrite.rows))
        pairs = zip_longest(rewrite.rows, rewrite.before[: len(rewrite.rows)])
        differing = [n for n, (now, before) in enumerate(pairs) if now != before]
        if len(differing) < MANY:
            few += [
                (on.company, key, partition, start + n, _encode(rewrite.rows[n]).decode())
                for n in differing
            ]
        else:
            _put_from(on, key, partition, start + differing[0], rewrite.rows[differing[0] :])
    on.behind.at_once(on.dialect.upsert, on.connection, ON_REPLAY, few)
    _keep_checkpoints(on, key, rewrites)


def _put_from(on: Reader, key: str, partition: str, first: int, rows: Sequence[Cells]) -> None:
    """Writes all rows from a position on, in one statement."""
    on.tell(
        f"INSERT INTO replays ({', '.join(ON_REPLAY.columns)})"
        f" SELECT ?, ?, ?, CAST(? AS INTEGER) + element.key, element.value"
        f" FROM {on.dialect.elements} AS element WHERE true {ON_REPLAY.conflict}",
        *(on.company, key, partition, first, _encode(rows).decode()),
    )


def _keep_checkpoints(on: Reader, key: str, rewrites: Mapping[str, Rewrite]) -> None:
    put: list[Record] = []
    gone: dict[str, list[str]] = {}
    for partition, rewrite in rewrites.items():
        for day, new in rewrite.checkpoints.items():
            if new is None:
                gone.setdefault(partition, []).append(day)
            else:
                put.append((on.company, key, partition, day, new.position, new.state))
    on.behind.at_once(on.dialect.upsert, on.connection, ON_CHECKPOINT, put)
    while gone:
        last = {partition: days.pop() for partition, days in gone.items()}
        on.tell(
            "DELETE FROM checkpoints WHERE company = ? AND name = ?"
            f" AND (part, day) IN (SELECT key, value FROM {on.dialect.pairs})",
            *(on.company, key, _encode(last).decode()),
        )
        gone = {partition: days for partition, days in gone.items() if days}


def _by_partition(found: Iterable[Sequence[Any]]) -> dict[str, list[Cells]]:
    kept: dict[str, list[Cells]] = {}
    for partition, cells in found:
        kept.setdefault(partition, []).append(_decode(cells))
    return kept
