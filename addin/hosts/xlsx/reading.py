"""Reading all cells of a sheet: values with calamine, formulas and errors from the XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from addin.hosts.base import Area, Cell, CellError, SheetCells
from addin.hosts.errors import DamagedWorkbook
from addin.hosts.values import kept, number, time_text
from addin.hosts.xlsx.formulas import Found, formulas_in
from addin.hosts.xlsx.markup import (
    area,
    attribute,
    elements,
    place,
    text_attribute,
    unescaped,
    with_attribute,
)
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.sheet_part import SheetPart
from addin.hosts.xlsx.structure import sheet_parts

SHORT = 24  # characters; ids are longer


def read_sheet(package: Package, sheet: str, part: str) -> SheetCells:
    """All cells of the sheet whose part is ``part``."""
    shape = package.sheet(part)
    errors, merged = _errors(shape), _merged(shape)
    found = [formula for formula in formulas_in(shape) if formula.text]
    formulas = {(f.row, f.column): f"={f.text}" for f in found}
    uncalculated = _uncalculated(shape, found)
    sized = _with_a_real_size(package, part)
    del shape
    package.spare_memory(part)  # calamine inflates it once more
    rows = _values(sized, sheet)
    for row, column, error in errors:
        _put(rows, row, column, error)
    return SheetCells(_trimmed(rows), formulas, merged, uncalculated)


def _values(package: Package, sheet: str) -> list[list[Cell]]:
    """What calamine gives, row 1 first, as cells."""
    for part in package.parts():
        if part.endswith(("sharedStrings.xml", "styles.xml")):
            package.read(part)  # refuses what could do harm; calamine reads these itself
    try:
        file = BytesIO(_alone(package, sheet).archive(squeeze=False))
        with CalamineWorkbook.from_filelike(file) as book:
            found = book.get_sheet_by_name(sheet)
            left: list[Cell] = [None] * (found.start[1] if found.start else 0)
            once: dict[str, str] = {}
            return [left + _cells(row, once) for row in found.iter_rows()]
    except (CalamineError, ValueError, OSError) as broken:
        raise DamagedWorkbook(name=package.name) from broken


def _cells(row: Sequence[Any], once: dict[str, str]) -> list[Cell]:
    """A row of calamine's as cells; short texts are often the same and then stand in memory
    ``once``.
    """
    # Most cells are text, and a call for each of them would take longer than all the rest.
    return [
        (once.setdefault(value, value) if len(value) < SHORT else value) or None
        if type(value) is str
        else _cell(value)
        for value in row
    ]


def _alone(package: Package, sheet: str) -> Package:
    """The workbook without the content of its other sheets, which calamine would carry along."""
    small = package.copy()
    for name, part in sheet_parts(package).items():
        if name != sheet:
            small.changed[part] = None
    return small


def _with_a_real_size(package: Package, part: str) -> Package:
    """The workbook, where a program says that the sheet begins in row 0, without that."""
    sheet = package.sheet(part)
    head = sheet.head
    for tag in elements(head, b"dimension"):
        if b"0" in re.findall(rb"\d+", attribute(tag[0], b"ref") or b""):
            head = head.replace(tag[0], with_attribute(tag[0], b"ref", b"A1"), 1)
    if head == sheet.head:
        return package
    small = package.copy()
    small.changed[part] = sheet.with_frame(head, sheet.tail).xml
    return small


def _cell(value: Any) -> Cell:
    """One of calamine's values, other than text, as a cell."""
    kind = type(value)
    if kind is float:
        return number(value)
    if kind is time or kind is timedelta:
        return time_text(value)
    return kept(value) if isinstance(value, date) else value


def _errors(sheet: SheetPart) -> list[tuple[int, int, CellError]]:
    """Error values, which calamine does not tell from blanks."""
    if all(sheet.xml.find(kind, sheet.start, sheet.end) < 0 for kind in (b't="e"', b"t='e'")):
        return []
    mark = sheet.mark
    cell = re.compile(
        rb"<%sc(\s[^>]*\bt=[\"']e[\"'][^>]*)(?<!/)>(.*?)</%sc>" % (mark, mark), re.DOTALL
    )
    shown = re.compile(rb"<%sv>([^<]*)<" % mark)
    found = []
    for each in cell.finditer(sheet.xml, sheet.start, sheet.end):
        row, column = place((attribute(each[1], b"r") or b"").decode())
        value = shown.search(each[2])
        found.append((row, column, CellError(unescaped(value[1]) if value else "#VALUE!")))
    return found


def _uncalculated(sheet: SheetPart, formulas: Sequence[Found]) -> frozenset[tuple[int, int]]:
    """The places of formulas without a result; an empty text (``t="str"``) is a result."""
    mark = sheet.mark
    nothing = re.compile(rb"\s*(?:<%sv\s*/>|<%sv>\s*</%sv>)?\s*</%sc>" % (mark, mark, mark, mark))

    def has_none(formula: Found) -> bool:
        cell = sheet.xml[sheet.xml.rfind(b"<%sc " % mark, 0, formula.start) : formula.start]
        return attribute(cell, b"t") != b"str" and bool(nothing.match(sheet.xml, formula.end))

    return frozenset((f.row, f.column) for f in formulas if has_none(f))


def _put(rows: list[list[Cell]], row: int, column: int, value: Cell) -> None:
    """Put a value into rows that may be too short."""
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without empty rows at the end."""
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows


def _merged(sheet: SheetPart) -> tuple[Area, ...]:
    """The merged areas, which the sheet states after its rows."""
    return tuple(area(text_attribute(tag[0], b"ref")) for tag in elements(sheet.tail, b"mergeCell"))
