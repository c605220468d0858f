"""Excel and LibreOffice Calc through xlwings: workbooks that are open in a program.

This is the only file of ours that imports xlwings; its neighbours get ranges and tables from here.
What xlwings does differently from one machine to the next is kept out by asking it for blocks only
(`ndim=2`), by stating texts as texts, and by reading back what was written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path

import xlwings as xw

from addin import libreoffice
from addin.hosts import errors, grid_cells, typed
from addin.hosts.base import Area, Cell, SetCell, SetNote, SheetCells, SheetEdit, Table
from addin.hosts.filters import unfiltered
from addin.hosts.notes import joined, persons_words
from addin.hosts.rectangles import Block, Place, blocks, bounds, bridged
from addin.hosts.troubles import Troubles
from addin.hosts.values import kept
from addin.hosts.xlsx.locks import OwnLock, refuse_when_open

PROGRAMS = {"excel": "Excel", "libreoffice": "LibreOffice"}
FEW = 8  # blocks that are not worth a look at the cells between them
NOT_FOUND = {"id": "tidak ditemukan di komputer ini", "en": "not found on this computer"}


class GridWorkbook:
    """A workbook that is open in a program; `closed` lets go of what was opened for it."""

    takes_formulas = True

    def __init__(self, book: xw.Book, program: str, closed: Callable[[], None]) -> None:
        self.book = book
        self._closed = closed
        self._backed_up = False
        self.name: str = book.name
        self._troubles = Troubles(self.name, program)
        self._sheets: dict[str, xw.Sheet] = {}
        self._on_sheet: dict[str, list[xw.main.Table]] = {}
        self._tables: dict[str, Table] | None = None

    def sheets(self) -> list[str]:
        """Names of the worksheets, as they were when first asked for since the last write."""
        return list(self._sheets) or self._look()

    def _look(self) -> list[str]:
        """The sheets anew; a program answers slowly, so nothing is asked for twice."""
        self._tables, self._on_sheet = None, {}
        with self._troubles.told():
            self._sheets = {sheet.name: sheet for sheet in self.book.sheets}
        return list(self._sheets)

    def tables(self) -> dict[str, Table]:
        """The tables of all sheets, as they were when first asked for since the last write."""
        if self._tables is None:
            self.sheets()
            with self._troubles.told():
                self._tables = {
                    table.name: Table(table.name, name, _area(table))
                    for name in self._sheets
                    for table in self._tables_on(name)
                }
        return dict(self._tables)

    def read(self, sheet: str) -> SheetCells:
        """All cells, with the results of formulas as the program shows them now."""
        there = self._sheet(sheet)
        with self._troubles.told(sheet):
            whole = grid_cells.used(there)
            rows = self._troubles.patiently(lambda: grid_cells.values(whole))
            formulas = grid_cells.formulas_in(whole, rows)
            merged = tuple(grid_cells.merged_in(whole))
        while rows and all(value is None for value in rows[-1]):
            rows.pop()
        return SheetCells(rows, formulas, merged)

    def notes(self, sheet: str) -> dict[Place, str]:
        """Texts of the notes by place."""
        there = self._sheet(sheet)
        with self._troubles.told(sheet):
            notes = [(note.location, grid_cells.note_text(note.text)) for note in there.notes]
            return {(cell.row, cell.column): text for cell, text in notes}

    def write(self, edits: Sequence[SheetEdit]) -> None:
        """Write block by block, after a look at whether all can be."""
        self._look()
        prepared = [(edit, self._prepared(edit)) for edit in edits]
        with self.book.app.properties(screen_updating=False, enable_events=False):
            for edit, table in prepared:
                self._apply(edit, table)
        self._tables = None

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Empty the sheet, then write all rows as one block."""
        there = self._sheet(sheet)
        width = max(map(len, rows), default=0)
        whole = [
            [kept(value, self.name) for value in row] + [None] * (width - len(row)) for row in rows
        ]
        with self._troubles.told(sheet):
            there.clear_contents()
            if whole and width:
                self._put(there, Block(1, 1, whole))

    def save(self) -> None:
        """Save in the program; `NAME.bak` is what stood in the file before the first time."""
        with self._troubles.told():
            path = _path(self.book)
            if path is not None and not self._backed_up:
                shutil.copy2(path, path.with_name(f"{path.name}.bak"))
            self._backed_up = True
            self._troubles.patiently(self.book.save)

    def close(self) -> None:
        """Close what was opened for this workbook; one that the user has open stays open."""
        with self._troubles.told():
            self._closed()

    # --- writing ------------------------------------------------------------------------------

    def _prepared(self, edit: SheetEdit) -> xw.main.Table | None:
        """The table that grows; raises what would stop the edit before anything is written."""
        sheet = self._sheet(edit.sheet)
        for cell in edit.cells:
            kept(cell.value, self.name)
        with self._troubles.told(edit.sheet):
            if _is_protected(sheet) and self._needs_locked_cells(sheet, edit):
                raise errors.SheetProtected(name=self.name, sheet=edit.sheet)
            if edit.table is None or edit.table_bottom is None:
                return None
            for table in self._tables_on(edit.sheet):
                if table.name.lower() == edit.table.lower():
                    self._refuse_when_in_the_way(edit.sheet, table, edit.table_bottom)
                    return table
        raise errors.TableMissing(name=self.name, table=edit.table)

    def _needs_locked_cells(self, sheet: xw.Sheet, edit: SheetEdit) -> bool:
        """Whether protection forbids an edit: its cells are locked, or its table has to grow."""
        grown = (t for t in self._tables_on(edit.sheet) if t.name == edit.table)
        if any(_area(table).bottom < (edit.table_bottom or 0) for table in grown):
            return True
        places = blocks({(cell.row, cell.column): None for cell in edit.cells})
        return any(_is_locked(grid_cells.cells_at(sheet, block.area)) for block in places)

    def _refuse_when_in_the_way(self, sheet: str, table: xw.main.Table, bottom: int) -> None:
        """Another table below stands in the way of one that grows."""
        ours = _area(table)
        for other in self._tables_on(sheet):
            area = _area(other)
            below = ours.bottom < area.top <= bottom
            beside = area.left > ours.right or area.right < ours.left
            if other.name != table.name and below and not beside:
                cell = self._sheet(sheet)[area.top - 1, area.left - 1].get_address(False, False)
                raise errors.TableCannotGrow(name=self.name, table=table.name, cell=cell)

    def _apply(self, edit: SheetEdit, table: xw.main.Table | None) -> None:
        sheet = self._sheet(edit.sheet)
        with self._troubles.told(edit.sheet):
            with unfiltered(self._tables_on(edit.sheet)):
                if table is not None and edit.table_bottom is not None:
                    _grow(table, edit.table_bottom)
                values = {(cell.row, cell.column): _kept(cell) for cell in edit.cells}
                for block in self._blocks(sheet, values):
                    self._put(sheet, block)
                grid_cells.put_formulas(sheet, edit.formulas)
            for row, points in edit.heights:
                _set_height(sheet[row - 1 : row, 0:1], points)
            with suppress(Exception) if _is_protected(sheet) else nullcontext():
                self._note(sheet, edit.notes)  # where it may have none, Status says the same

    def _blocks(self, sheet: xw.Sheet, values: Mapping[Place, Cell]) -> list[Block]:
        """Blocks with these values; of many small ones, larger ones that have blank cells too."""
        found = blocks(values)
        if len(found) <= FEW:
            return found
        area = bounds(values)
        filled = grid_cells.filled_in(grid_cells.cells_at(sheet, area))
        return min(found, blocks(bridged(values, filled)), key=len)

    def _put(self, sheet: xw.Sheet, block: Block) -> None:
        """Write a block and look at it: what the cells do not hold is written again in a format
        that fits, then cell by cell, because a block may go astray where rows are hidden.
        """
        with suppress(Exception):  # a block that is refused as a whole is seen by what it left out
            self._troubles.patiently(lambda: _write(sheet, block))
        for again in (self._put_formatted, self._put_singly):
            wrong = self._wrong(sheet, block)
            if not wrong:
                return
            again(sheet, wrong)
        for row, column in self._wrong(sheet, block):
            cell = sheet[row - 1, column - 1].get_address(False, False)
            raise errors.CellNotKept(name=self.name, sheet=sheet.name, cell=cell)

    def _put_formatted(self, sheet: xw.Sheet, wrong: Mapping[Place, Cell]) -> None:
        for kind, code in typed.FORMATS.items():
            fitting = {p: v for p, v in wrong.items() if v is not None and typed.kind_of(v) == kind}
            for block in blocks(fitting):
                with suppress(Exception):  # formats of a protected sheet stay as they are
                    grid_cells.cells_at(sheet, block.area).number_format = code
        for block in blocks(wrong):
            with suppress(Exception):
                self._troubles.patiently(partial(_write, sheet, block))

    def _put_singly(self, sheet: xw.Sheet, wrong: Mapping[Place, Cell]) -> None:
        for (row, column), value in wrong.items():
            block = Block(row, column, [[value]])
            with suppress(Exception):
                self._troubles.patiently(partial(_write, sheet, block))

    def _wrong(self, sheet: xw.Sheet, block: Block) -> dict[Place, Cell]:
        """The cells of a block that hold something else, with what they should hold."""
        cells = grid_cells.cells_at(sheet, block.area)
        read = self._troubles.patiently(lambda: grid_cells.values(cells))
        return {
            (row, column): wanted
            for (row, column), wanted in block.cells()
            if not typed.is_kept(wanted, read[row - block.top][column - block.left])
        }

    def _note(self, sheet: xw.Sheet, notes: Sequence[SetNote]) -> None:
        for one in notes:
            cell = sheet[one.row - 1, one.column - 1]
            note = cell.note
            before = persons_words(grid_cells.note_text(note.text)) if note else ""
            text = joined(before, one.text)
            if note is not None and text:
                note.text = text
            elif note is not None:
                note.delete()
            elif text:
                cell.add_note(text)

    # --- what all of it needs -----------------------------------------------------------------

    def _sheet(self, name: str) -> xw.Sheet:
        if name not in self._sheets and name not in self._look():
            raise errors.SheetMissing(name=self.name, sheet=name)
        return self._sheets[name]

    def _tables_on(self, sheet: str) -> list[xw.main.Table]:
        if sheet not in self._on_sheet:
            found = iter(self._sheet(sheet).tables)  # a list would ask for the length first
            self._on_sheet[sheet] = list(found)
        return self._on_sheet[sheet]


def _kept(cell: SetCell) -> Cell:
    return kept(cell.value)


def _path(book: xw.Book) -> Path | None:
    """The workbook's file; None where it has none here (never saved, or in the cloud only)."""
    with suppress(Exception):
        path = Path(book.fullname)
        return path if path.is_file() else None
    return None


def _area(table: xw.main.Table) -> Area:
    """Where a table stands, without its row of totals."""
    cells = table.range
    rows = cells.shape[0] - bool(table.show_totals)
    right = cells.column + cells.shape[1] - 1
    return Area(cells.row, cells.column, cells.row + rows - 1, right)


def _write(sheet: xw.Sheet, block: Block) -> None:
    rows = [[typed.given(value) for value in row] for row in block.rows]
    grid_cells.cells_at(sheet, block.area).value = rows


def _set_height(row: xw.Range, points: float | None) -> None:
    """A row's height; None leaves it to the program."""
    if points is None:
        row.rows.autofit()
    else:
        row.row_height = points


def _grow(table: xw.main.Table, bottom: int) -> None:
    """Make a table reach a row; one with totals gets rows inserted above them."""
    area = _area(table)
    if bottom <= area.bottom:
        return
    sheet = table.range.sheet
    if table.show_totals:
        added = Area(area.bottom + 1, area.left, bottom, area.right)
        grid_cells.cells_at(sheet, added).insert("down")
    else:
        table.resize(grid_cells.cells_at(sheet, Area(area.top, area.left, bottom, area.right)))


def _is_protected(sheet: xw.Sheet) -> bool:
    with suppress(Exception):
        found = sheet.api.ProtectContents
        return bool(found.get() if hasattr(found, "get") else found)
    with suppress(Exception):
        return bool(sheet.api.protect_contents.get())
    return False


def _is_locked(cells: xw.Range) -> bool:
    """Whether protection covers one of the cells."""
    with suppress(Exception):
        return cells.api.Locked is not False
    with suppress(Exception):
        return cells.api.locked.get() is not False
    return True


# --- opening ----------------------------------------------------------------------------------


def open_workbook(target: str, program: str) -> GridWorkbook:
    """The workbook at a path, or one that is open under that name, in `excel` or `libreoffice`.

    One that its user has open is worked on where it is and stays open; any other is opened without
    a window and closed in the end.
    """
    path = Path(target).absolute()
    with Troubles(path.name, PROGRAMS[program]).told():
        return _in_excel(path) if program == "excel" else _in_libreoffice(path)


def new_workbook(program: str) -> GridWorkbook:
    """A blank workbook in `excel` or `libreoffice`, which is closed with it and never saved."""
    with Troubles("", PROGRAMS[program]).told():
        if program == "libreoffice":
            libreoffice.register()
        if program not in xw.engines.engines_by_name:
            raise errors.ProgramMissing(program=PROGRAMS[program], reason=NOT_FOUND)
        app = xw.engines[program].apps.add(add_book=False, visible=False)
        return GridWorkbook(app.books.add(), PROGRAMS[program], app.quit)


def _in_libreoffice(path: Path) -> GridWorkbook:
    engine = libreoffice.register()
    if not path.exists() or path.with_name(f".~lock.{path.name}#").exists():
        return _where_it_is_open(path)
    refuse_when_open(path)
    lock = OwnLock(path)
    try:
        app = engine.apps.add(add_book=False)
    except BaseException:
        lock.release()
        raise

    def closed() -> None:
        app.quit()
        lock.release()

    try:
        return GridWorkbook(app.books.open(str(path)), PROGRAMS["libreoffice"], closed)
    except BaseException:
        closed()
        raise


def _where_it_is_open(path: Path) -> GridWorkbook:
    """The workbook in the LibreOffice that its user has open."""
    app = libreoffice.attach()
    for book in app.books:
        if book.name.lower() == path.name.lower() and _is_at(book, path):
            return GridWorkbook(book, PROGRAMS["libreoffice"], app.quit)
    app.quit()
    if path.exists():
        refuse_when_open(path)
    raise errors.WorkbookMissing(name=path.name)


def _in_excel(path: Path) -> GridWorkbook:
    if "excel" not in xw.engines.engines_by_name:
        raise errors.ProgramMissing(program=PROGRAMS["excel"], reason=NOT_FOUND)
    engine = xw.engines["excel"]
    for app in engine.apps:
        for book in app.books:
            if book.name.lower() == path.name.lower() and _is_at(book, path):
                return GridWorkbook(book, PROGRAMS["excel"], lambda: None)
    if not path.exists():
        raise errors.WorkbookMissing(name=path.name)
    refuse_when_open(path)
    app = engine.apps.add(add_book=False, visible=False)
    return GridWorkbook(app.books.open(str(path)), PROGRAMS["excel"], app.quit)


def _is_at(book: xw.Book, path: Path) -> bool:
    """Whether an open workbook of the right name is the one. In OneDrive its place is an address,
    which need not be translated into a path: the name then has to do."""
    with suppress(Exception):
        there = Path(book.fullname)
        if there.is_absolute() and there.exists() and path.exists():
            return there.samefile(path)
    return True
