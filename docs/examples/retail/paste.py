"""Pasting rows under the headings of a blank workbook, as a person does; no ids, no Status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from addin.hosts.base import Cell, SetCell, SheetEdit, Workbook
from addin.hosts.xlsx import open_workbook
from docs.examples.retail.sheets import Row
from workbook_templates.books import book
from workbook_templates.columns import Choice
from workbook_templates.schema import Sheet

LANGUAGE = "en"
FIRST = 2  # the row below the headings


def paste(file: Path, book_key: str, rows: Mapping[str, Sequence[Row]]) -> None:
    """Put rows into the sheets of a blank workbook and save it. Raises `HostError`."""
    workbook = open_workbook(str(file))
    try:
        edits = [_edit(workbook, book(book_key).sheet(key), some) for key, some in rows.items()]
        workbook.write(edits)
        workbook.save()
    finally:
        workbook.close()


def _edit(workbook: Workbook, sheet: Sheet, rows: Sequence[Row]) -> SheetEdit:
    title = sheet.title[LANGUAGE]
    table = next(table for table in workbook.tables().values() if table.sheet == title)
    headings = workbook.read(title).rows[FIRST - 2]
    place = {c.key: headings.index(c.heading[LANGUAGE]) + 1 for c in sheet.columns}
    cells = tuple(_cells(sheet, place, rows))
    bottom = max(table.area.bottom, len(rows) + FIRST - 1)
    return SheetEdit(title, cells, table=table.name, table_bottom=bottom)


def _cells(sheet: Sheet, place: Mapping[str, int], rows: Sequence[Row]) -> Iterator[SetCell]:
    words = {
        column.key: {option.key: option.words[LANGUAGE] for option in column.choices}
        for column in sheet.columns
        if isinstance(column, Choice)
    }
    for number, row in enumerate(rows, FIRST):
        for key, value in row.cells.items():
            shown: Cell = words[key][str(value)] if key in words else value
            yield SetCell(number, place[key], shown)
