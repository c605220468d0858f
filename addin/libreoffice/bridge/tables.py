"""Tables: Calc keeps an Excel table as a database range."""

from __future__ import annotations

from typing import Any

from .session import Refused, Session


def names(session: Session, sheet: int) -> list[str]:
    """The names of the tables on a sheet."""
    index = session.sheet(sheet).getRangeAddress().Sheet
    every = _ranges(session, sheet).getElementNames()
    return [name for name in every if _named(session, sheet, name).DataArea.Sheet == index]


def _ranges(session: Session, sheet: int) -> Any:
    book = session.owner_number(sheet)
    return session.kept(book, "tables", lambda document: document.DatabaseRanges)


def _named(session: Session, sheet: int, name: str) -> Any:
    """A database range. Its object is bound to the name, whatever stands for it."""
    ranges, book = _ranges(session, sheet), session.owner_number(sheet)
    return session.kept(book, f"table {name}", lambda _: ranges.getByName(name))


def table_of(session: Session, sheet: int, name: str) -> Any:
    """The database range of a table."""
    if not _ranges(session, sheet).hasByName(name):
        raise Refused("gone", f"there is no table {name}")
    return _named(session, sheet, name)


def describe(session: Session, sheet: int, name: str) -> dict[str, Any]:
    """Where a table stands (1-based, with header and totals row) and which rows it has."""
    table = table_of(session, sheet, name)
    there = table.DataArea
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return {
        "area": [sheet, there.StartRow + 1, there.StartColumn + 1, rows, columns],
        "header": bool(table.ContainsHeader),
        "totals": bool(table.TotalsRow),
        "autofilter": bool(table.AutoFilter),
    }


def add(session: Session, area: list[int], name: str) -> None:
    """Make an area, its first row the headings, a table with filter buttons."""
    ranges = _ranges(session, area[0])
    if ranges.hasByName(name):
        raise Refused("bad_name", f"there is a table {name}")
    ranges.addNewByName(name, session.range(area).getRangeAddress())
    table = ranges.getByName(name)
    table.ContainsHeader = True
    table.AutoFilter = True


def change(session: Session, sheet: int, name: str, what: str, value: bool) -> None:
    """Whether a table has filter buttons, a header, a totals row."""
    field = {"autofilter": "AutoFilter", "header": "ContainsHeader", "totals": "TotalsRow"}[what]
    setattr(table_of(session, sheet, name), field, value)


def resize(session: Session, sheet: int, name: str, area: list[int]) -> None:
    """Give a table another extent."""
    table_of(session, sheet, name).setDataArea(session.range(area).getRangeAddress())


def rename(session: Session, sheet: int, name: str, new: str) -> None:
    """Give a table another name."""
    table_of(session, sheet, name).setName(new)


def delete(session: Session, sheet: int, name: str) -> None:
    """Make a table plain cells again."""
    _ranges(session, sheet).removeByName(name)
