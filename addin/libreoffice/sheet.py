"""One sheet."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from .errors import DiffersInExcel, Unsupported
from .looks import Note
from .names import Names
from .range import Range, addressed
from .tables import Tables

LONGEST_SHEET_NAME, NOT_IN_SHEET_NAMES = 31, set(r"\/?*[]:")


class Sheet(base_classes.Sheet):
    """A sheet by its number in the bridge; it keeps it when it is renamed or moved."""

    __slots__ = ("app", "book", "number")

    def __init__(self, book: Any, number: int) -> None:
        self.book = book
        self.number = number
        self.app = book.app

    @property
    def api(self) -> Sheet:
        """This object."""
        return self

    @property
    def ProtectContents(self) -> bool:
        """Whether it is protected."""
        return bool(self.app.call("sheets.is_protected", self.number))

    @property
    def name(self) -> str:
        """The name on the tab."""
        return str(self.app.call("sheets.name_of", self.number))

    @name.setter
    def name(self, value: str) -> None:
        refuse_sheet_name(self.app, value)
        self.app.call("sheets.rename", self.number, value)

    @property
    def names(self) -> Names:
        """The names that hold in this sheet only."""
        return Names(self.book, self)

    @property
    def index(self) -> int:
        """The place among the sheets, from 1."""
        numbers = [n for n, _ in self.app.call("sheets.numbers", self.book.number)]
        return numbers.index(self.number) + 1

    @property
    def notes(self) -> list[Note]:
        """All notes, read at once."""
        found = self.app.call("notes.all_of", self.number)
        return [Note(Range(self, row, column, 1, 1), text, who) for row, column, text, who in found]

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, name, (row, column) or (row, column, rows, columns)."""
        first = addressed(self, arg1)
        if arg2 is None:
            return first
        second = addressed(self, arg2)
        top, left = min(first.row, second.row), min(first.column, second.column)
        bottom = max(first.row + first.nrows, second.row + second.nrows)
        right = max(first.column + first.ncols, second.column + second.ncols)
        return Range(self, top, left, bottom - top, right - left)

    @property
    def cells(self) -> Range:
        """All cells."""
        return Range(self, 1, 1, 1_048_576, 16_384)

    @property
    def used_range(self) -> Range:
        """What is used."""
        return Range(self, *self.app.call("sheets.used", self.number))

    def activate(self) -> None:
        """Show it."""
        self.app.call("sheets.activate", self.number)

    select = activate

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take all formats away."""
        self.used_range.clear_formats()

    def clear(self) -> None:
        """Empty all cells and take all formats away."""
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Make columns and rows as large as what they hold."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Delete it."""
        self.app.call("sheets.delete", self.number)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy it before or after a sheet of any workbook of this office."""
        beside = before or after or self
        place = beside.index - (1 if before is not None else 0)
        self.app.call("sheets.copy", self.number, beside.book.number, place)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Move it before or after another sheet of its workbook."""
        beside = before or after or self
        if beside.book.number != self.book.number:
            raise Unsupported("A sheet cannot be moved to another workbook.")
        place = beside.index - (1 if before is not None else 0)
        self.app.call("sheets.move", self.number, place)

    @property
    def tables(self) -> Tables:
        """The tables."""
        return Tables(self)

    @property
    def visible(self) -> bool:
        """Whether its tab shows."""
        return bool(self.app.call("sheets.is_visible", self.number))

    @visible.setter
    def visible(self, value: bool | int) -> None:
        # 2 is Excel's "very hidden": Calc knows one kind of hidden sheets.
        self.app.call("sheets.set_visible", self.number, value in (True, -1))

    @property
    def show_gridlines(self) -> bool:
        """Whether grid lines show."""
        return bool(self.app.call("sheets.gridlines", self.number, None))

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.app.call("sheets.gridlines", self.number, bool(value))

    @property
    def freeze_panes(self) -> FreezePanes:
        """Rows and columns that stay in sight."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        """What is printed."""
        return PageSetup(self)


class FreezePanes(base_classes.FreezePanes):
    """Rows and columns that stay in sight."""

    __slots__ = ("sheet",)

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: Any) -> None:
        """Keep all up to the end of a range."""
        cells = addressed(self.sheet, frozen_range)
        columns, rows = cells.column + cells.ncols - 1, cells.row + cells.nrows - 1
        self.sheet.app.call("sheets.freeze", self.sheet.number, columns, rows)

    def unfreeze(self) -> None:
        """Let go."""
        self.sheet.app.call("sheets.freeze", self.sheet.number, 0, 0)


class PageSetup(base_classes.PageSetup):
    """What is printed of a sheet."""

    __slots__ = ("sheet",)

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> PageSetup:
        """This object."""
        return self

    @property
    def print_area(self) -> str | None:
        """The address of what is printed; None for all."""
        area = self.sheet.app.call("sheets.print_area", self.sheet.number, None, False)
        return Range(self.sheet, *area[1:]).address if area else None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        area = addressed(self.sheet, value).area if value else None
        self.sheet.app.call("sheets.print_area", self.sheet.number, area, True)


def refuse_sheet_name(app: Any, name: str) -> None:
    """Raise where Excel would: Calc takes longer names and more characters."""
    wrong = len(name) > LONGEST_SHEET_NAME or NOT_IN_SHEET_NAMES & set(name)
    if wrong and app.strict:
        raise DiffersInExcel(f"Excel has no sheet names like {name!r}.")
