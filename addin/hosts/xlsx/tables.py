"""The tables of a sheet: where they are, and how one grows with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from addin.hosts.base import Area, Table
from addin.hosts.columns import letters
from addin.hosts.errors import TableCannotGrow
from addin.hosts.xlsx.formulas import Formula, formulas_in, moved
from addin.hosts.xlsx.markup import (
    area,
    area_text,
    attribute,
    elements,
    inside,
    quoted,
    text_attribute,
    with_attribute,
)
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.rows import Moved, Written
from addin.hosts.xlsx.sheet_part import SheetPart

_RANGED = (b"table", b"autoFilter", b"sortState")
_GROWING = (b"conditionalFormatting", b"dataValidation")


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table and the part that states it; ``totals`` is 1 when a totals row stands below it.

    ``calculated`` are the columns (1-based, of the sheet) that the user gave a formula.
    """

    table: Table
    part: str
    totals: int
    calculated: tuple[int, ...]

    @property
    def whole(self) -> Area:
        """The table with its totals row."""
        block = self.table.area
        return replace(block, bottom=block.bottom + self.totals)


def tables_of(package: Package, sheet: str, part: str) -> list[TablePart]:
    """The tables on a sheet, whose part is ``part``."""
    return [_table(package, sheet, target) for target in package.related(part, "table")]


def _table(package: Package, sheet: str, part: str) -> TablePart:
    """One table."""
    xml = package.read(part)
    root = next(elements(xml, b"table"))[0]
    whole = area(text_attribute(root, b"ref"))
    totals = int(attribute(root, b"totalsRowCount") or 0)
    columns = [found.start() for found in elements(xml, b"tableColumn")]
    with_formula = [found.start() for found in elements(xml, b"calculatedColumnFormula")]
    calculated = {whole.left - 1 + sum(at < start for at in columns) for start in with_formula}
    name = text_attribute(root, b"displayName") or text_attribute(root, b"name")
    block = replace(whole, bottom=whole.bottom - totals)
    return TablePart(Table(name, sheet, block), part, totals, tuple(sorted(calculated)))


def grown_table(xml: bytes, table: TablePart, bottom: int) -> bytes:
    """The table's part with ``bottom`` as its last data row; its filter grows with it."""
    by = bottom - table.table.area.bottom
    for name in _RANGED:
        for found in elements(xml, name):
            block = area(text_attribute(found[0], b"ref"))
            if block.bottom in (table.table.area.bottom, table.whole.bottom):
                reference = area_text(replace(block, bottom=block.bottom + by))
                tag = with_attribute(found[0], b"ref", reference.encode())
                xml = xml.replace(found[0], tag, 1)
    return xml


def with_headings(xml: bytes, headings: Mapping[int, str]) -> bytes:
    """The table's part with new names for some columns, counted from 0."""
    for at, found in reversed(list(enumerate(elements(xml, b"tableColumn")))):
        if at in headings:
            tag = with_attribute(
                found[0], b"name", quoted(headings[at]).replace(b"&#10;", b"_x000a_")
            )
            xml = xml[: found.start()] + tag + xml[found.end() :]
    return xml


def grown_rules(tail: bytes, block: Area, bottom: int) -> bytes:
    """Conditional formats and validations that reach a table's last row, reaching the new one."""
    if bottom <= block.bottom:
        return tail
    pieces, at = [], 0
    found = [tag for name in _GROWING for tag in elements(tail, name)]
    for tag in sorted(found, key=lambda each: each.start()):
        reference = attribute(tag[0], b"sqref")
        if reference is not None:
            new = with_attribute(tag[0], b"sqref", _grown(reference, block, bottom))
            pieces += [tail[at : tag.start()], new]
            at = tag.end()
    return _grown_extensions(b"".join([*pieces, tail[at:]]), block, bottom)


def _grown_extensions(tail: bytes, block: Area, bottom: int) -> bytes:
    """The same for newer rules, which state their ranges as text of an ``xm:sqref`` element."""
    for tag in reversed(list(elements(tail, b"sqref"))):
        end = tail.index(b"<", tag.end())
        tail = tail[: tag.end()] + _grown(tail[tag.end() : end], block, bottom) + tail[end:]
    return tail


def _grown(references: bytes, block: Area, bottom: int) -> bytes:
    """Ranges that end in the table's last row, made longer; others as they are."""
    return b" ".join(_grown_range(each, block, bottom) for each in references.split())


def _grown_range(reference: bytes, block: Area, bottom: int) -> bytes:
    """One range; whole columns such as ``D:D`` already reach."""
    try:
        covered = area(reference.decode())
    except ValueError:
        return reference
    beside = covered.right < block.left or covered.left > block.right
    if beside or covered.bottom != block.bottom or covered.top <= block.top:
        return reference
    return area_text(replace(covered, bottom=bottom)).encode()


def filled_down(sheet: SheetPart, table: TablePart, bottom: int) -> dict[tuple[int, int], Formula]:
    """Formulas of the user's calculated columns for the new rows, copied from the last row."""
    last = table.table.area.bottom
    if bottom <= last or not table.calculated:
        return {}
    models = {
        found.column: found.text
        for found in formulas_in(sheet)
        if found.row == last and found.column in table.calculated
    }
    return {
        (row, column): Formula(moved(text, row - last, 0))
        for column, text in models.items()
        for row in range(last + 1, bottom + 1)
    }


def moved_totals(sheet: SheetPart, table: TablePart, bottom: int) -> dict[tuple[int, int], Written]:
    """The cells of the totals row at their new place below ``bottom``."""
    block, old = table.whole, table.whole.bottom
    if not table.totals:
        return {}
    row = next((row for row in sheet.rows() if row.number == old), None)
    return {
        (bottom + 1, cell.column): Moved(cell.style, cell.raw)
        for cell in (sheet.cells(row) if row else ())
        if inside(block, old, cell.column)
    }


def check_room(
    sheet: SheetPart, table: TablePart, bottom: int, others: Iterable[TablePart]
) -> None:
    """Raise ``TableCannotGrow`` when the new area meets another table, or the totals a cell."""
    block = replace(table.whole, bottom=bottom + table.totals)
    for other in others:
        if other.part != table.part and _meet(block, other.whole):
            _refuse(sheet, table, other.whole.top, other.whole.left)
    if table.totals:
        below = replace(block, top=table.whole.bottom + 1)
        for row in sheet.rows():
            if below.top <= row.number <= below.bottom:
                for cell in sheet.cells(row):
                    if inside(below, row.number, cell.column) and b"</" in cell.raw:
                        _refuse(sheet, table, row.number, cell.column)


def _meet(one: Area, other: Area) -> bool:
    """Whether two blocks share a cell."""
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right


def _refuse(sheet: SheetPart, table: TablePart, row: int, column: int) -> None:
    """Say what is in the way."""
    cell = f"{letters(column)}{row}"
    raise TableCannotGrow(name=sheet.name, table=table.table.name, cell=cell)
