"""Our client, signed in at the emulator through the real token flow, with a clock of the test."""

from collections.abc import Callable, Iterator

import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from google.auth.transport.requests import Request as AuthRequest
from google.oauth2.service_account import Credentials

from addin.hosts.google.accounts import SCOPES
from addin.hosts.google.client import Api, SheetsClient
from addin.hosts.google.pace import Bucket, Pace
from tests.google.conftest import ROBOT, Emulator, ToEmulator, emulator, private_key
from tests.google_host import shared
from tests.google_host.desk import Desk, Kept
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
        session, quiet = session_of(emulator, private_key, address)
        sessions.extend((session, quiet))
        api = Api(emulator.url, emulator.url)
        return SheetsClient(session, pace or clock.pace(), api, address)

    yield signed_in
    for session in sessions:
        session.close()


def session_of(
    emulator: Emulator, private_key: str, address: str
) -> tuple[AuthorizedSession, requests.Session]:
    """A session of google-auth, and the one that it fetches tokens with."""
    account = {
        "type": "service_account",
        "client_email": address,
        "private_key": private_key,
        "token_uri": f"{emulator.url}/token",
    }
    own = Credentials.from_service_account_info(account, scopes=SCOPES)  # type: ignore[no-untyped-call] # untyped
    quiet = requests.Session()
    session = AuthorizedSession(own, auth_request=AuthRequest(quiet))  # type: ignore[no-untyped-call] # untyped
    for each in (quiet, session):
        each.mount("https://", ToEmulator(emulator.url))
    return session, quiet


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
