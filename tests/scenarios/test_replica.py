"""A replica that answers what is read lags behind the server that is written."""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from addin.errors import NoServer
from addin.hosts import open_workbook
from addin.runs import Run, Wishes, sync_workbook
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from tests.scenarios.office import COMPANY, Office, entry, put, seen, type_rows
from workbook_templates.books import all_books

JOURNAL = "ledger.journal"


@dataclass
class Replicated(httpx2.BaseTransport):
    """What is read comes from a replica; it hears of commits when it was asked `lag` times."""

    office: Office
    lag: int = 0
    asked: list[httpx2.Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.primary = self.office.client()
        self.store = copy(self.office.store)
        self.store._books = deepcopy(self.office.store._books)
        self.replica = TestClient(create_app(self.store, Catalogue(all_books())))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method != "GET" or request.url.path.endswith("/hello"):
            return self.primary._transport.handle_request(request)
        self.asked.append(request)
        if len(self.asked) > self.lag:
            self.store._books[COMPANY] = deepcopy(self.office.store._books[COMPANY])
        return self.replica._transport.handle_request(request)

    def sync(self, file: Path) -> Run:
        """One sync of a file, with these two."""
        http = self.office.client()
        http._transport = self
        workbook = open_workbook(file)
        try:
            return sync_workbook(workbook, http, Wishes())
        finally:
            workbook.close()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.server.WAITS", (0, 0))


def synced(office: Office) -> tuple[Path, Path]:
    """Two files that know of one entry."""
    office.client()
    hers, his = office.workbook("ledger", "hers"), office.workbook("ledger", "his")
    type_rows(hers, JOURNAL, entry("A", 100))
    for file in (hers, his):
        assert not office.sync(file).issues
    return hers, his


def test_what_a_replica_lacks_is_asked_again_and_not_taken_for_lost(office: Office) -> None:
    hers, his = synced(office)
    both = Replicated(office, lag=2)
    put(hers, JOURNAL, 2, description="Deposit")
    put(hers, JOURNAL, 3, description="Deposit")
    assert not office.sync(hers).issues
    assert not both.sync(his).issues
    assert {row["description"] for row in seen(his, JOURNAL)} == {"Deposit"}
    head = office.store._books[COMPANY].head
    assert [r.url.params["min_seq"] for r in both.asked[:3]] == [str(head)] * 3


def test_a_replica_that_stays_behind_is_said_to_be_and_the_next_sync_goes_on(
    office: Office,
) -> None:
    hers, his = synced(office)
    both = Replicated(office, lag=3)
    type_rows(hers, JOURNAL, entry("B", 200))
    assert not office.sync(hers).issues
    type_rows(his, JOURNAL, entry("C", 300))
    with pytest.raises(NoServer) as said:
        both.sync(his)
    assert "has not read that far yet" in said.value.words["en"]
    assert "belum membaca sampai ke sana" in said.value.words["id"]
    assert not both.sync(his).issues
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"A", "B", "C"}
    assert {row["entry"] for row in seen(his, JOURNAL)} == {"A", "B", "C"}
