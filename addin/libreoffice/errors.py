"""What can go wrong with LibreOffice, and what Excel would not have done.

XlwingsError
└── OfficeError               anything below
    ├── OfficeMissing         no LibreOffice, or no Python with `uno`, on this machine
    ├── OfficeLost            it ended while it was used (a crash, or somebody closed it)
    ├── OfficeHangs           it did not answer in time and was ended, if it was ours to end
    ├── CannotOpen            it does not read that file
    ├── CannotSave            it does not write that file; the file is as it was
    ├── Closed                the workbook or sheet is gone
    ├── SheetProtected        the cells are locked
    ├── Unsupported           Calc, or this engine, does not do it
    └── DiffersInExcel        strict mode: Calc would do it, Excel would do something else
"""

from __future__ import annotations

from xlwings import XlwingsError


class OfficeError(XlwingsError):
    """Something went wrong with LibreOffice; the message says what to do."""


class OfficeMissing(OfficeError):
    """LibreOffice, or a Python that can talk to it, is not on this machine."""


class OfficeLost(OfficeError):
    """LibreOffice ended while it was used. Files hold what was saved last."""


class OfficeHangs(OfficeError):
    """LibreOffice did not answer in time. Files hold what was saved last."""


class CannotOpen(OfficeError):
    """LibreOffice does not read that file."""


class CannotSave(OfficeError):
    """LibreOffice does not write that file; it is as it was."""


class Closed(OfficeError):
    """The workbook or sheet was closed or deleted in the meantime."""


class SheetProtected(OfficeError):
    """The cells are locked on a protected sheet."""


class Unsupported(OfficeError, NotImplementedError):
    """Calc or this engine does not do it."""


class DiffersInExcel(OfficeError):
    """Strict mode: Calc is kinder than Excel here, so that a test would pass wrongly."""


KINDS: dict[str, type[OfficeError]] = {
    "bad_name": OfficeError,
    "cannot_open": CannotOpen,
    "cannot_save": CannotSave,
    "gone": Closed,
    "locked": SheetProtected,
    "read_only": CannotSave,
    "unreachable": OfficeLost,
    "unsupported": Unsupported,
    "IOException": CannotSave,
    "ErrorCodeIOException": CannotSave,
    "DisposedException": OfficeLost,
    "NoConnectException": OfficeLost,
}
