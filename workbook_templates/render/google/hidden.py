"""The hidden tabs: lists of other books, and those in which a spreadsheet carries its own sync."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_templates.render import texts
from workbook_templates.render.frame import BASE, LISTS, META, OUTBOX
from workbook_templates.render.google import requests
from workbook_templates.render.google.page import Page
from workbook_templates.render.hidden import BASE_HEADINGS, OUTBOX_HEADINGS, meta_lines
from workbook_templates.render.look import LOOKS
from workbook_templates.schema import Book

WIDTH, HEIGHT = 6, 20  # whoever writes more makes room for it


def add_hidden(page: Page, book: Book) -> None:
    """Meta with what is known at birth, base and outbox with headings only."""
    _add(page, META, [("key", "value"), *meta_lines(page.binding, book)])
    _add(page, BASE, [BASE_HEADINGS])
    _add(page, OUTBOX, [OUTBOX_HEADINGS])


def add_lists(page: Page) -> None:
    """The lists that stand on no other tab: a column each, under its name."""
    columns = [(name, *words) for name, words in page.lists.columns.items()]
    height = max(map(len, columns), default=0)
    rows = [[column[n] if n < len(column) else "" for column in columns] for n in range(height)]
    _add(page, LISTS, rows)


def _add(page: Page, name: str, rows: Sequence[Sequence[str]]) -> None:
    width = max(WIDTH, *map(len, rows)) if rows else WIDTH
    tab = page.tab(name, width, max(HEIGHT, len(rows)))
    page.add(requests.added(tab, hidden=True))
    if rows:
        cells = [[requests.text(text, LOOKS["hidden"]) for text in row] for row in rows]
        page.add(requests.written(tab, 0, 0, cells))
    page.add(requests.guarded(requests.area(tab), texts.OURS[page.language]))
