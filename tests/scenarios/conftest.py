"""The office and the desk of the scenarios."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync_server.api.deps import Served
from tests.scenarios.front_desk import Desk, serving
from tests.scenarios.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A company with a chart of accounts, and an empty folder for workbooks."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A real server over SQLite, and its address."""
    with serving(tmp_path_factory.mktemp("server") / "central.sqlite3") as running:
        yield running


@pytest.fixture(params=["id", "en"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, server: tuple[Served, str]) -> Desk:
    """A person with a company of their own, working in Indonesian, then in English."""
    return Desk(tmp_path, *server, request.param)


@pytest.fixture
def english_desk(tmp_path: Path, server: tuple[Served, str]) -> Desk:
    """A person who works in English, for what does not depend on the language."""
    return Desk(tmp_path, *server, "en")
