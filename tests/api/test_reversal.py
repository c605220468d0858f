"""An accepted change is taken back as a new commit, on both databases and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import SqlStore, open_store
from tests.api.conftest import NOW, headers
from tests.api.test_routes import BANK, CAPITAL, V1, entry, group, push, put
from tests.storage.conftest import postgresql_database_url
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company

__all__ = ["postgresql_database_url"]


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """A server over each kind of store, with one company laid."""
    catalogue = Catalogue(all_books())
    store: MemoryStore | SqlStore = MemoryStore()
    if request.param == "sqlite":
        store = open_store(f"sqlite:///{tmp_path / 'central.sqlite3'}", catalogue)
    elif request.param == "postgresql":
        store = open_store(request.getfixturevalue("postgresql_database_url"), catalogue)
    made = Served(store, catalogue, lambda: NOW)
    add_company(made, Company("PT", "PT Lajur Contoh"), "2026-01", "2026-12")
    yield made
    if isinstance(store, SqlStore):
        store.close()


@pytest.fixture
def me(client: TestClient, owner: httpx2.Headers, served: Served) -> Iterator[TestClient]:
    """The owner's client; in the end the books agree with their audit."""
    client.headers.update(owner)
    yield client
    with served.store.reading("PT") as held:
        assert verify_company(held, served.catalogue) == []


def reverse(me: TestClient, of: object, **more: Any) -> dict[str, Any]:
    """The result of taking a change back."""
    reply = me.post(f"{V1}/reverse", json={"mid": make_id(), "of": str(of), **more})
    assert reply.status_code == 200, reply.text
    return dict(reply.json()["results"][0])


def journal(me: TestClient, key: str = "J1") -> list[dict[str, Any]]:
    """The live rows of an entry."""
    found = me.get(f"{V1}/rows/ledger.journal", params={"key": key}).json()["rows"]
    return [dict(row) for row in found]


def balances(me: TestClient) -> dict[str, str]:
    """The trial balance by account."""
    rows = me.get(f"{V1}/reports/trial_balance").json()["rows"]
    return {row["account"]: row["balance"] for row in rows}


def test_a_new_entry_is_taken_back_whole(me: TestClient) -> None:
    sent = entry("J1", "5.00", "5.00")
    landed = push(me, me.headers, sent)[0]
    back = reverse(me, sent["mid"])
    assert back["status"] == "applied"
    assert back["seq"] > landed["seq"]
    assert journal(me) == []
    assert not any(float(balance) for balance in balances(me).values())
    row = sent["ops"][0]["rid"]
    last = me.get(f"{V1}/rows/ledger.journal/{row}/history").json()[-1]
    assert (last["deleted"], last["cause"]) == (True, f"reversal of {sent['mid']}")


def test_a_change_is_put_back_and_a_deletion_restored(me: TestClient) -> None:
    sent = entry("J1", "5.00", "5.00")
    push(me, me.headers, sent)
    first = journal(me)[0]
    edit = group("ledger.journal", "J1", {**put("ledger.journal"), "rid": first["rid"]})
    edit["ops"][0]["cells"] = {"description": [None, "Setoran"]}
    edit["new"] = False
    changed = push(me, me.headers, edit)[0]
    assert reverse(me, changed["seq"])["status"] == "applied"
    assert journal(me)[0]["cells"]["description"] is None
    away = group("ledger.journal", "J1", *map(deletion, journal(me)))
    gone = push(me, me.headers, {**away, "new": False})[0]
    assert journal(me) == []
    back = reverse(me, gone["mid"])
    assert (back["status"], len(back["rows"])) == ("applied", 2)
    assert {row["rid"] for row in journal(me)} == {op["rid"] for op in sent["ops"]}
    assert balances(me) == {BANK: "5.00", CAPITAL: "-5.00"}


def deletion(row: dict[str, Any]) -> dict[str, Any]:
    """A row's deletion on the wire."""
    return {"op": "del", "t": row["t"], "rid": row["rid"], "base": row["cells"], "seq": row["seq"]}


def test_what_somebody_changed_since_is_a_conflict(me: TestClient) -> None:
    landed = push(me, me.headers, entry("J1", "5.00", "5.00"))[0]
    first = journal(me)[0]
    edit = group("ledger.journal", "J1", {**put("ledger.journal"), "rid": first["rid"]})
    edit["ops"][0]["cells"] = {"description": [None, "Setoran"]}
    push(me, me.headers, {**edit, "new": False})
    back = reverse(me, landed["seq"])
    assert (back["status"], back["conflicts"][0]["kind"]) == ("conflict", "edited_on_server")
    assert len(journal(me)) == 2


def test_a_reversal_can_be_taken_back_and_a_repeat_does_nothing_more(me: TestClient) -> None:
    landed = push(me, me.headers, entry("J1", "5.00", "5.00"))[0]
    asked = {"mid": make_id(), "of": str(landed["seq"])}
    first = me.post(f"{V1}/reverse", json=asked).json()["results"][0]
    again = me.post(f"{V1}/reverse", json=asked).json()["results"][0]
    assert (again["seq"], again["replayed"]) == (first["seq"], True)
    assert reverse(me, landed["seq"])["status"] == "noop"
    assert reverse(me, first["mid"])["status"] == "applied"
    assert len(journal(me)) == 2


def close_may(me: TestClient) -> None:
    """Closes May."""
    month = me.get(f"{V1}/rows/ledger.periods", params={"key": "2026-05"}).json()["rows"][0]
    reply = me.put(
        f"{V1}/rows/ledger.periods/{month['rid']}",
        json={"cells": {"status": "closed"}},
        headers={"If-Match": f'"{month["seq"]}"'},
    )
    assert reply.status_code == 200, reply.text


def test_an_entry_of_a_closed_month_is_reversed_on_a_day_that_is_said(me: TestClient) -> None:
    landed = push(me, me.headers, entry("J1", "5.00", "5.00"))[0]
    close_may(me)
    refused = reverse(me, landed["seq"])
    assert (refused["status"], refused["errors"][0]["code"]) == ("locked", "period_closed")
    back = reverse(me, landed["seq"], date="2026-06-01")
    assert back["status"] == "applied"
    opposite = {row["cells"]["account"]: row["cells"]["credit"] for row in journal(me, "J1-R")}
    assert opposite == {BANK: "5.00", CAPITAL: None}
    assert len(journal(me)) == 2
    twice = reverse(me, landed["seq"], date="2026-06-02")
    assert twice["errors"][0]["code"] == "duplicate_key"


def test_an_opposite_is_not_made_of_what_has_changed_or_has_none(me: TestClient) -> None:
    landed = push(me, me.headers, entry("J1", "5.00", "5.00"))[0]
    first = journal(me)[0]
    edit = group("ledger.journal", "J1", {**put("ledger.journal"), "rid": first["rid"]})
    edit["ops"][0]["cells"] = {"description": [None, "Setoran"]}
    changed = push(me, me.headers, {**edit, "new": False})[0]
    for of, code in ((landed["seq"], "changed_since"), (changed["seq"], "no_opposite")):
        back = reverse(me, of, date="2026-06-01")
        assert (back["status"], back["errors"][0]["code"]) == ("invalid", code)


def test_an_invoice_takes_its_entry_along(me: TestClient) -> None:
    party = group(
        "ledger.parties", "C1", put("ledger.parties", code="C1", name="Toko", kind="customer")
    )
    line = put(
        "ledger.sales_invoices",
        **{"invoice": "INV-1", "date": "2026-05-03", "customer": "C1", "unit_price": "100"},
        account=revenue(me),
    )
    landed = push(me, me.headers, party, group("ledger.sales_invoices", "INV-1", line))
    assert [result["status"] for result in landed] == ["applied", "applied"], landed
    assert any(float(balance) for balance in balances(me).values())
    assert reverse(me, landed[1]["seq"])["status"] == "applied"
    assert not any(float(balance) for balance in balances(me).values())


def revenue(me: TestClient) -> str:
    """An account for sales."""
    rows = me.get(f"{V1}/changes", params={"tables": "ledger.accounts", "limit": 5000}).json()
    return next(
        str(r["cells"]["code"]) for r in rows["rows"] if r["cells"]["code"].startswith("41")
    )


def test_nobody_reverses_what_they_may_not_write_or_what_never_was(
    me: TestClient, served: Served
) -> None:
    landed = push(me, me.headers, entry("J1", "5.00", "5.00"))[0]
    stock = headers(add_person(served, "Gudang", "warehouse", "PT"))
    asked = {"mid": make_id(), "of": str(landed["seq"])}
    reply = TestClient(me.app).post(f"{V1}/reverse", json=asked, headers=stock)
    assert reply.json()["results"][0]["status"] in ("invalid", "denied")
    assert not reply.json()["results"][0]["rows"]
    for of in ("", "0", "999999", "-1", make_id(), "1e3"):
        reply = me.post(f"{V1}/reverse", json={"mid": make_id(), "of": of})
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found"), of
    assert len(journal(me)) == 2
