"""Bringing a copy to the server's head: all pages are read, then merged together."""

from __future__ import annotations

from collections.abc import Iterable

from addin.copies import Copy, based, remove_row
from addin.errors import Resync
from addin.rebase import is_news, my_changes, rebase
from addin.server import Server
from addin.shadow import BaseRow, Held
from workbook_templates import wire

RESTORED = "restored"  # what a restored server no longer has, offered back


def tables_of(copy: Copy) -> tuple[str, ...]:
    """The tables that a workbook pulls: its own, and those that its columns refer to."""
    named = {
        t for page in copy.pages.values() for c in page.sheet.reference_columns for t in c.tables
    }
    return tuple(sorted({*copy.pages, *named}))


def pull(copy: Copy, server: Server) -> int:
    """Merge everything new into the copy and move its cursor; the number of rows received."""
    if not copy.meta.get("cursor"):
        return resync(copy, server)
    try:
        pages = _pages(copy, server, copy.meta["cursor"])
    except Resync as asked:
        return resync(copy, server, restored=asked.facts["reason"] == "epoch_changed")
    received = _apply(copy, _newest(pages))
    _move_cursor(copy, pages[-1])
    return received


def resync(copy: Copy, server: Server, restored: bool = False) -> int:
    """Merge the whole central copy into this one; unsent edits survive.

    After the server was restored from a backup (`restored`), what it had accepted and no longer has
    is kept on the sheet and offered back for a person to send again.
    """
    pages = _pages(copy, server, "")
    theirs = _newest(pages)
    if restored:
        _offer_older(copy, theirs.values())
    received = _apply(copy, theirs)
    _drop_missing(copy, theirs, restored, pages[-1].head)
    _move_cursor(copy, pages[-1])
    return received


def _pages(copy: Copy, server: Server, cursor: str) -> list[wire.Changes]:
    pages = [server.changes(cursor, tables_of(copy))]
    while pages[-1].more:
        pages.append(server.changes(pages[-1].cursor, tables_of(copy)))
    return pages


def _newest(pages: Iterable[wire.Changes]) -> dict[tuple[str, str], wire.RowState]:
    """The last word on each row; a later page overrides an earlier one."""
    return {(row.t, row.rid): row for page in pages for row in page.rows}


def _apply(copy: Copy, theirs: dict[tuple[str, str], wire.RowState]) -> int:
    received = 0
    for row in theirs.values():
        if is_news(copy, row):
            received += row.t in copy.pages
            rebase(copy, row)
    return received


def _move_cursor(copy: Copy, page: wire.Changes) -> None:
    copy.meta.update(cursor=page.cursor, epoch=page.epoch, head=str(page.head))


def _drop_missing(
    copy: Copy, theirs: dict[tuple[str, str], wire.RowState], restored: bool, head: int
) -> None:
    """Rows of the base that the server does not have: gone, or offered back after a restore."""
    for table in tables_of(copy):
        for rid in [rid for rid in copy.base(table) if (table, rid) not in theirs]:
            if restored and table in copy.pages and not copy.is_derived(table, rid):
                _offer_back(copy, table, rid)
            else:
                rebase(copy, wire.RowState(table, rid, head, deleted=True))


def _offer_back(copy: Copy, table: str, rid: str) -> None:
    key, lost = copy.key_of(table, rid), copy.base(table).pop(rid)
    if copy.row(table, rid) is not None:
        conflict = wire.Conflict(rid, "unknown_row", seq=lost.seq, cells=dict(lost.cells))
        copy.hold(Held(table, key, RESTORED, (rid,), (conflict,)))


def _offer_older(copy: Copy, theirs: Iterable[wire.RowState]) -> None:
    """Rows of which the restored server has an older version than it had once accepted from us."""
    for row in theirs:
        known = copy.base(row.t).get(row.rid)
        if known is None or row.deleted or row.t not in copy.pages or known.seq <= row.seq:
            continue
        if known.cells == based(row).cells or copy.is_derived(row.t, row.rid):
            copy.base(row.t)[row.rid] = BaseRow(0, known.cells, known.source)
        else:
            _offer_changes(copy, row)


def _offer_changes(copy: Copy, row: wire.RowState) -> None:
    key = copy.key_of(row.t, row.rid)
    copy.base(row.t)[row.rid] = based(row)
    if copy.row(row.t, row.rid) is None:
        remove_row(copy, row.t, row.rid)
        return
    conflicts = tuple(
        wire.Conflict(row.rid, "cell", column, base, mine, base, row.seq)
        for column, (base, mine) in my_changes(copy, row.t, row.rid).items()
    )
    copy.hold(Held(row.t, key, RESTORED, (row.rid,), conflicts))
