"""A report as an .xlsx that calculates: numbers, dates, formulas that add up, a chart."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from sync_server.reports.chart import add_chart
from sync_server.reports.printed import A4, HEAD, PAGE, Printed
from workbook_templates.columns import Column, Date
from workbook_templates.render.look import DATES, NUMBERS, STATEMENT_MONEY
from workbook_templates.report_rows import ADDS, TOTAL, Row, is_figure, sum_formula

PORTRAIT = 95  # the widest sheet, in characters, that stands upright on its paper
BOLD = ("heading", "subtotal", "total")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class _Page:
    """The worksheet that is being written."""

    printed: Printed
    book: xlsxwriter.Workbook
    sheet: Worksheet
    look: Callable[[Column, str, bool], Format]


def xlsx(printed: Printed) -> bytes:
    """The file; the same report gives the same bytes but for the moment of its making."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet(printed.title[:31])
    look = cache(lambda *of: book.add_format(_look(printed, *of)))
    page = _Page(printed, book, sheet, look)
    _write_head(page)
    for at, row in enumerate(printed.rows):
        _write_row(page, HEAD + 1 + at, row)
    _write_sums(page)
    _lay_out(page)
    if printed.report.chart and printed.rows:
        add_chart(book, sheet, printed)
    book.set_properties({"title": printed.title, "company": printed.company.name})
    book.close()
    return out.getvalue()


def _write_head(page: _Page) -> None:
    printed, sheet, book = page.printed, page.sheet, page.book
    sheet.write_string(0, 0, printed.company.name, book.add_format({"bold": True}))
    sheet.write_string(1, 0, printed.title, book.add_format({"bold": True, "size": 14}))
    sheet.write_string(2, 0, printed.subtitle)
    for n, column in enumerate(printed.columns):
        sheet.set_column(n, n, column.width, page.look(column, "account", False))
        side = {"align": "right" if is_figure(column) else "left"}
        heading = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", **side}
        sheet.write_string(HEAD, n, column.heading[printed.language], book.add_format(heading))


def _write_row(page: _Page, at: int, row: Row) -> None:
    printed = page.printed
    level, adds = printed.level(row), row.get(ADDS)
    is_final = at - HEAD in printed.finals
    for n, column in enumerate(printed.columns):
        text, look = row.get(column.key), page.look(column, level, is_final)
        if text is None:
            continue
        if is_figure(column):
            number = column.value(text)
            if adds:
                formula = "=" + sum_formula(adds, xl_col_to_name(n), HEAD + 1)
                page.sheet.write_formula(at, n, formula, look, number)
            elif parts := printed.across.get(column.key):
                formula = f"=SUM({xl_range(at, parts[0], at, parts[-1])})"
                page.sheet.write_formula(at, n, formula, look, number)
            else:
                page.sheet.write_number(at, n, number, look)
        elif isinstance(column, Date):
            page.sheet.write_datetime(at, n, column.value(text), look)
        else:
            page.sheet.write_string(at, n, str(column.cell(text, printed.language)), look)


def _write_sums(page: _Page) -> None:
    """The sums of plain columns, below a rule."""
    printed = page.printed
    if not printed.sums:
        return
    last = HEAD + len(printed.rows)
    page.sheet.write_string(
        last + 1, 0, TOTAL[printed.language], page.look(printed.columns[0], "total", True)
    )
    for n, column in enumerate(printed.columns):
        if column.key in printed.sums:
            found = (row.get(column.key) for row in printed.rows)
            added = sum(column.value(text) for text in found if text)
            formula = f"=SUM({xl_range(HEAD + 1, n, last, n)})"
            page.sheet.write_formula(last + 1, n, formula, page.look(column, "total", True), added)


def _lay_out(page: _Page) -> None:
    """One page wide, with the headings on each page and its number below."""
    printed, sheet = page.printed, page.sheet
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    numbered = PAGE[printed.language].format(page="&P", pages="&N")
    sheet.set_footer(f"&L{printed.state.replace('&', '&&')}&R{numbered}")
    if sum(column.width for column in printed.columns) > PORTRAIT:
        sheet.set_landscape()


def _look(printed: Printed, column: Column, level: str, is_final: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"num_format": _number_format(printed, column), "valign": "top"}
    if level in BOLD:
        look["bold"] = True
    if level in ("subtotal", "total") and is_figure(column):
        look["top"] = 1
    if is_final and is_figure(column):
        look["bottom"] = 6  # a double rule
    if printed.is_statement and column.key == "name":
        look |= {"text_wrap": level != "text"}
        if level == "account":
            look |= {"align": "left", "indent": 1}
    return look


def _number_format(printed: Printed, column: Column) -> str:
    if isinstance(column, Date):
        return DATES[printed.language]
    if column.kind == "money" and printed.is_statement:
        return STATEMENT_MONEY
    return NUMBERS.get(column.kind, "@")
