"""Who may see and change what: roles by book, and the columns that a role sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from sync_server.core.catalogue import Catalogue
from workbook_templates.limits import Limit, Limits, by_table, within
from workbook_templates.schema import Book, Cells, Sheet
from workbook_templates.senders import OWNER, Sender

NO_LIMITS: Limits = {}
MANY = 1024  # different sets of roles that are remembered


@dataclass(frozen=True)
class Author(Sender):
    """A signed-in person, in one company, with their roles there; of a push also the file, and the
    commit up to which it has read (`head`).
    """

    catalogue: Catalogue = field(compare=False, repr=False)
    copy: str = ""
    file: str = ""
    only: tuple[Limit, ...] = ()
    head: int = 0

    @property
    def rights(self) -> Limits:
        """The limits of the rows that they may see and write, by table."""
        return by_table(self.only) if self.only else NO_LIMITS

    def may_see(self, table: str, cells: Cells) -> bool:
        """Whether a row is one that they may see; a tombstone by its last cells."""
        return not self.only or within(self.rights.get(table, ()), cells)

    def may_write(self, table: str) -> bool:
        """Whether they may change rows of a table."""
        return table in self._writable

    @property
    def _writable(self) -> frozenset[str]:
        return _writable(self.roles, self.catalogue)

    def may_read(self, book: Book) -> bool:
        """Whether they may see a whole book."""
        return _allowed(self.roles, book.writers | book.readers)

    @property
    def visible(self) -> Mapping[str, tuple[str, ...]]:
        """Table -> the columns that they see. A table that only a book of theirs refers to shows
        its key and its name, for drop-downs; every other table is absent.
        """
        return _visible(self.roles, self.catalogue)

    @property
    def scope(self) -> str:
        """A short digest of everything that decides what they see; a cursor is bound to it."""
        return _scope(self.roles, self.catalogue, self.only)


# What a set of roles may do is asked in every request and is always the same.


@lru_cache(MANY)
def _writable(roles: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    books = catalogue.book_of
    return frozenset(t for t, book in books.items() if _allowed(roles, book.writers))


@lru_cache(MANY)
def _visible(roles: frozenset[str], catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    mine = {b.key for b in catalogue.books if _allowed(roles, b.writers | b.readers)}
    seen: dict[str, tuple[str, ...]] = {}
    for table, sheet in catalogue.sheets.items():
        if sheet.book in mine:
            seen[table] = tuple(c.key for c in sheet.columns if _sees(roles, c.seen_by))
        elif catalogue.references_to.get(table, frozenset()) & mine:
            seen[table] = names_of(sheet)
    return MappingProxyType(seen)


@lru_cache(MANY)
def _scope(roles: frozenset[str], catalogue: Catalogue, only: tuple[Limit, ...]) -> str:
    text = repr(sorted((t, c) for t, c in _visible(roles, catalogue).items()))
    text += repr(sorted(limit for limit in only if limit.table in _visible(roles, catalogue)))
    return sha256(text.encode()).hexdigest()[:16]


def _sees(roles: frozenset[str], seen_by: frozenset[str]) -> bool:
    return not seen_by or _allowed(roles, seen_by)


def is_whole(author: Author, sheet: Sheet) -> bool:
    """Whether nothing of a table of their own books is hidden from a person. (Of another book's
    table a report may tell what that report tells everybody.)
    """
    columns = author.visible.get(sheet.table, ())
    if sheet.table not in author.rights and len(columns) == len(sheet.columns):
        return True
    book = author.catalogue.book_of[sheet.table]
    return not author.may_read(book) and sheet.table not in author.rights


def names_of(sheet: Sheet) -> tuple[str, ...]:
    """The columns by which other books know a row: its key and its name."""
    names = tuple(c.key for c in sheet.columns if c.key in {"name"})
    return (*sheet.key_columns, *names)


def _allowed(roles: frozenset[str], wanted: frozenset[str]) -> bool:
    return OWNER in roles or bool(roles & wanted)
