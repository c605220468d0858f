"""A block of cells: its place, values and formulas."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self

from xlwings import base_classes, utils

from .errors import DiffersInExcel
from .excel_text import LONGEST_FORMULA
from .values import Rows, Writing, from_bridge

EVERYTHING, CONTENTS, FORMATS = 1023, 1 | 2 | 4 | 16, 32 | 64
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
WHOLE = 2_000_000  # cells that are read in full; of more only the used ones


class Cells(base_classes.Range):
    """Cells of one sheet: the first row and column, and how many (0 of them is a range of none)."""

    __slots__ = ("column", "ncols", "nrows", "row", "sheet")

    options: dict[str, Any] = {}

    def __init__(self, sheet: Any, row: int, column: int, nrows: int, ncols: int) -> None:
        if row < 1 or column < 1:
            raise IndexError("Rows and columns are counted from 1.")
        self.sheet = sheet
        self.row, self.column, self.nrows, self.ncols = row, column, nrows, ncols

    def _call(self, command: str, *given: Any) -> Any:
        return self.sheet.app.call(command, self.area, *given)

    def _made(self, area: list[int]) -> Self:
        return type(self)(self.sheet, *area[1:])

    @property
    def area(self) -> list[int]:
        """As the bridge takes it."""
        return [self.sheet.number, self.row, self.column, self.nrows, self.ncols]

    @property
    def coords(self) -> tuple[Any, ...]:
        """The sheet, row, column, rows, columns."""
        return self.sheet, self.row, self.column, self.nrows, self.ncols

    @property
    def api(self) -> Self | None:
        """This object; None where it has no cells."""
        return self if self.nrows and self.ncols else None

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return self.nrows * self.ncols

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.nrows, self.ncols

    max_cells_per_read = 4_000_000
    max_cells_per_write = 1_000_000

    def __call__(self, row: int, column: int | None = None) -> Self:
        """One cell, counted from 1 within the range."""
        if column is None:
            row, column = (row - 1) // self.ncols + 1, (row - 1) % self.ncols + 1
        return type(self)(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    @property
    def rows(self) -> Self:
        """The same cells."""
        return self

    @property
    def columns(self) -> Self:
        """The same cells."""
        return self

    @property
    def raw_value(self) -> Any:
        """A value, or rows of values, as Excel's interface would give them."""
        if not self.api:
            return None
        rows = self._read()
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if not self.api:
            return
        rows = _rows(value, self.nrows, self.ncols)
        target = type(self)(self.sheet, self.row, self.column, len(rows), len(rows[0]))
        target.refuse_filtered()
        strict, epoch = self.sheet.app.strict, self.sheet.book.epoch_1904
        block = Writing(strict, epoch, target.is_text).block(rows)
        if not isinstance(value, list | tuple) and block.formulas:
            target.formula = value
            return
        target._call("values.put", block.rows, block.marks, block.formulas)

    def _read(self) -> Rows:
        epoch = self.sheet.book.epoch_1904
        if len(self) <= WHOLE:
            return from_bridge(self._call("values.read"), epoch)
        part = self._used()
        read = from_bridge(part._call("values.read"), epoch)
        rows: Rows = [[None] * self.ncols for _ in range(self.nrows)]
        for number, row in enumerate(read, part.row - self.row):
            rows[number][part.column - self.column : part.column - self.column + len(row)] = row
        return rows

    def _used(self) -> Self:
        """The part of a large range in which anything can stand."""
        used = self.sheet.used_range
        bottom = min(self.row + self.nrows, used.row + used.nrows)
        right = min(self.column + self.ncols, used.column + used.ncols)
        rows, columns = max(bottom - self.row, 1), max(right - self.column, 1)
        return type(self)(self.sheet, self.row, self.column, rows, columns)

    def refuse_filtered(self) -> None:
        """Excel writes a block into the visible rows only, and so into wrong ones."""
        if self.sheet.app.strict and self.nrows > 1 and self._call("filters.filtered"):
            raise DiffersInExcel(
                f"Rows of {self.address} are filtered away: Excel would write into other rows."
                " Clear the filter first, or write row by row."
            )

    @cached_property
    def _formats(self) -> list[list[Any]]:
        return list(self._call("formats.kinds"))

    def is_text(self, row: int, column: int) -> bool:
        """Whether the format of a cell (from 0) is Text, in which Excel reads nothing."""
        return any(
            top <= row < top + rows and left <= column < left + columns and kind == "text"
            for top, left, rows, columns, kind in self._formats
        )

    @property
    def formula(self) -> Any:
        """A formula, or rows of formulas, as Excel spells them."""
        if not self.api:
            return None
        rows = self._call("formulas.read")
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if not self.api:
            return
        for text in (t for row in _rows(value, 1, 1) for t in row):
            if isinstance(text, str) and len(text) > LONGEST_FORMULA:
                raise DiffersInExcel("A formula of Excel has at most 8,192 characters.")
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in _rows(value, self.nrows, self.ncols)
        ]
        filled = not isinstance(value, list | tuple)
        type(self)(self.sheet, self.row, self.column, len(rows), len(rows[0]))._call(
            "formulas.fill" if filled else "formulas.put", rows[0][0] if filled else rows
        )

    formula2 = formula

    @property
    def formula_array(self) -> Any:
        """The array formula of the first cell."""
        return self(1, 1).formula if self.api else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self._call("formulas.put_array", value)

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        return bool(self._call("formulas.has_array"))

    def clear_contents(self) -> None:
        """Empty the cells."""
        if self.api:
            self._call("values.clear", CONTENTS)

    def clear_formats(self) -> None:
        """Take the formats away."""
        self._call("values.clear", FORMATS)

    def clear(self) -> None:
        """Empty the cells and take formats and notes away."""
        if self.api:
            self._call("values.clear", EVERYTHING)

    @property
    def address(self) -> str:
        """$A$1:$B$2."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address, with the workbook and sheet when `external`."""
        row, column = "$" if row_absolute else "", "$" if col_absolute else ""
        corners = [f"{column}{utils.col_name(self.column)}{row}{self.row}"]
        if len(self) > 1:
            last = utils.col_name(self.column + self.ncols - 1)
            corners.append(f"{column}{last}{row}{self.row + self.nrows - 1}")
        place = ":".join(corners)
        if not external:
            return place
        book, sheet = self.sheet.book.name, self.sheet.name
        name = f"[{book}]{sheet}"
        return f"{name}!{place}" if sheet.isidentifier() else f"'{name}'!{place}"


def _rows(value: Any, nrows: int, ncols: int) -> list[Any]:
    """Rows of equal length; a single value fills the range."""
    if not isinstance(value, list | tuple):
        return [[value] * ncols for _ in range(nrows)]
    rows = list(value) if value and isinstance(value[0], list | tuple) else [value]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("All rows must have the same length.")
    return rows
