"""A block of cells: what lies around it, how large it is, whether it shows."""

from __future__ import annotations

from typing import Self

from .cells import LAST_COLUMN, LAST_ROW, Cells

_POINTS = 72 / 2540  # a hundredth of a millimetre in points
_PIXELS = 96 / 2540


class Placed(Cells):
    """Cells with their surroundings and measures."""

    def end(self, direction: str) -> Self:
        """The end of a block of filled cells, as Ctrl and an arrow find it."""
        return self._made(self._call("cells.end", direction))

    @property
    def current_region(self) -> Self:
        """The block around, up to blank rows and columns."""
        return self._made(self._call("cells.region"))

    @property
    def left(self) -> float:
        """Distance from the left edge, in points."""
        return float(self._call("cells.place")[0] * _POINTS)

    @property
    def top(self) -> float:
        """Distance from the upper edge, in points."""
        return float(self._call("cells.place")[1] * _POINTS)

    @property
    def width(self) -> float:
        """In points."""
        return float(self._call("cells.place")[2] * _POINTS)

    @property
    def height(self) -> float:
        """In points."""
        return float(self._call("cells.place")[3] * _POINTS)

    @property
    def column_width(self) -> float | None:
        """In characters; None where columns differ."""
        size = self._call("cells.size", True)
        return None if size is None else round(max(size * _PIXELS - 5, 0) / 7, 2)

    @column_width.setter
    def column_width(self, characters: float) -> None:
        self._call("cells.set_size", True, round((characters * 7 + 5) / _PIXELS))

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        size = self._call("cells.size", False)
        return None if size is None else round(size * _POINTS, 2)

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._call("cells.set_size", False, round(points / _POINTS))

    def autofit(self, axis: str | None = None) -> None:
        """Make columns and rows as large as what they hold."""
        if axis in (None, "columns", "c"):
            self._call("cells.fit", True)
        if axis in (None, "rows", "r"):
            self._call("cells.fit", False)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden or filtered away; None where only some are."""
        hidden = type(self)(self.sheet, self.row, 1, self.nrows, LAST_COLUMN)
        return hidden._call("cells.is_hidden", False)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._call("cells.set_hidden", False, value)

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where only some are."""
        hidden = type(self)(self.sheet, 1, self.column, LAST_ROW, self.ncols)
        return hidden._call("cells.is_hidden", True)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._call("cells.set_hidden", True, value)
