"""What is new for one reader since their cursor: state-based, cut only between commits."""

from __future__ import annotations

from collections.abc import Sequence

from sync_server.core.access import Author
from sync_server.core.cursor import Cursor, read_cursor, write_cursor
from sync_server.core.errors import EpochChanged, NotFound, NotYours, ScopeChanged
from sync_server.core.port import Transaction
from sync_server.core.push import row_state
from workbook_templates import wire


def pull(
    held: Transaction, author: Author, tables: Sequence[str], cursor: str | None, limit: int
) -> wire.Changes:
    """One page of changes. Without a cursor, from the beginning.

    Raises `EpochChanged`, `ScopeChanged`, `CursorForged`, `NotFound`, `NotYours`.
    """
    wanted = tuple(sorted(set(tables)))
    for table in wanted:
        if table not in author.catalogue.sheets:
            raise NotFound(f"There is no table {table}", table=table)
        if table not in author.visible:
            raise NotYours(f"You may not see {table}", table=table)
    after = _position(held, author, wanted, cursor)
    rows = held.feed(wanted, after, limit)
    more = len(rows) >= limit
    to = rows[-1].seq if more else held.head
    here = Cursor(held.epoch, to, author.scope, wanted)
    return wire.Changes(
        epoch=held.epoch,
        head=held.head,
        more=more,
        cursor=write_cursor(here, held.secret),
        rows=tuple(row_state(row, author.visible[row.table]) for row in rows),
        scope=author.scope,
    )


def _position(
    held: Transaction, author: Author, tables: tuple[str, ...], cursor: str | None
) -> int:
    if cursor is None:
        return 0
    read = read_cursor(cursor, held.secret)
    if read.epoch != held.epoch or read.seq > held.head:
        raise EpochChanged
    if read.scope != author.scope or read.tables != tables:
        raise ScopeChanged
    return read.seq
