"""The recording kit: it plays to the emulator, tells no secrets, and says what it settles."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
import requests

from tests.google import recording_steps
from tests.google.conftest import Book
from tests.google.record import of_the_emulator, secrets_of
from tests.google.recording import Desk, Json, Scrubber, SecretFound, as_text, verdicts
from tests.google.recording_steps import STEPS
from tests.google_emulator.behaviours import BEHAVIOURS, Known


@pytest.fixture(scope="module")
def recording() -> Json:
    return of_the_emulator()


def test_every_step_is_answered(recording: Json) -> None:
    assert list(recording["steps"]) == [step.name for step in STEPS]
    refused = {
        f"{name} {answer['call']}": answer["body"]
        for name, step in recording["steps"].items()
        for answer in step["answers"]
        if answer["code"] not in (200, 429) and answer["call"] != "GET /values/grid!A30:B31"
    }
    assert refused == {}


def test_what_differs_each_time_is_told_in_notes(recording: Json) -> None:
    steps = recording["steps"]
    assert steps["lag"]["notes"] == ["Drive told of the edit within 180 s"]
    [told] = steps["quota"]["notes"]
    assert told.startswith("accepted again after")
    assert [answer["code"] for answer in steps["quota"]["answers"]][-1] == 429
    assert steps["errors"]["notes"] == ["answers: [200]"]


def test_an_error_of_the_moment_is_noted_with_its_shape(book: Book) -> None:
    laid = [{"kind": "unavailable_before", "on": "PUT"}, {"kind": "html_502_after", "on": "PUT"}]
    book.emulator.control("faults", faults=laid)
    url = book.emulator.url
    with requests.Session() as session:
        desk = Desk(session, book.id, lambda *_: None, lambda _: None, url, url)
        book.batch({"addSheet": {"properties": {"title": "errors"}}})
        recording_steps.errors(desk, 0)
    assert desk.notes[0] == "answers: [200, 502, 503]"
    shapes = sorted(note.partition(":")[0] for note in desk.notes[1:])
    assert shapes == ["502 text/html; charset=UTF-8", "503 application/json; charset=UTF-8"]


def test_where_google_does_the_same_a_behaviour_counts_as_recorded(recording: Json) -> None:
    told = list(verdicts(recording, recording, STEPS))
    settled = {line.rpartition(": ")[2] for line in told if "assumed -> recorded" in line}
    assert "moved rows do not take named or protected ranges along" in settled
    assert not any("MEND" in line for line in told)
    assert "lag:   note: Drive told of the edit within 180 s" in told
    assert not any("lag" in line for line in settled)


def test_where_google_does_otherwise_the_emulator_must_be_mended(recording: Json) -> None:
    google = deepcopy(recording)
    sheet = google["steps"]["formulas"]["answers"]
    [formula] = [a for a in sheet if a["call"].startswith("GET") and "=A1+A2" in str(a["body"])]
    formula["body"]["values"][3] = ["=A1+A3"]
    google["steps"]["sort"]["answers"].pop()
    told = list(verdicts(google, recording, STEPS))
    mend = [line.split(":")[0] for line in told if "MEND" in line]
    assert mend == ["formulas", "sort"]
    assert "formulas:   GET /values/formulas!A1:A4: /values/3/0: '=A1+A3' became '=A1+A2'" in told


def test_a_recording_names_neither_people_nor_projects_nor_files() -> None:
    scrubber = Scrubber("1AbC-file")
    text = '{"id": "1AbC-file", "users": ["ani@example.com", "b@x.iam.gserviceaccount.com"]}'
    again = scrubber.scrubbed(text + " ani@example.com project_number:123456 ya29.a0_token-x")
    for secret in ("1AbC", "ani@", "gserviceaccount", "123456", "ya29"):
        assert secret not in again
    assert again.count("account1@example.test") == 2


def test_nothing_is_written_while_a_secret_is_in_it(tmp_path: Path, recording: Json) -> None:
    key = tmp_path / "key.json"
    own = {"type": "service_account", "private_key": "-----BEGIN", "client_email": "w@x.test"}
    key.write_text(json.dumps(own | {"token_uri": "https://oauth2.example.test/token"}))
    assert sorted(secrets_of(key)) == ["-----BEGIN", "w@x.test"]
    assert json.loads(as_text(recording, secrets_of(key))) == recording
    leaked = deepcopy(recording)
    leaked["steps"]["errors"]["notes"].append("w@x.test")
    with pytest.raises(SecretFound):
        as_text(leaked, secrets_of(key))


def test_every_step_settles_a_behaviour_and_every_assumed_one_has_a_fallback() -> None:
    known = {behaviour.what: behaviour for behaviour in BEHAVIOURS}
    settled = {what for step in STEPS for what in step.settles}
    assert settled <= set(known)
    for behaviour in BEHAVIOURS:
        if behaviour.known is Known.ASSUMED:
            assert behaviour.instead, behaviour.what
            assert behaviour.what in settled or behaviour.simplified, behaviour.what
