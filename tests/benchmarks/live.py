"""Rows of an open workbook in LibreOffice: read, and written, through our host and without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from addin import libreoffice
from addin.hosts.base import Cell
from addin.hosts.grid import GridWorkbook
from tests.benchmarks.measuring import Comparison, Way, measure

COLUMNS = 10


def live_read(rows: int = 100_000) -> Comparison:
    """All cells of one sheet, formulas and merged cells too."""
    with _opened() as workbook, TemporaryDirectory() as folder:
        sheet = workbook.book.sheets[0]
        workbook.replace(sheet.name, _rows(rows))
        file = Path(folder, "book.xlsx")
        workbook.book.save(str(file))
        block = sheet[0:rows, 0:COLUMNS].options(ndim=2)
        ways = (
            measure("ours: read a sheet", lambda: _expect(workbook.read(sheet.name).rows, rows)),
            measure("xlwings: Range.value", lambda: _expect(block.value, rows)),
            measure("openpyxl: load the file", lambda: _expect(_loaded(file), rows)),
        )
    return _compared("live_read", "Reading", rows, ways)


def live_write(rows: int = 100_000) -> Comparison:
    """All cells of one sheet, each read back."""
    made = _rows(rows)
    plain = [[_moment(cell) for cell in row] for row in made]
    with _opened() as workbook, TemporaryDirectory() as folder:
        sheet = workbook.book.sheets[0]

        def with_xlwings() -> None:
            sheet.clear_contents()
            sheet[0:rows, 0:COLUMNS].value = plain

        def with_openpyxl() -> None:
            book = openpyxl.Workbook(write_only=True)
            page = book.create_sheet()
            for row in made:
                page.append(row)
            book.save(Path(folder, "book.xlsx"))

        ways = (
            measure("ours: write a sheet", lambda: workbook.replace(sheet.name, made)),
            measure("xlwings: Range.value", with_xlwings),
            measure("openpyxl: write a file", with_openpyxl),
        )
        _expect(workbook.read(sheet.name).rows, rows)
    return _compared("live_write", "Writing", rows, ways)


@contextmanager
def _opened() -> Iterator[GridWorkbook]:
    """A blank workbook in a LibreOffice of its own."""
    app = libreoffice.register().apps.add(add_book=True)
    try:
        yield GridWorkbook(app.books[0], "LibreOffice", app.quit)
    finally:
        app.quit()


def _rows(count: int) -> list[list[Cell]]:
    day = date(2026, 5, 3)
    return [
        [f"id {n} x", day, "kas kecil", f"Beban sewa {n} x", n / 4, n, 3, 0.1, "IDR", n % 2 == 0]
        for n in range(count)
    ]


def _moment(cell: Cell) -> object:
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell


def _loaded(file: Path) -> list[list[object]]:
    with closing(openpyxl.load_workbook(file, read_only=True)) as book:
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _expect(found: list[list[object]] | list[list[Cell]], rows: int) -> None:
    assert (len(found), len(found[0])) == (rows, COLUMNS)


def _compared(key: str, verb: str, rows: int, ways: tuple[Way, ...]) -> Comparison:
    title = f"{verb} {rows:,} rows of {COLUMNS} columns in LibreOffice"
    return Comparison(key, title, rows, "rows", "", ways)
