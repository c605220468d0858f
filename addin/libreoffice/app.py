"""One office and the workbooks that it has open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from .book import Book
from .errors import Unsupported
from .office import Office
from .programs import soffice
from .range import Range


class App(base_classes.App):
    """An office. Settings that mean nothing to Calc are remembered, for code that restores them."""

    __slots__ = ("_calculation", "_titles", "engine", "office")

    screen_updating = True
    display_alerts = True
    enable_events = True
    interactive = True
    status_bar: Any = False
    cut_copy_mode: Any = False
    hwnd = 0
    startup_path = ""

    def __init__(self, engine: Any, office: Office) -> None:
        self.engine = engine
        self.office = office
        self._calculation = "automatic"
        self._titles: dict[int, str] = {}

    def call(self, command: str, *given: Any) -> Any:
        """Ask the office; the way to what this engine has no method for."""
        return self.office.call(command, *given)

    @property
    def api(self) -> App:
        """This object: the office's own objects live in another process."""
        return self

    xl = api

    @property
    def strict(self) -> bool:
        """Whether to raise where Excel would do something else."""
        return self.engine.strict

    @property
    def pid(self) -> int:
        """The process id."""
        return self.office.pid

    @property
    def path(self) -> str:
        """The folder of the program."""
        return str(soffice().parent)

    @property
    def version(self) -> str:
        """The office's version."""
        return str(self.call("books.version"))

    @property
    def visible(self) -> bool:
        """An office of our own has no window."""
        return self.office.owned is None

    @visible.setter
    def visible(self, visible: bool) -> None:
        pass

    def activate(self, steal_focus: bool = False) -> None:
        """Bring the active workbook to the front."""
        self.books.active.activate()

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active workbook."""
        book = self.books.active
        area = self.call("sheets.selection", book.number)
        return Range(book.sheets.numbered(area[0]), *area[1:]) if area else None

    @property
    def calculation(self) -> str:
        """automatic, manual or semiautomatic."""
        return self._calculation

    @calculation.setter
    def calculation(self, mode: str) -> None:
        self._calculation = mode
        for book in self.books:
            self.call("books.set_automatic", book.number, mode != "manual")

    def calculate(self) -> None:
        """Calculate all formulas of all workbooks."""
        for book in self.books:
            self.call("books.calculate", book.number, True)

    def run(self, macro: str, args: Any) -> Any:
        """Macros of workbooks never run here."""
        raise Unsupported("This engine does not run macros of workbooks.")

    def title(self, number: int) -> str:
        """The name of a workbook without a file, as Excel counts them: Book1, Book2."""
        return self._titles.setdefault(number, f"Book{len(self._titles) + 1}")

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self)

    def quit(self) -> None:
        """Close an office of our own, without saving; let go of one that is the user's."""
        self.office.close()

    def kill(self) -> None:
        """End an office of our own at once; let go of one that is the user's."""
        self.office.kill()


class Books(base_classes.Books):
    """The workbooks that are open in one office."""

    __slots__ = ("app",)

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Books:
        """This object."""
        return self

    def _all(self) -> list[Book]:
        return [Book(self.app, number) for number, _ in self.app.call("books.paths")][::-1]

    @property
    def active(self) -> Book:
        """The workbook whose window is in front."""
        number = self.app.call("books.active")
        return Book(self.app, number)

    def __call__(self, name_or_index: str | int) -> Book:
        books = self._all()
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(books):
                raise KeyError(name_or_index)
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.call("books.paths"))

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def __contains__(self, name: str) -> bool:
        return any(book.name == name for book in self._all())

    def add(self) -> Book:
        """A new workbook."""
        return Book(self.app, self.app.call("books.add"))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        format: Any = None,
        password: Any = None,
        *ignored: Any,
        **also_ignored: Any,
    ) -> Book:
        """Open a file. Raises `CannotOpen`."""
        given = (bool(read_only), bool(update_links), password or "")
        return Book(self.app, self.app.call("books.open_file", fullname, *given))
