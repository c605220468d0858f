"""After the server was restored: what it had accepted and no longer has is offered back.

A row of the base is lost if the server's history never had that version of it. What was lost stays
on the sheet and is held with the status RESTORED, until a person sends it again or drops it. All
else is merged as ever (docs/protocol.md, Restore).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from addin.base_lines import BaseRow
from addin.copies import Copy, based
from addin.lazy import LazyRows
from addin.noted import accepted_by, noted
from addin.rebase import rebase
from addin.server import Server
from addin.shadow import RESTORED, Held
from workbook_templates.wire import Conflict, RowState
from workbook_templates.wire_versions import RowVersion, VersionsAsked

Theirs = dict[tuple[str, str], RowState]
AT_ONCE = 2000  # rows whose versions are asked in one request


@dataclass(frozen=True, slots=True)
class _Lost:
    """A row of which the server lacks the version that this file has."""

    table: str
    rid: str
    known: BaseRow
    version: RowVersion


def offer_back(copy: Copy, server: Server, theirs: Theirs, head: int) -> set[tuple[str, str]]:
    """Hold what the server lost, and let the rest of the base count as read from its history.

    `theirs` is the whole central copy. The rows that were lost, by table and id.
    """
    doubtful = list(_doubtful(copy, theirs))
    lost = list(_lost(copy, server, doubtful))
    for table in copy.shadow.base:
        _forget_seqs(copy, table, theirs)
    for place, held in copy.held.items():
        conflicts = tuple(replace(c, seq=0) for c in held.conflicts)
        copy.held[place] = replace(held, conflicts=conflicts)
    for one in lost:
        _offer(copy, one, theirs.get((one.table, one.rid)) or one.version.now, head)
    return {(one.table, one.rid) for one in lost}


def _doubtful(copy: Copy, theirs: Theirs) -> Iterator[tuple[str, str, BaseRow]]:
    """The rows of the base that are not exactly what the server has."""
    for table in copy.pages:
        for rid, known in copy.base(table).items():
            state = theirs.get((table, rid))
            same = state is not None and not state.deleted and based(state).cells == known.cells
            if not same and not copy.is_derived(table, rid):
                yield table, rid, known


def _lost(
    copy: Copy, server: Server, doubtful: Sequence[tuple[str, str, BaseRow]]
) -> Iterator[_Lost]:
    marks = tuple((seq, mark) for seq, mark, _ in noted(copy.meta))
    for first in range(0, len(doubtful), AT_ONCE):
        some = doubtful[first : first + AT_ONCE]
        asked = VersionsAsked(marks, tuple((t, rid, known.seq) for t, rid, known in some))
        versions = server.versions(asked).rows
        for (table, rid, known), version in zip(some, versions, strict=True):
            if not _was_there(copy, table, rid, known, version):
                yield _Lost(table, rid, known, version)


def _was_there(copy: Copy, table: str, rid: str, known: BaseRow, version: RowVersion) -> bool:
    """Whether the server's history had that version; cells that wait for a decision say nothing."""
    if version.then is None:
        return False
    clashing = {c.col for h in copy.held.values() for c in h.conflicts if c.rid == rid}
    columns = (known.cells.keys() | version.then.keys()) - clashing
    return all(known.cells.get(c) == version.then.get(c) for c in columns)


def _forget_seqs(copy: Copy, table: str, theirs: Theirs) -> None:
    """The numbers of another history say nothing about which version is newer."""
    base, renumbered = copy.base(table), []
    for rid, known in base.items():
        state = theirs.get((table, rid))
        same = state is not None and not state.deleted and based(state).cells == known.cells
        seq = state.seq if state and same else 0
        base[rid] = BaseRow(seq, known.cells, known.source)
        renumbered += [rid] if seq != known.seq else []
    page = copy.pages.get(table)
    if page is not None and isinstance(page.rows, LazyRows):
        page.rows.want(renumbered)  # their Status tells the number, and is written anew


def _offer(copy: Copy, lost: _Lost, state: RowState | None, head: int) -> None:
    table, rid = lost.table, lost.rid
    key, when = copy.key_of(table, rid), accepted_by(copy.meta, lost.known.seq)
    if state is None or state.deleted:
        copy.base(table).pop(rid, None)
        if copy.row(table, rid) is not None:
            kind = "unknown_row" if state is None else "deleted_on_server"
            cells = dict[str, str | None](lost.known.cells)
            conflict = Conflict(rid, kind, seq=head, when=when, cells=cells)
            copy.hold(Held(table, key, RESTORED, (rid,), (conflict,)))
        return
    _offer_cells(copy, lost, state, when)


def _offer_cells(copy: Copy, lost: _Lost, state: RowState, when: str) -> None:
    """The row is there in another version: what the lost history had changed is offered cell by
    cell, on top of what the server has; other cells are merged.
    """
    table, rid = lost.table, lost.rid
    parting, row = lost.version.parting or {}, copy.row(table, rid)
    if row is None:  # deleted here, and that was not sent
        if based(state).cells == parting:
            copy.base(table)[rid] = based(state)
        else:
            rebase(copy, state)
        return
    copy.base(table)[rid] = BaseRow(0, parting, lost.known.source)
    rebase(copy, state)
    key = copy.key_of(table, rid)
    now = copy.base(table)[rid].cells
    clashing = {c.col for h in copy.held.values() for c in h.conflicts if c.rid == rid}
    columns = lost.known.cells.keys() | parting.keys()
    changed = sorted(c for c in columns if lost.known.cells.get(c) != parting.get(c))
    conflicts = tuple(
        Conflict(rid, "cell", c, now.get(c), row.cells.get(c), now.get(c), state.seq, "", when)
        for c in changed
        if c not in clashing and row.cells.get(c) != now.get(c)
    )
    if conflicts:
        copy.hold(Held(table, key, RESTORED, (rid,), conflicts))
