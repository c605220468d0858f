"""Builds everything that follows from the rows anew and compares it with what is kept.

The audit's chain and its replay to the present rows; the sums; the projections; and that every
document which proposes rows has exactly those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sync_server.core.audit import GENESIS, changed_cells, link
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.merging import RESTORED, REVERSAL
from sync_server.core.numbering import numbers_in_order
from sync_server.core.port import KeptChange, StoredRow, Transaction
from sync_server.core.projections import kept_checkpoint
from sync_server.core.rebuilding import build_whole
from sync_server.core.sums import amounts, by_values
from workbook_templates.schema import Cells, Totals

MOST = 20  # findings that are told of one kind; a broken store has thousands


def verify_company(held: Transaction, catalogue: Catalogue) -> list[str]:
    """What does not agree, in sentences; empty when all is in order."""
    rows = {row.id: row for row in held.all_rows()}
    draft = Draft(held, catalogue)
    checks = (
        _chain(held, rows),
        _sums(held, catalogue, rows),
        _projections(held, draft, rows),
        numbers_in_order(held, catalogue, rows),
    )
    found: list[str] = []
    for check in checks:
        found += [sentence for _, sentence in zip(range(MOST), check, strict=False)]
    return found


def _chain(held: Transaction, rows: dict[str, StoredRow]) -> Iterator[str]:
    """Every commit is linked to the one before, and all of them together make the rows."""
    state: dict[str, dict[str, str]] = {}
    dead: dict[str, int] = {}
    yield from _commits(held, state, dead)
    for row_id, row in rows.items():
        if row.deleted != (row_id in dead):
            yield f"row {row_id} of {row.table}: its deletion does not follow from the audit"
        elif not row.deleted and row.cells != state.get(row_id, {}):
            yield f"row {row_id} of {row.table}: its cells do not follow from the audit"
    for row_id in state.keys() - rows.keys():
        if dead.get(row_id, held.floor + 1) > held.floor:  # else its tombstone was purged
            yield f"row {row_id} stands in the audit and is not kept"


def _commits(
    held: Transaction, state: dict[str, dict[str, str]], dead: dict[str, int]
) -> Iterator[str]:
    """Plays the audit: the cells of each row, and in which commit the dead ones were deleted."""
    previous, seq = GENESIS, 0
    for kept in held.commits_after(0):
        seq += 1
        if kept.commit.seq != seq:
            yield f"commit {seq} is missing: the next is {kept.commit.seq}"
            seq = kept.commit.seq
        if kept.hash != link(previous, kept.commit, kept.changes):
            yield f"commit {seq} was altered: its link of the audit chain does not fit"
        previous = kept.hash
        for change in kept.changes:
            if change.created and came_back(kept.commit.cause):
                dead.pop(change.id, None)
            yield from _apply(change, seq, state, dead)
    if seq != held.head:
        yield f"the audit ends at commit {seq}, the company at {held.head}"


def came_back(cause: str) -> bool:
    """Whether a commit may bring deleted rows back: nothing else does."""
    return cause == RESTORED or cause.startswith((f"{RESTORED}: ", REVERSAL))


def _apply(
    change: KeptChange, seq: int, state: dict[str, dict[str, str]], dead: dict[str, int]
) -> Iterator[str]:
    if change.id in dead:
        yield f"row {change.id} came back in commit {seq} after it was deleted"
    cells = state.setdefault(change.id, {})
    for column, (before, after) in changed_cells(change.cells, change.created).items():
        if cells.get(column) != before:
            yield f"commit {seq}: {column} of row {change.id} was not {before!r} before"
        if after is None:
            cells.pop(column, None)
        else:
            cells[column] = after
    if change.deleted:
        dead[change.id] = seq


def _sums(held: Transaction, catalogue: Catalogue, rows: dict[str, StoredRow]) -> Iterator[str]:
    for sheet in catalogue.sheets.values():
        for totals in sheet.totals:
            cells = (r.cells for r in rows.values() if r.table == sheet.table and not r.deleted)
            yield from _compare_sums(held, totals, cells)
    for replay in catalogue.replays.values():
        kept = held.all_replays(replay.key)
        for totals in replay.totals:
            yield from _compare_sums(held, totals, (c for p in kept.values() for c in p))


def _compare_sums(held: Transaction, totals: Totals, cells: Iterator[Cells]) -> Iterator[str]:
    wanted: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(totals.of))
    for row in cells:
        by = by_values(totals, row)
        if by[0]:
            here = wanted[by]
            for n, amount in enumerate(amounts(totals, row)):
                here[n] += amount
    kept = held.all_totals(totals.key)
    for by in wanted.keys() | kept.keys():
        are, should = kept.get(by, (0,) * len(totals.of)), tuple(wanted.get(by, ()))
        if any(are) != any(should) or (any(are) and tuple(are) != should):
            yield f"sums {totals.key} of {' '.join(by)} are {are}, should be {should}"


def _projections(held: Transaction, draft: Draft, rows: dict[str, StoredRow]) -> Iterator[str]:
    for replay in draft.catalogue.replays.values():
        partitions = {
            row.cells[column]
            for row in rows.values()
            if not row.deleted and (column := replay.sources.get(row.table, "")) in row.cells
        }
        kept, checkpoints = held.all_replays(replay.key), held.all_checkpoints(replay.key)
        for partition in sorted(partitions | kept.keys() | checkpoints.keys()):
            built = build_whole(draft, replay, partition)
            if built.problems:
                yield f"{replay.key} of {partition}: {built.problems[0].words.en}"
            elif list(map(_filled, built.rows)) != list(map(_filled, kept.get(partition, []))):
                yield f"{replay.key} of {partition} is not what its rows give"
            elif (
                partition in checkpoints
                and [*map(kept_checkpoint, built.checkpoints)] != checkpoints[partition]
            ):
                yield f"the checkpoints of {replay.key} of {partition} are not what its rows give"


def _filled(cells: Cells) -> dict[str, str]:
    return {column: text for column, text in cells.items() if text is not None}
