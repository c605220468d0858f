"""A recording of what Google answers to a fixed script of calls, without anybody's secrets.

The script (`recording_steps.py`) names every id itself, so that two recordings of it, one of
Google and one of the emulator, can be laid side by side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import requests

from tests.google.cassettes import difference

Json = dict[str, Any]
Person = Callable[[str, Json], None]
"""Asks a person for one thing in the browser; the action says the same to the emulator."""

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PROJECT = re.compile(r"(project_number:|projects/)\d+")
TOKEN = re.compile(r"ya29\.[\w.-]+|ouid=\d+")
KEPT_HEADERS = ("Content-Type", "Retry-After")
SPREADSHEET = "SPREADSHEET"


class SecretFound(Exception):
    """A recording would have told something that belongs to its person; it was not written."""


@dataclass
class Scrubber:
    """Takes out of a text what names a person, a project or a file; the same name each time."""

    spreadsheet_id: str
    addresses: dict[str, str] = field(default_factory=dict)

    def scrubbed(self, text: str) -> str:
        text = text.replace(self.spreadsheet_id, SPREADSHEET)
        text = TOKEN.sub("TOKEN", PROJECT.sub(r"\g<1>0", text))
        return ADDRESS.sub(self._account, text)

    def _account(self, match: re.Match[str]) -> str:
        name = f"account{len(self.addresses) + 1}@example.test"
        return self.addresses.setdefault(match[0], name)


@dataclass
class Desk:
    """What a step has at hand: the spreadsheet, a person, time; all that is answered is kept."""

    session: requests.Session
    spreadsheet_id: str
    person: Person
    wait: Callable[[float], None]
    sheets: str = "https://sheets.googleapis.com"
    drive: str = "https://www.googleapis.com"
    kept: list[Json] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scrubber = Scrubber(self.spreadsheet_id)

    def sent(self, method: str, rest: str, body: Any = None, **query: Any) -> requests.Response:
        """A call that is not kept, as for answers that differ each time."""
        url = f"{self.sheets}/v4/spreadsheets/{self.spreadsheet_id}{rest}"
        return self.session.request(method, url, json=body, params=query, timeout=200)

    def call(self, method: str, rest: str, body: Any = None, **query: Any) -> Any:
        """Calls, and keeps what was answered."""
        answer = self.sent(method, rest, body, **query)
        self.keep(f"{method} {rest}", answer)
        return answer.json() if answer.ok else {}

    def keep(self, call: str, answer: requests.Response) -> None:
        headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
        text = self.scrubber.scrubbed(answer.text)
        self.kept.append(
            {"call": call, "code": answer.status_code, "headers": headers, "body": _body(text)}
        )

    def batch(self, *items: Json) -> Any:
        return self.call("POST", ":batchUpdate", {"requests": items})

    def speak(self, language: str) -> None:
        """Gives the spreadsheet another locale."""
        change = {"properties": {"locale": language}, "fields": "locale"}
        self.batch({"updateSpreadsheetProperties": change})

    def write(self, place: str, *rows: list[Any], option: str = "RAW") -> None:
        self.call("PUT", f"/values/{place}", {"values": rows}, valueInputOption=option)

    def read(self, place: str, *renders: str) -> None:
        """The same range in each way of rendering."""
        for render in renders or ("UNFORMATTED_VALUE",):
            self.call("GET", f"/values/{place}", valueRenderOption=render)

    def modified(self) -> str:
        """What Drive says of the file's last change."""
        url = f"{self.drive}/drive/v3/files/{self.spreadsheet_id}"
        answer = self.session.get(url, params={"fields": "modifiedTime"}, timeout=60)
        return str(answer.json().get("modifiedTime", ""))


def _body(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text[:2000]


@dataclass(frozen=True)
class Step:
    """A part of the script on a tab of its own, and the behaviours that its answers settle.

    What differs each time (seconds, errors of the moment) is told in notes, not compared, and
    `judged` by who reads them.
    """

    name: str
    settles: tuple[str, ...]
    play: Callable[[Desk, int], None]
    judged: bool = False


def recorded(desk: Desk, steps: tuple[Step, ...], on: date) -> Json:
    """Plays the steps, each on a new tab that is deleted afterwards."""
    told = {}
    desk.speak("en_US")
    for number, step in enumerate(steps, 1):
        desk.kept, desk.notes = [], []
        sheet_id = 1000 + number
        grid = {"rowCount": 20, "columnCount": 6}
        new = {"sheetId": sheet_id, "title": step.name, "gridProperties": grid}
        desk.batch({"addSheet": {"properties": new}})
        try:
            step.play(desk, sheet_id)
        finally:
            desk.sent(
                "POST", ":batchUpdate", {"requests": [{"deleteSheet": {"sheetId": sheet_id}}]}
            )
        told[step.name] = {"answers": desk.kept, "notes": desk.notes}
    return {"recorded": on.isoformat(), "steps": told}


def as_text(recording: Json, secrets: Iterator[str] | list[str]) -> str:
    """The recording as a file's text; raises SecretFound when any of the secrets is in it."""
    text = json.dumps(recording, indent=1, ensure_ascii=False, sort_keys=True)
    found = [secret for secret in secrets if secret and secret in text]
    if found or "PRIVATE KEY" in text:
        raise SecretFound(f"{len(found)} secrets are still in the recording; nothing was written")
    return text + "\n"


def differences(google: Json, emulator: Json, step: str) -> list[str]:
    """Where the answers of a step differ; the words of an error are not compared."""
    one, other = (
        recording["steps"].get(step, {}).get("answers") for recording in (google, emulator)
    )
    if one is None or other is None:
        return ["the step was not recorded"]
    found = []
    for mine, theirs in zip(one, other, strict=False):
        problem = _difference(mine, theirs)
        if problem:
            found.append(f"{mine['call']}: {problem}")
    return found + (["a different number of calls"] if len(one) != len(other) else [])


def _difference(google: Json, emulator: Json) -> str:
    if google["code"] != emulator["code"]:
        return f"{google['code']}, in the emulator {emulator['code']}"
    if google["code"] >= 400:
        return ""
    return difference(google["body"], emulator["body"], {})


def verdicts(google: Json, emulator: Json, steps: tuple[Step, ...]) -> Iterator[str]:
    """What the recording settles, a line for each behaviour, difference and note."""
    day = google["recorded"]
    for step in steps:
        different = differences(google, emulator, step.name)
        for behaviour in step.settles:
            if different:
                yield f"{step.name}: MEND the emulator, then tag as recorded: {behaviour}"
            elif step.judged:
                yield f"{step.name}: read the note, then tag as recorded: {behaviour}"
            else:
                yield f"{step.name}: assumed -> recorded ({day}): {behaviour}"
        yield from (f"{step.name}:   {line}" for line in different)
        notes = google["steps"].get(step.name, {}).get("notes", [])
        yield from (f"{step.name}:   note: {note}" for note in notes)
