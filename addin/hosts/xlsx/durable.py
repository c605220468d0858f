"""Writing a file so that a crash leaves either the old one or the new one, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from addin.hosts.errors import DiskFull, HostError, ReadOnlyWorkbook, WorkbookIsOpen

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_durably(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put ``content`` in the file's place at once; ``mode`` is its permission bits.

    Raises ``DiskFull``, ``ReadOnlyWorkbook`` or ``WorkbookIsOpen`` and leaves the old file then.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".~lajur.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as failure:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise _meant(failure, path) from failure


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable, where folders can be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _meant(failure: OSError, path: Path) -> HostError:
    """What the system's error means to the person."""
    if failure.errno in _FULL:
        return DiskFull(name=path.name)
    if os.name == "nt" and isinstance(failure, PermissionError):  # pragma: no cover - Windows
        return WorkbookIsOpen(name=path.name, who="Excel", lock=f"~${path.name}")
    if failure.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ReadOnlyWorkbook(name=path.name)
    return HostError(name=path.name, reason=failure.strerror or str(failure))
