"""Reading sets of rows, sums and projections out of SQL, for one company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection

from sync_server.core.port import DOCUMENT, SOURCE, Days, StoredRow
from sync_server.core.sums import Span, Sums
from sync_server.storage.behind import Behind
from sync_server.storage.declared import live
from sync_server.storage.dialect import Dialect
from sync_server.storage.tables import BY, OF

PAGE = 2000  # records in memory while everything is read
ROW = "tbl, id, document, seq, CAST(cells AS TEXT), deleted, source"
FIRSTS = """
WITH RECURSIVE firsts (first) AS (
    SELECT MIN(k1) FROM totals WHERE company = ? AND name = ?
    UNION ALL
    SELECT (SELECT MIN(k1) FROM totals WHERE company = ? AND name = ? AND k1 > firsts.first)
    FROM firsts WHERE firsts.first IS NOT NULL
)"""
_decode = msgspec.json.Decoder(dict[str, str]).decode


@dataclass(frozen=True, slots=True)
class Reader:
    """The questions of one transaction, put to one company's records."""

    connection: Connection
    dialect: Dialect
    company: str
    behind: Behind = field(default_factory=Behind)

    def ask(self, text: str, *parameters: object) -> Sequence[Sequence[Any]]:
        """All records of a statement with `?` marks."""
        self.behind.wait()
        found = self.connection.exec_driver_sql(self.dialect.sql(text), parameters)
        return found.fetchall()

    def tell(self, text: str, *parameters: object) -> None:
        """Runs a statement that answers nothing."""
        self.behind.at_once(self.run, text, *parameters)

    def run(self, text: str, *parameters: object) -> None:
        """`tell`, without a wait for what was put behind."""
        self.connection.exec_driver_sql(self.dialect.sql(text), parameters)

    def page(self, text: str, *parameters: object) -> Iterator[Sequence[Any]]:
        """The records of a statement, few in memory at a time."""
        self.behind.wait()
        few = {"stream_results": True, "yield_per": PAGE}  # of this statement, not the connection
        sql = self.dialect.sql(text)
        with self.connection.exec_driver_sql(sql, parameters, execution_options=few) as found:
            yield from found  # closed too where its reader stops early

    def rows_by_id(self, ids: Iterable[str]) -> Iterator[StoredRow]:
        """Rows and tombstones by id."""
        chosen = self.dialect.among("id")
        found = self.ask(
            f"SELECT {ROW} FROM rows WHERE company = ? AND {chosen}",
            self.company,
            self.dialect.array(ids),
        )
        return map(stored_row, found)

    def rows_where(
        self, table: str, column: str, values: Iterable[str], days: Days | None = None
    ) -> Iterator[StoredRow]:
        """Live rows by document, by source or by an indexed column, the first kept first."""
        if column == DOCUMENT:
            where = f"{live(table)} AND {self.dialect.among('document')}"
        elif column == SOURCE:
            where = f"NOT deleted AND {self.dialect.among('source')}"
        else:
            where = f"{live(table)} AND {self.dialect.among(self.dialect.cell(column))}"
        span = days[1:] if days else ()
        if days:
            where += f" AND {self.dialect.cell(days.column)} BETWEEN ? AND ?"
        found = self.ask(
            f"SELECT {ROW} FROM rows WHERE company = ? AND {where} ORDER BY ordinal",
            *(self.company, self.dialect.array(values), *span),
        )
        return map(stored_row, found)

    def rows_of(self, table: str) -> Iterator[StoredRow]:
        """All live rows of a table, the first kept first."""
        statement = f"SELECT {ROW} FROM rows WHERE company = ? AND {live(table)} ORDER BY ordinal"
        return map(stored_row, self.ask(statement, self.company))

    def all_rows(self) -> Iterator[StoredRow]:
        """Every row and tombstone, the first kept first."""
        statement = f"SELECT {ROW} FROM rows WHERE company = ? ORDER BY ordinal"
        return map(stored_row, self.page(statement, self.company))

    def feed(
        self, tables: Iterable[str], after: int, limit: int, more: tuple[str, list[object]]
    ) -> list[StoredRow]:
        """Rows newer than a commit, each commit's in the order first kept, cut between commits.

        `more` is a condition that follows others, and its parameters.
        """
        among, wanted = self.dialect.among("tbl"), self.dialect.array(tables)
        select = f"SELECT {ROW}, ordinal FROM rows WHERE company = ? AND {among}{more[0]}"
        asked = (self.company, wanted, *more[1])
        newer = f"{select} AND seq > ? ORDER BY seq LIMIT ?"
        found = list(self.ask(newer, *asked, after, limit))
        if len(found) == limit and found:  # the last commit whole
            last = found[-1][3]
            while found and found[-1][3] == last:
                found.pop()
            found += self.ask(f"{select} AND seq = ?", *asked, last)
        found.sort(key=itemgetter(3, 7))
        return [stored_row(record[:7]) for record in found]

    def totals(
        self,
        key: str,
        width: int,
        by: Sequence[int],
        equal: Mapping[int, str],
        span: Mapping[int, Span],
    ) -> Sums:
        """Sums of `width` amounts, grouped by some columns, narrowed by value and range."""
        group = [BY[n] for n in by]
        amounts = [f"CAST(SUM({v}) AS BIGINT)" for v in OF[:width]]
        narrowed, parameters = _narrowed(equal, span)
        where = " AND ".join(["company = ?", "name = ?", *narrowed])
        grouped = f" GROUP BY {', '.join(group)}" if group else " HAVING COUNT(*) > 0"
        select = f"SELECT {', '.join([*group, *amounts])} FROM"
        if _is_a_slice(equal, span):
            text = (
                f"{FIRSTS} {select} firsts CROSS JOIN totals WHERE k1 = first AND {where}{grouped}"
            )
            found = self.ask(text, *(self.company, key) * 3, *parameters)
        else:
            text = f"{select} totals WHERE {where}{grouped}"
            found = self.ask(text, self.company, key, *parameters)
        cut = len(group)
        return {tuple(record[:cut]): tuple(record[cut:]) for record in found}

    def totals_under(self, key: str, by: int, of: int, firsts: Iterable[str]) -> Sums:
        """Sums under all columns, of some values of the first."""
        found = self.ask(
            f"SELECT {', '.join((*BY[:by], *OF[:of]))} FROM totals WHERE company = ? AND name = ?"
            f" AND {self.dialect.among('k1')}",
            *(self.company, key, self.dialect.array(firsts)),
        )
        return {tuple(record[:by]): tuple(record[by:]) for record in found}


def stored_row(record: Sequence[Any]) -> StoredRow:
    """A row from the columns of ROW."""
    table, row_id, key, seq, cells, deleted, source = record
    return StoredRow(table, row_id, key, seq, _decode(cells), bool(deleted), source)


def _is_a_slice(equal: Mapping[int, str], span: Mapping[int, Span]) -> bool:
    """Whether few values of the second column are wanted for each of the first (days of a month).

    The key begins with the first column: it is then quicker to leap from one of its values to the
    next than to read all between them. CROSS JOIN keeps SQLite to that order.
    """
    return 0 not in equal and 0 not in span and span.get(1, (None, None))[0] is not None


def _narrowed(equal: Mapping[int, str], span: Mapping[int, Span]) -> tuple[list[str], list[str]]:
    where: list[str] = []
    parameters: list[str] = []
    for n, value in equal.items():
        where.append(f"{BY[n]} = ?")
        parameters.append(value)
    for n, ends in span.items():
        for sign, end in zip((">=", "<="), ends, strict=True):
            if end is not None:
                where.append(f"{BY[n]} {sign} ?")
                parameters.append(end)
    return where, parameters
