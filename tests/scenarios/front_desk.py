"""A person at a desk: real `lajur` commands, real workbooks, a real server over SQLite.

Every command is run as it would be typed, so that exit statuses, `--json` and sentences are real.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import openpyxl
from openpyxl.cell import Cell
from typer.testing import CliRunner

from addin.cli import app as lajur
from sync_server.api.deps import Served
from sync_server.app import create_app, utc_now
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.serving import Serving
from sync_server.storage.sql_store import open_store
from tests.scenarios.office import columns_of, seen, type_rows, worksheet
from workbook_templates.books import all_books
from workbook_templates.review import REVIEW
from workbook_templates.schema import Company

DONE, NEEDS_A_PERSON, COULD_NOT = 0, 1, 2
JOURNAL = "ledger.journal"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Said:
    """What a command said: exit status, the one workbook's reply with `--json`, and its text."""

    status: int
    reply: dict[str, Any]
    text: str

    @property
    def problems(self) -> list[dict[str, Any]]:
        """The problems of a sync."""
        return list(self.reply["problems"])

    @property
    def error(self) -> dict[str, str]:
        """Why the command could not."""
        return dict(self.reply["error"])


@dataclass
class Desk:
    """One person, who owns a company of their own on the server."""

    folder: Path
    served: Served
    server: str
    language: str
    company: str = field(default_factory=lambda: f"pt{next(_NUMBERS)}")
    token: str = ""

    def __post_init__(self) -> None:
        self.open_company(self.company)
        self.token = add_person(self.served, f"rina of {self.company}", "owner", self.company)

    def open_company(self, code: str) -> None:
        """A company with the opening rows of its pack for 2026."""
        made = Company(code, f"PT {code}", language=self.language)
        add_company(self.served, made, "2026-01", "2026-12")

    def new(self, book: str = "ledger", name: str = "", **options: str) -> Path:
        """A blank workbook from `lajur new`."""
        file = self.folder / f"{name or book}.xlsx"
        bound = {"company": self.company, "lang": self.language, "server": self.server} | options
        arguments = [part for key, text in bound.items() for part in (f"--{key}", text)]
        assert self.run("new", book, "-o", str(file), *arguments).status == DONE
        return file

    def run(self, *arguments: str, token: str | None = None) -> Said:
        """One `lajur` command."""
        env = {"LAJUR_TOKEN": token or self.token, "LAJUR_LANG": self.language}
        done = CliRunner().invoke(lajur, arguments, env=env)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return self.said(done.exit_code, done.stdout if "--json" in arguments else "", done.output)

    @staticmethod
    def said(status: int, answer: str, text: str = "") -> Said:
        """What a command said, from its exit status and the JSON that it printed."""
        reply = json.loads(answer or "{}")
        (reply,) = reply.get("workbooks", [reply])
        return Said(status, reply, text)

    def sync(self, file: Path, *options: str, token: str | None = None) -> Said:
        """`lajur sync FILE --json`."""
        return self.run("sync", str(file), "--json", *options, token=token)

    def kept(self, table: str, company: str = "") -> list[dict[str, str]]:
        """The live rows of a table in the central copy."""
        url = f"{self.server}/v1/companies/{company or self.company}/changes"
        signed = {"Authorization": f"Bearer {self.token}"}
        asked = {"tables": table, "limit": "100000"}
        rows = httpx2.get(url, params=asked, headers=signed, timeout=60).json()["rows"]
        return [
            {k: text for k, text in row["cells"].items() if text}
            for row in rows
            if not row["deleted"]
        ]

    def keys(self, table: str) -> set[str]:
        """The business keys of a table in the central copy."""
        sheet = self.served.catalogue.sheets[table]
        return {sheet.key_of(row, "") for row in self.kept(table)}

    def lay(self, file: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Type rows that are in order, and synchronise them."""
        for table, rows in tables.items():
            type_rows(file, table, rows)
        said = self.sync(file)
        assert said.status == DONE, said.reply


@contextmanager
def serving(database: Path | str, port: int = 0) -> Iterator[tuple[Served, str]]:
    """A server on this machine, over a SQLite file or the database of a URL; its state and its
    address. Port 0 is free.
    """
    catalogue = Catalogue(all_books())
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    served = Served(store := open_store(url, catalogue), catalogue, utc_now)
    listening = socket.create_server(("127.0.0.1", port))
    server = Serving(create_app(served.store, catalogue), "127.0.0.1", port, log_level="warning")
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield served, f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        store.close()


def reviewed(file: Path) -> list[dict[str, Any]]:
    """The lines of the Review sheet by column key, in either language."""
    opened = openpyxl.load_workbook(file, read_only=True)
    sheet = next(opened[title] for title in REVIEW.title.all().values() if title in opened)
    keys = {text: c.key for c in REVIEW.columns for text in c.heading.all().values()}
    heads = [keys.get(str(cell.value), "") for cell in next(sheet.iter_rows(1, 1))]
    rows = (dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, values_only=True))
    found = [row for row in rows if row["number"] is not None]
    opened.close()
    return found


def row_at(file: Path, table: str, number: int) -> dict[str, Any]:
    """One row of a sheet as a person sees it, by its row number."""
    return next(row for row in seen(file, table) if row["row"] == number)


def at(opened: openpyxl.Workbook, table: str, row: int, column: str) -> Cell:
    """The cell of a column in an open workbook."""
    book, _, key = table.partition(".")
    sheet = worksheet(opened, book, key)
    cell = sheet.cell(row, columns_of(sheet, book, key)[column])
    assert isinstance(cell, Cell)
    return cell


def assert_told_at_the_cell(
    file: Path, table: str, problem: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """A problem's sentence stands in Status, in a note at its cell, in `_flags` and on Review.

    Gives the row as a person sees it.
    """
    row = row_at(file, table, problem["row"])
    assert row["status"].startswith("✗ ")
    assert f"|{problem['column']}|" in row["flags"]
    assert problem["message"] in row["notes"][problem["column"]]
    line = next(line for line in reviewed(file) if line["message"] == problem["message"])
    title = next(s.title[language] for b in all_books() for s in b.sheets if s.table == table)
    assert (line["sheet"], line["row"]) == (title, problem["row"])
    return row


def assert_all_is_well(file: Path, said: Said) -> None:
    """Nothing waits for a person, and the file says nothing else."""
    assert (said.status, said.problems) == (DONE, []), said.reply
    assert not reviewed(file)
