"""Makes projections anew, with their checkpoints, after the rules changed by which they are made.

What follows from their sums (the journal of stock) changes with them, as an audited commit.
"""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from sync_server.core.catalogue import Catalogue
from sync_server.core.consequences import follow
from sync_server.core.draft import Draft
from sync_server.core.errors import ClosedToNewRules
from sync_server.core.port import Batch, Commit, RowChange, Transaction
from sync_server.core.push import add_sums
from sync_server.core.rebuilding import build_whole
from workbook_templates.problems import Problem
from workbook_templates.schema import Replay

SYSTEM, CAUSE = "lajur", "rules {replay} {version}"


def revalue(held: Transaction, catalogue: Catalogue, replay: Replay, now: str) -> int:
    """One projection of a company by the rules of now; the number of rows that changed with it.

    Raises `ClosedToNewRules` where a rule refuses what would follow, with nothing kept.
    """
    draft, seq = Draft(held, catalogue), held.head + 1
    cause = CAUSE.format(replay=replay.key, version=replay.version)
    mid = str(uuid5(NAMESPACE_OID, f"{held.company.code}|{cause}|{seq}"))
    problems = _build_all(draft, replay, held) or follow(draft, (), mid, seq, 0)
    if problems:
        raise ClosedToNewRules(_refused(replay, problems[0]), replay=replay.key)
    changes = tuple(RowChange(before, after) for before, after in draft.changed_since(0))
    batch = Batch(seq if changes else held.head)
    if changes:
        commit = Commit(seq, mid, SYSTEM, now, changes[0].after.table, cause, "", "", changes)
        batch.commits.append(commit)
        batch.rows = {change.after.id: change.after for change in changes}
    add_sums(batch, draft)
    held.keep(batch)
    return len(changes)


def _build_all(draft: Draft, replay: Replay, held: Transaction) -> list[Problem]:
    """Every partition from its beginning, in the draft, unless something refuses."""
    named = {
        value
        for table, column in replay.sources.items()
        for row in held.rows_of(table)
        if (value := row.cells.get(column))
    }
    partitions = sorted(named | held.all_replays(replay.key).keys())
    draft.projections.load(replay.key, dict.fromkeys(partitions, 0))
    problems = []
    for partition in partitions:
        stretch = build_whole(draft, replay, partition)
        problems += stretch.problems
        draft.set_replay(replay.key, partition, 0, stretch)
    return problems


def _refused(replay: Replay, problem: Problem) -> str:
    return (
        f"Version {replay.version} of the rules of {replay.key} would change what is settled:"
        f" {problem.words.en} Serve this database with the former Lajur, or open the period."
    )
