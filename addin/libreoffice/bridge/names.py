"""Defined names of workbooks and sheets."""

from __future__ import annotations

from typing import Any

import uno

from .formulas import to_calc, to_excel
from .session import Refused, Session


def _ranges(session: Session, book: int, sheet: int) -> Any:
    return (session.sheet(sheet) if sheet else session.document(book)).NamedRanges


def all_of(session: Session, book: int, sheet: int) -> list[list[str]]:
    """[name, what it refers to] of a workbook (sheet 0) or of a sheet."""
    ranges = _ranges(session, book, sheet)
    names = ranges.getElementNames()
    return [[name, _refers_to(ranges.getByName(name))] for name in names]


def _refers_to(name: Any) -> str:
    return to_excel("=" + name.getContent())


def get(session: Session, book: int, sheet: int, name: str) -> str | None:
    """What a name refers to; None where there is no such name."""
    ranges = _ranges(session, book, sheet)
    return _refers_to(ranges.getByName(name)) if ranges.hasByName(name) else None


def put(session: Session, book: int, sheet: int, name: str, refers_to: str) -> None:
    """Add a name or change what it refers to."""
    ranges, content = _ranges(session, book, sheet), to_calc(refers_to)[1:]
    if ranges.hasByName(name):
        ranges.getByName(name).setContent(content)
        return
    place = uno.createUnoStruct("com.sun.star.table.CellAddress")
    place.Sheet = session.sheet(sheet).getRangeAddress().Sheet if sheet else 0
    ranges.addNewByName(name, content, place, 0)


def rename(session: Session, book: int, sheet: int, name: str, new: str) -> None:
    """Give a name another name."""
    ranges = _ranges(session, book, sheet)
    if not ranges.hasByName(name):
        raise Refused("gone", f"there is no name {name}")
    ranges.getByName(name).setName(new)


def delete(session: Session, book: int, sheet: int, name: str) -> None:
    """Remove a name."""
    _ranges(session, book, sheet).removeByName(name)


def area_of(session: Session, book: int, sheet: int, name: str) -> list[int] | None:
    """The cells to which a name refers; None where it is no plain area."""
    ranges = _ranges(session, book, sheet)
    if not ranges.hasByName(name):
        return None
    cells = ranges.getByName(name).getReferredCells()
    if cells is None:
        return None
    there = cells.getRangeAddress()
    number = session.sheet_number(book, cells.getSpreadsheet())
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return [number, there.StartRow + 1, there.StartColumn + 1, rows, columns]
