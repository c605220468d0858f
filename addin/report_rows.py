"""A report as the cells of its sheet: headings and rows with their marks, values or formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from addin.hosts.base import Cell, SetFormula
from addin.hosts.columns import letters
from addin.report_layout import CALCULATED, ReportSheet, check, plain
from workbook_templates import wire
from workbook_templates.columns import Column
from workbook_templates.report_frame import FINAL, HEAD, ROW, SUM
from workbook_templates.report_rows import (
    ADDS,
    TOTAL,
    Row,
    final_rows,
    is_figure,
    level_of,
    shown_columns,
    sum_formula,
)
from workbook_templates.schema import ReportRequest

Wanted = Cell | SetFormula


@dataclass(frozen=True)
class Table:
    """A report at its place: `reply` for `request`, in a language; `calculates`: with formulas."""

    sheet: ReportSheet
    reply: wire.ReportReply
    request: ReportRequest
    language: str
    calculates: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        return shown_columns(self.sheet.report.shown(self.request))

    def lines(self) -> Iterator[tuple[int, str, list[Wanted]]]:
        """(row, mark, cells) of the headings, the rows, and the sums below them."""
        head, rows = self.sheet.head, self.reply.rows
        finals, columns = final_rows(rows), self.columns
        sums = [self._sums()] if self.sheet.report.summed(rows) else []
        headings: list[Wanted] = [column.heading[self.language] for column in columns]
        told = f"{HEAD} {len(columns)} {len(rows) + len(sums)}"
        yield head, _marked(told, headings), headings
        for number, row in enumerate(rows, start=1):
            level = FINAL if number in finals else level_of(row)
            cells = [self._cell(row, number, place) for place in range(len(columns))]
            yield head + number, _marked(f"{ROW} {level}", cells), cells
        for cells in sums:
            yield head + len(rows) + 1, _marked(f"{ROW} {SUM}", cells), cells

    def _cell(self, row: Row, number: int, place: int) -> Wanted:
        column = self.columns[place]
        text, adds = row.get(column.key), row.get(ADDS)
        if text is None:
            return None
        if adds and is_figure(column):
            letter = letters(self.sheet.marks + 1 + place)
            formula = sum_formula(adds, letter, self.sheet.head)
            return self._calculated(number, place, formula, column.value(text))
        return cast(Cell, column.cell(text, self.language))

    def _sums(self) -> list[Wanted]:
        """The sums of plain columns."""
        count, head = len(self.reply.rows), self.sheet.head
        cells: list[Wanted] = [TOTAL[self.language], *[None] * (len(self.columns) - 1)]
        for place, column in enumerate(self.columns):
            if column.key in self.sheet.report.sums:
                found = (row.get(column.key) for row in self.reply.rows)
                added = sum((Decimal(text) for text in found if text), Decimal(0))
                letter = letters(self.sheet.marks + 1 + place)
                formula = f"SUM({letter}{head + 1}:{letter}{head + count})"
                cells[place] = self._calculated(count + 1, place, formula, added)
        return cells

    def _calculated(self, number: int, place: int, formula: str, result: Decimal) -> Wanted:
        if not self.calculates:
            return result
        at = self.sheet.head + number, self.sheet.marks + 1 + place
        return SetFormula(*at, formula, Decimal(result))


def _marked(told: str, cells: list[Wanted]) -> str:
    return f"{told} {check([as_checked(cell) for cell in cells])}"


def as_checked(cell: Wanted) -> str:
    """A wanted cell as a check sees it."""
    return CALCULATED if isinstance(cell, SetFormula) else plain(cell)


def differs(sheet: ReportSheet, row: int, column: int, wanted: Wanted) -> bool:
    """Whether a cell is other than it should be."""
    formulas: Mapping[tuple[int, int], str] = sheet.cells.formulas
    if isinstance(wanted, SetFormula):
        same = formulas.get((row, column)) == f"={wanted.text}"
        return not same or plain(sheet.cell(row, column)) != plain(wanted.result)
    return (row, column) in formulas or plain(sheet.cell(row, column)) != plain(wanted)
