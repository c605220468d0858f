"""The engine as xlwings sees it: its name, its apps, and what becomes of values on their way.

The classes of this folder state `__slots__` because xlwings' base classes have read-only properties
of these names, which plain attributes could not replace.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from numbers import Number
from typing import Any

from xlwings import base_classes

from .app import App
from .office import ANSWER, Office, attached, started
from .values import Rows, cleaned


class Engine:
    """LibreOffice Calc for xlwings.

    `strict` makes it raise `DiffersInExcel` wherever Calc would be kinder than Excel, for tests of
    code that has to run on Excel. `answer` is the longest that one call may take, in seconds.
    """

    name = "libreoffice"
    type = "desktop"

    def __init__(self, strict: bool = False, answer: float = ANSWER) -> None:
        self.strict = strict
        self.answer = answer
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value as `Range.raw_value` takes it: what pandas and NumPy call missing is blank."""
        if value is None or isinstance(value, str | bool):
            return value
        if hasattr(value, "to_pydatetime"):
            return None if value != value else value.to_pydatetime()
        if hasattr(value, "dtype") and hasattr(value, "item"):
            value = value.item()
        if isinstance(value, Number):
            return None if isinstance(value, float) and math.isnan(value) else value
        return None if type(value).__name__ in ("NAType", "NaTType") else value

    @staticmethod
    def clean_value_data(
        rows: Rows, dates: Callable[..., Any], empty: Any, numbers: Any, err_to_str: bool
    ) -> Rows:
        """What was read, with the handlers of the caller's options."""
        return cleaned(rows, dates, empty, numbers, err_to_str)


class Apps(base_classes.Apps):
    """The offices that this process has started or attached to, the newest first."""

    __slots__ = ("_apps", "engine")

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        """Start an office of our own."""
        app = self._joined(started(self.engine.answer))
        if add_book:
            app.books.add()
        return app

    def attach(self, address: str = "", profile: str = "") -> App:
        """Attach to the office that the user has open; see `addin.libreoffice.attach`."""
        return self._joined(attached(address, profile, self.engine.answer))

    def _joined(self, office: Office) -> App:
        app = App(self.engine, office)
        self._apps.insert(0, app)
        return app

    def _alive(self) -> list[App]:
        self._apps = [app for app in self._apps if app.office.is_alive]
        return self._apps

    def keys(self) -> list[int]:
        """Process ids."""
        return [app.pid for app in self._alive()]

    def cleanup(self) -> None:
        """Nothing is ever left to clean up."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._alive()))

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> App:
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)
