"""A backup that is taken while people push, restored elsewhere: files bring back what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from addin.hosts import open_workbook
from addin.runs import resolve_workbook
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.core.verify import verify_company
from sync_server.storage.backup import backup, restore
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import SqlStore, open_store
from tests.scenarios.office import COMPANY, Office, entry, type_rows
from tests.storage.conftest import postgresql_database_url
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id

__all__ = ["postgresql_database_url"]
JOURNAL = "ledger.journal"
WRITERS, ENTRIES = 3, 8


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """The central copy in a database."""
    url = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database_url")
    opened = open_store(url, Catalogue(all_books()))
    yield opened
    opened.close()


def serve(office: Office, store: SqlStore) -> None:
    """From now on the office's server works over this store, which has its company."""
    office.store = cast(MemoryStore, store)
    office.app = create_app(store, Catalogue(all_books()))
    office.served = office.app.state.served


def keep_pushing(office: Office, writer: int) -> None:
    """One person's entries, one after the other, as a program pushes them."""
    client = office.client(f"writer {writer}")
    for number in range(ENTRIES):
        key = f"W{writer}-{number}"
        rows = [{k: str(text) for k, text in row.items()} for row in entry(key, 5)]
        for row in rows:
            row |= {side: "5.00" for side in ("debit", "credit") if side in row}
        ops = [
            {
                "op": "put",
                "t": JOURNAL,
                "rid": make_id(),
                "cells": {k: [None, text] for k, text in row.items()},
            }
            for row in rows
        ]
        group = {"mid": make_id(), "kind": JOURNAL, "key": key, "ops": ops, "new": True}
        reply = client.post(
            f"/v1/companies/{COMPANY}/push", json={"epoch": "", "groups": [group]}
        ).json()
        assert [result["status"] for result in reply["results"]] == ["applied"], reply


def entries(office: Office) -> set[str]:
    return {row["entry"] for row in office.kept(JOURNAL)}


def test_nothing_accepted_is_lost_that_some_file_still_has(store: SqlStore, tmp_path: Path) -> None:
    office = Office(tmp_path, store=cast(MemoryStore, store))
    for person in ("rina", "auditor", *(f"writer {n}" for n in range(WRITERS))):
        office.client(person)
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    with ThreadPoolExecutor(WRITERS) as writers:
        pushing = [writers.submit(keep_pushing, office, n) for n in range(WRITERS)]
        backup(store, tmp_path / "backup.gz")
        for one in pushing:
            one.result()
    type_rows(file, JOURNAL, entry("JV-2", 200))
    assert not office.sync(file).issues
    everything = entries(office)
    assert len(everything) == 2 + WRITERS * ENTRIES

    other = open_store(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", Catalogue(all_books()))
    restore(other, tmp_path / "backup.gz")
    with store.reading(COMPANY) as before, other.reading(COMPANY) as after:
        assert before.epoch != after.epoch
        assert verify_company(after, other.catalogue) == []
    serve(office, other)
    lost = everything - entries(office)
    assert "JV-2" in lost
    run = office.sync(file)
    assert {held.key for held in run.copy.held.values()} == lost
    assert {issue.code for issue in run.issues} == {"offered"}
    workbook = open_workbook(file)
    resolve_workbook(workbook, offered="mine")
    workbook.close()
    assert not office.sync(file).issues
    assert entries(office) == everything
    with other.reading(COMPANY) as held:
        causes = [kept.commit.cause for kept in held.commits_after(0)]
        assert causes.count("restored_from_file") == len(lost)
        assert verify_company(held, other.catalogue) == []
    other.close()
