"""Somebody else's transaction holds one row of the database: the whole request waits, and no
document of it lands or fails alone, for all of them are one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.storage import postgresql
from sync_server.storage.sql_store import open_store
from tests.api.conftest import NOW, headers
from tests.api.entries import body, entry, results
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company

pytestmark = pytest.mark.postgresql
PUSH = "/v1/companies/PT/push"


@pytest.fixture
def client(postgresql_database_url: str) -> Iterator[TestClient]:
    """An owner's client of a server over PostgreSQL."""
    catalogue = Catalogue(all_books())
    store = open_store(postgresql_database_url, catalogue)
    add_company(Served(store, catalogue, lambda: NOW), Company("PT", "PT"), "2026-01", "2026-12")
    token = add_person(Served(store, catalogue, lambda: NOW), "Sari", "owner", "PT")
    app = create_app(store, catalogue, lambda: NOW)
    with TestClient(app, headers=headers(token), raise_server_exceptions=False) as made:
        yield made
    store.close()


@contextmanager
def held_row(url: str, row_id: str) -> Iterator[None]:
    """A stranger's transaction that has locked one row."""
    with psycopg.connect(url.replace("+psycopg", "")) as stranger:
        stranger.execute("SELECT 1 FROM rows WHERE id = %s FOR UPDATE", (row_id,))
        yield
        stranger.rollback()


def edited(made: wire.Group) -> wire.Group:
    """Another description on the first line of an entry that landed."""
    line = wire.Op("put", made.kind, made.ops[0].rid, {"description": (None, "Rent")})
    return wire.Group(make_id(), made.kind, made.key, (line,))


WAITS = {
    "lock_timeout": "200ms",
    "statement_timeout": "60s'; SET LOCAL statement_timeout = '200ms",
}


@pytest.mark.parametrize("wait", WAITS.values(), ids=WAITS)
def test_a_row_that_a_stranger_holds_stops_the_request_and_no_document_alone(
    client: TestClient, postgresql_database_url: str, monkeypatch: pytest.MonkeyPatch, wait: str
) -> None:
    made = entry("J1")
    assert results(client.post(PUSH, content=body(made)))[0].status == wire.APPLIED
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT", wait)
    sent = body(entry("J2"), edited(made), entry("J3"))
    with held_row(postgresql_database_url, made.ops[0].rid):
        refused = client.post(PUSH, content=sent)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    monkeypatch.undo()
    landed = results(client.post(PUSH, content=sent))
    assert [(one.status, one.replayed) for one in landed] == [(wire.APPLIED, False)] * 3
