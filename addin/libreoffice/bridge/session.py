"""A connection to one office: its open documents and their sheets under numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import uno

SHEET_SERVICE = "com.sun.star.sheet.SpreadsheetDocument"
NO_CONNECTION = "com.sun.star.connection.NoConnectException"


class Refused(Exception):
    """What the office does not do; `kind` tells the engine which of its errors to raise."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Session:
    """Documents and sheets keep their number as long as they are open.

    An area is `[sheet, row, column, rows, columns]`, all 1-based.
    """

    def __init__(self, address: str, seconds: float) -> None:
        self.context = _connected(address, seconds)
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self._documents: dict[int, Any] = {}
        self._sheets: dict[int, tuple[int, Any]] = {}
        self._listed: dict[int, tuple[tuple[str, ...], list[tuple[int, str]]]] = {}
        self._kept: dict[tuple[int, str], Any] = {}
        self._last = 0

    def service(self, name: str) -> Any:
        """A service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def number_of(self, document: Any) -> int:
        """The number of an open document."""
        for number, known in self._documents.items():
            if known == document:
                return number
        self._last += 1
        self._documents[self._last] = document
        return self._last

    def documents(self) -> list[int]:
        """The spreadsheet documents that are open now, newest window first."""
        found = []
        components = self.desktop.getComponents().createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if getattr(component, "supportsService", None) and component.supportsService(
                SHEET_SERVICE
            ):
                found.append(self.number_of(component))
        self._forget_closed(found)
        return found

    def _forget_closed(self, open_now: list[int]) -> None:
        for number in set(self._documents) - set(open_now):
            self.forget(number)

    def forget(self, book: int) -> None:
        """Drop a document that is closed."""
        self._documents.pop(book, None)
        self._listed.pop(book, None)
        self._kept = {place: known for place, known in self._kept.items() if place[0] != book}
        self._sheets = {n: known for n, known in self._sheets.items() if known[0] != book}

    def document(self, book: int) -> Any:
        """An open document by its number."""
        if book not in self._documents:
            raise Refused("gone", "the workbook was closed")
        return self._documents[book]

    def sheet_number(self, book: int, sheet: Any) -> int:
        """The number of a sheet. The office gives another object for it each time it is asked."""
        name = sheet.getName()
        for number, (owner, known) in self._sheets.items():
            if owner == book and _name(known) == name:
                return number
        self._last += 1
        self._sheets[self._last] = (book, sheet)
        return self._last

    def kept(self, book: int, what: str, found: Callable[[Any], Any]) -> Any:
        """A part of a document that stays the same object: to fetch one takes ten exchanges."""
        if (book, what) not in self._kept:
            self._kept[book, what] = found(self.document(book))
        return self._kept[book, what]

    def sheets(self, book: int) -> Any:
        """The sheets of a document."""
        return self.kept(book, "sheets", lambda document: document.Sheets)

    def sheet_numbers(self, book: int) -> list[tuple[int, str]]:
        """Number and name of all sheets of a document, in their order."""
        sheets = self.sheets(book)
        names = tuple(sheets.getElementNames())
        if self._listed.get(book, ((), []))[0] != names:
            self._listed[book] = names, self._numbered(book, sheets)
        return self._listed[book][1]

    def _numbered(self, book: int, sheets: Any) -> list[tuple[int, str]]:
        """Numbers for sheets that have none; each is asked for its name once."""
        owned = [(n, known) for n, (owner, known) in self._sheets.items() if owner == book]
        known = {_name(sheet): number for number, sheet in owned}
        found = []
        for name in sheets.getElementNames():
            if name not in known:
                sheet = sheets.getByName(name)
                self._last += 1
                known[name], self._sheets[self._last] = self._last, (book, sheet)
            found.append((known[name], name))
        return found

    def sheet(self, number: int) -> Any:
        """A sheet by its number."""
        if number not in self._sheets:
            raise Refused("gone", "the sheet was deleted")
        return self._sheets[number][1]

    def owner(self, sheet: int) -> Any:
        """The document of a sheet."""
        self.sheet(sheet)
        return self.document(self._sheets[sheet][0])

    def owner_number(self, sheet: int) -> int:
        """The number of the document of a sheet."""
        self.sheet(sheet)
        return self._sheets[sheet][0]

    def range(self, area: list[int]) -> Any:
        """The cells of an area."""
        sheet, row, column, rows, columns = area
        return self.sheet(sheet).getCellRangeByPosition(
            column - 1, row - 1, column + columns - 2, row + rows - 2
        )


def _name(sheet: Any) -> str | None:
    """The name of a sheet; None when it was deleted."""
    try:
        return str(sheet.getName())
    except Exception:
        return None


def _connected(address: str, seconds: float) -> Any:
    """The office's context; an office that is starting up is asked again."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except Exception as failed:
            if type(failed).__name__.rpartition(".")[2] != "NoConnectException":
                raise
            if time.monotonic() > until:
                raise Refused("unreachable", f"no office listens at {address}") from failed
            time.sleep(0.05)
