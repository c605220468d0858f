"""An emulator for each test, and people and robots who call it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.transport.requests import AuthorizedSession
from google.auth.transport.requests import Request as AuthRequest
from google.oauth2.service_account import Credentials
from gspread.auth import DEFAULT_SCOPES
from requests.adapters import HTTPAdapter

from tests.google_emulator.server import running
from tests.google_emulator.world import World

ROBOT = "worker@lajur-test.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Emulator:
    """A running emulator: its address, and what the test does behind Google's back."""

    url: str

    def control(self, name: str, **body: Any) -> dict[str, Any]:
        """`POST /_emulator/NAME`, which must go well."""
        answer = requests.post(f"{self.url}/_emulator/{name}", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def person(self, action: str, spreadsheet: str = "", **body: Any) -> dict[str, Any]:
        """A person does something in the browser."""
        return self.control("human", do=action, spreadsheetId=spreadsheet, **body)

    def shared(self, title: str = "Ledger", **body: Any) -> str:
        """The id of a new spreadsheet that its owner shared with the robot."""
        made = str(self.person("create", title=title, **body)["spreadsheetId"])
        self.person("share", made, **{"with": ROBOT})
        return made


class Book:
    """A spreadsheet over plain HTTP, its errors answered and not raised."""

    def __init__(self, emulator: Emulator, file_id: str = "") -> None:
        """A new spreadsheet, or the one of that id."""
        self.emulator = emulator
        self.id = file_id or str(
            requests.post(f"{emulator.url}/v4/spreadsheets", json={}, timeout=60).json()[
                "spreadsheetId"
            ]
        )

    def call(self, method: str, rest: str, body: Any = None, **query: Any) -> requests.Response:
        url = f"{self.emulator.url}/v4/spreadsheets/{self.id}{rest}"
        return requests.request(method, url, json=body, params=query, timeout=60)

    def batch(self, *items: dict[str, Any]) -> requests.Response:
        return self.call("POST", ":batchUpdate", {"requests": items})

    def write(self, place: str, *rows: list[Any], option: str = "RAW") -> requests.Response:
        return self.call("PUT", f"/values/{place}", {"values": rows}, valueInputOption=option)

    def read(self, place: str, render: str = "UNFORMATTED_VALUE") -> list[list[Any]]:
        answer = self.call("GET", f"/values/{place}", valueRenderOption=render)
        return list(answer.json().get("values", []))

    def told(self, **query: Any) -> Any:
        return self.call("GET", "", **query).json()

    def copied(self) -> "Book":
        """A copy by Drive, as in *File > Make a copy*."""
        url = f"{self.emulator.url}/drive/v3/files/{self.id}/copy"
        return Book(self.emulator, str(requests.post(url, json={}, timeout=60).json()["id"]))


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


class ToEmulator(HTTPAdapter):
    """Carries whatever is sent to a host of Google's to the emulator."""

    # google-auth copies its session for a lookup in the background.
    __attrs__ = [*HTTPAdapter.__attrs__, "url"]

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override] # the keywords go through unread
        parts = urlsplit(request.url or "")
        request.url = f"{self.url}{parts.path}?{parts.query}"
        return super().send(request, **how)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with running(World()) as url:
        yield Emulator(url)


@pytest.fixture
def open_emulator() -> Iterator[Emulator]:
    """Without tokens: who calls is a person with files of their own."""
    with running(World(auth=False)) as url:
        yield Emulator(url)


@pytest.fixture
def book(open_emulator: Emulator) -> Book:
    return Book(open_emulator)


@pytest.fixture(scope="session")
def private_key() -> str:
    """A key thrown away after the tests."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def session_of(
    emulator: Emulator, private_key: str, address: str, scopes: Sequence[str]
) -> tuple[AuthorizedSession, requests.Session]:
    """A session of google-auth, and the one that it fetches tokens with."""
    account = {
        "type": "service_account",
        "client_email": address,
        "private_key": private_key,
        "token_uri": f"{emulator.url}/token",
    }
    own = Credentials.from_service_account_info(account, scopes=scopes)  # type: ignore[no-untyped-call] # untyped
    quiet = requests.Session()
    session = AuthorizedSession(own, auth_request=AuthRequest(quiet))  # type: ignore[no-untyped-call] # untyped
    for each in (quiet, session):
        each.mount("https://", ToEmulator(emulator.url))
    return session, quiet


Robots = Callable[[str], gspread.Client]


@pytest.fixture
def robots(emulator: Emulator, private_key: str) -> Iterator[Robots]:
    """Gspread as it is, signed in as the service account of that address."""
    sessions: list[requests.Session] = []

    def signed_in(address: str) -> gspread.Client:
        session, quiet = session_of(emulator, private_key, address, DEFAULT_SCOPES)
        sessions.extend((quiet, session))
        client = gspread.authorize(session.credentials, session=session)
        client.set_timeout(10)
        return client

    yield signed_in
    for session in sessions:
        session.close()


@pytest.fixture
def robot(robots: Robots) -> gspread.Client:
    return robots(ROBOT)
