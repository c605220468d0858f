"""A workbook: its sheets and names, and saving it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from xlwings import base_classes

from .errors import CannotSave, Closed
from .names import Names
from .sheet import Sheet, refuse_sheet_name


class Book(base_classes.Book):
    """A workbook by its number in the bridge."""

    __slots__ = ("app", "number")

    def __init__(self, app: Any, number: int) -> None:
        self.app = app
        self.number = number

    @property
    def api(self) -> Book:
        """This object."""
        return self

    def json(self) -> Any:
        """Of no use here."""
        raise NotImplementedError

    @property
    def fullname(self) -> str:
        """The path; the name where there is no file yet."""
        path = str(self.app.call("books.path_of", self.number))
        return path if os.path.isabs(path) else self.app.title(self.number)

    @property
    def name(self) -> str:
        """The file's name."""
        return os.path.basename(self.fullname)

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The names that hold in the whole workbook."""
        return Names(self, None)

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return bool(self.app.call("books.counts_from_1904", self.number))

    def close(self) -> None:
        """Close without saving."""
        self.app.call("books.close", self.number)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, or save under another name. Raises `CannotSave`; the file is then as it was."""
        there = self.fullname
        if path is None and os.path.isabs(there):
            whole = "books.save_whole" if self.app.office.owned else "books.store"
            self.app.call(whole, self.number)
            return
        target = os.path.realpath(path or f"{there}.xlsx")
        if not os.path.isdir(os.path.dirname(target)):
            raise CannotSave(f"There is no folder {os.path.dirname(target)}.")
        self.app.call("books.save_as", self.number, target, password or "")

    def activate(self) -> None:
        """Bring the window to the front."""
        self.app.call("books.activate", self.number)

    def to_pdf(self, path: str, quality: str) -> None:
        """Write a PDF of all sheets."""
        self.app.call("books.export", self.number, os.path.realpath(path))


class Sheets(base_classes.Sheets):
    """The sheets of a workbook, in their order."""

    __slots__ = ("app", "book")

    def __init__(self, book: Book) -> None:
        self.book = book
        self.app = book.app

    @property
    def api(self) -> Sheets:
        """This object."""
        return self

    def _all(self) -> list[tuple[int, str]]:
        return [(n, name) for n, name in self.app.call("sheets.numbers", self.book.number)]

    def numbered(self, number: int) -> Sheet:
        """The sheet with a number of the bridge."""
        return Sheet(self.book, number)

    @property
    def active(self) -> Sheet:
        """The sheet that shows."""
        return Sheet(self.book, self.app.call("sheets.active", self.book.number))

    def __call__(self, name_or_index: str | int) -> Sheet:
        sheets = self._all()
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(sheets):
                raise Closed(f"There is no sheet {name_or_index}.")
            return Sheet(self.book, sheets[name_or_index - 1][0])
        for number, name in sheets:
            if name.lower() == name_or_index.lower():
                return Sheet(self.book, number)
        raise Closed(f"There is no sheet {name_or_index!r}.")

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, number) for number, _ in self._all()])

    def __contains__(self, name: str) -> bool:
        return any(known == name for _, known in self._all())

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, which then shows. Without a place it stands before the active one."""
        if before is not None:
            place = before.index - 1
        else:
            place = after.index if after is not None else self.active.index - 1
        refuse_sheet_name(self.app, name or "")
        number = self.app.call("sheets.add", self.book.number, place, name or "")
        sheet = Sheet(self.book, number)
        sheet.activate()
        return sheet
