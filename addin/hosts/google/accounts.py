"""Signing in to Google with the JSON file of a service account, or of a person who consented."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import credentials, service_account

from addin.hosts.google.client import Api, SheetsClient
from addin.hosts.google.errors import NoGoogleAccount
from addin.hosts.google.pace import Pace

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",  # for the time of the last change
)
ACCOUNT, API = "LAJUR_GOOGLE_ACCOUNT", "LAJUR_GOOGLE_API"


def signed_in(account: Path, pace: Pace | None = None) -> SheetsClient:
    """The client of the account whose JSON file this is, as Google's console gives it, or with
    ``"type": "authorized_user"``. Nothing is sent yet. Raises `NoGoogleAccount`.

    ``LAJUR_GOOGLE_API`` may name another server that speaks Google's interface.
    """
    return client_of(_facts(account), account.name, pace)


def client_of(facts: Mapping[str, Any], name: str, pace: Pace | None = None) -> SheetsClient:
    """The client of an account by the contents of such a file; `name` is for what is said of it.

    Raises `NoGoogleAccount`.
    """
    try:
        own, address = _credentials(facts)
    except (GoogleAuthError, ValueError, KeyError) as unfit:
        raise NoGoogleAccount(reason=f"{name}: {unfit}") from unfit
    other = os.environ.get(API, "")
    api = Api(other, other) if other else Api()
    session = AuthorizedSession(own)  # type: ignore[no-untyped-call] # google-auth has no types here
    return SheetsClient(session, pace, api, address)


def account_file() -> Path:
    """The account of this machine: the file that ``LAJUR_GOOGLE_ACCOUNT`` names.

    Raises `NoGoogleAccount`.
    """
    named = os.environ.get(ACCOUNT, "")
    if not named:
        raise NoGoogleAccount(reason=f"{ACCOUNT} = ?")
    return Path(named)


def _facts(account: Path) -> Mapping[str, Any]:
    try:
        facts = json.loads(account.read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise NoGoogleAccount(reason=account.name) from unreadable
    if not isinstance(facts, dict):
        raise NoGoogleAccount(reason=account.name)
    return facts


def _credentials(facts: Mapping[str, Any]) -> tuple[Any, str]:
    """The credentials and the account's address."""
    if facts.get("type") == "authorized_user":
        person = credentials.Credentials.from_authorized_user_info(facts, SCOPES)  # type: ignore[no-untyped-call] # untyped
        return person, str(facts.get("account") or facts.get("client_id", ""))
    robot = service_account.Credentials.from_service_account_info(facts, scopes=SCOPES)  # type: ignore[no-untyped-call] # untyped
    return robot, str(facts["client_email"])
