"""What the server says of itself is true: of every route, of every answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync_server.api.openapi import ANSWERS
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.storage.memory import MemoryStore
from tests.api.wired import Wired, wired_server


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wired]:
    with wired_server(tmp_path_factory.mktemp("wired")) as running:
        yield running


def test_every_route_has_its_answers_described() -> None:
    paths = create_app(MemoryStore(), Catalogue(())).openapi()["paths"]
    assert {f"{m.upper()} {path}" for path in paths for m in paths[path]} == ANSWERS.keys()


def test_whatever_is_asked_the_answer_is_as_described(wired: Wired) -> None:
    """Made by schemathesis from the description; `make soak` asks more."""
    assert wired.play(examples=6) > 100
