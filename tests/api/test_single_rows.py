"""Single rows over HTTP: read as they are and were, written and deleted with their version."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.api.rows import _refuse
from sync_server.companies import add_person
from sync_server.core.errors import Locked
from tests.api.conftest import headers
from tests.api.test_routes import V1, entry, push
from workbook_templates import wire
from workbook_templates.row_ids import is_row_id, make_id

PARTIES = f"{V1}/rows/ledger.parties"
NEW = {"If-None-Match": "*"}
TOKO = {"cells": {"code": "C1", "name": "Toko Maju", "kind": "customer"}}


@pytest.fixture
def me(client: TestClient, owner: httpx2.Headers) -> TestClient:
    """The owner's client."""
    client.headers.update(owner)
    return client


@pytest.fixture
def party(me: TestClient) -> str:
    """The address of a party that was created by itself."""
    address = f"{PARTIES}/{make_id()}"
    reply = me.put(address, json=TOKO, headers=NEW)
    assert reply.status_code == 201, reply.text
    return address


def test_a_row_is_created_read_changed_and_deleted(me: TestClient, party: str) -> None:
    read = me.get(party)
    assert (read.json()["cells"]["name"], read.headers["ETag"]) == (
        "Toko Maju",
        f'"{read.json()["seq"]}"',
    )
    tag = {"If-Match": read.headers["ETag"]}
    changed = me.put(party, json={"cells": {"name": "Toko Baru"}}, headers=tag)
    assert changed.status_code == 200
    assert changed.json()["cells"]["name"] == "Toko Baru"
    assert changed.json()["cells"]["kind"] == "customer"
    gone = me.delete(party, headers={"If-Match": changed.headers["ETag"]})
    assert gone.json()["deleted"]
    assert me.get(party).json()["deleted"]


def test_a_write_without_a_version_is_refused(me: TestClient, party: str) -> None:
    for reply in (me.put(party, json=TOKO), me.delete(party)):
        assert (reply.status_code, reply.json()["code"]) == (428, "precondition_required")


def test_a_write_on_an_old_version_is_told_what_stands_there(me: TestClient, party: str) -> None:
    old = {"If-Match": me.get(party).headers["ETag"]}
    me.put(party, json={"cells": {"name": "Toko Baru"}}, headers=old)
    for reply in (
        me.put(party, json={"cells": {"name": "x"}}, headers=old),
        me.delete(party, headers=old),
    ):
        assert reply.status_code == 412
        assert reply.json()["row"]["cells"]["name"] == "Toko Baru"


def test_a_row_is_not_created_over_another(me: TestClient, party: str) -> None:
    reply = me.put(party, json=TOKO, headers=NEW)
    assert reply.status_code == 412
    assert reply.json()["row"]["cells"]["code"] == "C1"


def test_a_repeat_under_its_key_changes_nothing_more(me: TestClient, party: str) -> None:
    tag = {"If-Match": me.get(party).headers["ETag"], "Idempotency-Key": "once"}
    first = me.put(party, json={"cells": {"name": "Toko Baru"}}, headers=tag)
    again = me.put(party, json={"cells": {"name": "Toko Baru"}}, headers=tag)
    assert (first.json(), again.status_code) == (again.json(), 200)
    other = me.put(party, json={"cells": {"name": "Lain"}}, headers=tag)
    assert (other.status_code, other.json()["code"]) == (422, "mid_reused")


def test_what_breaks_a_rule_is_told_in_both_languages(me: TestClient, party: str) -> None:
    reply = me.put(f"{PARTIES}/{make_id()}", json={"cells": {"code": "C2"}}, headers=NEW)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert set(reply.json()["errors"][0]["message"]) == {"id", "en"}


def test_a_row_that_lands_only_with_others_is_refused(me: TestClient) -> None:
    reply = me.put(f"{V1}/rows/ledger.journal/{make_id()}", json={"cells": {}}, headers=NEW)
    assert (reply.status_code, reply.json()["code"]) == (422, "whole_document")


@pytest.mark.parametrize(
    ("headings", "status"),
    [({"If-Match": "now"}, 400), ({"If-None-Match": '"3"'}, 400), ({"If-Match": '"999999"'}, 412)],
)
def test_a_nonsense_version_is_a_clear_problem(
    me: TestClient, party: str, headings: dict[str, str], status: int
) -> None:
    reply = me.put(party, json={"cells": {"name": "x"}}, headers=headings)
    assert reply.status_code == status
    assert me.get(party).json()["cells"]["name"] == "Toko Maju"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"cells": {"name": 3}}', b'{"cells": [', b"\xff"])
def test_a_body_that_is_none_is_a_clear_problem(me: TestClient, party: str, body: bytes) -> None:
    reply = me.put(party, content=body, headers={"If-Match": me.get(party).headers["ETag"]})
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_request")


def test_a_row_is_read_as_a_commit_left_it(me: TestClient, party: str) -> None:
    made = me.get(party)
    tag = {"If-Match": made.headers["ETag"]}
    changed = me.put(party, json={"cells": {"name": "Toko Baru"}}, headers=tag)
    gone = me.delete(party, headers={"If-Match": changed.headers["ETag"]}).json()["seq"]
    first, second = made.json()["seq"], changed.json()["seq"]
    assert me.get(party, params={"at": first}).json()["cells"]["name"] == "Toko Maju"
    assert me.get(party, params={"at": second}).json()["cells"]["name"] == "Toko Baru"
    assert me.get(party, params={"at": gone}).json()["deleted"]
    assert me.get(party, params={"at": first}).headers["ETag"] == made.headers["ETag"]
    if first > 1:
        assert me.get(party, params={"at": first - 1}).status_code == 404


def test_the_audit_is_told_commit_by_commit_in_whole_pages(me: TestClient, party: str) -> None:
    start = me.get(party).json()["seq"]
    push(me, me.headers, entry("J1", "5.00", "5.00"))
    seen: list[dict[str, Any]] = []
    following = start
    while following is not None:
        page = me.get(f"{V1}/audit", params={"from": following, "limit": 1}).json()
        seen += page["changes"]
        following = page["next"]
    assert [change["t"] for change in seen] == [
        "ledger.parties",
        "ledger.journal",
        "ledger.journal",
    ]
    assert seen[0]["cells"]["name"] == [None, "Toko Maju"]


def test_the_audit_leaves_out_what_its_reader_may_not_see(
    client: TestClient, served: Served, me: TestClient, party: str
) -> None:
    stock = headers(add_person(served, "Gudang", "warehouse", "PT"))
    first = me.get(party).json()["seq"]
    page = TestClient(client.app).get(f"{V1}/audit", params={"from": first}, headers=stock).json()
    told = {column for change in page["changes"] for column in change["cells"]}
    assert told <= {"code", "name"}


def test_ids_are_given_to_those_who_cannot_make_them(me: TestClient) -> None:
    made = me.post(f"{V1}/ids", json={"count": 500}).json()["ids"]
    assert len(set(made)) == 500
    assert all(map(is_row_id, made))
    for count in (0, -1, 5001, "many"):
        assert me.post(f"{V1}/ids", json={"count": count}).status_code == 400


def test_a_row_of_a_locked_period_is_refused_with_its_lock() -> None:
    shut = wire.Refusal("period_closed", {"id": "Ditutup.", "en": "Closed."}, col="period")
    lock = wire.Lock("2026-05", "2026-05-31", ("Sari",))
    with pytest.raises(Locked) as refused:
        _refuse(wire.Result(make_id(), wire.LOCKED, errors=(shut,), lock=lock), None)
    assert (refused.value.status, str(refused.value)) == (423, "Closed.")
    assert refused.value.facts["lock"] == lock
