"""What a page of changes says besides the rows that changed: documents that came and that left.

What left a window is told whole, for its reader may still see it; what left their rights by id
only, and only to who could see it before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync_server.core.port import DOCUMENT, StoredRow, Transaction
from sync_server.core.scope import Scope, ScopeMove


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says besides the rows that changed: whole documents, and what left.

    `left` rows are outside the window and may still be seen; of `lost` ones only the id is told.
    """

    entered: tuple[StoredRow, ...] = ()
    left: tuple[StoredRow, ...] = ()
    lost: tuple[ScopeMove, ...] = ()


def around(
    held: Transaction,
    scope: Scope,
    rows: Sequence[StoredRow],
    page: tuple[int, int],
    tables: Sequence[str],
) -> Around:
    """What a `page` (after, upto] of `rows` must say so that whole documents come and go.

    A first page of all needs nothing more: who knows no row misses none.
    """
    after, upto = page
    limited = [table for table in tables if scope.limits(table)]
    if not limited or after == 0:
        return Around()
    moves = [m for m in held.moves(limited, after, upto) if scope.may_see(m.table, m.cells)]
    now = held.rows_by_id({move.id for move in moves})
    touched = _touched(scope, rows, moves, now)
    found = {row.id: row for row in rows}
    entered: list[StoredRow] = []
    left: dict[str, StoredRow] = {}
    for table, keys in touched.items():
        for document in _documents(held, table, keys).values():
            theirs = [row for row in document if scope.may_see(table, row.cells)]
            if scope.is_inside(table, (row.cells for row in theirs)):
                entered += [r for r in theirs if r.id not in found and r.seq <= after]
            else:
                left |= {row.id: row for row in theirs}
    lost = {m.id: m for m in moves if m.id not in found and _is_hidden(scope, now.get(m.id))}
    return Around(tuple(entered), tuple(left.values()), tuple(lost.values()))


def _is_hidden(scope: Scope, row: StoredRow | None) -> bool:
    """Whether a row that once could be seen can be seen no more (a purged one neither)."""
    return row is None or not scope.may_see(row.table, row.cells)


def _touched(
    scope: Scope,
    rows: Iterable[StoredRow],
    moves: Iterable[ScopeMove],
    now: Mapping[str, StoredRow],
) -> dict[str, set[str]]:
    """The documents whose place inside or outside the window may have changed, by table."""
    found: dict[str, set[str]] = {table: set() for table in scope.window}
    for row in rows:
        if row.table in found and not row.deleted:
            found[row.table].add(row.key)
    for move in moves:
        if move.table in found:
            found[move.table].add(move.key)
            present = now.get(move.id)
            if present is not None and not present.deleted:
                found[move.table].add(present.key)
    return found


def _documents(held: Transaction, table: str, keys: Iterable[str]) -> dict[str, list[StoredRow]]:
    documents: dict[str, list[StoredRow]] = {}
    wanted = sorted(keys)
    for row in held.rows_where(table, DOCUMENT, wanted) if wanted else ():
        documents.setdefault(row.key, []).append(row)
    return documents
