"""What a refused request is called in the sentence that a person reads."""

from __future__ import annotations

import httpx2
import pytest

from addin.errors import NoServer, Resync
from addin.server import Server

TITLES = {"id": "Server sedang sibuk", "en": "The server is busy"}


def answering(status: int, **problem: object) -> Server:
    """A server that answers everything with one problem."""
    reply = httpx2.MockTransport(lambda _: httpx2.Response(status, json=problem))
    return Server(httpx2.Client(base_url="http://far", transport=reply), "PT", lambda _: None)


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (409, "epoch_changed", "the server was restored from a backup"),
        (409, "scope_changed", "your rights have changed"),
        (410, "cursor_expired", "this file was not synced for too long"),
        (400, "cursor_forged", "the server does not know how far this file had read"),
    ],
)
def test_why_everything_is_read_anew_is_said_in_words(status: int, code: str, why: str) -> None:
    with pytest.raises(Resync) as said:
        answering(status, code=code).changes("", ["ledger.journal"])
    assert said.value.facts["reason"] == code
    assert why in said.value.words["en"]
    assert not any(code in sentence for sentence in said.value.words.values())


def test_a_server_that_is_busy_is_said_to_be_in_its_own_words() -> None:
    with pytest.raises(NoServer) as said:
        answering(503, code="busy", titles=TITLES).audit(1)
    assert all(title in said.value.words[language] for language, title in TITLES.items())
