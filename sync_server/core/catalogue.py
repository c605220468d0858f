"""All declared sheets, totals and replays of all books, found by the names that the core meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sync_server.core.port import DOCUMENT
from sync_server.core.sums import Adder, adder
from workbook_templates.schema import Book, Replay, Sheet, Totals


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The books that a server serves. Built once at start."""

    books: tuple[Book, ...]

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Sheets by table name "book.sheet"."""
        return {sheet.table: sheet for book in self.books for sheet in book.sheets}

    @cached_property
    def book_of(self) -> dict[str, Book]:
        """The book of each table."""
        return {sheet.table: book for book in self.books for sheet in book.sheets}

    @cached_property
    def replays(self) -> dict[str, Replay]:
        """Replays by key."""
        return {replay.key: replay for book in self.books for replay in book.replays}

    @cached_property
    def replays_of(self) -> dict[str, tuple[Replay, ...]]:
        """The replays into which a table's rows enter."""
        found: dict[str, tuple[Replay, ...]] = {}
        for replay in self.replays.values():
            for table in replay.sources:
                found[table] = (*found.get(table, ()), replay)
        return found

    @cached_property
    def totals(self) -> dict[str, Totals]:
        """Totals by key, of sheets and of replays."""
        return {t.key: t for t in self._all_totals()}

    @cached_property
    def adders(self) -> dict[str, tuple[Adder, ...]]:
        """How the totals of each sheet (by table) and replay (by key) are added up."""
        declared = {t: sheet.totals for t, sheet in self.sheets.items()}
        declared.update((key, replay.totals) for key, replay in self.replays.items())
        return {name: tuple(map(adder, totals)) for name, totals in declared.items()}

    @cached_property
    def looked_up(self) -> dict[str, tuple[str, ...]]:
        """The indexed columns of each table, and DOCUMENT."""
        return {table: (*sheet.indexes, DOCUMENT) for table, sheet in self.sheets.items()}

    def _all_totals(self) -> Iterable[Totals]:
        for sheet in self.sheets.values():
            yield from sheet.totals
        for replay in self.replays.values():
            yield from replay.totals

    @cached_property
    def references_to(self) -> dict[str, frozenset[str]]:
        """The books whose sheets refer to a table, by table."""
        found: dict[str, frozenset[str]] = {}
        for sheet in self.sheets.values():
            for column in sheet.reference_columns:
                for table in column.tables:
                    found[table] = found.get(table, frozenset()) | {sheet.book}
        return found

    @cached_property
    def parents(self) -> dict[str, str]:
        """Of each table that is a tree, the indexed column in which a row names the one above."""
        return {
            table: column.key
            for table, sheet in self.sheets.items()
            for column in sheet.reference_columns
            if column.tables == (table,) and column.key in sheet.indexes
        }

    @cached_property
    def numbers(self) -> bool:
        """Whether any sheet is numbered by the server."""
        return any(sheet.numbering for sheet in self.sheets.values())

    @cached_property
    def quiet(self) -> frozenset[str]:
        """Tables from whose rows nothing else follows but sums (the journal)."""
        return frozenset(
            table
            for table, sheet in self.sheets.items()
            if not sheet.proposes
            and not sheet.refreshes
            and table not in self.replays_of
            and not any(t.proposes for t in sheet.totals)
        )
