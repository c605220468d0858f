"""The Setup sheet: whose workbook it is, when it was last synced, how to use it."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from workbook_templates.render import texts
from workbook_templates.render.binding import Binding
from workbook_templates.render.lists import Lists
from workbook_templates.render.look import GREY
from workbook_templates.render.sheet import Page, set_print
from workbook_templates.review import REVIEW
from workbook_templates.schema import Book, Sheet
from workbook_templates.setup import ALL, LABELS, MONTHS, NO_COMPANY, SPANS, window_names

LABEL, VALUE, TEXT_WIDTH = 1, 2, 74
STEP_LETTERS, TEXT_LETTERS = 118, 88  # letters on a line of a step and of a sheet's text
LINE_HEIGHT = 16


def add_setup(page: Page, book: Book) -> None:
    """The worksheet Setup; each value has a defined name (`lajur_company`, `lajur_last_sync` …)."""
    title = texts.SETUP[page.language]
    worksheet = page.workbook.add_worksheet(title)
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 3)
    worksheet.set_column(LABEL, LABEL, 28)
    worksheet.set_column(VALUE, VALUE, TEXT_WIDTH)
    worksheet.set_row(1, 28)
    name = page.binding.company_name or page.binding.company
    worksheet.write(1, LABEL, " · ".join(filter(None, ("Lajur", name))), page.look("title"))
    row = _add_values(worksheet, page, book, 3)
    row = _add_steps(worksheet, page, row + 1)
    row = _add_legend(worksheet, page, row + 1)
    _add_links(worksheet, page, book, row + 1)
    worksheet.set_tab_color(GREY)
    set_print(worksheet, page, title)
    worksheet.fit_to_pages(1, 1)


def _add_values(worksheet: Worksheet, page: Page, book: Book, row: int) -> int:
    labels = {**LABELS, **window_names(book)}
    for key, value in setup_values(page.binding, book).items():
        worksheet.write_string(row, LABEL, labels[key][page.language], page.look("label"))
        worksheet.write_string(row, VALUE, value, page.look("value"))
        cell = f"={quote_sheetname(worksheet.get_name())}!$C${row + 1}"
        page.workbook.define_name(f"lajur_{key}", cell)
        _add_choice(worksheet, page, key, row)
        row += 1
    return row


def window_source(lists: Lists, key: str) -> str | list[str] | None:
    """What the drop-down of a value lists, where it is one of a window; as `Lists.source`."""
    book, language = lists.book, lists.language
    if key == MONTHS:
        return [ALL[language], *(span[language] for span in SPANS)]
    if key not in window_names(book):
        return None
    sheet = next(s for s in book.sheets if key in s.window_columns)
    return lists.source(sheet.column(key), sheet)


def _add_choice(worksheet: Worksheet, page: Page, key: str, row: int) -> None:
    """The drop-down of a window; another text may be typed."""
    source = window_source(page.lists, key)
    if source is None:
        return
    options = {"validate": "list", "source": source, "ignore_blank": True, "show_error": False}
    worksheet.data_validation(row, VALUE, row, VALUE, options)


def setup_values(binding: Binding, book: Book) -> dict[str, str]:
    """What a blank Setup shows, by the names of its labels."""
    language = binding.language
    code, name = binding.company, binding.company_name
    company = f"{code} – {name}" if name and name != code else code
    window = {key: binding.window.get(key, "") for key in window_names(book)}
    return {
        "book": book.title[language],
        "company": company or NO_COMPANY[language],
        "server": binding.server or NO_COMPANY[language],
        "language": texts.LANGUAGE_NAMES[language],
        "locale": binding.locale,
        "currency": binding.currency,
        **{key: text or ALL[language] for key, text in window.items()},
        "last_sync": texts.NEVER[language],
    }


def _heading(worksheet: Worksheet, page: Page, row: int, text: str) -> int:
    worksheet.set_row(row, 22)
    worksheet.write_string(row, LABEL, text, page.look("heading"))
    worksheet.write_blank(row, VALUE, None, page.look("heading"))
    return row + 1


def _add_steps(worksheet: Worksheet, page: Page, row: int) -> int:
    row = _heading(worksheet, page, row, texts.HOW_TO[page.language])
    facts = {"file": "…", "review": REVIEW.title[page.language]}
    for number, step in enumerate(texts.STEPS, 1):
        text = f"{number}.  {step[page.language].format(**facts)}"
        worksheet.merge_range(row, LABEL, row, VALUE, text, page.look("text"))
        worksheet.set_row(row, LINE_HEIGHT * (1 + len(text) // STEP_LETTERS) + 4)
        row += 1
    return row


def _add_legend(worksheet: Worksheet, page: Page, row: int) -> int:
    row = _heading(worksheet, page, row, texts.COLOURS[page.language])
    for look, words in texts.LEGEND:
        worksheet.write_string(row, LABEL, words[page.language], page.look(look))
        row += 1
    return row


def _add_links(worksheet: Worksheet, page: Page, book: Book, row: int) -> None:
    row = _heading(worksheet, page, row, texts.SHEETS[page.language])
    for part, sheets in (*book.laid_out, (None, (REVIEW,))):
        if part is not None:
            worksheet.write_string(row, LABEL, part[page.language], page.look("label"))
            row += 1
        for sheet in sheets:
            _add_link(worksheet, page, sheet, row)
            row += 1


def _add_link(worksheet: Worksheet, page: Page, sheet: Sheet, row: int) -> None:
    title = sheet.title[page.language]
    target = f"internal:{quote_sheetname(title)}!A1"
    worksheet.write_url(row, LABEL, target, page.look("link"), string=title)
    text = sheet.help[page.language] if sheet.help else ""
    worksheet.write_string(row, VALUE, text, page.look("text"))
    worksheet.set_row(row, LINE_HEIGHT * (1 + len(text) // TEXT_LETTERS) + 2)
