"""The tab Setup: whose spreadsheet this is, the box for a sync, how to use it, the colours."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_templates.render import texts
from workbook_templates.render.google import requests
from workbook_templates.render.google.page import Page
from workbook_templates.render.google.requests import Tab, pixels
from workbook_templates.render.look import GREY, LOOKS
from workbook_templates.render.setup_sheet import (
    LABEL,
    TEXT_WIDTH,
    VALUE,
    setup_values,
    window_source,
)
from workbook_templates.review import REVIEW
from workbook_templates.schema import Book, Sheet
from workbook_templates.setup import LABELS, SYNC_NOW, WORKER, window_names

ROWS = 100
COLUMNS = VALUE + 2


def add_setup(page: Page, book: Book) -> None:
    """The tab; each value is a named range (`lajur_company`, `lajur_sync_now` …)."""
    tab = page.tab(texts.SETUP[page.language], COLUMNS, ROWS)
    page.add(requests.added(tab, shade=GREY))
    for place, width in ((0, 3), (LABEL, 28), (VALUE, TEXT_WIDTH)):
        page.add(requests.sized(tab, "COLUMNS", place, pixels(width)))
    name = page.binding.company_name or page.binding.company
    _write(page, tab, 1, " · ".join(filter(None, ("Lajur", name))), "title")
    row = _add_values(page, tab, book, 3)
    row = _add_worker(page, tab, row)
    row = _add_steps(page, tab, row + 1)
    row = _add_legend(page, tab, row + 1)
    _add_links(page, tab, book, row + 1)


def _write(page: Page, tab: Tab, row: int, text: str, look: str, column: int = LABEL) -> None:
    page.add(requests.written(tab, row, column, [[requests.text(text, LOOKS[look])]]))


def _add_values(page: Page, tab: Tab, book: Book, row: int) -> int:
    labels = {**LABELS, **window_names(book)}
    for key, value in setup_values(page.binding, book).items():
        _write(page, tab, row, labels[key][page.language], "label")
        _write(page, tab, row, value, "value", VALUE)
        page.add(requests.named(_cell(tab, row), f"lajur_{key}"))
        source = window_source(page.lists, key)
        if source is not None:
            page.add(requests.listing(_cell(tab, row), page.source(source)))
        row += 1
    return row


def _add_worker(page: Page, tab: Tab, row: int) -> int:
    """The box that asks for a sync, and what `lajur google-worker` says of this spreadsheet."""
    for key, words in ((SYNC_NOW, texts.SYNC_NOW), (WORKER, texts.WORKER)):
        _write(page, tab, row, words[page.language], "label")
        page.add(requests.named(_cell(tab, row), f"lajur_{key}"))
        row += 1
    box, told = _cell(tab, row - 2), _cell(tab, row - 1)
    page.add(requests.ticking(box), requests.looking(told, LOOKS["value"]))
    return row


def _cell(tab: Tab, row: int) -> requests.Json:
    return requests.area(tab, row, VALUE, row + 1, VALUE + 1)


def _add_heading(page: Page, tab: Tab, row: int, text: str) -> int:
    cells = [requests.text(text, LOOKS["heading"]), requests.text("", LOOKS["heading"])]
    page.add(requests.written(tab, row, LABEL, [cells]))
    return row + 1


def _add_steps(page: Page, tab: Tab, row: int) -> int:
    row = _add_heading(page, tab, row, texts.HOW_TO[page.language])
    review = REVIEW.title[page.language]
    for number, step in enumerate(texts.ONLINE_STEPS, 1):
        text = step[page.language].format(review=review)
        _write(page, tab, row, f"{number}.  {text}", "text")
        page.add(requests.merged(requests.area(tab, row, LABEL, row + 1, VALUE + 1)))
        row += 1
    return row


def _add_legend(page: Page, tab: Tab, row: int) -> int:
    row = _add_heading(page, tab, row, texts.COLOURS[page.language])
    for look, words in texts.LEGEND:
        _write(page, tab, row, words[page.language], look)
        row += 1
    return row


def _add_links(page: Page, tab: Tab, book: Book, row: int) -> None:
    row = _add_heading(page, tab, row, texts.SHEETS[page.language])
    for part, sheets in (*book.laid_out, (None, (REVIEW,))):
        if part is not None:
            _write(page, tab, row, part[page.language], "label")
            row += 1
        row = _add_sheet_links(page, tab, sheets, row)


def _add_sheet_links(page: Page, tab: Tab, sheets: Iterable[Sheet], row: int) -> int:
    for sheet in sheets:
        title = sheet.title[page.language]
        link = LOOKS["link"] | {"link": f"#gid={page.tabs[title].id}"}
        told = sheet.help[page.language] if sheet.help else ""
        cells = [requests.text(title, link), requests.text(told, LOOKS["text"])]
        page.add(requests.written(tab, row, LABEL, [cells]))
        row += 1
    return row
