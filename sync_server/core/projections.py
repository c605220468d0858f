"""The projections of one transaction: each partition from where it is needed, as it is now.

A projection is long and mostly its end changes, so it is read from a checkpoint on
(`schema.Checkpoint`), and only what differs is handed to the store.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec

from sync_server.core.port import KeptCheckpoint, Rewrite, Transaction
from workbook_templates.resuming import Checkpoint, Resumption
from workbook_templates.schema import Cells

Key = tuple[str, str]  # a replay and a partition of it
NOTHING_READ = sys.maxsize
_AS_KEPT = object()  # the state of a checkpoint that was not read: it is what the store has
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Projection:
    """One partition: its rows from `start` on, before which nothing changed, its checkpoints."""

    start: int
    rows: Sequence[Cells]
    checkpoints: tuple[Checkpoint, ...]

    def since(self, position: int) -> Sequence[Cells]:
        """The rows from a position on; they have been read."""
        return self.rows[position - self.start :]


class Projections:
    """What is kept, read when it is first asked for, and what this request makes of it."""

    def __init__(self, held: Transaction) -> None:
        self._held = held
        self._now: dict[Key, Projection] = {}
        self._kept: dict[Key, Projection] = {}
        self._states: dict[tuple[str, str, str], Any] = {}  # those read, by the checkpoint's day

    def load(self, key: str, positions: Mapping[str, int]) -> None:
        """Reads many partitions, each from its position on, in few questions."""
        self._learn(key, positions)
        wanted = {p: n for p, n in positions.items() if n < self._now[(key, p)].start}
        found = self._held.replayed_since(key, wanted) if wanted else {}
        for partition, position in wanted.items():
            rows = found.get(partition, [])
            for known in (self._now, self._kept):
                here = known[(key, partition)]
                before = rows[: here.start - position]
                known[(key, partition)] = replace(here, start=position, rows=[*before, *here.rows])

    def whole(self, key: str, partition: str) -> Sequence[Cells]:
        """All rows of a partition as they are now."""
        self.load(key, {partition: 0})
        return self._now[(key, partition)].rows

    def current(self, key: str, partition: str) -> Projection:
        """A partition that was read, as it is now."""
        return self._now[(key, partition)]

    def checkpoints_until(
        self, key: str, resumption: Resumption, days: Mapping[str, str]
    ) -> dict[str, list[Checkpoint]]:
        """Of each partition the checkpoints up to its day; the last one, from which one can go on,
        has its state, and the rows since are read.
        """
        self._learn(key, days)
        found = {
            partition: [m for m in self._now[(key, partition)].checkpoints if m.day <= day]
            for partition, day in days.items()
        }
        last = {
            partition: checkpoints[-1] for partition, checkpoints in found.items() if checkpoints
        }
        self.load(key, {p: last[p].position if p in last else 0 for p in days})
        self._read_states(key, resumption, last)
        for partition, checkpoint in last.items():
            if checkpoint.state is _AS_KEPT:
                state = self._states[(key, partition, checkpoint.day)]
                found[partition][-1] = checkpoint._replace(state=state)
        return found

    def put(
        self,
        key: str,
        partition: str,
        position: int,
        rows: Sequence[Cells],
        checkpoints: Iterable[Checkpoint],
    ) -> tuple[Projection, Projection]:
        """Puts rows in the place of all from a position on; the partition before and after."""
        before = self._now[(key, partition)]
        kept = {
            checkpoint.day: checkpoint for checkpoint in self._kept[(key, partition)].checkpoints
        }
        settled = tuple(
            self._settled(key, partition, checkpoint, kept) for checkpoint in checkpoints
        )
        stay = before.rows[: position - before.start]
        after = Projection(before.start, [*stay, *rows] if stay else rows, settled)
        self._now[(key, partition)] = after
        return before, after

    def put_back(self, key: str, partition: str, before: Projection) -> None:
        """Takes back a `put`; more may have been read since."""
        here = self._now[(key, partition)]
        rows = [*here.rows[: before.start - here.start], *before.rows]
        self._now[(key, partition)] = replace(before, start=here.start, rows=rows)

    def rewrites(self) -> dict[str, dict[str, Rewrite]]:
        """What the store must write, by replay and partition."""
        found: dict[str, dict[str, Rewrite]] = {}
        for (key, partition), now in self._now.items():
            kept = self._kept[(key, partition)]
            if now is not kept and (now.rows != kept.rows or now.checkpoints != kept.checkpoints):
                checkpoints = dict(_moved_checkpoints(kept.checkpoints, now.checkpoints))
                rewrite = Rewrite(now.start, now.rows, kept.rows, checkpoints)
                found.setdefault(key, {})[partition] = rewrite
        return found

    def settle(self) -> None:
        """The store has everything."""
        self._kept = dict(self._now)

    def _learn(self, key: str, partitions: Iterable[str]) -> None:
        wanted = [p for p in partitions if (key, p) not in self._now]
        found = self._held.checkpoints(key, wanted) if wanted else {}
        for partition in wanted:
            checkpoints = tuple(
                [Checkpoint(*checkpoint, _AS_KEPT) for checkpoint in found.get(partition, ())]
            )
            projection = Projection(NOTHING_READ, [], checkpoints)
            self._now[(key, partition)] = self._kept[(key, partition)] = projection

    def _read_states(
        self, key: str, resumption: Resumption, last: Mapping[str, Checkpoint]
    ) -> None:
        wanted = {
            partition: checkpoint.day
            for partition, checkpoint in last.items()
            if checkpoint.state is _AS_KEPT and (key, partition, checkpoint.day) not in self._states
        }
        decode = _decoder(resumption.state).decode
        for partition, text in (
            self._held.checkpoint_states(key, wanted) if wanted else {}
        ).items():
            self._states[(key, partition, wanted[partition])] = decode(text)

    def _settled(
        self, key: str, partition: str, checkpoint: Checkpoint, kept: Mapping[str, Checkpoint]
    ) -> Checkpoint:
        """The kept checkpoint, where it is the same."""
        same = kept.get(checkpoint.day)
        known = self._states.get((key, partition, checkpoint.day))
        if same is None or checkpoint[:2] != same[:2] or same.state is not _AS_KEPT:
            return checkpoint
        return same if known is not None and known == checkpoint.state else checkpoint


def alike(old: Sequence[Cells], new: Sequence[Cells]) -> int:
    """How many rows at the beginning are the same."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count


def kept_checkpoint(checkpoint: Checkpoint) -> KeptCheckpoint:
    """A checkpoint with the text of its state."""
    return KeptCheckpoint(checkpoint.day, checkpoint.position, _encode(checkpoint.state).decode())


def _moved_checkpoints(
    kept: Sequence[Checkpoint], now: Sequence[Checkpoint]
) -> Iterator[tuple[str, KeptCheckpoint | None]]:
    """By day, the checkpoints to write; None for one that is gone."""
    before = {checkpoint.day: checkpoint for checkpoint in kept}
    for checkpoint in now:
        if before.pop(checkpoint.day, None) != checkpoint:
            yield checkpoint.day, kept_checkpoint(checkpoint)
    for day in before:
        yield day, None


@cache
def _decoder(state: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(state)
