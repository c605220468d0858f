"""What the worker remembers comes back as it was, or as nothing, and never as half of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.google_worker.lanes import Lane, Seen
from addin.google_worker.settings import read_settings
from addin.google_worker.state import Known, load, save, written_at
from addin.google_worker.status import reply, status_of
from tests.google_worker.test_settings import SMALL, settings_file

URL = "https://docs.google.com/spreadsheets/d/1a/edit"
NOW = 1_800_000_000.0
moments = st.floats(0, 2e9)
seens = st.builds(
    Seen,
    st.just(URL),
    st.none() | moments,
    st.none() | moments,
    st.booleans(),
    st.integers(0, 9),
    moments,
)
knowns = st.builds(
    Known,
    seens,
    title=st.text(),
    synced=st.none() | moments,
    open=st.integers(0, 99),
    digest=st.text(),
    ranges=st.lists(st.text(), max_size=4).map(tuple),
    problem=st.dictionaries(st.sampled_from(["code", "id", "en"]), st.text()),
)


@given(knowns)
@settings(max_examples=50)
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, known: Known) -> None:
    file = tmp_path_factory.mktemp("state") / "state.json"
    save(file, {URL: known}, NOW)
    assert load(file, [URL]) == {URL: known}
    assert written_at(file) == NOW


@pytest.mark.parametrize("text", ["", "{", "[]", '{"workbooks": 3}', '{"workbooks": {"a": 3}}'])
def test_a_file_that_cannot_be_read_is_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(text, encoding="utf-8")
    assert load(file, ["a"]) == {"a": Known(Seen("a"))}


def test_names_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    save(file, {URL: Known(Seen(URL, looked=5.0), title="Ledger")}, NOW)
    told = json.loads(file.read_text(encoding="utf-8"))
    told["workbooks"][URL]["mood"] = "good"
    told["workbooks"][URL]["seen"]["mood"] = "good"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert load(file, [URL])[URL].title == "Ledger"


def test_the_status_says_what_is_late_and_by_how_much(tmp_path: Path) -> None:
    chosen = read_settings(settings_file(tmp_path, SMALL))
    known = Known(Seen(URL, looked=NOW - 75.0, edited=NOW - 80.0), title="Ledger")
    save(chosen.state, {URL: known}, NOW - 60.0)
    status = status_of(chosen, NOW)
    assert (status.lines[0].lane, status.silent) == (Lane.HOT, False)
    assert reply(status)["workbooks"][0]["late_seconds"] == 60


def test_a_worker_that_writes_no_more_is_said_to_be_off(tmp_path: Path) -> None:
    chosen = read_settings(settings_file(tmp_path, SMALL))
    assert status_of(chosen, NOW).silent
    save(chosen.state, {URL: replace(Known(Seen(URL)), title="Ledger")}, NOW)
    assert not status_of(chosen, NOW + 100).silent
    assert status_of(chosen, NOW + 1000).silent
