"""Writing a batch: rows, audit, commits, results, sums and projections, each in one set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sync_server.core.audit import by_row_id, cells_text, kept_change, link
from sync_server.core.port import Batch, Commit, StoredResult, StoredRow
from sync_server.storage.adding import MANY, Gathered, gather, put_sums
from sync_server.storage.dialect import Record, Upsert
from sync_server.storage.projections import keep_projection
from sync_server.storage.reading import Reader

ROW = ("company", "id", "tbl", "document", "seq", "ordinal", "deleted", "source", "cells")
COMMIT = (
    *("company", "seq", "mid", "author", "at", "kind", "cause", "file", "copy"),
    *("made_by", "hash"),
)
AUDIT = (
    *("company", "seq", "id", "previous", "tbl", "deleted", "created"),
    *("sheet", "sheet_row", "copied_from", "cells"),
)
FORMULAS = ("company", "seq", "id", "texts")
RESULT = ("company", "mid", "digest", "status", "author", "at", "result")
ON_ROW = Upsert(
    "rows",
    ROW,
    ("company", "id"),
    "document = excluded.document, seq = excluded.seq, deleted = excluded.deleted,"
    " source = excluded.source, cells = excluded.cells",
)
ON_SERIES = Upsert(
    "series", ("company", "name", "last"), ("company", "name"), "last = excluded.last"
)
MOVE_ON = "UPDATE companies SET head = ?, hash = ?, rows_kept = ? WHERE code = ?"


Created = tuple[StoredRow, str]  # a new row, and the text of its cells


@dataclass
class Chain:
    """Where a company's records end: the newest link and the number of rows ever made."""

    hash: str
    rows_kept: int


@dataclass
class _Records:
    """A batch as records of the tables that only grow, and by id what new rows were at first."""

    commits: list[Record] = field(default_factory=list)
    audit: list[Record] = field(default_factory=list)
    formulas: list[Record] = field(default_factory=list)
    created: dict[str, Created] = field(default_factory=dict)


def keep(on: Reader, batch: Batch, chain: Chain, gathered: Gathered) -> None:
    """Writes everything that a batch adds, its sums perhaps later, and moves the chain on."""
    dialect, connection, company = on.dialect, on.connection, on.company
    put = on.behind.put if len(batch.rows) >= MANY else on.behind.at_once
    records = _Records()
    for commit in batch.commits:
        chain.hash = _add_commit(company, commit, chain.hash, records)
    put(dialect.insert, connection, "audit", AUDIT, records.audit)
    put(dialect.insert, connection, "commits", COMMIT, records.commits)
    if records.formulas:
        put(dialect.insert, connection, "formulas", FORMULAS, records.formulas)
    new, changed = _row_records(company, batch.rows, records.created, chain)
    put(dialect.insert, connection, "rows", ROW, new)
    put(dialect.upsert, connection, ON_ROW, changed)
    put(dialect.insert, connection, "mutations", RESULT, list(_results(company, batch.results)))
    put(put_sums, on, batch.totals)
    gather(on, gathered, batch.moved)
    for key, partitions in batch.replays.items():
        keep_projection(on, key, partitions)
    if batch.numbers:
        numbers = [(company, series, last) for series, last in batch.numbers.items()]
        put(dialect.upsert, connection, ON_SERIES, numbers)
    put(on.run, MOVE_ON, batch.head, chain.hash, chain.rows_kept, company)


def _add_commit(company: str, commit: Commit, previous: str, records: _Records) -> str:
    """The commit's link; its records are added."""
    changes = by_row_id(commit)
    kept = list(map(kept_change, changes))
    for change, k in zip(changes, kept, strict=True):
        before, place = change.before, change.place
        if before is None:
            records.created[k.id] = (change.after, k.cells)
        seen = (place.sheet, place.row) if place else (None, None)
        since = before.seq if before else None
        records.audit.append(
            (
                *(company, commit.seq, k.id, since, k.table, k.deleted, k.created),
                *(*seen, change.copied_from, k.cells),
            )
        )
        if k.formulas:
            records.formulas.append((company, commit.seq, k.id, k.formulas))
    c, chained = commit, link(previous, commit, kept)
    records.commits.append(
        (company, c.seq, c.mid, c.user, c.at, c.kind, c.cause, c.file, c.copy, c.made_by, chained)
    )
    return chained


def _row_records(
    company: str, rows: Mapping[str, StoredRow], created: Mapping[str, Created], chain: Chain
) -> tuple[list[Record], list[Record]]:
    """The rows that are new, and those that were there."""
    new: list[Record] = []
    changed: list[Record] = []
    for row in rows.values():
        first, text = created.get(row.id, (None, ""))
        if first is not row or row.deleted:
            text = cells_text(row.cells)
        records, ordinal = changed, 0
        if first is not None:
            chain.rows_kept += 1
            records, ordinal = new, chain.rows_kept
        records.append(
            (company, row.id, row.table, row.key, row.seq, ordinal, row.deleted, row.source, text)
        )
    return new, changed


def _results(company: str, results: Mapping[str, StoredResult]) -> Iterator[Record]:
    for mid, r in results.items():
        yield (company, mid, r.digest, r.status, r.user, r.at, r.result)
