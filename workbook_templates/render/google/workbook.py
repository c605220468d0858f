"""A book as the requests that make it in a spreadsheet whose tabs are blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workbook_templates.render.binding import Binding, titles_of
from workbook_templates.render.google.hidden import add_hidden, add_lists
from workbook_templates.render.google.page import Page
from workbook_templates.render.google.requests import Json
from workbook_templates.render.google.setup_tab import add_setup
from workbook_templates.render.google.sheet import add_review, add_sheet
from workbook_templates.render.google.tags import tagged_book
from workbook_templates.render.lists import Lists
from workbook_templates.render.look import shade
from workbook_templates.schema import Book

ROWS = 500  # of a tab; more are added as they are needed


def google_requests(
    book: Book, binding: Binding, blank: Mapping[int, str] | None = None, rows: int = ROWS
) -> list[Json]:
    """All requests of one `batchUpdate`, which takes effect as a whole or not at all.

    `blank` are the tabs (id, title) that stand there now; they make room. Tabs stand in the order
    of the book, then Review and Setup; hidden ones come last.
    """
    blank = blank or {}
    binding = replace(binding, titles={**binding.titles, **titles_of([book])})
    page = Page(binding, Lists(book, binding.language), rows, frozenset(blank))
    page.add(_in_locale(binding.locale), *map(_set_aside, blank))
    for part, (_, sheets) in enumerate(book.laid_out):
        for sheet in sheets:
            add_sheet(page, sheet, shade(part))
    add_review(page)
    add_setup(page, book)
    add_lists(page)
    add_hidden(page, book)
    page.add(tagged_book(book), *({"deleteSheet": {"sheetId": number}} for number in blank))
    return page.requests


def _in_locale(tag: str) -> Json:
    """How numbers and days are typed and shown; Google writes "id_ID"."""
    properties = {"locale": tag.replace("-", "_")}
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": "locale"}}


def _set_aside(number: int) -> Json:
    """A blank tab gives its title away: one of ours may have it."""
    properties = {"sheetId": number, "title": f"_blank_{number}"}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}
