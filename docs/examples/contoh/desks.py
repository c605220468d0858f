"""Where people of the story work: closed files, windows of LibreOffice, Google Sheets."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from addin.hosts.base import Workbook
from addin.online import is_link, opened_anywhere

ADDRESS = "LIBREOFFICE_ADDRESS"  # where `lajur` finds the LibreOffice of the story
STARTS_WITHIN = 120.0  # seconds


class Windows:
    """A LibreOffice that its people have open: every workbook in a window that stays."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._books: dict[Path, Any] = {}

    def open_workbook(self, file: Path) -> Workbook:
        """The workbook in its window."""
        from addin.hosts.grid import GridWorkbook

        if file not in self._books:
            self._books[file] = self._app.books.open(str(file))
        return GridWorkbook(self._books[file], "LibreOffice", lambda: None)


_WINDOWS: ContextVar[Windows | None] = ContextVar("windows", default=None)


def open_workbook(file: Path) -> Workbook:
    """A workbook where its person has it: in a window within `calc_windows`, else as a file, or
    the spreadsheet in Google Sheets that stands for one ("…/google:ID").
    """
    windows = _WINDOWS.get()
    if windows:
        return windows.open_workbook(file)
    return opened_anywhere(file.name if is_link(file.name) else str(file))


@contextmanager
def calc_windows() -> Iterator[None]:
    """A LibreOffice without a screen but with all its windows, ended whatever happens.

    It locks the files that it has open, which one that `lajur` starts for itself does not.
    """
    with _running() as address:
        app = _attached(address)
        os.environ[ADDRESS], set_before = address, _WINDOWS.set(Windows(app))
        try:
            yield
        finally:
            del os.environ[ADDRESS]
            _WINDOWS.reset(set_before)
            app.quit()


def _attached(address: str) -> Any:
    """The office as xlwings has it, once it listens."""
    from addin import libreoffice

    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return libreoffice.attach(address)
        except libreoffice.OfficeLost:
            if time.monotonic() > until:
                raise


@contextmanager
def _running() -> Iterator[str]:
    """An office with a profile of its own; where it listens."""
    from addin.libreoffice.programs import soffice

    address = f"pipe,name=lajur-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = f"-env:UserInstallation={Path(folder).as_uri()}"
        command = [str(soffice()), "--headless", "--norestore", "--nologo", profile]
        subprocess.run([*command, "--terminate_after_init"], check=True, timeout=STARTS_WITHIN)
        listening = f"--accept={address};urp;StarOffice.ComponentContext"
        office = subprocess.Popen([*command, listening])
        try:
            yield address
        finally:
            office.terminate()
            office.wait(STARTS_WITHIN)
