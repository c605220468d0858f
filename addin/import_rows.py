"""The rows of a foreign table as canonical texts, with all that cannot be read of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from addin.bank_rows import day_in, is_date
from addin.file_tables import Table, column_of, date_format, decimal_sign
from addin.hosts.base import Cell, CellError
from addin.import_columns import Heading
from workbook_templates.columns import Column, Date, Number
from workbook_templates.columns.cells import ERROR_IN_CELL
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale
from workbook_templates.problems import Problem, Unreadable
from workbook_templates.schema import Sheet


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with a row of the file, and under which heading ("" for the row as a whole)."""

    number: int
    heading: str
    problem: Problem


@dataclass(slots=True)
class FileRow:
    """A row of the file: its number there, its cells, how far its first text is set in."""

    number: int
    cells: dict[str, str]
    indent: int = 0


@dataclass
class FileRows:
    """What a table says. `passed`: the numbers of rows that say nothing under the key's headings:
    totals, captions.
    """

    rows: list[FileRow] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Reader:
    """How one column of the file is read into one of ours. `form`: of its days."""

    heading: Heading
    column: Column
    locale: Locale
    form: str = ""
    lenient: bool = False

    def text(self, cell: Cell) -> str | None:
        """Raises `Unreadable`, unless what it cannot read is meant for another column."""
        try:
            return self._text(cell)
        except Unreadable:
            if self.lenient:
                return None
            raise

    def _text(self, cell: Cell) -> str | None:
        if isinstance(cell, CellError):
            raise Unreadable(ERROR_IN_CELL(error=cell.text))
        if self.form and isinstance(cell, str) and is_date(cell, self.form):
            return day_in(cell, self.form, ())
        return self.column.canonical(cell, self.locale)


def read_rows(
    table: Table, first: int, sheet: Sheet, headings: Sequence[Heading], constant: Mapping[str, str]
) -> FileRows:
    """The rows from `first` on (from 0). `constant` are cells that all of them have."""
    found, readers = FileRows(), _readers(table[first:], sheet, headings)
    keyed = {r.column.key for r in readers} & set(sheet.key_columns)
    for number, row in enumerate(table[first:], start=first + 1):
        cells, bad = _read(readers, row, number)
        if not cells and not bad:
            continue
        if keyed and not keyed & {*cells, *(wrong.problem.column for wrong in bad)}:
            found.passed.append(number)
            continue
        found.bad += bad
        found.rows.append(FileRow(number, {**constant, **cells}, _indent(readers, row)))
    return found


def _read(
    readers: Sequence[_Reader], row: Sequence[Cell], number: int
) -> tuple[dict[str, str], list[BadCell]]:
    cells, bad = dict[str, str](), list[BadCell]()
    for reader in readers:
        try:
            text = reader.text(_at(row, reader))
        except Unreadable as wrong:
            problem = wrong.problem.at(None, reader.column.key)
            bad.append(BadCell(number, reader.heading.text, problem))
        else:
            if text:
                cells[reader.column.key] = text
    return cells, bad


def _readers(rows: Table, sheet: Sheet, headings: Sequence[Heading]) -> list[_Reader]:
    found = []
    for heading in headings:
        for nth, key in enumerate(heading.columns):
            column, cells = sheet.column(key), list(column_of(rows, heading.place))
            is_number = isinstance(column, Number)
            point = is_number and decimal_sign(cells) == "point"
            form = date_format(cells, is_date) if isinstance(column, Date) else ""
            locale = ENGLISH if point else INDONESIAN
            found.append(_Reader(heading, column, locale, form, lenient=nth > 0))
    return found


def _at(row: Sequence[Cell], reader: _Reader) -> Cell:
    place = reader.heading.place
    return row[place] if place < len(row) else None


def _indent(readers: Sequence[_Reader], row: Sequence[Cell]) -> int:
    texts = [cell for reader in readers if isinstance(cell := _at(row, reader), str)]
    return max((len(text) - len(text.lstrip()) for text in texts), default=0)
