"""What a message says that this server does not know is left out, and named."""

from __future__ import annotations

from typing import Any

import httpx2
import msgspec
import pytest
from fastapi.testclient import TestClient

from tests.api.entries import body, entry
from workbook_templates.row_ids import make_id

V1 = "/v1/companies/PT"
NAMED = ["colour", "groups[0].mood", "groups[0].ops[1].weight", "groups[0].ops[1].at.floor"]


def strange() -> dict[str, Any]:
    """A push of one entry that says more than anybody knows, at every level."""
    push: dict[str, Any] = msgspec.json.decode(body(entry("J1")))
    push["colour"] = "red"
    push["groups"][0]["mood"] = "good"
    line = push["groups"][0]["ops"][1]
    line["weight"], line["at"] = 3, {"sheet": "Journal", "row": 2, "floor": 1}
    return push


@pytest.mark.parametrize("route", ["push", "validate"])
def test_unknown_fields_are_named_and_the_rest_lands(
    client: TestClient, owner: httpx2.Headers, route: str
) -> None:
    reply = client.post(f"{V1}/{route}", headers=owner, json=strange()).json()
    assert reply["results"][0]["status"] == "applied"
    assert reply["unknown"] == NAMED


def test_a_message_that_is_wholly_known_names_nothing(
    client: TestClient, owner: httpx2.Headers
) -> None:
    reply = client.post(f"{V1}/push", headers=owner, content=body(entry("J1"))).json()
    assert reply["unknown"] == []


@pytest.mark.parametrize("value", [b"[" * 5000 + b"]" * 5000, b'"\xff"'])
def test_what_is_left_out_and_no_json_is_a_bad_request(
    client: TestClient, owner: httpx2.Headers, value: bytes
) -> None:
    sent = body(entry("J1"))[:-1] + b',"colour":' + value + b"}"
    reply = client.post(f"{V1}/push", headers=owner, content=sent)
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_request")


def test_a_reversal_names_them_too(client: TestClient, owner: httpx2.Headers) -> None:
    made = client.post(f"{V1}/push", headers=owner, content=body(entry("J1"))).json()
    asked = {"mid": make_id(), "of": made["results"][0]["mid"], "when": "now"}
    reply = client.post(f"{V1}/reverse", headers=owner, json=asked).json()
    assert (reply["results"][0]["status"], reply["unknown"]) == ("applied", ["when"])


def test_many_unknown_fields_are_not_all_named(client: TestClient, owner: httpx2.Headers) -> None:
    push = strange() | {f"x{n}": n for n in range(500)}
    reply = client.post(f"{V1}/validate", headers=owner, json=push).json()
    assert len(reply["unknown"]) == 100
