"""Bringing a copy to the server's head: all pages are read, then merged together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from addin.copies import Copy
from addin.errors import Resync
from addin.merged import note_theirs
from addin.noted import note
from addin.rebase import is_news, rebase
from addin.restoring import offer_back
from addin.server import Server
from addin.unknown_rows import Places, ask_of_unknown, give_new_ids
from addin.window import has_changed, is_partly_here, keep_whole, note_pulled, wanted
from workbook_templates import wire

TRIES = 3  # a server may be restored or compacted while it is read


def tables_of(copy: Copy) -> tuple[str, ...]:
    """The tables that a workbook pulls: its own, and those that its columns refer to."""
    named = {
        t for page in copy.pages.values() for c in page.sheet.reference_columns for t in c.tables
    }
    return tuple(sorted({*copy.pages, *named}))


def pull(copy: Copy, server: Server) -> int:
    """Merge everything new into the copy and move its cursor; the number of rows received."""
    if not copy.meta.get("cursor") or has_changed(copy):
        return resync(copy, server)
    try:
        pages = _pages(copy, server, copy.meta["cursor"])
    except Resync as asked:
        reason = asked.facts["reason"]
        return resync(copy, server, reason == "epoch_changed", gone=reason == "scope_changed")
    received = _apply(copy, _newest(pages))
    _move_cursor(copy, pages[-1])
    return received


def resync(copy: Copy, server: Server, restored: bool = False, gone: bool = False) -> int:
    """Merge the whole central copy into this one; unsent edits survive.

    After the server was restored from a backup (`restored`), what it had accepted and no longer has
    is kept on the sheet and offered back for a person to send again. After a change of rights
    (`gone`) what is not there is not deleted: it may be seen no more.
    """
    pages = _whole(copy, server)
    theirs, head = _newest(pages), pages[-1].head
    lost = offer_back(copy, server, theirs, head) if restored else set()
    received = _apply(copy, theirs)
    kept = theirs.keys() | lost | (_outside(copy) if has_changed(copy) else set())
    note_pulled(copy)
    _drop_missing(copy, kept, wire.RowState("", "", head, deleted=not gone, gone=gone))
    if copy.meta.pop("base_damaged", ""):
        ask_of_unknown(copy, theirs.keys() | lost)
    elif not restored:
        give_new_ids(copy, theirs.keys())
    _move_cursor(copy, pages[-1])
    return received


def _whole(copy: Copy, server: Server) -> list[wire.Changes]:
    for _ in range(TRIES - 1):
        try:
            return _pages(copy, server, "")
        except Resync:
            continue
    return _pages(copy, server, "")


def _pages(copy: Copy, server: Server, cursor: str) -> list[wire.Changes]:
    tables, within = tables_of(copy), wanted(copy)
    schema = f"{copy.book.key}:{copy.book.version}" if copy.book.version > 1 or copy.behind else ""
    pages = [server.changes(cursor, tables, within, schema)]
    while pages[-1].more:
        pages.append(server.changes(pages[-1].cursor, tables, within, schema))
    return pages


def _newest(pages: Iterable[wire.Changes]) -> dict[tuple[str, str], wire.RowState]:
    """The last word on each row; a later page overrides an earlier one."""
    return {(row.t, row.rid): row for page in pages for row in page.rows}


def _apply(copy: Copy, theirs: dict[tuple[str, str], wire.RowState]) -> int:
    received = 0
    for row in theirs.values():
        if is_news(copy, row):
            received += row.t in copy.pages
            note_theirs(copy, row)
            rebase(copy, row)
    return received


def _move_cursor(copy: Copy, page: wire.Changes) -> None:
    copy.meta.update(cursor=page.cursor, epoch=page.epoch, head=str(page.head))
    note(copy.meta, page.head, page.mark, copy.moment)


def _outside(copy: Copy) -> set[tuple[str, str]]:
    """After another window was chosen: rows that stay though they did not come, being of documents
    that are not wholly sent. The others are taken off their sheets, for they are outside, no more.
    """
    stay: set[tuple[str, str]] = set()
    for table in copy.pages:
        if is_partly_here(copy, table) or any(t.startswith(f"{table}.") for t in wanted(copy)):
            stay |= {(table, rid) for rid in keep_whole(copy, table)}
    return stay


def _drop_missing(copy: Copy, kept: Places, state: wire.RowState) -> None:
    """Rows of the base that the server does not have any more, or shows no more (`state`)."""
    for table in tables_of(copy):
        for rid in [rid for rid in copy.base(table) if (table, rid) not in kept]:
            rebase(copy, replace(state, t=table, rid=rid))
