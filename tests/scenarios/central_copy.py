"""A company in the real core over the store in memory, written to as workbooks do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, StoredRow
from sync_server.core.push import push
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from workbook_templates import wire
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Book, Cells, Company, ReportRequest
from workbook_templates.senders import OWNER

NOW = "2026-06-01T00:00:00Z"


class CentralCopy:
    """One company, empty at first, and the owner who pushes to it."""

    def __init__(self, *books: Book) -> None:
        self.company = Company("contoh", "PT Lajur Contoh")
        self.catalogue = Catalogue(books)
        self.author = Author("Rini", frozenset({OWNER}), self.catalogue)
        self.store = MemoryStore()
        self.store.add_company(self.company, "epoch", b"k" * 32)

    def lay(self, tables: Mapping[str, Iterable[Cells]]) -> None:
        """Pushes the documents of {table: rows}, all of which must be accepted."""
        groups = []
        for table, rows in tables.items():
            documents: dict[str, list[Cells]] = defaultdict(list)
            for n, row in enumerate(rows):
                documents[self.catalogue.sheets[table].key_of(row, str(n))].append(row)
            groups += [self.group(table, lines) for lines in documents.values()]
        refused = [r.errors or r.conflicts for r in self.push(groups) if r.status != wire.APPLIED]
        assert not refused, refused[0]

    def put(self, table: str, *rows: Cells) -> wire.Result:
        """Pushes one document as it is to be: its rows take the place of those it has, in order."""
        return self.push([self.group(table, rows)])[0]

    def delete(self, table: str, key: str) -> wire.Result:
        """Pushes the deletion of a document."""
        rows = self.rows(table, key)
        ops = tuple(wire.Op("del", table, r.id, base=dict(r.cells), seq=r.seq) for r in rows)
        return self.push([wire.Group(make_id(), table, key, ops)])[0]

    def push(self, groups: Sequence[wire.Group]) -> list[wire.Result]:
        """Pushes groups in one request."""
        with self.store.writing(self.company.code) as held:
            batch, results = push(Draft(held, self.catalogue), groups, self.author, NOW)
            held.keep(batch)
        return results

    def group(self, table: str, rows: Iterable[Cells]) -> wire.Group:
        """A document as a workbook sends it."""
        rows = list(rows)
        key = self.catalogue.sheets[table].key_of(rows[0], "")
        kept = self.rows(table, key)
        ops = []
        for n, row in enumerate(rows):
            old = kept[n] if n < len(kept) else None
            cells = {c: (old.cells.get(c) if old else None, text) for c, text in row.items()}
            row_id, seq = (old.id, old.seq) if old else (make_id(), 0)
            ops.append(wire.Op("put", table, row_id, cells, seq=seq))
        return wire.Group(make_id(), table, key, tuple(ops), new=not kept)

    def rows(self, table: str, key: str) -> list[StoredRow]:
        """The live rows of a document."""
        with self.store.reading(self.company.code) as held:
            return Draft(held, self.catalogue).stored(table, DOCUMENT, key)

    @property
    def head(self) -> int:
        """The number of the newest commit."""
        with self.store.reading(self.company.code) as held:
            return held.head

    def tables_of_commit(self, seq: int) -> set[str]:
        """The tables whose rows one commit changed."""
        with self.store.reading(self.company.code) as held:
            kept = next(iter(held.commits_after(seq - 1)))
            return {change.table for change in kept.changes}

    def report(self, name: str, as_of: str) -> list[Cells]:
        """The rows of a report at a date, or from 1 January to it."""
        found = next(r for book in self.catalogue.books for r in book.reports if r.key == name)
        with self.store.reading(self.company.code) as held:
            request = ReportRequest(as_of, f"{as_of[:4]}-01-01", as_of)
            return list(found.build(Draft(held, self.catalogue), request))

    def findings(self) -> list[str]:
        """What `lajur-server verify` finds."""
        with self.store.reading(self.company.code) as held:
            return verify_company(held, self.catalogue)
