"""The host of closed .xlsx and .xlsm files: read whole, changed part by part in place."""

from __future__ import annotations

import os
from pathlib import Path

from addin.hosts.xlsx.workbook import XlsxWorkbook


def opens(target: str) -> bool:
    """Whether ``target`` is a path; what the file really is, opening it tells."""
    return os.path.isfile(target)  # unlike pathlib's, never an error: a closed folder has no file


def open_workbook(target: str) -> XlsxWorkbook:
    """The workbook in a file; raises a ``HostError`` when it is none, or none that is safe."""
    return XlsxWorkbook(Path(target))
