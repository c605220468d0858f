"""A book as a workbook file; the same book and binding give the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from workbook_templates.render.binding import Binding, titles_of
from workbook_templates.render.hidden import add_hidden
from workbook_templates.render.lists import Lists, define_lists
from workbook_templates.render.look import looks, shade
from workbook_templates.render.review_sheet import add_review
from workbook_templates.render.setup_sheet import add_setup
from workbook_templates.render.sheet import Page, add_sheet
from workbook_templates.schema import Book

MADE = datetime(2026, 1, 1)  # fixed, or no two files would be equal


def render_xlsx(book: Book, target: Path, binding: Binding) -> None:
    """Write the blank workbook of a book. Raises OSError where `target` cannot be written.

    Sheets stand as the book lays them out, then Review and Setup; hidden ones come last.
    """
    binding = replace(binding, titles={**binding.titles, **titles_of([book])})
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(str(target), {**options, "in_memory": True})
    page = Page(workbook, looks(workbook), binding, Lists(book, binding.language))
    for part, (_, sheets) in enumerate(book.laid_out):
        for sheet in sheets:
            add_sheet(page, sheet, shade(part))
    add_review(page)
    add_setup(page, book)
    define_lists(workbook, page.lists)
    add_hidden(page, book)
    workbook.worksheets()[0].activate()
    workbook.set_properties(
        {"title": book.title[binding.language], "company": binding.company_name, "created": MADE}
    )
    _close(workbook)


def _close(workbook: Workbook) -> None:
    """Write the file; what the disk says comes out as the OSError that it is."""
    try:
        workbook.close()
    except Exception as fault:
        if isinstance(fault.__context__, OSError):
            raise fault.__context__ from None
        raise
