"""The projections and sums of the store in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import add

from sync_server.core.port import Batch, KeptCheckpoint, Rewrite
from sync_server.core.sums import Sums, add_up
from workbook_templates.schema import Cells


@dataclass(frozen=True, slots=True)
class KeptProjections:
    """One company's, by replay and partition; checkpoints by day below that."""

    rows: dict[str, dict[str, list[Cells]]] = field(default_factory=dict)
    checkpoints: dict[str, dict[str, dict[str, KeptCheckpoint]]] = field(default_factory=dict)

    def after(self, rewrites: Mapping[str, Mapping[str, Rewrite]]) -> KeptProjections:
        """What a batch makes of them; these stay as they are."""
        rows, checkpoints = dict(self.rows), dict(self.checkpoints)
        for key, partitions in rewrites.items():
            rows[key], checkpoints[key] = dict(rows.get(key, {})), dict(checkpoints.get(key, {}))
            for partition, rewrite in partitions.items():
                before = rows[key].get(partition, [])[: rewrite.start]
                rows[key][partition] = [*before, *rewrite.rows]
                days = {**checkpoints[key].get(partition, {}), **rewrite.checkpoints}
                there = {day: each for day, each in days.items() if each is not None}
                checkpoints[key][partition] = there
        return KeptProjections(rows, checkpoints)


class ReadsProjections:
    """The part of the port's `Transaction` that reads projections."""

    @property
    def projections(self) -> KeptProjections:
        """What is kept of them."""
        raise NotImplementedError

    def replayed_since(self, key: str, positions: Mapping[str, int]) -> dict[str, list[Cells]]:
        """Rows by partition, from its position on."""
        kept = self.projections.rows.get(key, {})
        return {p: kept[p][n:] for p, n in positions.items() if len(kept.get(p, ())) > n}

    def checkpoints(self, key: str, partitions: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Day and position of each checkpoint by partition."""
        kept = self.all_checkpoints(key)
        return {p: [each[:2] for each in kept[p]] for p in partitions if p in kept}

    def checkpoint_states(self, key: str, days: Mapping[str, str]) -> dict[str, str]:
        """States by partition."""
        kept = self.projections.checkpoints[key]
        return {partition: kept[partition][day].state for partition, day in days.items()}

    def all_replays(self, key: str) -> dict[str, list[Cells]]:
        """All partitions that have rows."""
        return {p: rows for p, rows in self.projections.rows.get(key, {}).items() if rows}

    def all_checkpoints(self, key: str) -> dict[str, list[KeptCheckpoint]]:
        """All checkpoints by partition, the oldest first."""
        kept = self.projections.checkpoints.get(key, {})
        return {p: [days[day] for day in sorted(days)] for p, days in kept.items() if days}


def sums_after(before: Mapping[str, Sums], batch: Batch) -> dict[str, Sums]:
    """What a batch makes of the sums, by totals key; these stay as they are."""
    came: dict[str, Sums] = defaultdict(dict)
    for adders, moved in batch.moved:
        add_up(adders, moved, came)
    after = dict(before)
    for key, sums in (*batch.totals.items(), *came.items()):
        kept = after[key] = dict(after.get(key, {}))
        for values, added in sums.items():
            there = kept.get(values, (0,) * len(added))
            kept[values] = tuple(map(add, there, added))
    return after
