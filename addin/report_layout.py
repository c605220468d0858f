"""A report sheet as it stands in a workbook: what its hidden marks tell of each line.

A line that we wrote carries a check of what we wrote there. So whatever a person typed over is seen
and left alone, wherever rows were inserted or moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zlib import crc32

from addin.hosts.base import Cell, SheetCells
from addin.hosts.values import kept
from workbook_templates import books
from workbook_templates.report_frame import HEAD, REPORT, ROW
from workbook_templates.schema import Report

LOOKED_AT = 60  # lines from the top in which the first mark is looked for
CALCULATED = "="  # stands for a formula, whatever it comes to


@dataclass(frozen=True)
class ReportSheet:
    """`marks` is the column of the marks, `lines` the row of each role, `head` the last of them.

    `rows` are the rows that we wrote, with their marks; `width` columns of them are the report's.
    """

    worksheet: str
    report: Report
    cells: SheetCells
    marks: int
    lines: dict[str, int] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    width: int = 0

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell."""
        rows = self.cells.rows
        line = rows[row - 1] if 0 < row <= len(rows) else []
        return line[column - 1] if column <= len(line) else None

    def mark(self, row: int) -> str:
        """What the hidden column says of a row."""
        found = self.cell(row, self.marks)
        return found if isinstance(found, str) else ""

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a cell is calculated."""
        return (row, column) in self.cells.formulas

    def content(self, row: int, columns: Sequence[int]) -> list[str]:
        """The cells of a row as a check sees them."""
        return [
            CALCULATED if self.has_formula(row, column) else plain(self.cell(row, column))
            for column in columns
        ]

    @property
    def head(self) -> int:
        """The row of the headings."""
        return self.lines[HEAD]

    def columns(self, width: int) -> range:
        """The report's first columns."""
        return range(self.marks + 1, self.marks + 1 + width)

    def is_ours(self, row: int, columns: Sequence[int]) -> bool:
        """Whether a line is as we wrote it, or blank."""
        content = self.content(row, columns)
        return not any(content) or self.mark(row).split()[-1:] == [check(content)]


def plain(cell: Cell) -> str:
    """A value in one spelling, whichever host read it or is about to write it."""
    match kept(cell):
        case None:
            return ""
        case bool() as flag:
            return str(flag)
        case int() | float() as number:
            return f"{number:.4f}".replace("-0.0000", "0.0000")
        case date() as day:
            return day.isoformat()[:19]
        case text:
            words = " ".join(str(text).split())
            return f"'{words}" if words else ""


def check(content: Sequence[str]) -> str:
    """A short mark of what stands in a line."""
    while content and not content[-1]:
        content = content[:-1]
    return f"{crc32('|'.join(content).encode(errors='surrogatepass')):08x}"


def report_of(key: str) -> Report | None:
    """The declared report of that name."""
    return next((r for book in books.all_books() for r in book.reports if r.key == key), None)


def find_report_sheet(worksheet: str, cells: SheetCells) -> ReportSheet | None:
    """What a worksheet shows; None where no mark tells of a report that is known here."""
    for first, row in enumerate(cells.rows[:LOOKED_AT], start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str) and cell.startswith(REPORT):
                report = report_of(cell.removeprefix(REPORT))
                found = ReportSheet(worksheet, report, cells, column) if report else None
                return _read(found, first) if found else None
    return None


def _read(sheet: ReportSheet, first: int) -> ReportSheet | None:
    """The sheet with its lines; None where the one of the headings is gone."""
    for row in range(first, len(sheet.cells.rows) + 1):
        role = sheet.mark(row).partition(" ")[0]
        if role and role != ROW:
            sheet.lines.setdefault(role, row)
    if HEAD not in sheet.lines:
        return None
    _, width, count, *_ = [*sheet.mark(sheet.head).split(), "0", "0"]
    rows = dict(_rows(sheet, int(count))) if count.isdecimal() else {}
    return replace(sheet, rows=rows, width=int(width) if width.isdecimal() else 0)


def _rows(sheet: ReportSheet, count: int) -> Iterator[tuple[int, str]]:
    """The rows that we wrote: a person may have pasted copies of them below."""
    for row in range(sheet.head + 1, len(sheet.cells.rows) + 1):
        if count and sheet.mark(row).startswith(f"{ROW} "):
            count -= 1
            yield row, sheet.mark(row)
