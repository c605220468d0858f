"""The host of spreadsheets in Google Sheets: looked at in two calls, changed in an atomic one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from addin.hosts.errors import ProgramMissing, WorkbookMissing
from addin.hosts.google.addresses import spreadsheet_id

if TYPE_CHECKING:
    from addin.hosts.google.client import SheetsClient
    from addin.hosts.google.workbook import GoogleWorkbook


def opens(target: str) -> bool:
    """Whether ``target`` is a link to a spreadsheet, or ``google:ID``."""
    return spreadsheet_id(target) is not None


def open_workbook(target: str) -> GoogleWorkbook:
    """The spreadsheet behind a link, with this machine's account. Raises `HostError`."""
    return opened(target)


def opened(target: str, client: SheetsClient | None = None) -> GoogleWorkbook:
    """The spreadsheet behind a link. Nothing is read yet. Raises `HostError`."""
    found = spreadsheet_id(target)
    if found is None:
        raise WorkbookMissing(name=target)
    try:  # gspread is an extra, and long to import for who only has files
        accounts = import_module("addin.hosts.google.accounts")
        workbook = import_module("addin.hosts.google.workbook")
    except ImportError as absent:
        reason = "pip install lajur[google]"
        raise ProgramMissing(program="Google Sheets", reason=reason) from absent
    own = client or accounts.signed_in(accounts.account_file())
    host: GoogleWorkbook = workbook.GoogleWorkbook(own, found)
    return host
