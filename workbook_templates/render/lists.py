"""Drop-down lists: the words of a choice, the keys of another sheet, the keys of another book.

A list never blocks: what is not in it may be pasted and kept, and the sync says it better.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook_templates.columns import Choice, Column, Flag, Ref
from workbook_templates.render import texts
from workbook_templates.render.frame import LAST_ROW, LISTS, Frame, column_range
from workbook_templates.schema import Book, Sheet

LITERAL_LIMIT = 255  # characters of a list inside a validation


@dataclass
class Lists:
    """The lists of one workbook: defined names by list, and the columns of the hidden sheet."""

    book: Book
    language: str
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def source(self, column: Column, sheet: Sheet) -> str | list[str] | None:
        """What a validation of this column lists: a defined name, words, or None for no list."""
        if isinstance(column, Ref):
            return self._reference(column)
        if isinstance(column, Choice):
            return self._words(
                f"{sheet.key}.{column.key}",
                [option.words[self.language] for option in column.choices],
            )
        if isinstance(column, Flag):
            return [str(column.cell(flag, self.language)) for flag in ("true", "false")]
        return None

    def _reference(self, column: Ref) -> str | None:
        # A list has one source; a reference to one of several tables goes without.
        if len(column.tables) != 1:
            return None
        (table,) = column.tables
        sheet = next((sheet for sheet in self.book.sheets if sheet.table == table), None)
        if sheet is None:
            self.columns.setdefault(table, ())
        elif len(sheet.unique) != 1 or sheet.group_by:
            return None
        return f"={list_name(table)}"

    def _words(self, name: str, words: list[str]) -> str | list[str]:
        if len(",".join(words)) <= LITERAL_LIMIT and not any("," in word for word in words):
            return words
        self.columns[name] = tuple(words)
        return f"={list_name(name)}"


def list_name(name: str) -> str:
    """The defined name of a list: "ledger.accounts" -> list_ledger_accounts."""
    return f"list_{name.replace('.', '_')}"


def add_validation(worksheet: Worksheet, column: Column, frame: Frame, lists: Lists) -> None:
    """The drop-down of a column, where it has one."""
    source = lists.source(column, frame.sheet)
    if source is not None:
        add_list(worksheet, frame.letter(column.key), source, lists.language)


def add_list(worksheet: Worksheet, letter: str, source: str | list[str], language: str) -> None:
    """A drop-down in the prepared cells of a column that never refuses what is typed."""
    options = {
        "validate": "list",
        "source": source,
        "error_type": "information",
        "error_title": texts.NOT_LISTED[language],
        "error_message": texts.STILL_POSSIBLE[language],
    }
    worksheet.data_validation(column_range(letter), options)


def define_lists(workbook: Workbook, lists: Lists) -> None:
    """The defined names of all lists, and the hidden sheet with those of other books."""
    for sheet in lists.book.sheets:
        if len(sheet.unique) == 1 and not sheet.group_by:
            title, letter = sheet.title[lists.language], Frame(sheet).letter(sheet.unique[0])
            workbook.define_name(list_name(sheet.table), _filled(title, letter))
    worksheet = workbook.add_worksheet(LISTS)
    for place, (name, words) in enumerate(lists.columns.items()):
        worksheet.write_column(0, place, (name, *words))
        workbook.define_name(list_name(name), _filled(LISTS, str(xl_col_to_name(place))))
    worksheet.hide()


def _filled(title: str, letter: str) -> str:
    """The filled part of a column, as a formula that grows with it."""
    cells = f"{quote_sheetname(title)}!${letter}$2"
    area = f"{cells}:${letter}${LAST_ROW}"
    return f"={cells}:INDEX({area},MAX(1,COUNTA({area})))"
