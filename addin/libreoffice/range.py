"""A block of cells: changing the sheet with it, its looks, and finding it by an address."""

from __future__ import annotations

import re
from typing import Any

from xlwings import utils

from .cells import LAST_COLUMN, LAST_ROW
from .colours import colour
from .errors import DiffersInExcel, OfficeError, Unsupported
from .looks import Font, Note, Validation
from .places import Placed

_COUNT = re.compile(r"\$")
_ADDRESS = re.compile(
    r"[A-Z]{1,3}\d+(:[A-Z]{1,3}\d+)?|[A-Z]{1,3}:[A-Z]{1,3}|\d+:\d+", re.IGNORECASE
)


class Range(Placed):
    """Cells of one sheet, with all that xlwings asks of them."""

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room; whole rows and columns are inserted as such."""
        self._call("cells.insert", self._whole() or shift or self._usual("down", "right"))

    def delete(self, shift: str | None = None) -> None:
        """Take the cells away."""
        self._call("cells.delete", self._whole() or shift or self._usual("up", "left"))

    def _whole(self) -> str | None:
        if self.ncols == LAST_COLUMN:
            return "rows"
        return "columns" if self.nrows == LAST_ROW else None

    def _usual(self, vertical: str, horizontal: str) -> str:
        return vertical if self.ncols >= self.nrows else horizontal

    def copy(self, destination: Any = None) -> None:
        """Copy to where `destination` begins; without one, for `paste`."""
        if destination is None:
            self.sheet.app.cut_copy_mode = self
        else:
            self._call("cells.copy", _impl(destination).area, False)

    def move(self, destination: Any) -> None:
        """Cut and paste."""
        self._call("cells.copy", _impl(destination).area, True)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what `copy` kept: all of it, or its values."""
        source = self.sheet.app.cut_copy_mode
        if operation or skip_blanks or transpose or paste not in (None, "all", "values"):
            raise Unsupported("Only all and values can be pasted.")
        if not isinstance(source, Range):
            raise Unsupported("Nothing was copied before.")
        if paste == "values":
            self.sheet.app.call("values.copy", source.area, self.area)
        else:
            source.copy(self)

    def autofill(self, destination: Any, type_: str) -> None:
        """Fill down from this range; `destination` holds it."""
        target = _impl(destination)
        if type_ not in ("fill_default", "fill_copy") or target.column != self.column:
            raise Unsupported("Only filling down is supported.")
        target._call("cells.fill", self.nrows)

    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort rows by columns, counted from 1."""
        self._call("cells.sort", [key - 1 for key in keys], list(ascending), has_headers)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """The blocks that hold formulas or constants, are blank, or visible."""
        if value_type is not None:
            raise Unsupported("Cells are not told apart by the type of their value.")
        return [self._made(area) for area in self._call("cells.special", cell_type)]

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; None where some are."""
        return self._call("cells.is_merged")

    @property
    def merge_area(self) -> Range:
        """The merged block of the first cell."""
        return self._made(self._call("cells.merge_area"))

    def merge(self, across: bool = False) -> None:
        """Merge the cells, `across` each row by itself."""
        rows = self.nrows if across else 1
        for number in range(rows):
            part = Range(self.sheet, self.row + number, self.column, self.nrows // rows, self.ncols)
            part._call("cells.merge", True)

    def unmerge(self) -> None:
        """Part merged cells."""
        self._call("cells.merge", False)

    def select(self) -> None:
        """Select the cells."""
        self.sheet.activate()
        self._call("sheets.select")

    @property
    def Locked(self) -> bool | None:
        """Whether protection of the sheet covers the cells; None where it covers some."""
        return self._call("cells.locks")

    @Locked.setter
    def Locked(self, value: bool) -> None:
        self._call("cells.set_locks", value)

    # --- looks --------------------------------------------------------------------------------

    @property
    def number_format(self) -> str | None:
        """The format code as Excel in the United States spells it; None where cells differ."""
        return self._call("formats.number_format") if self.api else ""

    @number_format.setter
    def number_format(self, code: str) -> None:
        if self.api:
            self._call("formats.set_number_format", code)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill as (red, green, blue)."""
        found = self._call("cells.look", "color")
        return None if found is None else (found >> 16 & 255, found >> 8 & 255, found & 255)

    @color.setter
    def color(self, value: Any) -> None:
        self._call("cells.set_look", "color", colour(value))

    @property
    def wrap_text(self) -> bool | None:
        """Whether texts are wrapped; None where cells differ."""
        return self._call("cells.look", "wrap_text")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._call("cells.set_look", "wrap_text", value)

    @property
    def horizontal_alignment(self) -> str | None:
        """general, left, center, right, justify; None where cells differ."""
        return self._call("cells.alignment")

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._call("cells.set_alignment", value)

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self)

    @property
    def note(self) -> Note | None:
        """The note at the first cell."""
        found = self._call("notes.get")
        return Note(self(1, 1), *found) if found else None

    def add_note(self, text: str) -> Note:
        """Put a note at the first cell."""
        if self.sheet.app.strict and self.note is not None:
            raise DiffersInExcel("Excel refuses a second note at a cell: delete the first.")
        self._call("notes.put", text)
        return Note(self(1, 1), text, "")

    @property
    def data_validation(self) -> Validation:
        """What may be typed."""
        return Validation(self)

    @property
    def autofilter(self) -> Any:
        """The filter of the table that has exactly these cells."""
        for table in self.sheet.tables:
            if table.range.area == self.area:
                return table.autofilter
        raise OfficeError("Only tables can be filtered: add one with sheet.tables.add.")

    @property
    def table(self) -> Any:
        """The table to which the first cell belongs."""
        for table in self.sheet.tables:
            there = table.range
            if (
                there.row <= self.row < there.row + there.nrows
                and there.column <= self.column < there.column + there.ncols
            ):
                return table
        return None

    @property
    def name(self) -> Any:
        """The name of exactly these cells."""
        address = _COUNT.sub("", self.get_address(True, True, False))
        for name in self.sheet.book.names:
            sheet, _, place = name.refers_to.lstrip("=").rpartition("!")
            if _COUNT.sub("", place) == address and sheet.strip("'") == self.sheet.name:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        title = self.sheet.name.replace("'", "''")
        self.sheet.book.names.add(value, f"='{title}'!{self.address}")


def _impl(cells: Any) -> Range:
    """The engine's range of what may be xlwings' own."""
    found = getattr(cells, "impl", cells)
    assert isinstance(found, Range)
    return found


def addressed(sheet: Any, given: Any) -> Range:
    """Cells by address, defined name, table name, (row, column) or (row, column, rows, columns)."""
    if isinstance(given, Range) or isinstance(getattr(given, "impl", None), Range):
        return _impl(given)
    if isinstance(given, tuple):
        if 0 in given[:2]:
            raise IndexError("Rows and columns are counted from 1, not from 0.")
        row, column, rows, columns = given if len(given) == 4 else (*given, 1, 1)
        return Range(sheet, row, column, rows, columns)
    text = str(given).replace("$", "")
    if re.fullmatch(
        r"[A-Za-z]{1,3}\d+(:[A-Za-z]{1,3}\d+)?|[A-Za-z]{1,3}:[A-Za-z]{1,3}|\d+:\d+", text
    ):
        first, last = utils.a1_to_tuples(text)
        last = last or first
        top, left = min(first[0], last[0]), min(first[1], last[1])
        bottom, right = max(first[0], last[0]), max(first[1], last[1])
        return Range(sheet, top, left, bottom - top + 1, right - left + 1)
    for table in sheet.tables:
        if table.name.lower() == text.lower():
            return table.data_body_range or table.range
    return sheet.book.names(text).refers_to_range
