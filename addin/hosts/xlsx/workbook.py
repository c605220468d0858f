"""An .xlsx or .xlsm file as a workbook of the port."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from addin.hosts.base import Cell, NewColumn, SheetCells, SheetEdit, Table
from addin.hosts.blocks import Mark
from addin.hosts.errors import (
    EncryptedWorkbook,
    HostError,
    NotAWorkbook,
    ReadOnlyWorkbook,
    SheetMissing,
    UnreadableWorkbook,
    WorkbookChanged,
)
from addin.hosts.xlsx import blocks, sparse
from addin.hosts.xlsx.durable import write_durably
from addin.hosts.xlsx.editing import Editing
from addin.hosts.xlsx.grafting import graft
from addin.hosts.xlsx.locks import OwnLock, refuse_when_open
from addin.hosts.xlsx.note_parts import notes_of
from addin.hosts.xlsx.package import Package, package_of
from addin.hosts.xlsx.structure import sheet_parts
from addin.hosts.xlsx.tables import tables_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class XlsxWorkbook:
    """A workbook file, read whole into memory when it is opened and let go of at once.

    The first write takes our lock on the file and looks for those of other programs.
    """

    block_rows = blocks.BLOCK_ROWS
    takes_links = True
    takes_formulas = True

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.name = path.name
        self._content, self._state = _read_file(self.path)
        self._package = _package(self._content, self.name)
        self._parts = sheet_parts(self._package)
        self._lock: OwnLock | None = None
        self._backed_up = False

    def sheets(self) -> list[str]:
        """Names of the worksheets; chart sheets are not among them."""
        return list(self._parts)

    def tables(self) -> dict[str, Table]:
        """The tables of all sheets, by the name that formulas use."""
        return {
            found.table.name: found.table
            for sheet, part in self._parts.items()
            for found in tables_of(self._package, sheet, part)
        }

    def read(self, sheet: str) -> SheetCells:
        """All cells; formulas have the results that the program that saved them had found."""
        return sparse.read_whole(self._package, sheet, self._part(sheet))

    def mark(self, sheet: str) -> Mark:
        """The state of a sheet, from the checksums that the zip has."""
        return blocks.mark_of(self._package, self._part(sheet))

    def blocks(self, sheet: str, since: Mark | None = None) -> dict[int, bytes] | None:
        """A hash a block of rows."""
        part = self._part(sheet)
        if since is not None and not blocks.comparable(self._package, part, since):
            return None
        return blocks.hashes(self._package, part)

    def read_rows(self, sheet: str, numbers: Collection[int]) -> SheetCells:
        """Some rows of a sheet."""
        return blocks.read_rows(self._package, sheet, self._part(sheet), numbers)

    def find_rows(self, sheet: str, column: int, texts: Collection[str]) -> dict[str, int]:
        """Where some texts stand in a column."""
        return blocks.find_rows(self._package, self._part(sheet), column, texts)

    def column_texts(self, sheet: str, column: int) -> dict[int, str]:
        """The texts of one column."""
        return blocks.column_texts(self._package, self._part(sheet), column)

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The rows that a person does not see."""
        return self._package.sheet(self._part(sheet)).hidden()

    def notes(self, sheet: str) -> dict[tuple[int, int], str]:
        """Texts of the notes by place."""
        return notes_of(self._package, self._part(sheet))

    def write(self, edits: Sequence[SheetEdit]) -> None:
        """Patch the sheets in memory, all or none."""
        self._hold()
        editing = Editing(self._package.copy())
        for edit in edits:
            editing.apply(edit, self._part(edit.sheet))
        self._package = editing.finished()

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Write the rows of a sheet anew; its settings and column formats stay."""
        self._hold()
        editing = Editing(self._package.copy())
        editing.replace(self._part(sheet), rows)
        self._package = editing.finished()

    def graft(self, template: bytes, sheets: Sequence[str], columns: Sequence[NewColumn]) -> None:
        """Take sheets and the looks of columns from a rendered workbook; all other parts stay."""
        self._hold()
        package = self._package.copy()
        graft(package, package_of(template, self.name), sheets, columns)
        self._package, self._parts = package, sheet_parts(package)

    def save(self) -> None:
        """Put the new file in the old one's place; ``NAME.bak`` is what stood there at first."""
        if not self._package.changed:
            return
        self._hold()
        self._refuse_when_changed()
        mode = stat.S_IMODE(os.stat(self.path).st_mode)
        if not self._backed_up:
            write_durably(self.path.with_name(f"{self.path.name}.bak"), self._content, mode)
            self._backed_up = True
        content = self._package.archive()
        write_durably(self.path, content, mode)
        self._content, self._state = _read_file(self.path)
        ours = self._content == content
        self._package = (
            self._package.saved_as(content) if ours else package_of(self._content, self.name)
        )

    def close(self) -> None:
        """Release the lock."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _part(self, sheet: str) -> str:
        """The sheet's part."""
        if sheet not in self._parts:
            raise SheetMissing(name=self.name, sheet=sheet)
        return self._parts[sheet]

    def _hold(self) -> None:
        """Make sure that nobody else has the file, and that it may be written."""
        refuse_when_open(self.path)
        if self._lock is not None:
            return
        if not os.access(self.path, os.W_OK) or not self._state[2] & stat.S_IWUSR:
            raise ReadOnlyWorkbook(name=self.name)
        try:
            self._lock = OwnLock(self.path)
        except PermissionError as refused:
            raise ReadOnlyWorkbook(name=self.name) from refused
        self._refuse_when_changed()

    def _refuse_when_changed(self) -> None:
        """Raise ``WorkbookChanged`` when the file is not the one that we read."""
        try:
            state = _state(self.path)
        except OSError as gone:
            raise WorkbookChanged(name=self.name) from gone
        if state != self._state:
            raise WorkbookChanged(name=self.name)


def _state(path: Path) -> tuple[int, int, int]:
    """What tells one saved state of a file from another: time, size, and its mode."""
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size, found.st_mode


def _read_file(path: Path) -> tuple[bytes, tuple[int, int, int]]:
    """The file's bytes and their state, which is taken first so that no later save is missed."""
    try:
        state = _state(path)
        return path.read_bytes(), state
    except PermissionError as refused:
        raise UnreadableWorkbook(name=path.name) from refused
    except OSError as failure:
        raise HostError(name=path.name, reason=failure.strerror or str(failure)) from failure


def _package(content: bytes, name: str) -> Package:
    """The package, after telling apart what only looks like a workbook."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise EncryptedWorkbook(name=name)
    if not content.startswith(b"PK"):
        raise NotAWorkbook(name=name)
    return package_of(content, name)
