"""A declared sheet as a worksheet: headings in row 1, one table, everything prepared below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook_templates.columns import Column
from workbook_templates.render import texts
from workbook_templates.render.binding import Binding
from workbook_templates.render.flags import add_flags, add_status
from workbook_templates.render.frame import FIRST_COLUMN, FLAGS, ID, LAST_ROW, STATUS, Frame
from workbook_templates.render.lists import Lists, add_validation
from workbook_templates.render.look import Looks, column_look, header_look
from workbook_templates.render.notes import note
from workbook_templates.schema import Sheet

STATUS_WIDTH = 34  # “✗ ditahan: ada masalah di baris lain …” reads whole
HEADER_HEIGHT, ROW_HEIGHT = 33, 18
FILTER_BUTTON = 5  # characters that the button of a heading covers
KEPT_IN_VIEW = 3  # `_id`, Status and the first declared column
NOTE_COLOUR = "#FFFDF2"
NOTE_LINE = 34  # characters on a line of a note


@dataclass(frozen=True)
class Page:
    """A workbook that is being made, and what its sheets share."""

    workbook: Workbook
    look: Looks
    binding: Binding
    lists: Lists

    @property
    def language(self) -> str:
        return self.binding.language


def add_sheet(page: Page, sheet: Sheet, coloured: str) -> None:
    """The worksheet of a declared sheet; `coloured` is its tab."""
    frame = Frame(sheet)
    worksheet = page.workbook.add_worksheet(sheet.title[page.language])
    worksheet.set_default_row(ROW_HEIGHT)
    _add_columns(worksheet, page, frame)
    worksheet.set_tab_color(coloured)
    add_table(worksheet, frame.table, _headings(page, frame))
    for column in sheet.columns:
        add_validation(worksheet, column, frame, page.lists)
        add_note(worksheet, frame.number(column.key), note(column, sheet, page.binding))
    add_note(worksheet, 1, texts.LEAVE_BLANK[page.language])
    add_flags(worksheet, frame, page.look)
    add_status(worksheet, page.look)
    worksheet.freeze_panes(1, KEPT_IN_VIEW)
    worksheet.ignore_errors(
        {"number_stored_as_text": f"A2:{xl_col_to_name(frame.flags)}{LAST_ROW}"}
    )
    set_print(worksheet, page, sheet.title[page.language])


def add_table(worksheet: Worksheet, name: str, columns: list[dict[str, Any]]) -> None:
    """A table of one blank row under these headings."""
    worksheet.set_row(0, HEADER_HEIGHT)
    options = {"name": name, "columns": columns, "style": None}
    worksheet.add_table(0, 0, 1, len(columns) - 1, options)


def add_note(worksheet: Worksheet, column: int, text: str) -> None:
    """A note at a heading, large enough for its text."""
    if not text:
        return
    lines = sum(1 + len(line) // NOTE_LINE for line in text.splitlines())
    worksheet.write_comment(
        0,
        column,
        text,
        {
            "author": "Lajur",
            "width": 240,
            "height": 18 * lines + 12,
            "color": NOTE_COLOUR,
            "font_name": "Calibri",
            "font_size": 10,
        },
    )


def set_print(worksheet: Worksheet, page: Page, title: str) -> None:
    """Landscape A4, as wide as the paper, headings on every page."""
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    company = page.binding.company_name.replace("&", "&&")
    worksheet.set_header(f"&L{company}&R{title.replace('&', '&&')}")
    worksheet.set_footer("&L&D&R&P / &N")


def width_of(column: Column, language: str) -> int:
    """The declared width, or more where the longest word of the heading needs it."""
    words = column.heading[language].split()
    return max(column.width, max(map(len, words), default=0) + FILTER_BUTTON)


def _headings(page: Page, frame: Frame) -> list[dict[str, Any]]:
    ours = page.look("ours")
    declared = [
        {"header": c.heading[page.language], "header_format": page.look(header_look(c))}
        for c in frame.sheet.columns
    ]
    first = [{"header": name, "header_format": ours} for name in (ID, STATUS)]
    return [*first, *declared, {"header": FLAGS, "header_format": ours}]


def _add_columns(worksheet: Worksheet, page: Page, frame: Frame) -> None:
    hidden = {"hidden": True}
    worksheet.set_column(0, 0, 38, page.look("hidden"), hidden)
    worksheet.set_column(1, 1, STATUS_WIDTH, page.look("status"))
    for place, column in enumerate(frame.sheet.columns, FIRST_COLUMN):
        cells = page.workbook.add_format(column_look(column, page.language))
        worksheet.set_column(place, place, width_of(column, page.language), cells)
    worksheet.set_column(frame.flags, frame.flags, 20, page.look("hidden"), hidden)
