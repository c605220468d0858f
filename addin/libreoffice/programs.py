"""Where LibreOffice is on this machine, and a Python that can talk to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .errors import OfficeMissing

SOFFICE, PYTHON = "LIBREOFFICE_SOFFICE", "LIBREOFFICE_PYTHON"
_USUAL = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)


@cache
def soffice() -> Path:
    """The program that is the office itself, not a script or a starter that waits for it.

    Raises `OfficeMissing`.
    """
    for folder in _folders():
        for name in ("soffice.bin", "soffice.exe", "soffice"):
            if (folder / name).is_file():
                return folder / name
    raise OfficeMissing(
        f"LibreOffice was not found. Install it (Debian: libreoffice-calc and python3-uno), or name"
        f" its program in {SOFFICE}."
    )


def _folders() -> Iterator[Path]:
    named = os.environ.get(SOFFICE) or shutil.which("soffice") or shutil.which("libreoffice")
    if named:
        yield Path(named).resolve().parent
    for usual in _USUAL:
        root = Path(usual).anchor
        yield from sorted(Path(root).glob(usual.removeprefix(root)), reverse=True)


@cache
def office_python() -> str:
    """A Python that can `import uno`: the office's or the system's. Raises `OfficeMissing`."""
    tried = []
    for python in _pythons():
        if python not in tried and shutil.which(python) and _knows_uno(python):
            return python
        tried.append(python)
    raise OfficeMissing(
        "No Python here can talk to LibreOffice. Install its bindings (Debian: python3-uno), or"
        f" name a Python that can `import uno` in {PYTHON}."
    )


def _pythons() -> Iterator[str]:
    if os.environ.get(PYTHON):
        yield os.environ[PYTHON]
    program = soffice().parent
    for place in (program, program.parent / "Resources"):
        yield from (str(place / name) for name in ("python", "python.exe"))
    yield from ("/usr/bin/python3", "python3", sys.executable)


def _knows_uno(python: str) -> bool:
    """Whether this Python can load the bindings, asked as the bridge will run it."""
    asked = [python, "-I", "-c", "import sys, uno; assert sys.version_info >= (3, 10)"]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
