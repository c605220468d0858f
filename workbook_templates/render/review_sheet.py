"""The Review sheet: one table of what needs a person, decided in its last column."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.utility import xl_col_to_name

from workbook_templates.columns import Column
from workbook_templates.render.flags import add_status
from workbook_templates.render.lists import add_list
from workbook_templates.render.look import RED, column_look
from workbook_templates.render.sheet import Page, add_note, add_table, set_print, width_of
from workbook_templates.review import DECISIONS, REVIEW

LINK_LOOK = {"font_color": "#0563C1", "underline": 1}
FRAMED_TEXT = ("message", "what", "before", "mine", "theirs")


def add_review(page: Page) -> None:
    """The worksheet Review, empty."""
    language, worksheet = page.language, page.workbook.add_worksheet(REVIEW.title[page.language])
    headings = []
    for place, column in enumerate(REVIEW.columns):
        look = column_look(replace(column, read_only=False), language) | {"valign": "top"}
        if column.key in FRAMED_TEXT:
            look["text_wrap"] = True
        if column.key == "link":
            look |= LINK_LOOK
        width = width_of(column, language)
        worksheet.set_column(place, place, width, page.workbook.add_format(look))
        heading = {"header": column.heading[language]}
        headings.append(heading | {"header_format": page.look(_header_look(column))})
    add_table(worksheet, f"tbl_{REVIEW.key}", headings)
    last = len(REVIEW.columns) - 1
    words = [option.words[language] for option in DECISIONS]
    add_list(worksheet, str(xl_col_to_name(last)), words, language)
    add_note(worksheet, last, (REVIEW.columns[last].help or REVIEW.title)[language])
    add_status(worksheet, page.look)
    worksheet.freeze_panes(1, 2)
    worksheet.set_tab_color(RED)
    set_print(worksheet, page, REVIEW.title[language])


def _header_look(column: Column) -> str:
    """Dark where a person types."""
    return "optional" if column.read_only else "required"
