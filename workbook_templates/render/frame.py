"""The fixed frame of a workbook: names, our own columns, how far down a sheet is prepared."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from workbook_templates.schema import Sheet

ID, STATUS, FLAGS = "_id", "Status", "_flags"
META, BASE, OUTBOX, LISTS = "_lajur_meta", "_lajur_base", "_lajur_outbox", "_lajur_lists"
LAST_ROW = 20_000
FIRST_COLUMN = 2  # declared columns follow `_id` and Status


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the columns of a declared sheet stand; numbers count from 0, names are letters."""

    sheet: Sheet

    @property
    def table(self) -> str:
        """The name of the sheet's Excel table."""
        return f"tbl_{self.sheet.key}"

    @property
    def flags(self) -> int:
        """The number of the last column."""
        return FIRST_COLUMN + len(self.sheet.columns)

    def number(self, key: str) -> int:
        """The number of a declared column."""
        return FIRST_COLUMN + list(self.sheet.by_key).index(key)

    def letter(self, key: str) -> str:
        """The letters of a declared column."""
        return str(xl_col_to_name(self.number(key)))


def column_range(letter: str) -> str:
    """The prepared cells of a column, without the heading."""
    return f"{letter}2:{letter}{LAST_ROW}"
