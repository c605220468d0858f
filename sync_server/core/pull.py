"""What is new for one reader since their cursor: state-based, cut only between commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain

from sync_server.core.access import Author
from sync_server.core.answers import row_state
from sync_server.core.arrivals import around
from sync_server.core.cursor import Cursor, read_cursor, write_cursor
from sync_server.core.errors import (
    Behind,
    CursorExpired,
    EpochChanged,
    ScopeChanged,
)
from sync_server.core.port import StoredRow, Transaction
from sync_server.core.schemas import lowered_rows
from sync_server.core.scope import Scope
from sync_server.core.seen import columns_of
from workbook_templates import wire
from workbook_templates.lenses import Step
from workbook_templates.limits import Limits


@dataclass(frozen=True)
class Asked:
    """What a reader wants: these tables, of them what is inside a window, up to `limit` rows, in
    the words of an old template where `steps` lead to one, from a state that knows of `min_seq`.
    """

    tables: Sequence[str]
    cursor: str | None
    limit: int
    window: Limits = field(default_factory=dict)
    steps: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    min_seq: int = 0


def pull(held: Transaction, author: Author, asked: Asked) -> wire.Changes:
    """One page of changes. Without a cursor, from the beginning.

    Raises `EpochChanged`, `ScopeChanged`, `CursorExpired`, `CursorForged`, `Behind`, `NotFound`,
    `NotYours`.
    """
    wanted = tuple(sorted(set(asked.tables)))
    for table in wanted:
        columns_of(author, table)
    window = {t: limits for t, limits in asked.window.items() if t in wanted}
    scope = Scope(author.rights, window)
    since = _position(held, author, wanted, asked, _digest(window))
    rows = held.feed(wanted, since.seq, asked.limit, scope)
    more = len(rows) >= asked.limit
    to = rows[-1].seq if more else held.head
    floor = since.floor if more else 0
    here = Cursor(held.epoch, to, author.scope, wanted, _mark(held, to), floor, _digest(window))
    return wire.Changes(
        epoch=held.epoch,
        head=held.head,
        more=more,
        cursor=write_cursor(here, held.secret),
        rows=lowered_rows(_told(held, author, scope, rows, (since.seq, to, wanted)), asked.steps),
        scope=author.scope,
        mark=held.mark,
    )


def check_reached(held: Transaction, seq: int) -> None:
    """Raises `Behind` where a commit is not here that the reader knows of from another server."""
    if held.head < seq:
        raise Behind(f"Read up to {held.head}, asked for {seq}", head=held.head, min_seq=seq)


def _told(
    held: Transaction,
    author: Author,
    scope: Scope,
    rows: list[StoredRow],
    page: tuple[int, int, Sequence[str]],
) -> tuple[wire.RowState, ...]:
    """The rows of a page, those that came along with them, and those that left."""
    after, upto, tables = page
    beside = around(held, scope, rows, (after, upto), tables)
    gone, columns = {row.id for row in beside.left}, author.visible
    told = [
        row_state(row, columns[row.table])
        for row in chain(rows, beside.entered)
        if row.id not in gone
    ]
    for row in beside.left:
        state = row_state(row, columns[row.table])
        state.gone = True
        told.append(state)
    told += [wire.RowState(m.table, m.id, m.seq, gone=True) for m in beside.lost]
    return tuple(told)


def _digest(window: Limits) -> str:
    """A short mark of a window: a cursor is bound to it."""
    return sha256(repr(sorted(window.items())).encode()).hexdigest()[:8] if window else ""


def _mark(held: Transaction, seq: int) -> str:
    """The name of the history up to a commit; before the first there is none."""
    if seq == 0:
        return ""
    return held.mark if seq == held.head else held.marks([seq]).get(seq, "")


def _position(
    held: Transaction, author: Author, tables: tuple[str, ...], asked: Asked, window: str
) -> Cursor:
    """Where a reader stands. Who reads from the beginning misses no deletion as long as nothing
    more is purged; who goes on from a commit must have it behind them.
    """
    read = read_cursor(asked.cursor, held.secret) if asked.cursor is not None else None
    if read is not None and read.epoch != held.epoch:
        raise EpochChanged
    check_reached(held, asked.min_seq)
    if read is None:
        return Cursor(held.epoch, 0, author.scope, tables, "", held.floor, window)
    if read.seq > held.head:
        raise EpochChanged
    if read.mark and read.mark != _mark(held, read.seq):
        raise EpochChanged  # the database was put back by hand, and has gone on since
    if (read.scope, read.tables, read.window) != (author.scope, tables, window):
        raise ScopeChanged
    if read.seq < held.floor and read.floor != held.floor:
        raise CursorExpired
    return read
