"""LibreOffice Calc for xlwings: the open-source part of xlwings on a machine without Excel.

import xlwings as xw
from addin import libreoffice

libreoffice.register().activate()
with xw.App() as app:
    app.books.add().sheets[0]["A1"].value = [[1, 2], [3, 4]]
"""

from __future__ import annotations

import xlwings

from .engine import Engine
from .errors import (
    CannotOpen,
    CannotSave,
    Closed,
    DiffersInExcel,
    OfficeError,
    OfficeHangs,
    OfficeLost,
    OfficeMissing,
    SheetProtected,
    Unsupported,
)
from .office import ANSWER

__all__ = [
    "CannotOpen",
    "CannotSave",
    "Closed",
    "DiffersInExcel",
    "OfficeError",
    "OfficeHangs",
    "OfficeLost",
    "OfficeMissing",
    "SheetProtected",
    "Unsupported",
    "attach",
    "register",
]


def register(strict: bool = False, answer: float = ANSWER) -> xlwings.Engine:
    """Make the engine "libreoffice" known to xlwings; no office is started yet.

    `strict` raises `DiffersInExcel` where Calc is kinder than Excel. `answer` is the longest that
    one call may take, in seconds. A second call changes these for the apps that are added later.
    """
    known = xlwings.engines.engines_by_name.get(Engine.name)
    if known is None:
        known = xlwings.Engine(impl=Engine())
        xlwings.engines.add(known)
    known.impl.strict, known.impl.answer = strict, answer
    return known


def attach(address: str = "", profile: str = "") -> xlwings.App:
    """The LibreOffice that the user has open, as an app; `quit` leaves it open.

    Without an `address` the office of the given `profile` (the user's own, by default) is asked to
    listen. Raises `OfficeLost` where none runs.
    """
    engine: Engine = register_as_is().impl
    return xlwings.App(impl=engine.apps.attach(address, profile))


def register_as_is() -> xlwings.Engine:
    """The engine, registered if it was not."""
    known = xlwings.engines.engines_by_name.get(Engine.name)
    return known if known is not None else register()
