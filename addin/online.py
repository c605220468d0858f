"""Spreadsheets in Google Sheets, named by their links, and whose account opens them."""

from __future__ import annotations

import json
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from addin.hosts import open_workbook
from addin.hosts.base import Workbook
from addin.hosts.errors import ProgramMissing
from addin.tokens import kept_token

if TYPE_CHECKING:
    from addin.hosts.google.client import SheetsClient

ACCOUNT = "LAJUR_GOOGLE_ACCOUNT"
SECRET = "google"  # under which a person's own sign-in stands in the key store
LINKS = ("https://docs.google.com/", "google:")


def is_link(target: str) -> bool:
    """Whether a target is a spreadsheet in Google Sheets."""
    return target.startswith(LINKS)


def opened_anywhere(target: str, program: str = "") -> Workbook:
    """A workbook file, or a spreadsheet by its link. Raises `HostError`."""
    if not is_link(target):
        return open_workbook(target, program)
    client = own_client()
    workbook: Workbook = import_module("addin.hosts.google").opened(target, client)
    return workbook


def own_client() -> SheetsClient:
    """The client of this computer: the account whose file `LAJUR_GOOGLE_ACCOUNT` names, else the
    person who signed in (`lajur google-sign-in`). Raises `NoGoogleAccount`, `ProgramMissing`.
    """
    try:
        accounts = import_module("addin.hosts.google.accounts")
    except ImportError as absent:
        raise ProgramMissing(
            program="Google Sheets", reason='pip install "lajur[google]"'
        ) from absent
    consent = "" if os.environ.get(ACCOUNT) else kept_token(SECRET)
    client: SheetsClient = (
        accounts.client_of(_facts(consent), SECRET)
        if consent
        else accounts.signed_in(accounts.account_file())
    )
    return client


def _facts(consent: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(consent)
    return facts
