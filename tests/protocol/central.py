"""The central copy: the real application over a store, and one company of it a history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import token_digest
from sync_server.app import create_app
from sync_server.core.port import Person, Store
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.protocol.book import CATALOGUE, installed
from tests.protocol.line import Line
from workbook_templates.schema import Company
from workbook_templates.senders import OWNER

PEOPLE = ("rina", "budi", "sari")
NOW = "2026-05-31T10:00:00.000Z"


class Central:
    """A server with a line to it. `open_company` begins a history of its own."""

    def __init__(self, store: Store, http: TestClient) -> None:
        self.store, self.http = store, http
        self.line = http._transport = Line(http._transport)
        self.company = ""
        self._numbers = count(1)
        for person in PEOPLE:
            store.add_person(Person(person, (("*", OWNER),)), token_digest(person))

    def open_company(self) -> str:
        """An empty company; its code."""
        self.company = f"c{next(self._numbers)}"
        self.store.add_company(Company(self.company, "Tiny"), "epoch", b"k" * 32)
        self.line.clear()
        return self.company

    def sign_in(self, person: str) -> TestClient:
        """The HTTP client, as this person from now on."""
        self.http.headers["Authorization"] = f"Bearer {person}"
        return self.http

    def verified(self) -> list[str]:
        """What `lajur-server verify` finds."""
        with self.store.reading(self.company) as held:
            return verify_company(held, CATALOGUE)


@contextmanager
def central(url: str = "") -> Iterator[Central]:
    """A central copy in memory, or in the database at `url`, with the tiny book in place."""
    with installed(), without_chance():
        store = open_store(url, CATALOGUE) if url else MemoryStore()
        app = create_app(store, CATALOGUE, lambda: NOW)
        try:
            with TestClient(app, raise_server_exceptions=False) as http:
                yield Central(store, http)
        finally:
            if not isinstance(store, MemoryStore):
                store.close()


@contextmanager
def without_chance() -> Iterator[None]:
    """While this lasts ids come from one sequence, nobody waits, and pages are tiny."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.server.WAITS", (0, 0))
        patch.setattr("addin.server.PAGE", 3)
        patch.setattr("addin.sending.SEND_GROUPS", 2)
        begin_ids()
        patch.setattr("addin.pages._rising_ids", lambda: _next_id)
        patch.setattr("addin.settle.make_id", _next_id)
        patch.setattr("addin.unknown_rows.make_id", _next_id)
        patch.setattr("addin.groups.uuid", SimpleNamespace(uuid4=_next_uuid))
        patch.setattr("addin.identity.uuid", SimpleNamespace(uuid4=_next_uuid))
        yield


_random = Random(0)


def begin_ids() -> None:
    """The same sequence of ids again, so that a history can be played again."""
    _random.seed(0)


def _next_uuid() -> UUID:
    return UUID(int=_random.getrandbits(128), version=4)


def _next_id() -> str:
    return str(_next_uuid())


def sqlite_url(folder: Path) -> str:
    """A database in a file."""
    return f"sqlite:///{folder / 'tiny.sqlite'}"
