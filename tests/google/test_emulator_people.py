"""Who may do what in the emulator, how often, and what Drive tells of it."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession

from tests.google.conftest import ROBOT, Book, Emulator

CLERK = "clerk@example.test"


@pytest.fixture
def ledger(emulator: Emulator) -> str:
    """A spreadsheet that its owner shared with the robot and with a clerk."""
    made = emulator.shared()
    emulator.person("share", made, **{"with": CLERK})
    return made


def protected(emulator: Emulator, ledger: str, **how: Any) -> None:
    """The owner protects the first tab."""
    new = {"protectedRange": {"range": {"sheetId": 0}} | how}
    emulator.person("requests", ledger, requests=[{"addProtectedRange": new}])


def types(emulator: Emulator, ledger: str, place: str, by: str = CLERK) -> int:
    """What comes of it when somebody types."""
    typed = {"do": "type", "spreadsheetId": ledger, "range": place, "text": "x", "by": by}
    return requests.post(f"{emulator.url}/_emulator/human", json=typed, timeout=10).status_code


def test_a_protection_that_warns_stops_nobody(emulator: Emulator, ledger: str) -> None:
    protected(emulator, ledger, warningOnly=True)
    assert types(emulator, ledger, "A1") == 200


def test_a_protection_lets_its_editors_and_its_open_parts_through(
    emulator: Emulator, ledger: str, robot: gspread.Client
) -> None:
    part = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 3}
    protected(emulator, ledger, editors={"users": [ROBOT]}, unprotectedRanges=[part])
    assert types(emulator, ledger, "A1") == 400
    assert types(emulator, ledger, "C9") == 200
    robot.open_by_key(ledger).sheet1.update([["x"]], "A1")


def test_a_token_is_good_for_an_hour(emulator: Emulator, robot: gspread.Client) -> None:
    book = robot.open_by_key(emulator.shared())
    session = robot.http_client.session
    assert isinstance(session, AuthorizedSession)
    token = session.credentials.token
    emulator.control("clock", advance=3600)
    url = f"{emulator.url}/v4/spreadsheets/{book.id}"
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(url, headers=headers, timeout=10).status_code == 401


def test_a_batch_counts_once_however_many_ranges_it_reads(book: Book) -> None:
    book.emulator.control("settings", reads_per_minute=2)
    told = [book.call("GET", "/values:batchGet", ranges=["A1", "B1", "C1"]) for _ in range(3)]
    assert [answer.status_code for answer in told] == [200, 200, 429]


def test_everybody_in_a_project_spends_the_same_quota(book: Book) -> None:
    book.emulator.control("settings", project_writes_per_minute=2)  # making it was the first
    assert [book.write("A1", [n]).status_code for n in range(2)] == [200, 429]
    message = book.write("A1", [1]).json()["error"]["message"]
    assert "'Write requests per minute'" in message


def test_what_a_person_types_shows_in_drive(book: Book) -> None:
    drive = f"{book.emulator.url}/drive/v3/changes"
    book.emulator.control("clock", advance=181)
    start = requests.get(f"{drive}/startPageToken", timeout=10).json()["startPageToken"]
    book.emulator.person("type", book.id, range="A1", text="x", by="person@example.test")
    told = []
    for seconds in (0, 181):
        book.emulator.control("clock", advance=seconds)
        answer = requests.get(drive, params={"pageToken": start}, timeout=10).json()
        told.append([change["fileId"] for change in answer["changes"]])
    assert told == [[], [book.id]]


def test_a_fault_waits_for_the_call_that_it_was_laid_for(book: Book) -> None:
    book.emulator.control("faults", faults=[{"kind": "unavailable_before", "on": "PUT .*/values/"}])
    assert book.call("GET", "/values/A1").status_code == 200
    assert [book.write("A1", ["x"]).status_code for _ in range(2)] == [503, 200]
