"""The port of a spreadsheet host: an open workbook, its sheets, its cells. It knows no books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value that the spreadsheet shows in a cell, such as ``#N/A`` or ``#REF!``."""

    text: str


Cell = None | bool | int | Decimal | float | str | date | datetime | CellError
"""What a cell holds. Read: a blank (also an empty text) is ``None``; a whole number is ``int``, any
other number the ``float`` whose ``repr`` is the number; a day is ``date``, a moment ``datetime``; a
time of day or a duration is text, ``"08:15"`` or ``"08:15:30"``. Written: ``Decimal`` too."""


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """All cells of one sheet at one moment.

    ``rows[0]`` is row 1 as the person sees it and ``rows[0][0]`` is A1; right ends may be ragged.
    ``formulas`` maps (row, column), 1-based, to text such as ``=B2*C2``; ``rows`` has the results.
    ``uncalculated`` are the formulas without any result: a program wrote them that calculates
    nothing.
    """

    rows: list[list[Cell]]
    formulas: dict[tuple[int, int], str]
    merged: tuple[Area, ...]
    uncalculated: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A table (list object) of a workbook. ``area`` has the header row, and no totals row."""

    name: str
    sheet: str
    area: Area


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put a value into a cell (1-based). ``None`` empties it; its format stays."""

    row: int
    column: int
    value: Cell


@dataclass(frozen=True, slots=True)
class SetNote:
    """Put our note on a cell (1-based), in place of the one that we put there before.

    ``None`` removes ours. A person's own words stay: ours stand below them, under our heading.
    """

    row: int
    column: int
    text: str | None


@dataclass(frozen=True, slots=True)
class SetLink:
    """Make a cell show ``text`` and lead to the cell in the column ``to`` of that row of ``sheet``
    in whose ``key_column`` the text ``key`` stands, wherever the row has moved (1-based).
    """

    row: int
    column: int
    text: str
    sheet: str
    to: int
    key_column: int
    key: str


@dataclass(frozen=True, slots=True)
class SetFormula:
    """Put a formula of ours, without its equals sign, into a cell (1-based), with its result."""

    row: int
    column: int
    text: str
    result: Decimal


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What changes on one sheet. ``table`` grows until ``table_bottom`` is its last data row.

    ``links`` and ``formulas`` are only for hosts that take them (``addin.hosts.offers``).
    ``heights`` are rows with their height in points, None for the usual one: for files; programs
    find the height themselves.
    """

    sheet: str
    cells: tuple[SetCell, ...] = ()
    notes: tuple[SetNote, ...] = ()
    table: str | None = None
    table_bottom: int | None = None
    links: tuple[SetLink, ...] = ()
    heights: tuple[tuple[int, float | None], ...] = ()
    formulas: tuple[SetFormula, ...] = ()


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column that gets the look of ``like`` (1-based) on ``like_sheet`` of a rendered workbook.

    ``column`` stands at ``sheet`` in the row ``head`` under ``heading``; ``flags`` and
    ``like_flags`` are the columns of the flags that its rules read. ``between`` are the headings
    between the table and the column: these join the table too, or sorting it would tear rows apart.
    """

    sheet: str
    column: int
    head: int
    heading: str
    flags: int
    like_sheet: str
    like: int
    like_flags: int
    between: tuple[str, ...] = ()


@runtime_checkable
class Grafts(Protocol):
    """A workbook that can take sheets, and the looks of columns, from a file that we rendered."""

    def graft(self, template: bytes, sheets: Sequence[str], columns: Sequence[NewColumn]) -> None:
        """In memory; ``save`` makes it durable."""


class Workbook(Protocol):
    """An open workbook. Every method may raise a ``HostError``."""

    name: str

    def sheets(self) -> list[str]:
        """Names of the worksheets, hidden ones too, in the workbook's order."""

    def tables(self) -> dict[str, Table]:
        """The tables of all sheets, by name."""

    def read(self, sheet: str) -> SheetCells:
        """All cells of one sheet, with what ``write`` and ``replace`` have put there."""

    def notes(self, sheet: str) -> dict[tuple[int, int], str]:
        """Text of every note on the sheet, a person's and ours, by (row, column)."""

    def write(self, edits: Sequence[SheetEdit]) -> None:
        """Apply all edits in memory, or none when it raises; ``save`` makes them durable."""

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Make ``rows`` the whole content of one of our own sheets, row 1 first."""

    def save(self) -> None:
        """Make all writes durable at once; the first time, keep the former state as a backup."""

    def close(self) -> None:
        """Let go of the workbook; what was not saved is forgotten."""
