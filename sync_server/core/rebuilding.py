"""Projections after a change: from the newest checkpoint before it, else all anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sync_server.core.draft import Draft
from sync_server.core.port import StoredRow
from workbook_templates.problems import Problem
from workbook_templates.resuming import Stretch
from workbook_templates.schema import Cells, Replay


@dataclass(slots=True)
class _Changed:
    """What changed in one partition: the rows, and the earliest day that one of them has or had."""

    day: str
    ids: dict[str, None] = field(default_factory=dict)


Partitions = dict[str, _Changed]
Built = Iterator[tuple[str, int, Stretch]]  # partition, position, and the rows from there on


def rebuild(draft: Draft, mark: int) -> list[Problem]:
    """Makes anew what follows from the rows that changed since the mark, where nothing refuses."""
    problems: list[Problem] = []
    for key, changed in _changed_since(draft, mark).items():
        replay = draft.catalogue.replays[key]
        build = _build_on if replay.resumption else _build_whole
        for partition, position, stretch in build(draft, replay, changed):
            problems += stretch.problems
            if not stretch.problems:
                draft.set_replay(key, partition, position, stretch)
    return problems


def _changed_since(draft: Draft, mark: int) -> dict[str, Partitions]:
    found: dict[str, Partitions] = {}
    for before, after in draft.changed_since(mark):
        for replay in draft.catalogue.replays_of.get(after.table, ()):
            partitions = found.setdefault(replay.key, {})
            for row in (before, after):
                value = row.cells.get(replay.sources[after.table]) if row else None
                if row and value:
                    day = _day(replay, row)
                    changed = partitions.setdefault(value, _Changed(day))
                    changed.day = min(changed.day, day)
                    changed.ids[row.id] = None
    return found


def _day(replay: Replay, row: StoredRow) -> str:
    return row.cells.get(replay.resumption.day, "") if replay.resumption else ""


def build_whole(draft: Draft, replay: Replay, partition: str) -> Stretch:
    """A partition from its beginning, nothing of what is kept taken for granted."""
    if replay.resumption is None:
        rows, problems = replay.build(partition, draft)
        return Stretch(rows, problems, ())
    sources = {
        table: [(row.id, row.cells) for row in draft.stored(table, column, partition)]
        for table, column in replay.sources.items()
    }
    stretch = replay.resumption.build(partition, sources, (), draft)
    assert stretch is not None
    return stretch


def _build_whole(draft: Draft, replay: Replay, partitions: Iterable[str]) -> Built:
    """Many of them, read in a few questions."""
    for table, column in replay.sources.items():
        if column in draft.catalogue.sheets[table].indexes:
            draft.load(table, column, partitions)
    draft.projections.load(replay.key, dict.fromkeys(partitions, 0))
    for partition in partitions:
        yield partition, 0, build_whole(draft, replay, partition)


def _build_on(draft: Draft, replay: Replay, changed: Partitions) -> Built:
    """One that goes on from checkpoints; it may say that it must begin at the beginning."""
    on, resumption = draft.projections, replay.resumption
    assert resumption is not None
    found = on.checkpoints_until(replay.key, resumption, {p: c.day for p, c in changed.items()})
    begin = {partition: None for partition, checkpoints in found.items() if not checkpoints}
    positions = {p: checkpoints[-1].position for p, checkpoints in found.items() if checkpoints}
    since = _load_since(draft, replay, resumption.row, positions)
    for partition, position in positions.items():
        ids = (*since[partition], *changed[partition].ids)
        rows = _rows_since(draft, replay, partition, ids)
        stretch = resumption.build(partition, rows, found[partition], draft)
        if stretch is not None:
            yield partition, position, stretch
        else:
            begin[partition] = None
    yield from _build_whole(draft, replay, begin)


def _load_since(
    draft: Draft, replay: Replay, row_column: str, positions: Mapping[str, int]
) -> dict[str, list[str]]:
    """The ids of the source rows whose rows stand from the positions on; they are read."""
    found = {
        partition: [
            cells[row_column] or ""
            for cells in draft.projections.current(replay.key, partition).since(position)
        ]
        for partition, position in positions.items()
    }
    draft.load_ids(row_id for ids in found.values() for row_id in ids)
    return found


def _rows_since(
    draft: Draft, replay: Replay, partition: str, ids: Iterable[str]
) -> dict[str, list[tuple[str, Cells]]]:
    """Those of the rows that live and belong to the partition, by table."""
    rows: dict[str, list[tuple[str, Cells]]] = {}
    for row_id in dict.fromkeys(ids):
        row = draft.by_id(row_id)
        if row is None or row.deleted:
            continue
        if row.cells.get(replay.sources[row.table]) == partition:
            rows.setdefault(row.table, []).append((row.id, row.cells))
    return rows
