"""The client's pace, patience and errors; what is written is never written twice unseen."""

import re
from typing import Any

import pytest

from addin.hosts.errors import HostError, SheetProtected
from addin.hosts.google.client import Api, SheetsClient
from addin.hosts.google.errors import (
    EffectUnknown,
    GoogleFault,
    GoogleOffline,
    GoogleRefused,
    NotShared,
    QuotaUsedUp,
    SignInRefused,
    SpreadsheetGone,
)
from addin.hosts.google.pace import Bucket
from tests.google.conftest import ROBOT, Emulator
from tests.google_host.conftest import Clients, Clock

FAULTS = ("unavailable_after", "html_502_after", "cut_after", "cut_half")


def append(client: SheetsClient, book: str) -> Any:
    params = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    return client.values_append(book, "A1", params, {"values": [["row"]]})


def column(client: SheetsClient, book: str) -> list[list[Any]]:
    values: list[list[Any]] = client.values_get(book, "A1:A9").get("values", [])
    return values


@pytest.mark.parametrize("kind", FAULTS)
def test_a_read_that_failed_is_repeated(
    emulator: Emulator, client: SheetsClient, clock: Clock, kind: str
) -> None:
    book = emulator.shared()
    emulator.control("faults", faults=[{"kind": kind, "on": "/v4/", "times": 2}])
    assert column(client, book) == []
    assert clock.slept == [2.0, 4.0]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_write_whose_effect_is_unknown_is_not_repeated(
    emulator: Emulator, client: SheetsClient, kind: str
) -> None:
    book = emulator.shared()
    emulator.control("faults", faults=[{"kind": kind, "on": "/v4/"}])
    with pytest.raises(EffectUnknown):
        append(client, book)
    assert column(client, book) == [["row"]]


def test_a_write_beyond_the_quota_is_repeated_when_the_minute_is_over(
    emulator: Emulator, clients: Clients, clock: Clock
) -> None:
    book = emulator.shared()
    emulator.control("settings", writes_per_minute=1)
    pace = clock.pace()

    def sleep(seconds: float) -> None:
        emulator.control("clock", advance=40)
        clock.sleep(seconds)

    pace.sleep = sleep
    client = clients(pace=pace)
    append(client, book)
    append(client, book)
    assert column(client, book) == [["row"], ["row"]]
    assert clock.slept == [2.0, 4.0]


def test_patience_ends_and_says_that_the_quota_is_used_up(
    emulator: Emulator, clients: Clients, clock: Clock
) -> None:
    book = emulator.shared()
    emulator.control("settings", reads_per_minute=0)
    with pytest.raises(QuotaUsedUp, match="safe"):
        column(clients(pace=clock.pace(patience_s=100)), book)
    assert sum(clock.slept) <= 100
    assert len(clock.slept) == 5


@pytest.mark.parametrize(("on", "says"), [("/v4/", "502"), ("/token", "token")])
def test_a_fault_that_lasts_is_said(
    emulator: Emulator, clients: Clients, clock: Clock, on: str, says: str
) -> None:
    book = emulator.shared()
    emulator.control("faults", faults=[{"kind": "html_502_before", "on": on, "times": 99}])
    with pytest.raises(GoogleFault, match=says):
        column(clients(pace=clock.pace(patience_s=20)), book)


def test_no_connection_is_said_and_a_write_that_was_not_sent_is_tried_again(
    emulator: Emulator, clients: Clients, clock: Clock
) -> None:
    client = clients(pace=clock.pace(patience_s=20))
    book = emulator.shared()
    column(client, book)  # signed in
    client.api = Api("http://127.0.0.1:9", "http://127.0.0.1:9")
    with pytest.raises(GoogleOffline):
        append(client, book)
    assert len(clock.slept) == 3


def test_what_google_refuses_is_said_in_both_languages(
    emulator: Emulator, client: SheetsClient
) -> None:
    mine = emulator.shared()
    foreign = str(emulator.person("create", title="Foreign")["spreadsheetId"])
    emulator.person(
        "requests",
        mine,
        requests=[
            {
                "addProtectedRange": {
                    "protectedRange": {
                        "range": {"sheetId": 0, "startRowIndex": 8, "endRowIndex": 9},
                        "editors": {"users": ["owner@example.test"]},
                    }
                }
            }
        ],
    )
    cases: list[tuple[type[HostError], str, Any]] = [
        (NotShared, re.escape(ROBOT), lambda: column(client, foreign)),
        (SpreadsheetGone, "bin", lambda: column(client, "1nothing")),
        (GoogleRefused, "Unable to parse", lambda: client.values_get(mine, "Nope!A1")),
        (
            SheetProtected,
            "protected",
            lambda: client.values_update(
                mine, "A9", {"valueInputOption": "RAW"}, {"values": [["x"]]}
            ),
        ),
    ]
    for error, says, call in cases:
        with pytest.raises(error, match=says) as raised:
            call()
        assert raised.value.words["id"] != raised.value.words["en"]


def test_a_robot_that_google_does_not_know_is_told_to_look_at_its_key(
    emulator: Emulator, clients: Clients, clock: Clock
) -> None:
    book = emulator.shared()
    with pytest.raises(SignInRefused, match="key"):
        column(clients(address=""), book)


def test_reads_and_writes_have_buckets_of_their_own(
    emulator: Emulator, clients: Clients, clock: Clock
) -> None:
    book = emulator.shared()
    client = clients(pace=clock.pace(per_minute=60))
    client.pace.reads.burst = client.pace.writes.burst = 2.0
    client.pace.reads._tokens = client.pace.writes._tokens = 2.0
    for _ in range(2):
        column(client, book)
        append(client, book)
    assert clock.slept == []
    column(client, book)
    assert clock.slept == [1.0]


def test_a_bucket_gives_no_more_than_its_minute_and_one_burst() -> None:
    clock = Clock()
    bucket = Bucket(48, clock=clock, sleep=clock.sleep)
    taken = []
    while clock.now < 1060:
        bucket.take()
        taken.append(clock.now)
    assert len([moment for moment in taken if moment < 1060]) <= 58


def test_when_drive_saw_a_change_is_a_hint(emulator: Emulator, client: SheetsClient) -> None:
    book = emulator.shared()
    before = client.modified(book)
    append(client, book)
    assert client.modified(book) == before  # Drive lags three minutes behind
    emulator.control("clock", advance=181)
    assert client.modified(book) > before
