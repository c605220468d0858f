"""A small spreadsheet with ids, a change of it, and what it says."""

from typing import Any

from addin.hosts.base import Cell, SetCell, SetNote, SheetEdit
from addin.hosts.google.workbook import GoogleWorkbook
from tests.google_host import shared

NAMES: list[list[Cell]] = [
    ["_id", "name", "n"],
    ["a", "Ani", 3],
    ["b", "Budi", 1],
    ["c", "Cici", 2],
]
CHANGED = [
    ["_id", "name", "n"],
    ["a", "Ani", 30],
    ["b", "Budi", 1],
    ["c", "Cica", 2],
    ["d", "Dedi"],
]


def change(book: GoogleWorkbook) -> None:
    """Something for each of two rows, not saved yet."""
    cells = (SetCell(2, 3, 30), SetCell(4, 2, "Cica"), SetCell(5, 1, "d"), SetCell(5, 2, "Dedi"))
    book.write([SheetEdit("People", cells, (SetNote(2, 3, "kurang"),))])


def rows(book: GoogleWorkbook) -> list[list[Any]]:
    return shared.reopened(book.id).read("People").rows
