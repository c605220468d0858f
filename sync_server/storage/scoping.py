"""Rows that reach a reader, as conditions of SQL; what moved; limits of people; versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sync_server.core.port import Batch, Commit
from sync_server.core.scope import Scope, ScopeMove
from sync_server.storage.declared import live
from sync_server.storage.dialect import Dialect, Record
from sync_server.storage.reading import Reader
from workbook_templates.limits import Limit
from workbook_templates.schema import Sheet

Condition = tuple[str, list[object]]  # of SQL, and its parameters
MOVE = ("company", "seq", "id", "tbl", "document", "cells")
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, str]).decode


def reaching(dialect: Dialect, scope: Scope, tables: Iterable[str]) -> Condition:
    """A condition on `rows`, to be put behind others; says the same as `Scope` does."""
    texts: list[str] = []
    parameters: list[object] = []
    for table in sorted(set(tables)):
        if scope.limits(table):
            text, values = _reaching(dialect, scope, table)
            texts.append(f" AND (tbl <> '{table}' OR ({text}))")
            parameters += values
    return "".join(texts), parameters


def _reaching(dialect: Dialect, scope: Scope, table: str) -> Condition:
    rights, seen = _all(dialect, scope.rights.get(table, ()))
    window, shown = _all(dialect, scope.window.get(table, ()))
    if not window:
        return rights, seen
    live_here = live(table)  # names are those of the inner rows
    mine = f"{rights} AND " if rights else ""
    exists = (
        "EXISTS (SELECT 1 FROM rows w WHERE w.company = rows.company"
        f" AND w.document = rows.document AND {live_here} AND {mine}{window})"
    )
    return f"{mine}(deleted OR {exists})", [*seen, *seen, *shown]


def _all(dialect: Dialect, limits: Iterable[Limit]) -> Condition:
    texts: list[str] = []
    parameters: list[object] = []
    for limit in limits:
        one, values = [], []
        for column in limit.columns:
            text, given = _one(dialect, limit, dialect.cell(column))
            one.append(text)
            values += given
        texts.append(f"({' OR '.join(one)})")
        parameters += values
    return " AND ".join(texts), parameters


def _one(dialect: Dialect, limit: Limit, cell: str) -> Condition:
    if limit.first:
        return f"SUBSTR({cell}, 1, 7) BETWEEN ? AND ?", [limit.first, limit.last]
    return dialect.among(cell), [dialect.array(limit.values)]


# --- what moved -------------------------------------------------------------------------------


def keep_moves(on: Reader, sheets: Mapping[str, Sheet], batch: Batch) -> None:
    """Writes what the commits of a batch moved."""
    records: list[Record] = [
        (on.company, m.seq, m.id, m.table, m.key, _encode(m.cells).decode())
        for commit in batch.commits
        for m in moves_of(sheets, commit)
    ]
    if records:
        on.behind.at_once(on.dialect.insert, on.connection, "scope_moves", MOVE, records)


def moves_of(sheets: Mapping[str, Sheet], commit: Commit) -> Iterator[ScopeMove]:
    """The rows that left a document, were deleted, or changed by what their sheet is limited."""
    for change in commit.changes:
        before, after = change.before, change.after
        if before is None or before.deleted:
            continue
        sheet = sheets.get(after.table)
        columns = [c for together in (sheet.windows if sheet else ()) for c in together]
        here = {c: before.cells[c] for c in columns if c in before.cells}
        there = {c: after.cells[c] for c in columns if c in after.cells}
        if columns and (after.deleted or before.key != after.key or here != there):
            yield ScopeMove(commit.seq, after.table, after.id, before.key, here)


def moves(on: Reader, tables: Iterable[str], after: int, upto: int) -> list[ScopeMove]:
    """What moved in these tables in the commits (after, upto]."""
    found = on.ask(
        "SELECT seq, tbl, id, document, cells FROM scope_moves WHERE company = ? AND seq > ?"
        f" AND seq <= ? AND {on.dialect.among('tbl')} ORDER BY seq, id",
        *(on.company, after, upto, on.dialect.array(tables)),
    )
    return [ScopeMove(seq, t, i, key, _decode(cells)) for seq, t, i, key, cells in found]


# --- the limits of people ---------------------------------------------------------------------


def limits_of(on: Reader, name: str) -> tuple[tuple[str, str], ...]:
    """The (company, limit) pairs of a person; `on` is of no company."""
    found = on.ask("SELECT company, admits FROM limits WHERE name = ? ORDER BY 1, 2", name)
    return tuple((company, only) for company, only in found)


def limit_person(on: Reader, name: str, only: Sequence[str]) -> None:
    """Puts these limits in the place of those in the reader's company ("*" is every one)."""
    on.tell("DELETE FROM limits WHERE name = ? AND company = ?", name, on.company)
    records = [(on.company, name, text) for text in dict.fromkeys(only)]
    on.dialect.insert(on.connection, "limits", ("company", "name", "admits"), records)


# --- versions of books ------------------------------------------------------------------------


def versions(on: Reader) -> dict[str, int]:
    """Of which version of each book a company's rows are."""
    found = on.ask("SELECT book, version FROM book_versions WHERE company = ?", on.company)
    return {str(book): int(version) for book, version in found}


def note_versions(on: Reader, versions: Mapping[str, int]) -> None:
    """Puts these in the place of those that were noted."""
    on.tell("DELETE FROM book_versions WHERE company = ?", on.company)
    records = [(on.company, book, version) for book, version in versions.items()]
    on.dialect.insert(on.connection, "book_versions", ("company", "book", "version"), records)
