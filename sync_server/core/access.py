"""Who may see and change what: roles by book, and the columns that a role sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from sync_server.core.catalogue import Catalogue
from workbook_templates.schema import Book, Sheet

OWNER = "owner"


@dataclass(frozen=True)
class Author:
    """A signed-in person, in one company, with their roles there."""

    name: str
    roles: frozenset[str]
    catalogue: Catalogue = field(compare=False, repr=False)
    copy: str = ""
    file: str = ""

    def may_write(self, table: str) -> bool:
        """Whether they may change rows of a table."""
        return table in self._writable

    @cached_property
    def _writable(self) -> frozenset[str]:
        books = self.catalogue.book_of
        return frozenset(t for t, book in books.items() if _allowed(self.roles, book.writers))

    def may_read(self, book: Book) -> bool:
        """Whether they may see a whole book."""
        return _allowed(self.roles, book.writers | book.readers)

    @cached_property
    def visible(self) -> dict[str, tuple[str, ...]]:
        """Table -> the columns that they see. A table that only a book of theirs refers to shows
        its key and its name, for drop-downs; every other table is absent.
        """
        mine = {b.key for b in self.catalogue.books if self.may_read(b)}
        seen: dict[str, tuple[str, ...]] = {}
        for table, sheet in self.catalogue.sheets.items():
            if sheet.book in mine:
                seen[table] = tuple(c.key for c in sheet.columns if self._sees(c.seen_by))
            elif self.catalogue.references_to.get(table, frozenset()) & mine:
                seen[table] = names_of(sheet)
        return seen

    @property
    def scope(self) -> str:
        """A short digest of everything that decides what they see; a cursor is bound to it."""
        text = repr(sorted((t, c) for t, c in self.visible.items()))
        return sha256(text.encode()).hexdigest()[:16]

    def _sees(self, seen_by: frozenset[str]) -> bool:
        return not seen_by or _allowed(self.roles, seen_by)


def names_of(sheet: Sheet) -> tuple[str, ...]:
    """The columns by which other books know a row: its key and its name."""
    names = tuple(c.key for c in sheet.columns if c.key in {"name"})
    return (*sheet.key_columns, *names)


def _allowed(roles: frozenset[str], wanted: frozenset[str]) -> bool:
    return OWNER in roles or bool(roles & wanted)
