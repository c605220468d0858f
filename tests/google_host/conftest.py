"""Our client, signed in at the emulator through the real token flow, with a clock of the test."""

from collections.abc import Callable, Iterator

import pytest
import requests

from addin.hosts.google.accounts import SCOPES
from addin.hosts.google.client import Api, SheetsClient
from addin.hosts.google.pace import Bucket, Pace
from addin.hosts.google.workbook import GoogleWorkbook
from tests.google.conftest import ROBOT, Emulator, emulator, private_key, session_of
from tests.google_host import shared
from tests.google_host.desk import Desk, Kept
from tests.google_host.names import NAMES
from tests.google_host.person import Person
from tests.scenarios.office import Office

__all__ = ["emulator", "private_key"]  # fixtures of the emulator's own tests


class Clock(shared.Clock):
    """A clock by which clients of a test go."""

    def pace(self, per_minute: float = 1e6, patience_s: float = 300.0) -> Pace:
        """A pace by this clock, with pauses of full length."""

        def bucket() -> Bucket:
            return Bucket(per_minute, clock=self, sleep=self.sleep)

        return Pace(bucket(), bucket(), patience_s, self, self.sleep, lambda: 1.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


Clients = Callable[..., SheetsClient]


@pytest.fixture
def clients(emulator: Emulator, private_key: str, clock: Clock) -> Iterator[Clients]:
    """Makes our client, signed in as the service account of an address."""
    sessions: list[requests.Session] = []

    def signed_in(address: str = ROBOT, pace: Pace | None = None) -> SheetsClient:
        session, quiet = session_of(emulator, private_key, address, SCOPES)
        sessions.extend((session, quiet))
        api = Api(emulator.url, emulator.url)
        return SheetsClient(session, pace or clock.pace(), api, address)

    yield signed_in
    for session in sessions:
        session.close()


@pytest.fixture
def client(clients: Clients) -> SheetsClient:
    return clients()


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="package")
def wanted(desk: Desk) -> Kept:
    return desk.wanted()


@pytest.fixture
def place(desk: Desk) -> tuple[Office, Person]:
    """An office of the test's own, and somebody at its spreadsheet."""
    return desk.copied()


@pytest.fixture
def book() -> GoogleWorkbook:
    """Three rows with ids, which are not in the order of their numbers."""
    return shared.made({"People": NAMES})
