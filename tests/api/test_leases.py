"""Two people have one live file open: they sync it in turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.companies import add_person
from tests.api.conftest import headers

LEASE = "/v1/companies/PT/copies/c1/lease"


@pytest.fixture
def clock() -> list[str]:
    """The time of the server; its last text counts."""
    return ["2026-05-31T10:00:00.000Z"]


@pytest.fixture
def take(served: Served, clock: list[str]) -> Callable[[str, str], httpx2.Response]:
    """Asks for the turn: (person, holder)."""
    here = replace(served, now=lambda: clock[-1])
    tokens = {name: add_person(served, name, "owner", "PT") for name in ("Sari", "Budi")}
    client = TestClient(create_app(here.store, here.catalogue, here.now))

    def ask(person: str, holder: str, method: str = "POST") -> httpx2.Response:
        signed = headers(tokens[person])
        if method == "DELETE":
            return client.delete(LEASE, params={"holder": holder}, headers=signed)
        return client.post(LEASE, json={"holder": holder}, headers=signed)

    return ask


def test_a_turn_lasts_a_minute_and_another_is_told_whose_it_is(
    take: Callable[..., httpx2.Response],
) -> None:
    mine = take("Sari", "h1")
    assert mine.json() == {"copy": "c1", "by": "Sari", "until": "2026-05-31T10:01:00.000Z"}
    theirs = take("Budi", "h2")
    assert theirs.status_code == 409
    told = theirs.json()
    assert (told["code"], told["by"], told["until"]) == (
        "lease_taken",
        "Sari",
        "2026-05-31T10:01:00.000Z",
    )


def test_one_person_in_two_programs_takes_turns_too(take: Callable[..., httpx2.Response]) -> None:
    assert take("Sari", "h1").status_code == 200
    assert take("Sari", "h2").status_code == 409


def test_a_turn_can_be_made_longer(take: Callable[..., httpx2.Response], clock: list[str]) -> None:
    take("Sari", "h1")
    clock.append("2026-05-31T10:00:50.000Z")
    assert take("Sari", "h1").json()["until"] == "2026-05-31T10:01:50.000Z"
    clock.append("2026-05-31T10:01:30.000Z")
    assert take("Budi", "h2").status_code == 409


def test_a_turn_ends_by_itself(take: Callable[..., httpx2.Response], clock: list[str]) -> None:
    take("Sari", "h1")
    clock.append("2026-05-31T10:01:00.000Z")
    assert take("Budi", "h2").json()["by"] == "Budi"
    assert take("Sari", "h1").status_code == 409


def test_a_turn_is_given_back_only_by_its_holder(take: Callable[..., httpx2.Response]) -> None:
    take("Sari", "h1")
    assert take("Budi", "h2", "DELETE").status_code == 204
    assert take("Budi", "h2").status_code == 409
    assert take("Sari", "h1", "DELETE").status_code == 204
    assert take("Budi", "h2").status_code == 200


def test_a_holder_has_a_name(take: Callable[..., httpx2.Response]) -> None:
    assert take("Sari", "").status_code == 400
    assert take("Sari", "h" * 201).status_code == 400
