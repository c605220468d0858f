"""What a person may see of rows and of their audit: the one place where anything is left out.

What may not be seen is absent, which is not blank (docs/protocol.md, Reading).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sync_server.core.access import Author
from sync_server.core.audit import changed_cells
from sync_server.core.errors import NotFound, NotYours
from sync_server.core.port import KeptCommit, StoredRow
from workbook_templates.wire import Audit, RowState


def columns_of(author: Author, table: str) -> tuple[str, ...]:
    """The columns of a table that a person sees. Raises `NotFound`, `NotYours`."""
    if table not in author.catalogue.sheets:
        raise NotFound(f"There is no table {table}")
    if table not in author.visible:
        raise NotYours(f"You may not see {table}")
    return author.visible[table]


def seen_row(author: Author, row: StoredRow) -> RowState | None:
    """A row as its reader sees it, blanks as null; None where they may not see it at all."""
    if row.table not in author.visible:
        return None
    cells: dict[str, str | None] = {}
    if not row.deleted:
        cells = {column: row.cells.get(column) for column in author.visible[row.table]}
    return RowState(row.table, row.id, row.seq, cells, row.deleted, src=row.source)


def seen_changes(author: Author, changes: Iterable[Audit]) -> Iterator[Audit]:
    """Changes with the columns that their reader sees; those of nothing else are left out."""
    for change in changes:
        columns = author.visible.get(change.t)
        if columns is None:
            continue
        cells = {column: pair for column, pair in change.cells.items() if column in columns}
        if cells or change.deleted or change.created:
            yield replace(change, cells=cells)


def changes_of(kept: KeptCommit) -> Iterator[Audit]:
    """A kept commit, told row by row."""
    c = kept.commit
    for change in kept.changes:
        yield Audit(
            *(c.seq, change.table, change.id, changed_cells(change.cells, change.created)),
            *(c.user, c.at, c.cause, c.mid),
            deleted=change.deleted,
            created=change.created,
            file=c.file,
            copy=c.copy,
        )
