"""Changing single cells in the rows of a sheet part, everything else kept byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from addin.hosts.base import Area, Cell
from addin.hosts.columns import letters
from addin.hosts.errors import FormulaInTheWay
from addin.hosts.xlsx.formulas import Formula, formulas_in, with_shared_spelled_out
from addin.hosts.xlsx.markup import area, attribute, inside, with_attribute
from addin.hosts.xlsx.sheet_part import Piece, Row, SheetPart


class Moved(NamedTuple):
    """A cell element that moves as it is to another place."""

    style: int | None
    raw: bytes


Written = Cell | Formula | Moved
Values = Mapping[int, Mapping[int, Written]]
"""What is written, by row and column."""
Render = Callable[[str, int | None, Cell | Formula], bytes]
"""Makes a cell of its reference, its style and its value."""
Inherited = Callable[[int, int, Mapping[int, int | None]], int | None]
"""The style of a new cell at (row, column), given the styles of the row above."""


@dataclass(slots=True)
class RowPatch:
    """How the rows of one sheet change; ``formulas_replaced`` tells so after the change.

    Cells in the ``vacated`` area go, with their format, before the new ones come.
    """

    sheet: SheetPart
    values: Values
    render: Render
    inherited: Inherited
    vacated: Area | None = None
    formulas_replaced: bool = False
    _above: tuple[int, dict[int, int | None]] = field(default=(0, {}))

    def pieces(self) -> Iterator[Piece]:
        """Long pieces as they were, and between them the rows that change."""
        places = self._places()
        if places is None:
            yield from self._pieces_one_by_one()
            return
        sheet, at = self.sheet, self.sheet.start
        for row in places:
            yield sheet.piece(at, row.start)
            yield self._changed_row(row, sheet.last_row(row.start))
            at = sheet.end_of(row)
        yield sheet.piece(at, sheet.end)
        before = sheet.last_row()
        for number in sorted(self.values)[len(places) :]:
            yield self._new_row(number, before)

    def _places(self) -> list[Row] | None:
        """The rows that change and are there; None when new ones go between the others."""
        sheet, last = self.sheet, self.sheet.last_row()
        places, at = [], self.sheet.start
        for number in sorted(self.values):
            if last is None or number > last.number:
                break
            row = sheet.row_at(number, at)
            if row is None:
                return None
            places.append(row)
            at = row.tag_end
        return places

    def _pieces_one_by_one(self) -> Iterator[Piece]:
        """The same by a walk over all rows."""
        sheet, wanted = self.sheet, sorted(self.values, reverse=True)
        at = sheet.start
        before: Row | None = None
        for row in sheet.rows():
            if not wanted:
                break
            if wanted[-1] <= row.number:
                yield sheet.piece(at, row.start)
                at = row.start
            while wanted and wanted[-1] < row.number:
                yield self._new_row(wanted.pop(), before)
            if wanted and wanted[-1] == row.number:
                at = sheet.end_of(row)
                yield self._changed_row(row, before)
                wanted.pop()
            before = row
        yield sheet.piece(at, sheet.end)
        for number in reversed(wanted):
            yield self._new_row(number, before)

    def _changed_row(self, row: Row, before: Row | None) -> bytes:
        """The row with its new cells in it."""
        if self.vacated is None and (quick := self._with_cells_replaced(row)) is not None:
            return quick
        return self._with_cells_added(row, before)

    def _with_cells_replaced(self, row: Row) -> bytes | None:
        """The row when all of its new cells take the places of others, else None."""
        values = self.values[row.number]
        spans = {column: self.sheet.cell_at(row, column) for column in values}
        pieces, at = [], row.start
        for column, span in sorted(spans.items()):
            if span is None:
                return None
            raw = self.sheet.xml[span[0] : span[1]]
            self._note_formula(raw)
            stated = attribute(raw[: raw.index(b">") + 1], b"s")
            style = int(stated) if stated else None
            new = self._cell(row.number, column, style, values[column])
            pieces += [self.sheet.xml[at : span[0]], new]
            at = span[1]
        return b"".join([*pieces, self.sheet.xml[at : self.sheet.end_of(row)]])

    def _with_cells_added(self, row: Row, before: Row | None) -> bytes:
        """The row with its new cells put among the others, in order."""
        rest = dict(self.values[row.number])
        above = self._styles_above(row.number, before)
        cells: list[tuple[int, int | None, bytes]] = []
        for column, style, raw in self.sheet.cells(row):
            if inside(self.vacated, row.number, column):
                continue
            if column in rest:
                self._note_formula(raw)
                new = self._cell(row.number, column, style, rest.pop(column))
                cells.append((column, style, new))
            else:
                cells.append((column, style, raw))
        added = self._new_cells(row.number, rest, above)
        cells = sorted(cells + added, key=lambda cell: cell[0])
        self._above = (row.number, {column: style for column, style, _ in cells})
        tag = self.sheet.xml[row.start : row.tag_end]
        if added:
            tag = with_attribute(tag, b"spans", None)  # a hint only, and now perhaps a wrong one
        if row.closed:
            tag = tag[:-2].rstrip() + b">"
        return tag + b"".join(raw for _, _, raw in cells) + b"</%srow>" % self.sheet.mark

    def _new_row(self, number: int, before: Row | None) -> bytes:
        """A row that was not there."""
        new = self._new_cells(number, self.values[number], self._styles_above(number, before))
        self._above = (number, {column: style for column, style, _ in new})
        if not new:
            return b""
        mark, inside = self.sheet.mark, b"".join(raw for _, _, raw in new)
        return b'<%srow r="%d">%s</%srow>' % (mark, number, inside, mark)

    def _new_cells(
        self, number: int, values: Mapping[int, Written], above: Mapping[int, int | None]
    ) -> list[tuple[int, int | None, bytes]]:
        """Cells that were not there, in order, with the style that rows below may inherit."""
        made = []
        for column in sorted(values):
            if values[column] is not None:
                value = values[column]
                style = self.inherited(number, column, above)
                if isinstance(value, Moved):
                    style = value.style
                made.append((column, style, self._cell(number, column, style, value)))
        return made

    def _cell(self, row: int, column: int, style: int | None, value: Written) -> bytes:
        """The new element."""
        reference = f"{letters(column)}{row}"
        if isinstance(value, Moved):
            end = value.raw.index(b">") + 1
            return with_attribute(value.raw[:end], b"r", reference.encode()) + value.raw[end:]
        return self.render(reference, style, value)

    def _styles_above(self, number: int, before: Row | None) -> Mapping[int, int | None]:
        """Styles of the cells in the row just above, as they are after the change."""
        if self._above[0] == number - 1:
            return self._above[1]
        if before is None or before.number != number - 1:
            return {}
        return {cell.column: cell.style for cell in self.sheet.cells(before)}

    def _note_formula(self, raw: bytes) -> None:
        """See a formula that goes."""
        mark = b"<" + self.sheet.mark + b"f"
        if any(mark + end in raw for end in (b">", b" ", b"/")):
            self.formulas_replaced = True


def made_ready(sheet: SheetPart, values: Values) -> SheetPart:
    """The sheet without shared formulas whose text is about to go with their first cell.

    Raises ``FormulaInTheWay`` when a value would stand in the area of an array formula.
    """
    kinds = (b'"shared"', b'"array"', b'"dataTable"')
    if all(sheet.xml.find(kind, sheet.start, sheet.end) < 0 for kind in kinds):
        return sheet
    going = set()
    for found in formulas_in(sheet):
        reference = attribute(found.tag, b"ref")
        if reference is None:
            continue
        if attribute(found.tag, b"t") == b"shared":
            if found.column in values.get(found.row, ()):
                going.add(attribute(found.tag, b"si") or b"")
        elif hit := _first_in(area(reference.decode()), values):
            raise FormulaInTheWay(name=sheet.name, cell=hit)
    return with_shared_spelled_out(sheet, going) if going else sheet


def _first_in(block: Area, values: Values) -> str | None:
    """A reference to the first cell of the block that is about to be written."""
    for row in sorted(row for row in values if block.top <= row <= block.bottom):
        for column in sorted(values[row]):
            if inside(block, row, column):
                return f"{letters(column)}{row}"
    return None
