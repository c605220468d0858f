"""The office of the scenarios, with its people behind a bad line to a server of its own process."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx2
import msgspec
import pytest

from addin import sync as addin_sync
from addin.copies import Copy
from addin.errors import NoServer
from addin.hosts import open_workbook
from addin.runs import Run, Wishes, sync_workbook
from addin.server import Server
from addin.shadow import Sent
from sync_server.api.deps import token_digest
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Person
from sync_server.core.verify import verify_company
from sync_server.storage.sql_store import SqlStore, open_store
from tests.faults.programs import free_port, start_server
from tests.faults.proxy import Proxy, proxied
from tests.scenarios.central_copy import CentralCopy
from tests.scenarios.office import COMPANY, Office
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.senders import OWNER

TRIES = 60
BAD = 0.35  # of all requests meet a fault


def seed_of(test: str) -> int:
    """The faults of a test: the same each time, others with another LAJUR_LINE_SEED."""
    return zlib.crc32(f"{test} {os.environ.get('LAJUR_LINE_SEED', '')}".encode())


@dataclass
class Line:
    """A server process over a database, the proxy before it, and the same database from here."""

    url: str
    store: SqlStore
    server: BaseProcess
    proxy: Proxy

    def verified(self) -> list[str]:
        """What `lajur-server verify` finds in all companies."""
        found = []
        for company in self.store.companies():
            with self.store.reading(company.code) as held:
                found += verify_company(held, self.store.catalogue)
        return found


@contextmanager
def line(
    folder: Path, url: str = "", seed: int = 0, bad: float = BAD, shelf: Path | None = None
) -> Iterator[Line]:
    """A server over SQLite in the folder, or over the database at `url`; `shelf`: more books."""
    url = url or f"sqlite:///{folder / 'central.sqlite3'}"
    store = open_store(url, Catalogue(all_books()))
    port = free_port()
    server = start_server(url, port, folder / "server.log", shelf=shelf)
    with proxied(port, seed, bad) as proxy:
        try:
            yield Line(url, store, server, proxy)
        finally:
            server.kill()
            server.join()
            store.close()


class FarOffice(Office):
    """An office whose people sync over a line, again and again until it is done."""

    def __init__(self, folder: Path, line: Line) -> None:
        self.line = line
        super().__init__(folder, store=line.store)  # type: ignore[arg-type]  # read from here too

    def sync(self, file: Path, person: str = "rina", **wishes: bool) -> Run:
        """One `lajur sync` of a file, tried until the server was reached all the time."""
        self.client(person)
        headers = {"Authorization": f"Bearer {self.tokens[person, COMPANY]}"}
        landed: dict[str, str] = {}
        with httpx2.Client(base_url=self.line.proxy.address, headers=headers) as http, no_waits():
            for _ in range(TRIES):
                with _results(landed):
                    run = attempt(file, http, Wishes(**wishes))
                if run is not None:
                    for status in (wire.APPLIED, wire.NOOP):
                        run.outcome.groups[status] = list(landed.values()).count(status)
                    return run
        raise AssertionError("the line is too bad")


def attempt(file: Path, http: httpx2.Client, wishes: Wishes) -> Run | None:
    """One `lajur sync`; None where the server could not be reached."""
    workbook = open_workbook(file)
    try:
        return sync_workbook(workbook, http, wishes)
    except NoServer:
        return None
    finally:
        workbook.close()


@contextmanager
def no_waits() -> Iterator[None]:
    """While this lasts a client asks again at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.server.WAITS", (0, 0))
        yield


@contextmanager
def _results(landed: dict[str, str]) -> Iterator[None]:
    """While this lasts it is noted by mid what became of what was sent."""
    take = addin_sync.take_result

    def noted(copy: Copy, group: wire.Group, result: wire.Result, head: int) -> None:
        landed[result.mid] = result.status
        take(copy, group, result, head)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addin_sync, "take_result", noted)
        yield


class FarCentral(CentralCopy):
    """The central copy of the scenarios, in a process behind a line; every push goes over it."""

    def __init__(self, line: Line, http: httpx2.Client) -> None:
        super().__init__(*line.store.catalogue.books)
        self.http = http
        self.store = line.store  # type: ignore[assignment]  # read from here too
        self.store.add_company(self.company, "epoch", b"k" * 32)
        self.store.add_person(Person("Rini", (("*", OWNER),)), token_digest("rini"))

    def push(self, groups: Sequence[wire.Group]) -> list[wire.Result]:
        """Pushes groups in one request, again and again until there is an answer."""
        sent = [Sent(g.mid, msgspec.json.encode(g).decode()) for g in groups]
        server = Server(self.http, self.company.code)
        with no_waits():
            for _ in range(TRIES):
                with suppress(NoServer):
                    return list(server.push({"epoch": ""}, sent).results)
        raise AssertionError("the line is too bad")


@contextmanager
def far_central(line: Line) -> Iterator[FarCentral]:
    """An empty company at the other end of a line."""
    headers = {"Authorization": "Bearer rini"}
    with httpx2.Client(base_url=line.proxy.address, headers=headers) as http:
        yield FarCentral(line, http)
