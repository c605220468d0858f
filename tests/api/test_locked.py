"""What is told of locked periods: by hello before anything is sent, and with a refusal."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.companies import add_person
from tests.api.conftest import headers
from tests.api.entries import body, entry

V1 = "/v1/companies/PT"
PERIODS = f"{V1}/rows/ledger.periods"


@pytest.fixture
def accountant(served: Served) -> httpx2.Headers:
    return headers(add_person(served, "Budi", "accountant", "PT"))


def put(client: TestClient, owner: httpx2.Headers, month: str, **cells: str) -> None:
    """Puts a month in that state."""
    (row,) = client.get(PERIODS, headers=owner, params={"key": month}).json()["rows"]
    version = {**owner, "If-Match": f'"{row["seq"]}"'}
    done = client.put(f"{PERIODS}/{row['rid']}", headers=version, json={"cells": cells})
    assert done.status_code == 200, done.text


def told(client: TestClient, who: httpx2.Headers) -> Any:
    """What hello says of the periods."""
    return client.get(f"{V1}/hello", headers=who).json()["periods"]


def test_hello_says_up_to_which_day_all_is_locked(
    client: TestClient, owner: httpx2.Headers
) -> None:
    assert told(client, owner) == {"locked_to": None, "books": {}}
    put(client, owner, "2026-02", status="closed")
    assert told(client, owner)["locked_to"] is None, "January is open"
    put(client, owner, "2026-01", status="closed")
    assert told(client, owner) == {"locked_to": "2026-02-28", "books": {}}


def test_a_held_month_is_locked_to_all_but_a_controller(
    client: TestClient, owner: httpx2.Headers, accountant: httpx2.Headers
) -> None:
    put(client, owner, "2026-01", status="held")
    assert told(client, accountant)["locked_to"] == "2026-01-31"
    assert told(client, owner)["locked_to"] is None


def test_a_book_that_is_locked_before_the_ledger_is_told_to_its_people(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    storekeeper, clerk = (
        headers(add_person(served, name, role, "PT"))
        for name, role in (("Wati", "warehouse"), ("Dewi", "hr"))
    )
    put(client, owner, "2026-01", inventory="closed")
    wanted = {"locked_to": None, "books": {"inventory": "2026-01-31"}}
    assert told(client, owner) == told(client, storekeeper) == wanted
    assert told(client, clerk) == {"locked_to": None, "books": {}}


def test_a_refusal_by_a_lock_says_which_until_when_and_whom_to_ask(
    client: TestClient, owner: httpx2.Headers, accountant: httpx2.Headers
) -> None:
    put(client, owner, "2026-05", status="closed")
    sent = body(entry("J1"))
    (first,) = client.post(f"{V1}/push", headers=accountant, content=sent).json()["results"]
    assert first["status"] == "locked"
    assert (first["period"], first["until"], first["ask"]) == ("2026-05", "2026-05-31", "Sari")
    assert first["lock"] == {"period": "2026-05", "until": "2026-05-31", "ask": ["Sari"]}
    (again,) = client.post(f"{V1}/push", headers=accountant, content=sent).json()["results"]
    assert again == {**first, "replayed": True}


def test_of_what_is_wrong_besides_a_lock_only_the_lock_is_told(
    client: TestClient, owner: httpx2.Headers
) -> None:
    put(client, owner, "2026-05", status="closed")
    wrong = body(entry("J1", "100.00", "90.00"))
    (result,) = client.post(f"{V1}/push", headers=owner, content=wrong).json()["results"]
    assert (result["status"], result["lock"]["period"]) == ("invalid", "2026-05")
    assert "period" not in result
