"""What the routes answer: to the signed in, to strangers, and to nonsense."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.companies import add_company, add_person
from tests.api.conftest import headers
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company

V1 = "/v1/companies/PT"


def put(table: str, **cells: str) -> dict[str, Any]:
    """One new row on the wire."""
    pairs = {column: [None, text] for column, text in cells.items()}
    return {"op": "put", "t": table, "rid": make_id(), "cells": pairs}


def group(table: str, key: str, *ops: dict[str, Any]) -> dict[str, Any]:
    """One new document on the wire."""
    return {"mid": make_id(), "kind": table, "key": key, "ops": list(ops), "new": True}


def entry(key: str, debit: str, credit: str) -> dict[str, Any]:
    """A journal entry of two lines."""
    return group(
        "ledger.journal",
        key,
        put("ledger.journal", entry=key, date="2026-05-03", account=BANK, debit=debit),
        put("ledger.journal", entry=key, date="2026-05-03", account=CAPITAL, credit=credit),
    )


def push(client: TestClient, who: httpx2.Headers, *groups: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of a push."""
    epoch = client.get(f"{V1}/hello", headers=who).json()["epoch"]
    reply = client.post(f"{V1}/push", headers=who, json={"epoch": epoch, "groups": list(groups)})
    assert reply.status_code == 200, reply.text
    return list(reply.json()["results"])


def chart(role: str) -> str:
    """The code of the account that has a role in the pack's chart."""
    from workbook_templates.packs import pack

    return next(a["code"] for a in pack("id").document("accounts") if a.get("role") == role)


BANK, CAPITAL = chart("bank"), chart("opening_balance")


def test_hello_tells_who_one_is_and_where_the_copy_stands(
    client: TestClient, owner: httpx2.Headers
) -> None:
    reply = client.get(f"{V1}/hello", headers=owner).json()
    assert reply["user"] == "Sari"
    assert reply["company"] == "PT"
    assert reply["head"] > 0
    assert set(reply["schema"]) >= {"ledger", "hr"}


def test_a_balanced_entry_lands_and_an_unbalanced_one_is_refused_beside_it(
    client: TestClient, owner: httpx2.Headers
) -> None:
    good, bad = push(client, owner, entry("J1", "5.00", "5.00"), entry("J2", "5.00", "4.00"))
    assert (good["status"], bad["status"]) == ("applied", "invalid")
    assert bad["errors"][0]["code"] == "unbalanced"
    assert set(bad["errors"][0]["message"]) == {"id", "en"}
    report = client.get(f"{V1}/reports/trial_balance", headers=owner).json()
    assert {r["account"]: r["balance"] for r in report["rows"]} == {BANK: "5.00", CAPITAL: "-5.00"}


def test_validate_answers_like_a_push_and_keeps_nothing(
    client: TestClient, owner: httpx2.Headers
) -> None:
    hello = client.get(f"{V1}/hello", headers=owner).json()
    body = {"epoch": hello["epoch"], "groups": [entry("J1", "5.00", "5.00")]}
    tried = client.post(f"{V1}/validate", headers=owner, json=body).json()
    assert tried["results"][0]["status"] == "applied"
    assert client.get(f"{V1}/hello", headers=owner).json()["head"] == hello["head"]


def test_changes_come_in_pages_that_together_are_everything(
    client: TestClient, owner: httpx2.Headers
) -> None:
    push(client, owner, *(entry(f"J{n}", "5.00", "5.00") for n in range(5)))
    seen, cursor, more = [], "", True
    while more:
        asked = {"tables": "ledger.journal", "limit": "3", "cursor": cursor}
        page = client.get(f"{V1}/changes", headers=owner, params=asked).json()
        seen += [row["rid"] for row in page["rows"]]
        cursor, more = page["cursor"], page["more"]
    assert len(seen) == len(set(seen)) == 10


def test_a_row_has_its_history(client: TestClient, owner: httpx2.Headers) -> None:
    made = entry("J1", "5.00", "5.00")
    push(client, owner, made)
    row = made["ops"][0]["rid"]
    told = client.get(f"{V1}/rows/ledger.journal/{row}/history", headers=owner).json()
    assert told[0]["cells"]["debit"] == [None, "5.00"]
    assert told[0]["by"] == "Sari"
    assert client.get(f"{V1}/rows/ledger.journal/{row}", headers=owner).headers["etag"]


def test_a_formula_is_told_in_the_history_and_the_audit_beside_its_result(
    client: TestClient, owner: httpx2.Headers
) -> None:
    made = entry("J1", "100.00", "100.00")
    computed, plain = made["ops"]
    computed["f"] = {"debit": "=4*25"}
    push(client, owner, made)
    row = f"{V1}/rows/ledger.journal/{computed['rid']}"
    history = client.get(f"{row}/history", headers=owner).json()
    assert history[0]["f"] == {"debit": "=4*25"}
    audit = client.get(f"{V1}/audit", params={"limit": 5000}, headers=owner).json()
    told = {change["rid"]: change["f"] for change in audit["changes"]}
    assert (told[computed["rid"]], told[plain["rid"]]) == ({"debit": "=4*25"}, {})


def test_a_request_without_a_token_is_asked_to_sign_in(client: TestClient) -> None:
    for who in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic x"}):
        reply = client.get(f"{V1}/hello", headers=who)
        assert reply.status_code == 401
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["code"] == "not_signed_in"


def test_a_person_of_one_company_sees_nothing_of_another(
    client: TestClient, served: Served, owner: httpx2.Headers
) -> None:
    add_company(served, Company("CV", "CV Lain"), "2026-01", "2026-12")
    reply = client.get("/v1/companies/CV/hello", headers=owner)
    assert reply.status_code == 403
    mine = client.get("/v1/companies", headers=owner).json()["companies"]
    assert [c["company"] for c in mine] == ["PT"]


def test_a_role_writes_only_its_own_book(client: TestClient, served: Served) -> None:
    clerk = headers(add_person(served, "Budi", "hr", "PT"))
    assert push(client, clerk, entry("J1", "5.00", "5.00"))[0]["status"] == "denied"
    reply = client.get(f"{V1}/changes", headers=clerk, params={"tables": "ledger.journal"})
    assert reply.status_code == 403
    assert client.get(f"{V1}/reports/trial_balance", headers=clerk).status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"epoch":1}', b"[" * 100_000, b'{"epoch":"","groups":[{}]}'],
)
def test_nonsense_is_answered_with_a_problem(
    client: TestClient, owner: httpx2.Headers, body: bytes
) -> None:
    reply = client.post(f"{V1}/push", headers=owner, content=body)
    assert reply.status_code == 400
    assert reply.json()["code"] == "bad_request"


def test_a_body_over_the_limit_is_refused(client: TestClient, owner: httpx2.Headers) -> None:
    reply = client.post(f"{V1}/push", headers=owner, content=b" " * (17 * 1024 * 1024))
    assert reply.status_code == 413


def test_a_forged_cursor_is_refused(client: TestClient, owner: httpx2.Headers) -> None:
    asked = {"tables": "ledger.journal", "cursor": "Zm9yZ2Vk"}
    reply = client.get(f"{V1}/changes", headers=owner, params=asked)
    assert (reply.status_code, reply.json()["code"]) == (400, "cursor_forged")


def test_what_is_not_there_is_not_found(client: TestClient, owner: httpx2.Headers) -> None:
    for path in (
        "/v1/companies/PT/reports/nothing",
        "/v1/companies/PT/rows/ledger.journal/x",
        "/v1/companies/PT/rows/ledger.nothing/x",
        "/v1/nothing",
    ):
        assert client.get(path, headers=owner).status_code == 404, path


def test_the_same_mutation_sent_twice_takes_effect_once(
    client: TestClient, owner: httpx2.Headers
) -> None:
    made = entry("J1", "5.00", "5.00")
    first, again = push(client, owner, made)[0], push(client, owner, made)[0]
    assert (again["status"], again["seq"], again["replayed"]) == ("applied", first["seq"], True)
    other = {**made, "key": "J9"}
    assert push(client, owner, other)[0]["status"] == "mid_reused"


def test_the_openapi_page_names_the_messages(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert {"Push", "Group", "Op"} <= set(document["components"]["schemas"])
    assert "/v1/companies/{company}/push" in document["paths"]


def test_the_books_are_described_as_the_command_does(client: TestClient) -> None:
    described = client.get("/v1/books").json()
    journal = next(
        sheet
        for book in described["books"]
        if book["key"] == "ledger"
        for sheet in book["sheets"]
        if sheet["key"] == "journal"
    )
    assert journal["group_by"] == "entry"
    assert client.get("/health/ready").json()["status"] == "ready"
