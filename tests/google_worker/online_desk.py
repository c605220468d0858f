"""A person who works in a spreadsheet in Google Sheets; what they type goes past every quota."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from addin.cli import app as lajur
from tests.google.conftest import Emulator
from tests.google_emulator.world import NOBODY
from tests.scenarios.front_desk import DONE, Desk, Said
from workbook_templates import books

OWNER = "owner@example.test"
TALL = 80  # rows
WAIT = 60  # seconds; an answer takes a moment


@dataclass(frozen=True)
class Spreadsheet:
    """A book in Google Sheets as a person in the browser sees it."""

    emulator: Emulator
    id: str
    book: str
    language: str

    @property
    def link(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit#gid=0"

    def shorten(self) -> None:
        """Delete the blank rows that a test never reaches: the emulator is slow with them."""
        url = f"{self.emulator.url}/v4/spreadsheets/{self.id}"
        found = requests.get(url, params={"fields": "sheets.properties"}, timeout=WAIT).json()
        own = (sheet["properties"] for sheet in found["sheets"])
        cut = [
            {"sheetId": tab["sheetId"], "dimension": "ROWS", "startIndex": TALL}
            for tab in own
            if tab["gridProperties"]["rowCount"] > TALL
        ]
        wanted = [{"deleteDimension": {"range": span}} for span in cut]
        self.emulator.person("requests", self.id, requests=wanted)

    def title(self, sheet: str) -> str:
        """The title of a declared sheet."""
        return books.book(self.book).sheet(sheet).title[self.language]

    def type(self, sheet: str, row: int, by: str = OWNER, **cells: Any) -> None:
        """Type into the cells of one row, by column keys."""
        declared = books.book(self.book).sheet(sheet)
        for key, text in cells.items():
            letter = get_column_letter(3 + list(declared.by_key).index(key))
            place = f"'{declared.title[self.language]}'!{letter}{row}"
            self.emulator.person("type", self.id, range=place, text=str(text), by=by)

    def rows(self, sheet: str) -> list[dict[str, str]]:
        """The rows below the headings as they are shown, by column keys, with `_id` and Status."""
        declared = books.book(self.book).sheet(sheet)
        keys = ["_id", "status", *declared.by_key, "_flags"]
        shown = self.shown(f"'{declared.title[self.language]}'!A2:{get_column_letter(len(keys))}")
        return [dict(zip(keys, row, strict=False)) for row in shown if any(row)]

    def shown(self, place: str) -> list[list[str]]:
        """What some cells show."""
        url = f"{self.emulator.url}/v4/spreadsheets/{self.id}/values/{place}"
        return list(requests.get(url, timeout=WAIT).json().get("values", []))

    def tick(self) -> None:
        """Tick “Sync now” on Setup."""
        self.emulator.person("type", self.id, range="lajur_sync_now", text="TRUE")


@dataclass
class OnlineDesk(Desk):
    """A desk with a spreadsheet instead of files."""

    emulator: Emulator = field(kw_only=True)
    account: Path = field(kw_only=True)

    @property
    def env(self) -> dict[str, str]:
        """What a command of this person is told by its surroundings."""
        return {
            "LAJUR_TOKEN": self.token,
            "LAJUR_LANG": self.language,
            "LAJUR_GOOGLE_ACCOUNT": str(self.account),
            "LAJUR_GOOGLE_API": self.emulator.url,
        }

    def run(self, *arguments: str, token: str | None = None) -> Said:
        env = self.env | ({"LAJUR_TOKEN": token} if token else {})
        done = CliRunner().invoke(lajur, arguments, env=env)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return self.said(done.exit_code, done.stdout if "--json" in arguments else "", done.output)

    def online(self, book: str = "ledger", **options: str) -> Spreadsheet:
        """A spreadsheet that this person made and shared, with a book in it."""
        made = Spreadsheet(self.emulator, self.emulator.shared(book), book, self.language)
        self.emulator.person("share", made.id, **{"with": NOBODY})  # so that a test may look
        said = self.make(book, made.link, **options)
        assert said.status == DONE, said.text
        made.shorten()
        return made

    def make(self, book: str, link: str, **options: str) -> Said:
        """`lajur new BOOK --google LINK`."""
        bound = {"company": self.company, "lang": self.language, "server": self.server} | options
        arguments = [part for key, text in bound.items() for part in (f"--{key}", text)]
        return self.run("new", book, "--google", link, "--json", *arguments)
