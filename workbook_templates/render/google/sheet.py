"""A declared sheet, and Review, as a tab: headings in row 1, everything prepared below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from workbook_templates.columns import Column
from workbook_templates.render import texts
from workbook_templates.render.flags import STATUS_LETTER, STATUS_LOOKS
from workbook_templates.render.frame import FLAGS, ID, STATUS, Frame
from workbook_templates.render.google import requests
from workbook_templates.render.google.page import Page
from workbook_templates.render.google.requests import Tab, pixels
from workbook_templates.render.google.tags import tagged_column, tagged_tab
from workbook_templates.render.look import LOOKS, RED, column_look, header_look
from workbook_templates.render.notes import note
from workbook_templates.render.review_sheet import FRAMED_TEXT
from workbook_templates.render.sheet import KEPT_IN_VIEW, STATUS_WIDTH, width_of
from workbook_templates.review import DECISIONS, REVIEW
from workbook_templates.schema import Sheet

SPARE = 4  # columns to the right for what a person adds
HEADER_PIXELS = 44
HIDDEN_WIDTH = 20
Heading = tuple[str, Mapping[str, Any], str]  # text, look, note


def add_sheet(page: Page, sheet: Sheet, coloured: str) -> None:
    """The tab of a declared sheet."""
    frame = Frame(sheet)
    tab = page.tab(sheet.title[page.language], frame.flags + 1 + SPARE)
    page.add(requests.added(tab, (1, KEPT_IN_VIEW), coloured))
    _add_headings(page, tab, _headings(page, frame))
    _add_own_columns(page, tab, frame)
    for column in sheet.columns:
        _add_column(page, tab, frame, column)
    _add_status(page, tab)
    _add_flags(page, tab, frame)
    _mark(page, tab, frame.table, frame.flags + 1)
    for place, key in enumerate((ID, STATUS, *sheet.by_key, FLAGS)):
        page.add(tagged_column(tab, place, key))


def add_review(page: Page) -> None:
    """The tab Review, empty."""
    language, columns = page.language, REVIEW.columns
    tab = page.tab(REVIEW.title[language], len(columns))
    page.add(requests.added(tab, (1, 2), RED))
    last = len(columns) - 1
    help_text = (columns[last].help or REVIEW.title)[language]
    headings: list[Heading] = [
        (c.heading[language], _review_header(c), help_text if at == last else "")
        for at, c in enumerate(columns)
    ]
    _add_headings(page, tab, headings)
    for place, column in enumerate(columns):
        look = column_look(replace(column, read_only=False), language) | {"valign": "top"}
        look |= {"text_wrap": True} if column.key in FRAMED_TEXT else {}
        page.add(requests.looking(requests.column(tab, place), look))
        page.add(requests.sized(tab, "COLUMNS", place, pixels(width_of(column, language))))
    words = [option.words[language] for option in DECISIONS]
    page.add(requests.listing(requests.column(tab, last), words))
    page.add(requests.guarded(requests.area(tab, 0, 0, None, last), texts.OURS[language]))
    _add_status(page, tab)
    _mark(page, tab, f"tbl_{REVIEW.key}", len(columns))


def _mark(page: Page, tab: Tab, table: str, width: int) -> None:
    """Name and tag the table of one blank row; a copy of the tab takes neither along."""
    page.add(requests.named(requests.area(tab, 0, 0, 2, width), table), tagged_tab(tab, table))


def _headings(page: Page, frame: Frame) -> list[Heading]:
    ours, language = LOOKS["ours"], page.language
    declared = [
        (c.heading[language], LOOKS[header_look(c)], note(c, frame.sheet, page.binding))
        for c in frame.sheet.columns
    ]
    status = (STATUS, ours, texts.LEAVE_BLANK[language])
    return [(ID, ours, ""), status, *declared, (FLAGS, ours, "")]


def _review_header(column: Column) -> Mapping[str, Any]:
    """Dark where a person types."""
    return LOOKS["optional" if column.read_only else "required"]


def _add_headings(page: Page, tab: Tab, headings: list[Heading]) -> None:
    cells = [requests.text(text, dict(look), told) for text, look, told in headings]
    page.add(requests.written(tab, 0, 0, [cells]))
    page.add(requests.sized(tab, "ROWS", 0, HEADER_PIXELS))


def _add_own_columns(page: Page, tab: Tab, frame: Frame) -> None:
    """`_id`, Status and `_flags`."""
    page.add(requests.sized(tab, "COLUMNS", 1, pixels(STATUS_WIDTH)))
    for place in (0, 1, frame.flags):
        look = LOOKS["status" if place == 1 else "hidden"]
        page.add(requests.looking(requests.column(tab, place), look))
        page.add(requests.guarded(requests.column(tab, place, 0), texts.OURS[page.language]))
    for place in (0, frame.flags):
        page.add(requests.sized(tab, "COLUMNS", place, pixels(HIDDEN_WIDTH)))
        page.add(requests.hiding(tab, place))


def _add_column(page: Page, tab: Tab, frame: Frame, column: Column) -> None:
    place, cells = frame.number(column.key), requests.column(tab, frame.number(column.key))
    page.add(requests.looking(cells, column_look(column, page.language)))
    page.add(requests.sized(tab, "COLUMNS", place, pixels(width_of(column, page.language))))
    source = page.lists.source(column, frame.sheet)
    if source is not None:
        page.add(requests.listing(cells, page.source(source)))
    if column.read_only:
        page.add(requests.guarded(cells, texts.OURS[page.language]))


def _add_flags(page: Page, tab: Tab, frame: Frame) -> None:
    """Colour a cell whose column stands in `_flags` of its row; a conflict comes first."""
    flags, rank = str(xl_col_to_name(frame.flags)), len(STATUS_LOOKS)
    for column in frame.sheet.columns:
        cells = requests.column(tab, frame.number(column.key))
        for mark, name in ((f"~{column.key}", "conflict"), (column.key, "problem")):
            formula = f'=ISNUMBER(FIND("|{mark}|";${flags}2))'
            page.add(requests.colouring(cells, formula, LOOKS[name], rank))
            rank += 1


def _add_status(page: Page, tab: Tab) -> None:
    for rank, (first, name) in enumerate(STATUS_LOOKS):
        formula = f'=LEFT(${STATUS_LETTER}2)="{first}"'
        page.add(requests.colouring(requests.column(tab, 1), formula, LOOKS[name], rank))
