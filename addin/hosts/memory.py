"""A workbook in memory: the reference that other hosts are compared with, and a fast test host."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from addin.hosts.base import (
    Area,
    Cell,
    SetCell,
    SetFormula,
    SetLink,
    SetNote,
    SheetCells,
    SheetEdit,
    Table,
)
from addin.hosts.blocks import Mark
from addin.hosts.errors import SheetMissing, TableMissing
from addin.hosts.notes import joined
from addin.hosts.offers import link_formula
from addin.hosts.values import kept

Place = tuple[int, int]


@dataclass(slots=True)
class MemorySheet:
    """One sheet. A note has the person's words and ours apart; ``hidden`` are row numbers."""

    rows: list[list[Cell]] = field(default_factory=list)
    formulas: dict[Place, str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    persons_notes: dict[Place, str] = field(default_factory=dict)
    our_notes: dict[Place, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def put(self, cell: SetCell, name: str) -> None:
        """Set one cell; a formula there goes."""
        value = kept(cell.value, name)
        self.formulas.pop((cell.row, cell.column), None)
        if value is None and not self._reaches(cell.row, cell.column):
            return
        while len(self.rows) < cell.row:
            self.rows.append([])
        line = self.rows[cell.row - 1]
        line.extend([None] * (cell.column - len(line)))
        line[cell.column - 1] = value

    def link(self, link: SetLink, name: str) -> None:
        """Set a formula that leads to a row, with its text as the result."""
        self.put(SetCell(link.row, link.column, link.text), name)
        self.formulas[link.row, link.column] = f"={link_formula(link)}"

    def calculate(self, formula: SetFormula, name: str) -> None:
        """Set a formula with its result."""
        self.put(SetCell(formula.row, formula.column, formula.result), name)
        self.formulas[formula.row, formula.column] = f"={formula.text}"

    def _reaches(self, row: int, column: int) -> bool:
        """Whether the rows have this place already."""
        return row <= len(self.rows) and column <= len(self.rows[row - 1])

    def note(self, note: SetNote) -> None:
        """Set or remove our note."""
        self.our_notes.pop((note.row, note.column), None)
        if note.text:
            self.our_notes[note.row, note.column] = note.text


@dataclass(slots=True)
class MemoryWorkbook:
    """A workbook of lists. What was saved last is in ``saved``, as on a disk."""

    name: str
    grid: dict[str, MemorySheet]
    listed: dict[str, Table] = field(default_factory=dict)
    saved: tuple[dict[str, MemorySheet], dict[str, Table]] | None = None
    block_rows: int = 2
    is_shared: bool = False  # as a live file that several people have open at once
    takes_links: bool = True
    takes_formulas: bool = True

    def sheets(self) -> list[str]:
        """Names of the sheets in order."""
        return list(self.grid)

    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return dict(self.listed)

    def read(self, sheet: str) -> SheetCells:
        """A copy of the cells, which the caller may change."""
        found = self._sheet(self.grid, sheet)
        rows = [list(row) for row in found.rows]
        while rows and all(value is None for value in rows[-1]):
            rows.pop()
        return SheetCells(rows, dict(found.formulas), found.merged)

    # -- what changed (`addin.hosts.blocks`) ------------------------------------------------------

    def mark(self, sheet: str) -> Mark:
        """The state of a sheet."""
        found = self._sheet(self.grid, sheet)
        return Mark(_digest((found.rows, found.formulas, found.merged)).hex(), "", "")

    def blocks(self, sheet: str, since: Mark | None = None) -> dict[int, bytes] | None:
        """A hash a block."""
        cells, size = self.read(sheet), self.block_rows
        blocks = range((len(cells.rows) + size - 1) // size)
        return {n: _digest(_block(cells, n * size, (n + 1) * size)) for n in blocks}

    def read_rows(self, sheet: str, numbers: Collection[int]) -> SheetCells:
        """Some rows of a sheet."""
        cells = self.read(sheet)
        rows = [row if n in numbers else [] for n, row in enumerate(cells.rows, start=1)]
        formulas = {place: text for place, text in cells.formulas.items() if place[0] in numbers}
        return SheetCells(rows, formulas, cells.merged)

    def find_rows(self, sheet: str, column: int, texts: Collection[str]) -> dict[str, int]:
        """Where some texts stand in a column."""
        found = {text: number for number, text in self.column_texts(sheet, column).items()}
        return {text: found[text] for text in texts if text in found}

    def column_texts(self, sheet: str, column: int) -> dict[int, str]:
        """The texts of one column."""
        rows = enumerate(self.read(sheet).rows, start=1)
        cells = ((n, row[column - 1]) for n, row in rows if len(row) >= column)
        return {number: cell for number, cell in cells if isinstance(cell, str)}

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The rows that a person does not see."""
        return frozenset(self._sheet(self.grid, sheet).hidden)

    def notes(self, sheet: str) -> dict[Place, str]:
        """Texts of the notes by place."""
        found = self._sheet(self.grid, sheet)
        places = found.persons_notes.keys() | found.our_notes.keys()
        return {
            place: joined(found.persons_notes.get(place, ""), found.our_notes.get(place))
            for place in places
        }

    def write(self, edits: Sequence[SheetEdit]) -> None:
        """Apply all edits, or none when one of them cannot be."""
        touched = {edit.sheet: deepcopy(self._sheet(self.grid, edit.sheet)) for edit in edits}
        tables = dict(self.listed)
        for edit in edits:
            sheet = touched[edit.sheet]
            for cell in edit.cells:
                sheet.put(cell, self.name)
            for link in edit.links:
                sheet.link(link, self.name)
            for formula in edit.formulas:
                sheet.calculate(formula, self.name)
            for note in edit.notes:
                sheet.note(note)
            if edit.table is not None and edit.table_bottom is not None:
                table = self._table(tables, edit.table, edit.sheet)
                area = replace(table.area, bottom=edit.table_bottom)
                tables[table.name] = replace(table, area=area)
        self.grid |= touched
        self.listed = tables

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Make ``rows`` all that the sheet has; its notes and merged areas stay."""
        found = self._sheet(self.grid, sheet)
        found.rows = [[kept(value, self.name) for value in row] for row in rows]
        found.formulas = {}

    def add_sheet(
        self, name: str, rows: Sequence[Sequence[Cell]], tables: Sequence[Table] = ()
    ) -> None:
        """Add a sheet with its tables."""
        self.grid[name] = MemorySheet([[kept(value, self.name) for value in row] for row in rows])
        self.listed |= {table.name: table for table in tables}

    def save(self) -> None:
        """Keep a copy that ``as_saved`` gives back after a crash."""
        self.saved = deepcopy((self.grid, self.listed))

    def close(self) -> None:
        """Go back to what was saved, as a file does when its program is closed."""
        if self.saved is not None:
            self.grid, self.listed = deepcopy(self.saved)

    def as_saved(self) -> MemoryWorkbook:
        """The workbook that is found after a crash: what ``save`` kept last."""
        grid, tables = deepcopy(self.saved or (self.grid, self.listed))
        return MemoryWorkbook(self.name, grid, tables, deepcopy(self.saved))

    def copied(self, name: str | None = None) -> MemoryWorkbook:
        """An independent copy, as when the file is mailed to somebody."""
        twin = deepcopy(self)
        twin.name = name or self.name
        return twin

    def _sheet(self, grid: Mapping[str, MemorySheet], sheet: str) -> MemorySheet:
        """One sheet."""
        if sheet not in grid:
            raise SheetMissing(name=self.name, sheet=sheet)
        return grid[sheet]

    def _table(self, tables: Mapping[str, Table], name: str, sheet: str) -> Table:
        """One table of a sheet; names ignore case."""
        for table in tables.values():
            if table.name.lower() == name.lower() and table.sheet == sheet:
                return table
        raise TableMissing(name=self.name, table=name)


def _block(cells: SheetCells, start: int, end: int) -> object:
    """What stands in some rows, the first of them counted from 0."""
    formulas = {place: text for place, text in cells.formulas.items() if start < place[0] <= end}
    return cells.rows[start:end], sorted(formulas.items())


def _digest(content: object) -> bytes:
    """Eight bytes that are equal when the contents are."""
    return blake2b(repr(content).encode(errors="surrogatepass"), digest_size=8).digest()


def memory_workbook(
    name: str, sheets: Mapping[str, Sequence[Sequence[Cell]]], tables: Sequence[Table] = ()
) -> MemoryWorkbook:
    """A saved workbook with these rows in its sheets."""
    grid = {
        sheet: MemorySheet([[kept(value, name) for value in row] for row in rows])
        for sheet, rows in sheets.items()
    }
    workbook = MemoryWorkbook(name, grid, {table.name: table for table in tables})
    workbook.save()
    return workbook
