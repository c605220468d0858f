"""Eight people post a thousand documents at once: commits and documents number 1 to 1000."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import httpx2
import msgspec
import pytest

from addin.server import Server
from addin.shadow import Sent
from sync_server.core.verify import verify_company
from sync_server.storage.sql_store import SqlStore
from tests.faults.servers import COMPANY, PEOPLE, servers
from workbook_templates import wire
from workbook_templates.row_ids import make_id

VOUCHERS, DOCUMENTS = "vouchers.vouchers", 1000


def post(address: str, person: int, results: list[wire.Result]) -> None:
    """One person's documents, each in a request of its own."""
    headers = {"Authorization": f"Bearer p{person}"}
    with httpx2.Client(base_url=address, headers=headers, timeout=60) as http:
        server = Server(http, COMPANY)
        for n in range(DOCUMENTS // PEOPLE):
            key = f"{person}-{n}"
            cells = {"voucher": key, "date": "2026-05-03", "amount": "5.00"}
            told = {column: (None, text) for column, text in cells.items()}
            op = wire.Op("put", VOUCHERS, make_id(), told)
            group = wire.Group(make_id(), VOUCHERS, key, (op,), new=True)
            sent = Sent(group.mid, msgspec.json.encode(group).decode())
            results += server.push({"epoch": "epoch"}, [sent]).results


def all_post(addresses: Sequence[str]) -> list[wire.Result]:
    """What everybody was answered; all of them at once, spread over the servers."""
    results: list[wire.Result] = []
    people = [
        threading.Thread(target=post, args=(addresses[n % len(addresses)], n, results))
        for n in range(PEOPLE)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return results


def assert_numbered(store: SqlStore, results: list[wire.Result]) -> None:
    """One to a thousand, each once: commits, and the numbers that were answered and are kept."""
    everything = list(range(1, DOCUMENTS + 1))
    assert {result.status for result in results} == {wire.APPLIED}
    assert sorted(result.seq for result in results) == everything
    wanted = {f"BK-2026-{n:04}" for n in everything}
    assert sorted(r.rows[0].cells["number"] or "" for r in results) == sorted(wanted)
    with store.reading(COMPANY) as held:
        assert {row.cells["number"] for row in held.rows_of(VOUCHERS)} == wanted
        assert held.head == DOCUMENTS
        assert verify_company(held, store.catalogue) == []


def test_a_thousand_documents_at_once_are_numbered_over_sqlite(tmp_path: Path) -> None:
    with servers(tmp_path, f"sqlite:///{tmp_path / 'central.sqlite3'}", 1) as (store, addresses):
        assert_numbered(store, all_post(addresses))


@pytest.mark.postgresql
def test_a_thousand_documents_at_two_servers_are_numbered_over_postgresql(
    tmp_path: Path, postgresql_database_url: str
) -> None:
    with servers(tmp_path, postgresql_database_url, 2) as (store, addresses):
        assert_numbered(store, all_post(addresses))
