"""What makes a workbook somebody's: the company, the language, the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbook_templates.schema import Book
from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Binding:
    """To whom and to what a workbook belongs. A template has no company yet.

    `window`: what the workbook shows, by the names of `setup.window_names`. `titles` are the titles
    of other books' tables ("ledger.accounts"), for notes on references.
    """

    company: str = ""
    company_name: str = ""
    language: str = "id"
    locale: str = "id-ID"
    server: str = ""
    copy_id: str = ""
    currency: str = "IDR"
    window: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Words] = field(default_factory=dict)


def titles_of(books: Iterable[Book]) -> dict[str, Words]:
    """The titles of all sheets by table name, for `Binding.titles`."""
    return {sheet.table: sheet.title for book in books for sheet in book.sheets}
