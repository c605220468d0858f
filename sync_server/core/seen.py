"""What a person may see of rows and of their audit: the one place where anything is left out.

What may not be seen is absent, which is not blank (docs/protocol.md, Reading).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sync_server.core.access import Author
from sync_server.core.audit import changed_cells, formulas_of
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
    if row.table not in author.visible or not author.may_see(row.table, row.cells):
        return None
    cells: dict[str, str | None] = {}
    if not row.deleted:
        cells = {column: row.cells.get(column) for column in author.visible[row.table]}
    return RowState(row.table, row.id, row.seq, cells, row.deleted, src=row.source)


def seen_changes(
    author: Author, changes: Iterable[Audit], trail: Callable[[str], Iterable[Audit]]
) -> Iterator[Audit]:
    """Changes with the columns that their reader sees; those of nothing else are left out.

    `trail` gives all changes of a row, oldest first: of a row that came into their rights, or left
    them, they see what it was and became while it was there.
    """
    for change in changes:
        columns = author.visible.get(change.t)
        known = _within_rights(author, change, trail) if columns is not None else None
        if known is None or columns is None:
            continue
        # In the order of the sheet: that of the record would tell of columns that are left out.
        cells = {column: known.cells[column] for column in columns if column in known.cells}
        if cells or known.deleted or known.created:
            formulas = {c: text for c, text in known.f.items() if c in cells}
            yield replace(known, cells=cells, f=formulas)


def _within_rights(
    author: Author, change: Audit, trail: Callable[[str], Iterable[Audit]]
) -> Audit | None:
    """A change of a row between states that may be seen; None where neither may be."""
    if change.t not in author.rights:
        return change
    before = cells_after(c for c in trail(change.rid) if c.seq < change.seq)
    whole = before if change.deleted else cells_after([_state(before), change])
    came = whole is not None and author.may_see(change.t, whole)
    was = before is not None and author.may_see(change.t, before)
    if came and (was or before is None):
        return change
    if came and whole is not None:
        return replace(change, cells=_came(whole), created=True, f={})
    if was and before is not None:
        return replace(change, cells=_gone(before), deleted=True, f={})
    return None


def _came(cells: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {column: (None, text) for column, text in cells.items()}


def _gone(cells: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {column: (text, None) for column, text in cells.items()}


def _state(cells: dict[str, str] | None) -> Audit:
    """A row as it stood, as if it was created so."""
    pairs: dict[str, tuple[str | None, str | None]] = {}
    pairs.update((column, (None, text)) for column, text in (cells or {}).items())
    return Audit(0, "", "", pairs, "", "", created=True)


def cells_after(changes: Iterable[Audit]) -> dict[str, str] | None:
    """The cells of a row after its changes, oldest first; None where it is not there then."""
    cells: dict[str, str] | None = None
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
            made_by=c.made_by,
            f=formulas_of(change.formulas),
        )
