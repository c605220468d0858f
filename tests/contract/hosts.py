"""The hosts that the contract runs over; a later host joins with one entry in HOSTS."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
import xlsxwriter

from addin.hosts import open_workbook
from addin.hosts.base import Cell, Table, Workbook
from addin.hosts.google.workbook import GoogleWorkbook
from addin.hosts.memory import MemoryWorkbook, memory_workbook
from tests.google_host import shared

Sheets = Mapping[str, Sequence[Sequence[Cell]]]


class Host(Protocol):
    """How a test gets a workbook in a host, and the same one again after it was closed."""

    def made(self, sheets: Sheets, tables: Sequence[Table] = ()) -> Workbook: ...

    def reopened(self, workbook: Workbook) -> Workbook: ...


@dataclass
class MemoryHost:
    """Workbooks in memory."""

    folder: Path

    def made(self, sheets: Sheets, tables: Sequence[Table] = ()) -> Workbook:
        return memory_workbook("book", sheets, tables)

    def reopened(self, workbook: Workbook) -> Workbook:
        assert isinstance(workbook, MemoryWorkbook)
        return workbook.as_saved()


@dataclass
class XlsxHost:
    """Workbook files, made by XlsxWriter."""

    folder: Path

    def made(self, sheets: Sheets, tables: Sequence[Table] = ()) -> Workbook:
        return open_workbook(write_xlsx(self.folder / "book.xlsx", sheets, tables))

    def reopened(self, workbook: Workbook) -> Workbook:
        workbook.close()
        return open_workbook(self.folder / "book.xlsx")


@dataclass
class LibreOfficeHost:
    """Workbook files in a LibreOffice that all tests of a session share."""

    folder: Path

    def made(self, sheets: Sheets, tables: Sequence[Table] = ()) -> Workbook:
        return in_libreoffice(write_xlsx(self.folder / "book.xlsx", sheets, tables))

    def reopened(self, workbook: Workbook) -> Workbook:
        workbook.close()
        return in_libreoffice(self.folder / "book.xlsx")


@dataclass
class GoogleHost:
    """Spreadsheets at an emulator of Google Sheets."""

    folder: Path

    def made(self, sheets: Sheets, tables: Sequence[Table] = ()) -> Workbook:
        return shared.made(sheets, tables)

    def reopened(self, workbook: Workbook) -> Workbook:
        assert isinstance(workbook, GoogleWorkbook)
        return shared.reopened(workbook.id)


HOSTS: dict[str, Callable[[Path], Host]] = {
    "memory": MemoryHost,
    "xlsx": XlsxHost,
    "libreoffice": LibreOfficeHost,
    "google": GoogleHost,
}
MARKS = {"libreoffice": (pytest.mark.libreoffice, pytest.mark.xdist_group("libreoffice"))}
EVERY_HOST = [pytest.param(name, marks=MARKS.get(name, ())) for name in sorted(HOSTS)]


def in_libreoffice(file: Path) -> Workbook:
    """A workbook in the shared office, which is as strict as Excel."""
    from addin.hosts.grid import GridWorkbook

    for left_open in office().books:
        left_open.close()
    book = office().books.open(str(file))
    return GridWorkbook(book, "LibreOffice", book.close)


@cache
def office() -> Any:
    """The LibreOffice of this session; it ends with the session."""
    from addin import libreoffice

    return libreoffice.register(strict=True).apps.add(add_book=False)


def write_xlsx(path: Path, sheets: Sheets, tables: Sequence[Table] = ()) -> Path:
    """A file with these cells and tables, as XlsxWriter makes it."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, column, value in _cells(rows):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, date):
                    style = moment if isinstance(value, datetime) else day
                    sheet.write_datetime(row, column, value, style)
                else:
                    sheet.write(row, column, value)
            for table in (table for table in tables if table.sheet == name):
                _add_table(sheet, table, rows)
    return path


def _cells(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, int, Cell]]:
    return [
        (row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value is not None
    ]


def _add_table(
    sheet: xlsxwriter.worksheet.Worksheet, table: Table, rows: Sequence[Sequence[Cell]]
) -> None:
    area = table.area
    headings = rows[area.top - 1][area.left - 1 : area.right]
    sheet.add_table(
        area.top - 1,
        area.left - 1,
        area.bottom - 1,
        area.right - 1,
        {"name": table.name, "columns": [{"header": str(text)} for text in headings]},
    )
