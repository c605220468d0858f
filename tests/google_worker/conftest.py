"""A person with a spreadsheet in Google Sheets (the emulator), a robot, and a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync_server.api.deps import Served
from tests.google.conftest import Emulator
from tests.google_emulator.server import running
from tests.google_emulator.world import World
from tests.google_worker.accounts import account_file
from tests.google_worker.online_desk import OnlineDesk
from tests.scenarios.front_desk import serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A real server over SQLite, and its address."""
    with serving(tmp_path_factory.mktemp("server") / "central.sqlite3") as running:
        yield running


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """Robots sign in as they must; who calls without a token is a test that looks."""
    with running(World(auth=False)) as url:
        yield Emulator(url)


@pytest.fixture
def account(emulator: Emulator, tmp_path: Path) -> Path:
    """The JSON file of the robot."""
    return account_file(emulator.url, tmp_path)


@pytest.fixture
def desk(
    tmp_path: Path, server: tuple[Served, str], emulator: Emulator, account: Path
) -> OnlineDesk:
    """A person who works in English, with a company of their own."""
    return OnlineDesk(tmp_path, *server, "en", emulator=emulator, account=account)
