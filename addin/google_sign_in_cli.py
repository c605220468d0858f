"""`lajur google-sign-in`: a person works in Google Sheets with an account of their own."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from addin import terminal
from addin.hosts.errors import ProgramMissing
from addin.online import SECRET
from addin.terminal import AsJson
from addin.tokens import keep_token
from workbook_templates.words import Words

PROMPT = Words(
    "Izinkan Lajur di peramban: {url}",
    "Allow Lajur in the browser: {url}",
)
THANKS = Words("Selesai. Halaman ini boleh ditutup.", "That is all. You may close this page.")
SIGNED_IN = Words(
    "{account} sudah masuk. Spreadsheet miliknya dapat dipakai dengan tautannya.",
    "{account} is signed in. Its spreadsheets can be used by their links.",
)


def google_sign_in(
    client: Annotated[Path, typer.Option(help="The JSON file of your OAuth client.")],
    as_json: AsJson = False,
) -> None:
    """Sign in to Google with your own account; it is kept in this computer's key store."""
    spoken = terminal.language()
    with terminal.failing(str(client), as_json):
        try:
            consent = import_module("addin.hosts.google.consent")
        except ImportError as absent:
            needed = 'pip install "lajur[google]"'
            raise ProgramMissing(program="Google Sheets", reason=needed) from absent
        facts = consent.consented(client, PROMPT[spoken], THANKS[spoken])
        keep_token(SECRET, json.dumps(facts))
        said = SIGNED_IN[spoken].format(account=facts["account"])
        terminal.say({"account": facts["account"], "kept": True}, as_json, said)
