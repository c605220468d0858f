"""The office of the story: a server on this machine, three people, their workbooks and commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from docs.examples.contoh.stage import Stage
from workbook_templates.books import all_books

COMPANY, COMPANY_NAME = "contoh", "PT Lajur Contoh"
SARI, WAYAN, RINA = "Sari", "Wayan", "Rina"
ROLES = ((SARI, "accountant"), (WAYAN, "warehouse"), (RINA, "hr"), (RINA, "payroll"))
OWNER_OF = {"ledger": SARI, "inventory": WAYAN, "hr": RINA, "payroll": RINA}
FILES = {
    "id": {
        "ledger": "buku-besar.xlsx",
        "inventory": "persediaan.xlsx",
        "hr": "sdm.xlsx",
        "payroll": "penggajian.xlsx",
    },
    "en": {book: f"{book}.xlsx" for book in OWNER_OF},
}
ONLINE = "inventory"  # the book that may be in Google Sheets
STARTS_WITHIN = 60.0  # seconds
OF_OTHERS = re.compile("LAJUR_(?!GOOGLE_)")  # settings of whoever starts the demo
LISTENS = re.compile(r"running on (http://[\d.]+:\d+)")


@dataclass(frozen=True)
class Heard:
    """A command that was run: its exit status and what it said."""

    command: str
    status: int
    text: str


class Unexpected(Exception):
    """A command ended otherwise than the story has it."""

    def __init__(self, heard: Heard, wanted: int) -> None:
        super().__init__(f"{heard.command}: {heard.status}, not {wanted}\n{heard.text}")


Run = Callable[[Sequence[str], Mapping[str, str], Path], tuple[int, str]]
"""(command and its words, environment, folder) -> exit status and what was printed."""


def run_process(words: Sequence[str], env: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """Run a console command of this installation as a process of its own."""
    command = [str(Path(sys.executable).with_name(words[0])), *words[1:]]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@dataclass
class Office:
    """The company's people at work in `folder`; the central copy is at `database` (a URL).

    `google` is a blank spreadsheet in Google Sheets ("google:ID") in which Wayan works instead of a
    file.
    """

    folder: Path
    database: str
    stage: Stage
    run: Run = run_process
    google: str = ""
    address: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    program: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What tells `lajur` where the workbooks are open."""
        return ("--with", self.program) if self.program else ()

    @property
    def language(self) -> str:
        """The language of workbooks, messages and accounts."""
        return self.stage.language

    def file(self, book: str) -> Path:
        """Where a person keeps a workbook: each has a folder of their own."""
        name = self.google if book == ONLINE else ""
        return self.folder / OWNER_OF[book].lower() / (name or FILES[self.language][book])

    def lajur(self, file: Path, *words: str, status: int = 0) -> Heard:
        """A person runs `lajur`; `file` says in whose folder. Raises `Unexpected`."""
        person = file.parent.name.capitalize()
        return self._hear(person, file.parent, ("lajur", *words), status)

    def sync(self, file: Path, status: int = 0) -> Heard:
        """A person runs `lajur sync` on a workbook. Raises `Unexpected`."""
        return self.lajur(file, "sync", file.name, *self.options, status=status)

    def server(self, *words: str, status: int = 0, shown: bool = True) -> Heard:
        """Whoever keeps the server runs `lajur-server` beside it. Raises `Unexpected`."""
        return self._hear("", self.folder, ("lajur-server", *words), status, shown)

    def ask(self, *words: str) -> dict[str, Any]:
        """What a command of the server answers with `--json`, not shown on the stage."""
        reply: dict[str, Any] = json.loads(self.server(*words, "--json", shown=False).text)
        return reply

    def report(self, name: str, **asked: str) -> list[dict[str, Any]]:
        """The rows of a report from the server, asked by whoever keeps its book."""
        book = next(b.key for b in all_books() if name in {r.key for r in b.reports})
        reply = httpx2.get(
            f"{self.address}/v1/companies/{COMPANY}/reports/{name}",
            params=asked,
            headers={"Authorization": f"Bearer {self.tokens[OWNER_OF[book]]}"},
            timeout=STARTS_WITHIN,
        )
        rows: list[dict[str, Any]] = reply.raise_for_status().json()["rows"]
        return rows

    def _hear(
        self, person: str, folder: Path, words: Sequence[str], wanted: int, shown: bool = True
    ) -> Heard:
        status, text = self.run(words, self._environment(person), folder)
        heard = Heard(" ".join(words), status, text.rstrip())
        self.heard.append(heard)
        if shown:
            self.stage.command(person, words, heard.text, status)
        if status != wanted:
            raise Unexpected(heard, wanted)
        return heard

    def _environment(self, person: str) -> dict[str, str]:
        """Whoever keeps the server knows the database, people know the server and their token."""
        env = {key: value for key, value in os.environ.items() if not OF_OTHERS.match(key)}
        env |= {"COLUMNS": "110", "PYTHONUTF8": "1"}
        if not person:
            return env | {"LAJUR_DATABASE": self.database}
        token = self.tokens.get(person, "")
        return env | {"LAJUR_SERVER": self.address, "LAJUR_TOKEN": token, "LAJUR_COMPANY": COMPANY}

    @contextmanager
    def serving(self) -> Iterator[str]:
        """A server on a free port of this machine, ended by its process id whatever happens."""
        log = self.folder / "server.log"
        command = [str(Path(sys.executable).with_name("lajur-server")), "serve", "--port", "0"]
        with log.open("w") as output:
            server = subprocess.Popen(
                command, env=self._environment(""), cwd=self.folder, stdout=output, stderr=output
            )
        try:
            self.address = _address(server, log)
            yield self.address
        finally:
            server.terminate()
            server.wait(timeout=STARTS_WITHIN)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """What the server says it listens on; RuntimeError where it does not start."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        if found := LISTENS.search(log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
