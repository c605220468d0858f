"""A server of today and templates of yesterday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import token_digest
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Person
from sync_server.core.upgrading import VersionedStore, upgrade_all
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.upgrades.clients import TABLE, V1, V3
from workbook_templates.schema import Book, Company

NOW, URL = "2026-05-31T10:00:00.000Z", "/v1/companies/club"
Serving = Callable[[Book], TestClient]


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def serving(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Serving]:
    """Serves one company under the version of the book that is asked for."""
    url = f"sqlite:///{tmp_path / 'club.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    store: VersionedStore = (
        MemoryStore() if request.param == "memory" else open_store(url, Catalogue((V1,)))
    )
    if "club" not in {c.code for c in store.companies()}:
        store.add_company(Company("club", "Club"), "epoch", b"k" * 32)
    store.add_person(Person("ani", (("*", "clerk"),)), token_digest("ani"))

    def serve(book: Book) -> TestClient:
        catalogue = Catalogue((book,))
        upgrade_all(store, catalogue, NOW)
        with store.reading("club") as held:
            assert verify_company(held, catalogue) == []
        app = create_app(store, catalogue, lambda: NOW)
        return TestClient(app, headers={"Authorization": "Bearer ani"})

    yield serve
    if not isinstance(store, MemoryStore):
        with closing(store):
            pass


def push(http: TestClient, row: str, schema: int, mid: str = "", **cells: tuple[Any, Any]) -> Any:
    op = {"op": "put", "t": TABLE, "rid": row, "cells": {k: list(v) for k, v in cells.items()}}
    group = {"mid": mid or str(uuid4()), "kind": TABLE, "key": "", "ops": [op], "schema": schema}
    reply = http.post(f"{URL}/push", json={"epoch": "", "groups": [group]}).json()
    return reply["results"][0]


def cells(http: TestClient, row: str) -> dict[str, str]:
    found = http.get(f"{URL}/rows/{TABLE}/{row}").json()["cells"]
    return {key: text for key, text in found.items() if text}


def test_kept_rows_are_brought_forward_with_an_audit(serving: Serving) -> None:
    row = str(uuid4())
    push(serving(V1), row, 1, code=(None, row[:6]), name=(None, "Ani Sari"), town=(None, "Solo"))
    http = serving(V3)
    expected = {"code": row[:6], "first": "Ani", "last": "Sari", "city": "Solo", "kind": "full"}
    assert cells(http, row) == expected
    changes = http.get(f"{URL}/rows/{TABLE}/{row}/history").json()
    assert changes[-1]["by"] == "lajur"
    assert changes[-1]["cause"] == "template club 3"
    assert cells(serving(V3), row) == expected, "once more changes nothing"


def test_an_old_template_never_blanks_a_new_column(serving: Serving) -> None:
    http, row = serving(V3), str(uuid4())
    code = row[:6]
    push(http, row, 3, code=(None, code), first=(None, "Ani"), kind=(None, "guest"))
    result = push(http, row, 1, name=("Ani", "Ani Sari"), town=(None, "Solo"))
    assert result["status"] == "applied"
    assert result["rows"][0]["cells"] == {
        "code": code, "name": "Ani Sari", "town": "Solo", "joined": None,
    }  # fmt: skip
    assert cells(http, row) == {
        "code": code, "first": "Ani", "last": "Sari", "city": "Solo", "kind": "guest",
    }  # fmt: skip


def test_an_old_templates_new_row_gets_the_default(serving: Serving) -> None:
    http, row = serving(V3), str(uuid4())
    assert push(http, row, 1, code=(None, row[:6]), name=(None, "Budi"))["status"] == "applied"
    assert cells(http, row)["kind"] == "full"


def test_a_conflict_is_told_in_the_old_templates_words(serving: Serving) -> None:
    http, row = serving(V3), str(uuid4())
    push(http, row, 3, code=(None, row[:6]), first=(None, "Ani"), last=(None, "Sari"))
    (conflict,) = push(http, row, 1, name=("Ana", "Anna"))["conflicts"][:1]
    told = {key: conflict[key] for key in ("kind", "col", "base", "mine", "theirs")}
    assert told == {
        "kind": "cell", "col": "name", "base": "Ana", "mine": "Anna", "theirs": "Ani Sari",
    }  # fmt: skip


def test_an_old_template_reads_in_its_own_words(serving: Serving) -> None:
    http, row = serving(V3), str(uuid4())
    push(http, row, 3, code=(None, row[:6]), first=(None, "Ani"), city=(None, "Solo"))
    asked = {"tables": TABLE, "schema": "club:1"}
    rows = http.get(f"{URL}/changes", params=asked).json()["rows"]
    (mine,) = (r["cells"] for r in rows if r["rid"] == row)
    assert mine == {"code": row[:6], "name": "Ani", "town": "Solo", "joined": None}


def test_what_is_too_old_is_not_stored_and_may_be_sent_again(serving: Serving) -> None:
    strict = serving(replace(V3, min_push=2))
    row, mid = str(uuid4()), str(uuid4())
    given = {"code": (None, row[:6]), "first": (None, "Ani")}
    result = push(strict, row, 1, mid, **given)
    assert result["status"] == "stale_schema"
    assert result["errors"][0]["code"] == "stale_schema"
    assert strict.get(f"{URL}/rows/{TABLE}/{row}").status_code == 404
    assert strict.get(f"{URL}/changes", params={"tables": TABLE, "schema": "club:1"}).is_success
    hello = strict.get(f"{URL}/hello").json()
    told = (hello["schema"], hello["min_push"], hello["min_pull"])
    assert told == ({"club": 3}, {"club": 2}, {"club": 1})
    assert push(strict, row, 3, mid, **given)["status"] == "applied"


def test_a_template_that_is_newer_than_the_server_is_told_so(serving: Serving) -> None:
    result = push(serving(V1), str(uuid4()), 3, code=(None, "A1"), name=(None, "Ani"))
    assert result["status"] == "stale_schema"
    said = result["errors"][0]["message"]
    assert "newer than the server, which uses version 1" in said["en"]
    assert "lebih baru daripada server, yang memakai versi 1" in said["id"]


def test_what_was_applied_before_is_answered_so_after(serving: Serving) -> None:
    row, mid = str(uuid4()), str(uuid4())
    given = {"code": (None, row[:6]), "name": (None, "Ani")}
    assert push(serving(V1), row, 1, mid, **given)["status"] == "applied"
    again = push(serving(replace(V3, min_push=2)), row, 1, mid, **given)
    assert (again["status"], again["replayed"]) == ("applied", True)


def test_below_the_oldest_nothing_can_be_read(serving: Serving) -> None:
    http = serving(replace(V3, min_push=2, min_pull=2))
    reply = http.get(f"{URL}/changes", params={"tables": TABLE, "schema": "club:1"})
    assert (reply.status_code, reply.json()["code"]) == (426, "template_too_old")
