"""Copies of workbooks in new spreadsheets at the shared emulator."""

from addin.carrying import copy_workbook
from addin.hosts.base import Workbook
from addin.hosts.google.workbook import GoogleWorkbook
from tests.google_host import shared


def in_google(source: Workbook) -> GoogleWorkbook:
    """A copy of a workbook in a new spreadsheet."""
    book = shared.blank()
    copy_workbook(source, f"google:{book}", shared.client())
    return shared.reopened(book)
