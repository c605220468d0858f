"""Who has a workbook file open: Excel, LibreOffice, or another Lajur."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from weakref import finalize

from addin.hosts.errors import WorkbookIsOpen

if sys.platform == "win32":  # pragma: no cover
    import msvcrt
else:
    import fcntl

OWNER_NAME = slice(1, 54)  # Excel's owner file: a length, then the name in this many bytes


def refuse_when_open(path: Path) -> None:
    """Raise ``WorkbookIsOpen`` when Excel's or LibreOffice's lock file lies beside the file."""
    excel = path.with_name(f"~${path.name}")
    office = path.with_name(f".~lock.{path.name}#")
    if excel.exists():
        raise WorkbookIsOpen(name=path.name, who=_excel_owner(excel), lock=excel.name)
    if office.exists():
        raise WorkbookIsOpen(name=path.name, who=_office_owner(office), lock=office.name)


def _excel_owner(lock: Path) -> str:
    """The user name in Excel's lock file; Excel itself may keep us from reading it."""
    try:
        content = lock.read_bytes()
    except OSError:
        return "Excel"
    owner = content[OWNER_NAME][: content[0]] if content else b""
    return owner.decode(errors="replace").strip("\0 ") or "Excel"


def _office_owner(lock: Path) -> str:
    """The user's name in LibreOffice's lock file, or the program's."""
    try:
        names = lock.read_text(errors="replace").split(",")
    except OSError:
        names = []
    return next((name.strip() for name in names[:2] if name.strip()), "LibreOffice")


class OwnLock:
    """Our lock on a file, held by the operating system and so gone when this program dies."""

    def __init__(self, path: Path) -> None:
        lock = path.with_name(f".~lajur.{path.name}.lock")
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        if not _locked(handle, lock):
            os.close(handle)
            raise WorkbookIsOpen(name=path.name, who="Lajur", lock=lock.name)
        self._release = finalize(self, _released, handle, lock)

    def release(self) -> None:
        """Let others have the file; a forgotten lock is released with its owner."""
        self._release()


def _locked(handle: int, lock: Path) -> bool:
    """Whether the operating system gave us the lock."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The holder before us may have removed the file just before we locked it.
        return os.path.samestat(os.fstat(handle), lock.stat())
    except OSError:
        return False


def _released(handle: int, lock: Path) -> None:
    """Close and remove the lock file; it goes while we still hold it, where it can."""
    if sys.platform == "win32":  # pragma: no cover
        os.close(handle)
        lock.unlink(missing_ok=True)
    else:
        lock.unlink(missing_ok=True)
        os.close(handle)
