"""One company in an SQL database: the port's `Transaction`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sync_server.core.audit import changed_cells, formulas_of, mark
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import NotFound
from sync_server.core.port import (
    Batch,
    Commit,
    Days,
    KeptChange,
    KeptCheckpoint,
    KeptCommit,
    Outlived,
    StoredResult,
    StoredRow,
)
from sync_server.core.scope import Scope, ScopeMove
from sync_server.core.sums import Span, Sums
from sync_server.storage import projections, purging
from sync_server.storage.adding import Gathered
from sync_server.storage.keeping import Chain, keep
from sync_server.storage.reading import Reader
from sync_server.storage.scoping import keep_moves, moves, reaching
from workbook_templates.schema import Cells, Company
from workbook_templates.wire import Audit, Place

HISTORY = """
WITH RECURSIVE trail (seq) AS (
    SELECT seq FROM audit WHERE company = ? AND seq = ? AND id = ?
    UNION ALL
    SELECT a.previous FROM trail JOIN audit a ON a.company = ? AND a.seq = trail.seq AND a.id = ?
    WHERE a.previous IS NOT NULL
)
SELECT a.seq, a.tbl, a.cells, c.author, c.at, c.cause, c.mid, a.deleted, a.created,
    a.sheet, a.sheet_row, c.file, c.copy, c.made_by, f.texts
FROM trail
JOIN audit a ON a.company = ? AND a.seq = trail.seq AND a.id = ?
JOIN commits c ON c.company = ? AND c.seq = trail.seq
LEFT JOIN formulas f ON f.company = a.company AND f.seq = a.seq AND f.id = a.id
ORDER BY a.seq"""
COMMITS = """
SELECT c.seq, c.mid, c.author, c.at, c.kind, c.cause, c.file, c.copy, c.made_by, c.hash,
    a.tbl, a.id, a.deleted, a.created, a.cells, f.texts
FROM commits c LEFT JOIN audit a ON a.company = c.company AND a.seq = c.seq
LEFT JOIN formulas f ON f.company = a.company AND f.seq = a.seq AND f.id = a.id
WHERE c.company = ? AND c.seq > ? ORDER BY c.seq, a.id"""
COMPANY = (
    "SELECT code, name, currency, pack, language, epoch, head, secret, hash, rows_kept, min_cursor"
    " FROM companies WHERE code = ?"
)


class SqlTransaction:
    """One company's records, inside a transaction that the store has begun."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        found = reader.ask(COMPANY, reader.company)
        if not found:
            raise NotFound(f"There is no company {reader.company}", company=reader.company)
        *company, self.epoch, self.head, secret, chained, rows_kept, self.floor = found[0]
        self.company = Company(*company)
        self.secret = bytes.fromhex(secret)
        self._chain = Chain(chained, rows_kept)
        self._gathered = Gathered()
        self._on = reader
        self._catalogue = catalogue

    @property
    def rows_kept(self) -> int:
        """How many rows were ever made."""
        return self._chain.rows_kept

    def rows_by_id(self, ids: Iterable[str]) -> dict[str, StoredRow]:
        """Rows by id, tombstones too."""
        return {row.id: row for row in self._on.rows_by_id(ids)}

    def rows_where(
        self, table: str, column: str, values: Iterable[str], days: Days | None = None
    ) -> list[StoredRow]:
        """Live rows with one of these values."""
        return list(self._on.rows_where(table, column, values, days))

    def rows_of(self, table: str) -> list[StoredRow]:
        """All live rows of a table."""
        return list(self._on.rows_of(table))

    def feed(
        self, tables: Iterable[str], after: int, limit: int, scope: Scope | None = None
    ) -> list[StoredRow]:
        """Rows newer than a commit, cut between commits, that reach a reader."""
        tables = tuple(tables)
        more = reaching(self._on.dialect, scope, tables) if scope else ("", [])
        return self._on.feed(tables, after, limit, more)

    def moves(self, tables: Iterable[str], after: int, upto: int) -> list[ScopeMove]:
        """What moved in these tables."""
        return moves(self._on, tables, after, upto)

    def totals(
        self, key: str, by: Sequence[int], equal: Mapping[int, str], span: Mapping[int, Span]
    ) -> Sums:
        """Sums grouped by some columns, narrowed by value and range."""
        width = len(self._catalogue.totals[key].of)
        return self._on.totals(key, width, by, equal, span)

    def all_totals(self, key: str) -> Sums:
        """All sums under all columns."""
        return self.totals(key, range(len(self._catalogue.totals[key].by)), {}, {})

    def totals_under(self, key: str, firsts: Iterable[str]) -> Sums:
        """Sums of some values of the first column."""
        declared = self._catalogue.totals[key]
        return self._on.totals_under(key, len(declared.by), len(declared.of), firsts)

    def replayed_since(self, key: str, positions: Mapping[str, int]) -> dict[str, list[Cells]]:
        """Rows of a projection by partition, from its position on."""
        return projections.replayed_since(self._on, key, positions)

    def checkpoints(self, key: str, partitions: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Day and position of each checkpoint by partition."""
        return projections.checkpoints(self._on, key, partitions)

    def checkpoint_states(self, key: str, days: Mapping[str, str]) -> dict[str, str]:
        """By partition the state of its checkpoint of that day."""
        return projections.checkpoint_states(self._on, key, days)

    def all_replays(self, key: str) -> dict[str, list[Cells]]:
        """All partitions that have rows."""
        return projections.all_replays(self._on, key)

    def all_checkpoints(self, key: str) -> dict[str, list[KeptCheckpoint]]:
        """All checkpoints by partition."""
        return projections.all_checkpoints(self._on, key)

    def all_rows(self) -> Iterator[StoredRow]:
        """Every row and tombstone, the first kept first."""
        return self._on.all_rows()

    def numbers(self) -> dict[str, int]:
        """The last number given of each series."""
        statement = "SELECT name, last FROM series WHERE company = ?"
        return dict(map(tuple, self._on.ask(statement, self._on.company)))

    def results(self, mids: Iterable[str]) -> dict[str, StoredResult]:
        """What became of these mutations."""
        found = self._on.ask(
            "SELECT mid, digest, status, author, at, result FROM mutations"
            f" WHERE company = ? AND {self._on.dialect.among('mid')}",
            self._on.company,
            self._on.dialect.array(mids),
        )
        return {mid: StoredResult(*rest) for mid, *rest in found}

    def authors(self, seqs: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Who made a commit and when."""
        statement = "SELECT seq, author, at FROM commits WHERE company = ? AND seq = ?"
        found = [r for seq in set(seqs) for r in self._on.ask(statement, self._on.company, seq)]
        return {seq: (author, at) for seq, author, at in found}

    def history(self, row_id: str) -> list[Audit]:
        """Every change of a row, oldest first."""
        asked = "SELECT seq FROM rows WHERE company = ? AND id = ?"
        found = self._on.ask(asked, self._on.company, row_id)
        if not found and self.floor:  # purged perhaps: its last change is looked for
            asked = "SELECT MAX(seq) FROM audit WHERE company = ? AND id = ? AND seq <= ?"
            found = self._on.ask(asked, self._on.company, row_id, self.floor)
        return self.trail(row_id, found[0][0]) if found and found[0][0] else []

    def trail(self, row_id: str, seq: int) -> list[Audit]:
        """Every change of a row up to that of a commit, oldest first."""
        company, pair = self._on.company, (self._on.company, row_id)
        found = self._on.ask(HISTORY, company, seq, row_id, *pair, *pair, company)
        return [_told(row_id, record) for record in found]

    @property
    def mark(self) -> str:
        """The short name of the history that ends with the newest commit."""
        return mark(self._chain.hash)

    def marks(self, seqs: Iterable[int]) -> dict[int, str]:
        """The short names of the histories that end with these commits."""
        statement = "SELECT hash FROM commits WHERE company = ? AND seq = ?"
        found = {seq: self._on.ask(statement, self._on.company, seq) for seq in set(seqs)}
        return {seq: mark(records[0][0]) for seq, records in found.items() if records}

    def last_before(self, at: str) -> int:
        """The last commit such that it and all before it are older than a moment."""
        return purging.last_before(self._on, at, self.head)

    def outlived(self, upto: int, before: str) -> Outlived:
        """What `purge` would take away."""
        return purging.outlived(self._on, upto, before, self.floor)

    def purge(self, upto: int, before: str) -> None:
        """Takes away tombstones up to a commit, raising the floor, and results older than that."""
        self.floor = purging.purge(self._on, upto, before, self.floor)

    def commits_after(self, seq: int) -> Iterator[KeptCommit]:
        """Newer commits in order, few in memory at a time."""
        found = self._on.page(COMMITS, self._on.company, seq)
        for head, records in groupby(found, itemgetter(slice(0, 10))):
            changes = tuple(
                KeptChange(table, row_id, bool(deleted), bool(created), cells, formulas or "")
                for *_, table, row_id, deleted, created, cells, formulas in records
                if row_id is not None
            )
            yield KeptCommit(_commit(head), changes, head[9])

    def keep(self, batch: Batch) -> None:
        """Writes a batch."""
        keep(self._on, batch, self._chain, self._gathered)
        keep_moves(self._on, self._catalogue.sheets, batch)
        self.head = batch.head


def _commit(head: Sequence[Any]) -> Commit:
    seq, mid, user, at, kind, cause, file, copy, made_by, _ = head
    return Commit(seq, mid, user, at, kind, cause, file, copy, (), made_by)


def _told(row_id: str, record: Sequence[Any]) -> Audit:
    seq, table, cells, by, when, cause, mid, deleted, created, *rest = record
    sheet, sheet_row, *of, formulas = rest
    place = Place(sheet, sheet_row) if sheet is not None else None
    changed = changed_cells(cells, created)
    return Audit(
        *(seq, table, row_id, changed, by, when, cause, mid),
        *(bool(deleted), bool(created), place, *of, formulas_of(formulas)),
    )
