"""Which versions of rows this server's history knows: asked by a file after a restore."""

from __future__ import annotations

from sync_server.core.access import Author
from sync_server.core.port import Transaction
from sync_server.core.seen import cells_after, seen_row
from workbook_templates.wire_versions import RowVersion, Versions, VersionsAsked

Cells = dict[str, str]


def versions(held: Transaction, author: Author, asked: VersionsAsked) -> Versions:
    """What became of the versions that a file has, with the columns that its reader sees."""
    noted = dict(asked.marks)
    here = held.marks(noted)
    parted = max((seq for seq, told in noted.items() if here.get(seq) == told), default=0)
    return Versions(parted, tuple(_version(held, author, parted, *row) for row in asked.rows))


def _version(
    held: Transaction, author: Author, parted: int, table: str, row_id: str, seq: int
) -> RowVersion:
    changes = [change for change in held.history(row_id) if change.t == table]
    if table not in author.visible or not changes:
        return RowVersion(table, row_id)
    then = None
    if any(change.seq == seq for change in changes):
        then = cells_after(c for c in changes if c.seq <= seq)
    parting = cells_after(c for c in changes if c.seq <= parted)
    row = held.rows_by_id([row_id]).get(row_id)
    return RowVersion(
        *(table, row_id, _seen(author, table, then), _seen(author, table, parting)),
        now=seen_row(author, row) if row else None,
    )


def _seen(author: Author, table: str, cells: Cells | None) -> Cells | None:
    if cells is None or not author.may_see(table, cells):
        return None
    return {c: cells[c] for c in author.visible[table] if c in cells}
