"""Which versions of rows this server's history knows: asked by a file after a restore."""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.core.access import Author
from sync_server.core.port import Transaction
from workbook_templates.wire import Audit
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
    columns = author.visible.get(table)
    if columns is None or not changes:
        return RowVersion(table, row_id)
    then = None
    if any(change.seq == seq for change in changes):
        then = cells_after(c for c in changes if c.seq <= seq)
    parting = cells_after(c for c in changes if c.seq <= parted)
    return RowVersion(table, row_id, _seen(then, columns), _seen(parting, columns))


def cells_after(changes: Iterable[Audit]) -> Cells | None:
    """The cells of a row after its changes, oldest first; None where it is not there then."""
    cells: Cells | None = None
    for change in changes:
        if change.deleted:
            cells = None
            continue
        cells = {} if change.created or cells is None else dict(cells)
        for column, (_, after) in change.cells.items():
            cells.pop(column, None)
            if after is not None:
                cells[column] = after
    return cells


def _seen(cells: Cells | None, columns: Iterable[str]) -> Cells | None:
    return None if cells is None else {c: cells[c] for c in columns if c in cells}
