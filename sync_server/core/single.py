"""One row written by itself: what macros and curl send, as a group of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync_server.core.access import Author
from sync_server.core.errors import PreconditionFailed, WholeDocument
from sync_server.core.port import Transaction
from sync_server.core.seen import columns_of, seen_row
from workbook_templates import wire
from workbook_templates.schema import Cells


@dataclass(frozen=True)
class RowWrite:
    """What is asked of one row. `seq`: the version that is changed, None for a new row;
    `cells`: what shall stand in it, None to delete it. `mid` makes a repeat harmless.
    """

    table: str
    id: str
    mid: str
    seq: int | None
    cells: Mapping[str, str | None] | None


def row_at(held: Transaction, row_id: str, seq: int) -> wire.Audit | None:
    """A row as a commit left it (its `cells`: column -> [text, text]); None where it was not yet.

    The answer's `seq` is that of the commit which had last changed it, `deleted` if it was gone.
    """
    cells: dict[str, str | None] = {}
    last: wire.Audit | None = None
    for change in held.history(row_id):
        if change.seq > seq:
            break
        cells.update({column: after for column, (_, after) in change.cells.items()})
        last = change
    if last is None:
        return None
    kept: dict[str, tuple[str | None, str | None]]
    kept = {column: (text, text) for column, text in cells.items() if text is not None}
    return wire.Audit(last.seq, last.t, row_id, kept, last.by, last.when, deleted=last.deleted)


def as_group(held: Transaction, author: Author, asked: RowWrite) -> wire.Group:
    """The group that writes the row. The same request makes the same group whatever happened since.

    Raises `WholeDocument` for a row that lands only with others, `PreconditionFailed` for a version
    that never was, `NotFound`, `NotYours`.
    """
    columns = columns_of(author, asked.table)
    sheet = author.catalogue.sheets[asked.table]
    if sheet.group_by:
        raise WholeDocument(
            f"{sheet.title['en']}: rows of one {sheet.group_by} land together, send them to /push",
            table=asked.table,
        )
    base = _base(held, asked)
    key = sheet.key_of({**base, **(asked.cells or {})}, asked.id)
    if asked.cells is None:
        known: Cells = {c: text for c, text in base.items() if c in columns}
        op = wire.Op("del", asked.table, asked.id, base=dict(known), seq=asked.seq or 0)
    else:
        pairs = {column: (base.get(column), text) for column, text in asked.cells.items()}
        op = wire.Op("put", asked.table, asked.id, pairs, seq=asked.seq or 0)
    version = author.catalogue.book_of[asked.table].version
    return wire.Group(asked.mid, asked.table, key, (op,), new=asked.seq is None, schema=version)


def check_version(held: Transaction, author: Author, asked: RowWrite) -> None:
    """Raises `PreconditionFailed` where the row is not as its writer has read it."""
    row = held.rows_by_id([asked.id]).get(asked.id)
    here = row if row is not None and row.table == asked.table else None
    as_read = here is not None and here.seq == asked.seq and not here.deleted
    if as_read or (asked.seq is None and row is None):
        return
    raise PreconditionFailed(
        "Read the row again, then change what it is now",
        row=seen_row(author, here) if here is not None else None,
    )


def _base(held: Transaction, asked: RowWrite) -> dict[str, str | None]:
    if asked.seq is None:
        return {}
    then = row_at(held, asked.id, asked.seq)
    if then is None or then.t != asked.table:
        return {}
    return {column: text for column, (text, _) in then.cells.items()}
