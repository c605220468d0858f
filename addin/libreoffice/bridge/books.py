"""Workbooks of an office: open, save, close."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import uno

from .session import Refused, Session

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
    ".pdf": "calc_pdf_Export",
    ".html": "HTML (StarCalc)",
}
NEVER_EXECUTE, NO_UPDATE, FULL_UPDATE = 0, 0, 3


def properties(**values: Any) -> tuple[Any, ...]:
    """Values as the office takes them; None is left out."""
    made = []
    for name, value in values.items():
        if value is not None:
            one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            one.Name, one.Value = name, value
            made.append(one)
    return tuple(made)


def add(session: Session) -> int:
    """A new workbook that has no file yet."""
    made = session.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    made.getUndoManager().lock()  # nobody will ever undo here, and undo costs memory
    return session.number_of(made)


def open_file(session: Session, path: str, read_only: bool, links: bool, password: str) -> int:
    """Open a file; its macros do not run."""
    asked = properties(
        ReadOnly=read_only,
        Password=password or None,
        MacroExecutionMode=NEVER_EXECUTE,
        UpdateDocMode=FULL_UPDATE if links else NO_UPDATE,
    )
    try:
        url = uno.systemPathToFileUrl(path)
        document = session.desktop.loadComponentFromURL(url, "_blank", 0, asked)
    except Exception as failed:
        raise Refused("cannot_open", getattr(failed, "Message", "") or str(failed)) from failed
    if document is None:
        raise Refused("cannot_open", "the office cannot read it")
    if not hasattr(document, "Sheets"):
        document.close(True)
        raise Refused("cannot_open", "it holds no spreadsheet")
    document.getUndoManager().lock()
    return session.number_of(document)


def path_of(session: Session, book: int) -> str:
    """The file of a workbook; its title where it has none."""
    document = session.document(book)
    url = document.getURL()
    if url.startswith("file:"):
        return str(uno.fileUrlToSystemPath(url))
    return str(url or document.Title)


def name_of(session: Session, book: int) -> str:
    """The file's name, or the title of a workbook that has none."""
    return os.path.basename(path_of(session, book))


def paths(session: Session) -> list[list[Any]]:
    """[book, path] of all open workbooks."""
    return [[book, path_of(session, book)] for book in session.documents()]


def active(session: Session) -> int:
    """The workbook whose window was used last."""
    current = session.desktop.getCurrentComponent()
    if current is not None and hasattr(current, "Sheets"):
        return session.number_of(current)
    found = session.documents()
    if not found:
        raise Refused("gone", "no workbook is open")
    return found[0]


def is_modified(session: Session, book: int) -> bool:
    """Whether a workbook has changes that are not in its file."""
    return bool(session.document(book).isModified())


def store(session: Session, book: int) -> None:
    """Save as the person at the screen would."""
    document = session.document(book)
    _refuse_read_only(session, book)
    document.store()


def save_whole(session: Session, book: int) -> None:
    """Save beside the file, then put the new file in its place: a crash leaves one of the two."""
    document, path = session.document(book), path_of(session, book)
    _refuse_read_only(session, book)
    folder, name = os.path.split(path)
    handle, beside = tempfile.mkstemp(
        prefix=f".{name}.", suffix=os.path.splitext(name)[1], dir=folder
    )
    os.close(handle)
    try:
        document.storeToURL(uno.systemPathToFileUrl(beside), _as(path, None))
        os.chmod(beside, os.stat(path).st_mode & 0o7777)
        _durable(beside)
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
    document.setModified(False)


def _refuse_read_only(session: Session, book: int) -> None:
    if session.document(book).isReadonly():
        raise Refused("read_only", f"{name_of(session, book)} is open for reading only")


def _durable(path: str) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def save_as(session: Session, book: int, path: str, password: str) -> None:
    """Save under another name, which is the workbook's from then on."""
    url = uno.systemPathToFileUrl(path)
    session.document(book).storeAsURL(url, _as(path, password))


def export(session: Session, book: int, path: str) -> None:
    """Save a copy in the format that the name's ending tells."""
    session.document(book).storeToURL(uno.systemPathToFileUrl(path), _as(path, None))


def _as(path: str, password: str | None) -> tuple[Any, ...]:
    ending = os.path.splitext(path)[1].lower()
    if ending not in FILTERS:
        raise Refused(
            "cannot_save", f"no format is known for the ending {ending or 'that is missing'}"
        )
    return properties(FilterName=FILTERS[ending], Password=password or None, Overwrite=True)


def close(session: Session, book: int) -> None:
    """Close a workbook; what was not saved is gone."""
    document = session.document(book)
    document.setModified(False)
    session.forget(book)
    document.close(True)


def activate(session: Session, book: int) -> None:
    """Bring a workbook's window to the front."""
    session.document(book).getCurrentController().getFrame().activate()


def calculate(session: Session, book: int, everything: bool) -> None:
    """Calculate what waits for it, or all."""
    document = session.document(book)
    if everything:
        document.calculateAll()
    else:
        document.calculate()


def set_automatic(session: Session, book: int, automatic: bool) -> None:
    """Whether formulas follow every change."""
    session.document(book).enableAutomaticCalculation(automatic)


def counts_from_1904(session: Session, book: int) -> bool:
    """Whether day 0 is 1 January 1904."""
    return bool(session.document(book).NullDate.Year == 1904)


def terminate(session: Session) -> bool:
    """Ask the office to end."""
    return bool(session.desktop.terminate())


def version(session: Session) -> str:
    """The office's version, such as 7.4.7."""
    access = session.service("com.sun.star.configuration.ConfigurationProvider")
    view = access.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess",
        properties(nodepath="/org.openoffice.Setup/Product"),
    )
    return str(view.getByName("ooSetupVersionAboutBox"))
