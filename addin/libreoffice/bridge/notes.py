"""Notes at cells."""

from __future__ import annotations

from typing import Any

from .session import Session


def all_of(session: Session, sheet: int) -> list[list[Any]]:
    """[row, column, text, author] of every note of a sheet, 1-based."""
    notes = session.sheet(sheet).getAnnotations()
    found = []
    for number in range(notes.getCount()):
        note = notes.getByIndex(number)
        place = note.getPosition()
        found.append([place.Row + 1, place.Column + 1, note.getString(), note.getAuthor()])
    return found


def put(session: Session, area: list[int], text: str | None) -> None:
    """Put a note in place of the one at the first cell; None removes it."""
    sheet = session.sheet(area[0])
    address = session.range([*area[:3], 1, 1]).getCellByPosition(0, 0).getCellAddress()
    notes = sheet.getAnnotations()
    _remove(notes, address.Row, address.Column)
    if text is not None:
        notes.insertNew(address, text)


def _remove(notes: Any, row: int, column: int) -> None:
    for number in range(notes.getCount()):
        place = notes.getByIndex(number).getPosition()
        if (place.Row, place.Column) == (row, column):
            notes.removeByIndex(number)
            return


def get(session: Session, area: list[int]) -> list[str] | None:
    """[text, author] of the note at the first cell."""
    cell = session.range([*area[:3], 1, 1]).getCellByPosition(0, 0)
    note = cell.getAnnotation()
    text = note.getString() if note is not None else ""
    return [text, note.getAuthor()] if text else None
