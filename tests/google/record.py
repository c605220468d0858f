"""Records what only Google can settle: `python -m tests.google.record --key KEY --spreadsheet URL`.

Needs a spreadsheet of one's own that is shared with the service account, and a person beside
it (docs/how-to/record-google.md). `--read FILE` says what a recording settles.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread.auth import DEFAULT_SCOPES

from tests.google.recording import Desk, Json, as_text, recorded, verdicts
from tests.google.recording_steps import STEPS
from tests.google_emulator.server import running
from tests.google_emulator.world import NOBODY, World


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.google.record", description=__doc__)
    asked.add_argument("--key", type=Path, help="the service account's JSON key")
    asked.add_argument("--spreadsheet", default="", help="address of the spreadsheet")
    asked.add_argument("--to", type=Path, default=Path("google-recording.json"))
    asked.add_argument("--read", type=Path, help="a recording: what does it settle?")
    options = asked.parse_args()
    if options.read:
        google = json.loads(options.read.read_text(encoding="utf-8"))
        print(*verdicts(google, of_the_emulator(), STEPS), sep="\n")
    elif options.key and options.spreadsheet:
        options.to.write_text(of_google(options.key, options.spreadsheet), encoding="utf-8")
        print(f"{options.to}: written. Read it once yourself before you hand it on.")
    else:
        asked.error("--key and --spreadsheet, or --read")


def of_google(key: Path, address: str) -> str:
    """The text of a recording of Google, with a person at the keyboard."""
    match = re.search(r"[\w-]{40,}", address)
    if match is None:
        raise SystemExit(f"no spreadsheet's address: {address}")
    own = Credentials.from_service_account_file(str(key), scopes=DEFAULT_SCOPES)  # type: ignore[no-untyped-call] # untyped
    with AuthorizedSession(own) as session:  # type: ignore[no-untyped-call] # untyped
        desk = Desk(session, match[0], asked_of_a_person, time.sleep)
        recording = recorded(desk, STEPS, date.today())
    return as_text(recording, [match[0], *secrets_of(key)])


def asked_of_a_person(sentence: str, action: Json) -> None:
    input(f"\n{sentence}\n… then press Enter here. ")


def secrets_of(key: Path) -> Iterator[str]:
    """Every text of the key that is its owner's."""
    for name, text in json.loads(key.read_text(encoding="utf-8")).items():
        if name not in ("type", "universe_domain") and not str(text).startswith("https://"):
            yield str(text)


def of_the_emulator() -> Json:
    """The same script played to the emulator."""
    world = World(auth=False)
    with running(world) as url, requests.Session() as session:

        def control(name: str, body: Json) -> None:
            session.post(f"{url}/_emulator/{name}", json=body, timeout=60).raise_for_status()

        made = session.post(f"{url}/v4/spreadsheets", json={}, timeout=60).json()
        file_id = str(made["spreadsheetId"])

        def person(sentence: str, action: Json) -> None:
            control("human", action | {"spreadsheetId": file_id, "by": NOBODY})

        def wait(seconds: float) -> None:
            control("clock", {"advance": seconds})

        control("settings", {"reads_per_minute": 200})
        return recorded(Desk(session, file_id, person, wait, url, url), STEPS, date.min)


if __name__ == "__main__":
    main()
