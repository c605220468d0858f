"""What the server accepted, followed commit by commit and held against what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sync_server.core.audit import changed_cells
from sync_server.core.port import KeptChange, KeptCommit, Transaction
from workbook_templates import wire


class History:
    """The central copy as its audit tells it. Every promise of a commit is checked once."""

    def __init__(self) -> None:
        self.head = 0
        self.rows: dict[str, dict[str, str]] = {}
        self.tables: dict[str, str] = {}
        self.versions: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        self.dead: set[str] = set()
        self.accepted: set[tuple[str, str, str]] = set()
        self.mids: set[str] = set()
        self.life = 1  # it is another after each restore of the server

    def follow(self, held: Transaction, groups: Mapping[str, wire.Group]) -> None:
        """Take in the commits that are new. `groups`: everything that was ever sent, by mid."""
        if held.head == self.head:
            return
        for kept in held.commits_after(self.head):
            self._take(kept, groups[kept.commit.mid])
        assert self.head == held.head, "the head is not the newest commit"

    def live(self) -> dict[str, dict[str, str]]:
        """The rows that are there now."""
        return {rid: cells for rid, cells in self.rows.items() if rid not in self.dead}

    def _take(self, kept: KeptCommit, group: wire.Group) -> None:
        seq, mid = kept.commit.seq, kept.commit.mid
        assert seq == self.head + 1, "commits are not numbered without a gap"
        assert mid not in self.mids, "a mutation took effect twice"
        self.head = seq
        self.mids.add(mid)
        ops = {op.rid: op for op in group.ops}
        assert {change.id for change in kept.changes} <= ops.keys(), "more changed than was sent"
        for change in kept.changes:
            self._change(change, seq, ops[change.id])
        self._entries_sum_to_zero()
        stand = {rid: self.rows.get(rid) for rid, op in ops.items() if op.op == "put"}
        for rid, cells in stand.items():
            asked = {c: mine for c, (base, mine) in ops[rid].cells.items() if mine != base}
            assert cells is not None, "half of an accepted document is not there"
            assert asked.items() <= {**dict.fromkeys(asked), **cells}.items(), "half was accepted"

    def _change(self, change: KeptChange, seq: int, op: wire.Op) -> None:
        rid = change.id
        asked = op.op == "restore"
        assert asked or rid not in self.dead, "a deleted row came back"
        self.dead.discard(rid)
        cells = {} if asked else dict(self.rows.get(rid, {}))
        if change.deleted:
            known = {column: text for column, text in op.base.items() if text}
            assert op.op == "del", "a row was deleted that nobody asked to delete"
            assert known == cells, "a row was deleted in a state that its author had not seen"
            self.dead.add(rid)
            return
        for column, (before, after) in changed_cells(change.cells, change.created).items():
            base, mine = op.cells[column]
            assert cells.get(column) == before, "the audit has a gap"
            assert before == base, "a value was overwritten that its author had not seen"
            assert after == mine, "something was kept that nobody sent"
            cells.pop(column, None)
            if after is not None:
                cells[column] = after
                self.accepted.add((rid, column, after))
        self.tables[rid] = change.table
        self.rows[rid] = self.versions[rid][seq] = cells

    def _entries_sum_to_zero(self) -> None:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for rid, cells in self.live().items():
            sums[self.tables[rid], cells.get("entry", rid)] += int(cells.get("amount", 0))
        assert not any(sums.values()), "half an entry was accepted"
