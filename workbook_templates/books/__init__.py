"""The books: each folder here whose `book.py` declares `BOOK`; there is no other list."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from workbook_templates.schema import Book, Sheet

__all__ = ["all_books", "book", "sheet_of"]


@cache
def all_books() -> tuple[Book, ...]:
    """Every book of this installation, in the order of their keys."""
    folders = (f"{__name__}.{found.name}.book" for found in iter_modules(__path__) if found.ispkg)
    books = (import_module(name).BOOK for name in folders if find_spec(name))
    return tuple(sorted(books, key=lambda book: str(book.key)))


def book(key: str) -> Book:
    """The book of that key; raises KeyError."""
    return {found.key: found for found in all_books()}[key]


@cache
def sheet_of(table: str) -> Sheet:
    """The sheet of a table by its full name, "ledger.journal"; raises KeyError."""
    book_key, _, sheet_key = table.partition(".")
    return book(book_key).sheet(sheet_key)
