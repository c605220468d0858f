"""A report sheet as it is added to a workbook: its frame, its looks, no rows yet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook_templates.columns import Column, Date
from workbook_templates.render.look import (
    ACCENT,
    CENTRED,
    FONT,
    GREEN,
    LOOKS,
    NUMBERS,
    RED,
    STATEMENT_MONEY,
    number_format,
)
from workbook_templates.report_frame import (
    COMPARE,
    COMPARED,
    FINAL,
    HEAD,
    HINTS,
    LABELS,
    REPORT,
    ROW,
    SPAN,
    STATE,
    SUM,
    TITLE,
    TROUBLE,
    USUAL,
    parameters_of,
    widest,
)
from workbook_templates.report_rows import is_figure, is_statement, shown_columns
from workbook_templates.schema import Report

LAST_ROW, ROW_HEIGHT = 20_000, 17
PORTRAIT = 95  # the widest sheet, in characters, that stands upright on its paper
A4 = 9
LABEL_WIDTH = 14
FIRST = 1  # the first column of the report, after the hidden one of the marks
# Accounts stand in from the captions, whose own look is without the spaces.
STATEMENT = {"money": STATEMENT_MONEY, "text": '"    "@'}
SUMS = ("subtotal", "total", FINAL, SUM)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
PLAIN = LOOKS["cell"]
FRAMES: dict[str, dict[str, Any]] = {
    REPORT: PLAIN | {"bold": True},
    TITLE: LOOKS["title"] | {"font_size": 16},
    SPAN: PLAIN,
    STATE: LOOKS["subtitle"] | {"font_size": 9},
    TROUBLE: PLAIN | {"font_color": RED, "font_size": 10},
}


@dataclass(frozen=True)
class Blank:
    """A report sheet to be made: of which report, under which name, for whom."""

    report: Report
    name: str
    language: str
    company: str


@dataclass(frozen=True)
class _Page:
    """The worksheet that is being written."""

    blank: Blank
    book: Workbook
    sheet: Worksheet
    columns: tuple[Column, ...]

    @property
    def head(self) -> int:
        """The row of the headings, counted from 0."""
        return len(FRAMES) + len(parameters_of(self.blank.report))


def render_report_sheet(blank: Blank) -> bytes:
    """A workbook file with the one worksheet; the same for the same report, name and company."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    sheet = book.add_worksheet(blank.name)
    columns = blank.report.shown(widest(blank.report))
    page = _Page(blank, book, sheet, shown_columns(columns))
    _set_columns(page, is_statement(columns))
    _add_frame(page)
    _add_parameters(page)
    _add_headings(page)
    for place, column in enumerate(page.columns, FIRST):
        _add_levels(page, place, column)
    _lay_out(page)
    book.close()
    return out.getvalue()


def _set_columns(page: _Page, statement: bool) -> None:
    hidden = page.book.add_format(LOOKS["hidden"])
    page.sheet.set_column(0, 0, 14, hidden, {"hidden": True})
    for place, column in enumerate(page.columns, FIRST):
        look: dict[str, Any] = {**FONT, "num_format": number_format(column, page.blank.language)}
        if statement:
            look["num_format"] = STATEMENT.get(column.kind, look["num_format"])
        if column.kind in CENTRED:
            look["align"] = "center"
        else:
            look["align"] = "right" if column.kind in NUMBERS else "left"
        width = max(column.width, LABEL_WIDTH if place == FIRST else 0)
        page.sheet.set_column(place, place, width, page.book.add_format(look))


def _add_frame(page: _Page) -> None:
    """Company and title; the span, the state and what went wrong come with the rows."""
    blank, trouble = page.blank, page.head - 1
    texts = {REPORT: blank.company, TITLE: blank.report.title[blank.language]}
    for row, (role, look) in enumerate(FRAMES.items()):
        at = trouble if role == TROUBLE else row
        page.sheet.write_string(at, 0, REPORT + blank.report.key if role == REPORT else role)
        page.sheet.write(at, FIRST, texts.get(role, ""), page.book.add_format(look))
    page.sheet.set_row(1, 24)


def _add_parameters(page: _Page) -> None:
    """A line each: its name, and the cell that a person may change."""
    language = page.blank.language
    label, remark = (page.book.add_format(LOOKS["label"]), page.book.add_format(FRAMES[TROUBLE]))
    typed = LOOKS["value"] | {"bold": False, "border": 1, "border_color": ACCENT, "indent": 1}
    value = page.book.add_format(typed)
    for row, name in enumerate(parameters_of(page.blank.report), len(FRAMES) - 1):
        page.sheet.write_string(row, 0, name)
        page.sheet.write_string(row, FIRST, LABELS[name][language], label)
        page.sheet.write_string(row, FIRST + 1, USUAL[name][language], value)
        page.sheet.write_blank(row, FIRST + 2, None, remark)
        options: dict[str, Any] = {"validate": "any"}
        if name == COMPARE:
            choices = [USUAL[name], *COMPARED.values()]
            options = {"validate": "list", "source": [words[language] for words in choices]}
            options |= {"error_type": "information"}
        shown = {"input_title": LABELS[name][language], "input_message": HINTS[name][language]}
        page.sheet.data_validation(row, FIRST + 1, row, FIRST + 1, options | shown)


def _add_headings(page: _Page) -> None:
    page.sheet.write_string(page.head, 0, HEAD)
    page.sheet.set_row(page.head, 30)
    for place, column in enumerate(page.columns, FIRST):
        look = LOOKS["optional"] | {"indent": 0}
        look["align"] = "right" if is_figure(column) else "left"
        if isinstance(column, Date):
            look["align"] = "center"
        page.sheet.write_blank(page.head, place, None, page.book.add_format(look))


def _add_levels(page: _Page, place: int, column: Column) -> None:
    """The look of a row by its level, which the hidden column tells: rows come and go."""
    for level, look in _level_looks(column):
        mark = f"{ROW} {level} "
        rule = f'=LEFT($A{page.head + 2},{len(mark)})="{mark}"'
        criteria = {"type": "formula", "criteria": rule, "format": page.book.add_format(look)}
        page.sheet.conditional_format(page.head + 1, place, LAST_ROW, place, criteria)


def _level_looks(column: Column) -> Iterator[tuple[str, dict[str, Any]]]:
    flush = {"num_format": "@"} if column.kind == "text" else {}
    yield "heading", {"bold": True, "font_color": ACCENT, **flush}
    for level in SUMS:
        look: dict[str, Any] = {"bold": True, **flush}
        if is_figure(column):
            look["top"] = 1
        if level == FINAL and is_figure(column):
            look |= {"bottom": 1, "font_color": ACCENT}
        yield level, look


def _lay_out(page: _Page) -> None:
    """One page wide, with the headings on each page and its number below."""
    sheet, language = page.sheet, page.blank.language
    sheet.hide_gridlines(2)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.freeze_panes(page.head + 1, 0)
    sheet.repeat_rows(page.head)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    title = page.blank.report.title[language].replace("&", "&&")
    sheet.set_footer(f"&L{title}&R&P / &N")
    sheet.set_tab_color(GREEN)
    text = {"number_stored_as_text": f"A1:{xl_col_to_name(FIRST + len(page.columns))}{LAST_ROW}"}
    sheet.ignore_errors(text)
    if sum(column.width for column in page.columns) > PORTRAIT:
        sheet.set_landscape()
