"""Defined names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from .errors import Closed
from .range import Range


class Names(base_classes.Names):
    """The names of a workbook, those of its sheets too, or the names of one sheet."""

    __slots__ = ("book", "sheet")

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book = book
        self.sheet = sheet

    @property
    def api(self) -> Names:
        """This object."""
        return self

    def _all(self) -> list[Name]:
        app, number = self.book.app, self.book.number
        of_sheets = [self.sheet] if self.sheet else list(self.book.sheets)
        found = [] if self.sheet else [
            Name(self.book, None, name) for name, _ in app.call("names.all_of", number, 0)
        ]  # fmt: skip
        for sheet in of_sheets:
            names = app.call("names.all_of", number, sheet.number)
            found += [Name(self.book, sheet, name) for name, _ in names]
        return found

    def __call__(self, name_or_index: str | int) -> Name:
        names = self._all()
        if isinstance(name_or_index, int):
            return names[name_or_index - 1]
        for name in names:
            if name_or_index.lower() in (name.name.lower(), name.plain.lower()):
                return name
        raise Closed(f"There is no name {name_or_index!r}.")

    def snapshot(self) -> list[tuple[str, Name]]:
        """All names at once."""
        return [(name.name, name) for name in self._all()]

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        try:
            self(name_or_index)
        except (Closed, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Name]:
        return iter(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Add a name; `refers_to` is a formula such as `=Sheet1!$A$1` or `="text"`."""
        sheet, plain = self.sheet, name
        if "!" in name:
            title, _, plain = name.rpartition("!")
            sheet = self.book.sheets(title.strip("'"))
        number = sheet.number if sheet else 0
        self.book.app.call("names.put", self.book.number, number, plain, refers_to)
        return Name(self.book, sheet, plain)


class Name(base_classes.Name):
    """One name. `plain` is the name without the sheet in which alone it holds."""

    __slots__ = ("book", "plain", "sheet")

    def __init__(self, book: Any, sheet: Any, plain: str) -> None:
        self.book = book
        self.sheet = sheet
        self.plain = plain

    @property
    def api(self) -> Name:
        """This object."""
        return self

    @property
    def _where(self) -> tuple[int, int]:
        return self.book.number, self.sheet.number if self.sheet else 0

    def delete(self) -> None:
        """Remove it."""
        self.book.app.call("names.delete", *self._where, self.plain)

    @property
    def name(self) -> str:
        """The name, with its sheet where it holds in one only."""
        if self.sheet is None:
            return self.plain
        title = self.sheet.name
        quoted = title if title.isidentifier() else "'{}'".format(title.replace("'", "''"))
        return f"{quoted}!{self.plain}"

    @name.setter
    def name(self, value: str) -> None:
        self.book.app.call("names.rename", *self._where, self.plain, value)
        self.plain = value

    @property
    def refers_to(self) -> str:
        """The formula."""
        found = self.book.app.call("names.get", *self._where, self.plain)
        if found is None:
            raise Closed(f"There is no name {self.plain!r}.")
        return str(found)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.book.app.call("names.put", *self._where, self.plain, value)

    @property
    def refers_to_range(self) -> Range:
        """The cells."""
        area = self.book.app.call("names.area_of", *self._where, self.plain)
        if area is None:
            raise Closed(f"The name {self.plain!r} refers to no cells.")
        return Range(self.book.sheets.numbered(area[0]), *area[1:])
