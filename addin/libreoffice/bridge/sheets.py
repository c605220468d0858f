"""Sheets of a workbook: their order, names, visibility and extent."""

from __future__ import annotations

from typing import Any

from .session import Refused, Session


def numbers(session: Session, book: int) -> list[tuple[int, str]]:
    """[sheet, name] of all sheets, in their order."""
    return session.sheet_numbers(book)


def name_of(session: Session, sheet: int) -> str:
    """The sheet's name now."""
    return str(session.sheet(sheet).getName())


def rename(session: Session, sheet: int, name: str) -> None:
    """Give a sheet another name."""
    session.sheet(sheet).setName(name)
    if session.sheet(sheet).getName() != name:
        raise Refused("bad_name", f"no sheet can be called {name}")


def add(session: Session, book: int, place: int, name: str) -> int:
    """A new sheet at a place, 0-based; without a name it gets the next free one."""
    sheets = session.document(book).Sheets
    name = name or _free(sheets, "Sheet")
    if sheets.hasByName(name):
        raise Refused("bad_name", f"there is a sheet called {name}")
    sheets.insertNewByName(name, place)
    return session.sheet_number(book, sheets.getByName(name))


def _free(sheets: Any, stem: str) -> str:
    number = 1
    while sheets.hasByName(f"{stem}{number}"):
        number += 1
    return f"{stem}{number}"


def delete(session: Session, sheet: int) -> None:
    """Delete a sheet."""
    session.owner(sheet).Sheets.removeByName(session.sheet(sheet).getName())


def copy(session: Session, sheet: int, book: int, place: int) -> int:
    """Copy a sheet to a place of this workbook or another one; the copy's number."""
    source, target = session.owner(sheet), session.document(book).Sheets
    name = session.sheet(sheet).getName()
    if session.owner_number(sheet) != book:
        target.importSheet(source, name, place)
        return session.sheet_number(book, target.getByIndex(place))
    number = 2
    while target.hasByName(f"{name} ({number})"):
        number += 1
    target.copyByName(name, f"{name} ({number})", place)
    return session.sheet_number(book, target.getByIndex(place))


def move(session: Session, sheet: int, place: int) -> None:
    """Move a sheet before the one that stands at a place now."""
    session.owner(sheet).Sheets.moveByName(session.sheet(sheet).getName(), place)


def is_visible(session: Session, sheet: int) -> bool:
    """Whether the sheet's tab shows."""
    return bool(session.sheet(sheet).IsVisible)


def set_visible(session: Session, sheet: int, visible: bool) -> None:
    """Show or hide a sheet."""
    session.sheet(sheet).IsVisible = visible


def activate(session: Session, sheet: int) -> None:
    """Show a sheet in its window."""
    session.owner(sheet).getCurrentController().setActiveSheet(session.sheet(sheet))


def active(session: Session, book: int) -> int:
    """The sheet that the workbook's window shows."""
    controller = session.document(book).getCurrentController()
    return session.sheet_number(book, controller.getActiveSheet())


def used(session: Session, sheet: int) -> list[int]:
    """[row, column, rows, columns] of what is used, 1-based; A1 where nothing is."""
    cursor = session.sheet(sheet).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    there = cursor.getRangeAddress()
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return [there.StartRow + 1, there.StartColumn + 1, rows, columns]


def is_protected(session: Session, sheet: int) -> bool:
    """Whether the sheet is protected."""
    return bool(session.sheet(sheet).isProtected())


def protect(session: Session, sheet: int, password: str) -> None:
    """Protect a sheet."""
    session.sheet(sheet).protect(password)


def unprotect(session: Session, sheet: int, password: str) -> None:
    """End a sheet's protection."""
    session.sheet(sheet).unprotect(password)
    if session.sheet(sheet).isProtected():
        raise Refused("locked", "the password is another")


def freeze(session: Session, sheet: int, columns: int, rows: int) -> None:
    """Keep the first columns and rows in sight; 0, 0 lets go of them."""
    activate(session, sheet)
    session.owner(sheet).getCurrentController().freezeAtPosition(columns, rows)


def gridlines(session: Session, sheet: int, show: bool | None) -> bool:
    """Whether grid lines show; set first unless `show` is None."""
    activate(session, sheet)
    controller = session.owner(sheet).getCurrentController()
    if show is not None:
        controller.ShowGrid = show
    return bool(controller.ShowGrid)


def select(session: Session, area: list[int]) -> None:
    """Select cells."""
    session.owner(area[0]).getCurrentController().select(session.range(area))


def selection(session: Session, book: int) -> list[int] | None:
    """The selected area; None where something else is selected."""
    selected = session.document(book).getCurrentSelection()
    if not hasattr(selected, "getRangeAddress"):
        return None
    there = selected.getRangeAddress()
    sheet = session.document(book).Sheets.getByIndex(there.Sheet)
    number = session.sheet_number(book, sheet)
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return [number, there.StartRow + 1, there.StartColumn + 1, rows, columns]


def print_area(session: Session, sheet: int, area: list[int] | None, put: bool) -> list[int] | None:
    """The area that is printed; `put` sets it first, None prints all."""
    found = session.sheet(sheet)
    if put:
        found.setPrintAreas((session.range(area).getRangeAddress(),) if area else ())
    there = next(iter(found.getPrintAreas()), None)
    if there is None:
        return None
    rows, columns = there.EndRow - there.StartRow + 1, there.EndColumn - there.StartColumn + 1
    return [sheet, there.StartRow + 1, there.StartColumn + 1, rows, columns]
