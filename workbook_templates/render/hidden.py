"""The hidden sheets in which a workbook carries its own sync: meta, base, outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook_templates.render import texts
from workbook_templates.render.binding import Binding
from workbook_templates.render.frame import BASE, META, OUTBOX
from workbook_templates.render.sheet import Page
from workbook_templates.review import REVIEW
from workbook_templates.schema import Book

BASE_HEADINGS = ("table", "id", "seq", "cells")
OUTBOX_HEADINGS = ("mid", "seqno", "part", "json", "state")


def add_hidden(page: Page, book: Book) -> None:
    """The three hidden sheets: meta with what is known at birth, the others with headings only."""
    _add(page, META, [("key", "value"), *meta_lines(page.binding, book)])
    _add(page, BASE, [BASE_HEADINGS])
    _add(page, OUTBOX, [OUTBOX_HEADINGS])


def meta_lines(binding: Binding, book: Book) -> list[tuple[str, str]]:
    """What a workbook knows of itself at birth: keys and values of the meta sheet."""
    language = binding.language
    return [
        ("book", book.key),
        ("version", str(book.version)),
        ("company", binding.company),
        ("language", binding.language),
        ("locale", binding.locale),
        ("copy_id", binding.copy_id),
        ("server", binding.server),
        ("currency", binding.currency),
        *((f"window:{name}", text) for name, text in binding.window.items()),
        *((f"sheet:{sheet.key}", sheet.title[language]) for sheet in book.sheets),
        ("review", REVIEW.title[language]),
        ("setup", texts.SETUP[language]),
    ]


def _add(page: Page, name: str, rows: Iterable[Sequence[str]]) -> None:
    worksheet = page.workbook.add_worksheet(name)
    worksheet.set_column(0, 5, 24, page.look("hidden"))
    for number, row in enumerate(rows):
        worksheet.write_row(number, 0, row, page.look("hidden"))
    worksheet.hide()
