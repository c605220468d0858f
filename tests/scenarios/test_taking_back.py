"""`lajur undo`, `reverse` and `put-back` on a real server, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.front_desk import Desk, Said
from tests.scenarios.office import entry, put, seen, type_rows

JOURNAL = "ledger.journal"


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger that sent two entries in its last sync."""
    made = desk.new()
    desk.sync(made)
    type_rows(made, JOURNAL, [*entry("JU-001", 100), *entry("JU-002", 50)])
    assert desk.sync(made).status == 0
    return made


def answer(desk: Desk, *arguments: str) -> Said:
    """What a command answers to a program."""
    return desk.run(*arguments, "--json")


def change_of(file: Path, row: int) -> int:
    """The number that Status shows of a row."""
    return int(next(r for r in seen(file, JOURNAL) if r["row"] == row)["status"].split()[1])


def test_the_last_sync_is_taken_back_by_who_says_yes(desk: Desk, file: Path) -> None:
    asked = answer(desk, "undo", str(file))
    assert (asked.status, len(asked.reply["would_reverse"])) == (1, 2)
    assert len(desk.kept(JOURNAL)) == 4
    said = answer(desk, "undo", str(file), "--yes")
    assert said.status == 0
    assert [one["status"] for one in said.reply["changes"]] == ["applied", "applied"]
    assert desk.kept(JOURNAL) == []
    assert seen(file, JOURNAL) == []


def test_one_change_is_reversed_by_its_number(desk: Desk, file: Path) -> None:
    said = answer(desk, "reverse", str(file), str(change_of(file, 2)))
    assert said.status == 0
    assert desk.keys(JOURNAL) == {"JU-002"}
    assert {row["entry"] for row in seen(file, JOURNAL)} == {"JU-002"}


def test_a_change_with_a_date_is_reversed_by_its_opposite(desk: Desk, file: Path) -> None:
    said = answer(
        desk, "undo", str(file), "--push", str(change_of(file, 2)), "--date", "2026-06-02"
    )
    assert said.status == 0
    assert desk.keys(JOURNAL) == {"JU-001", "JU-002", "JU-001-R"}


def test_what_was_changed_since_is_refused_in_words(desk: Desk, file: Path) -> None:
    first = change_of(file, 2)
    put(file, JOURNAL, 2, description="x")
    desk.sync(file)
    said = answer(desk, "reverse", str(file), str(first))
    assert said.status == 1
    assert str(first) in said.reply["changes"][0]["message"]
    assert "lajur history" in said.reply["changes"][0]["message"]
    assert len(desk.kept(JOURNAL)) == 4


def test_an_unknown_change_is_an_error_in_words(desk: Desk, file: Path) -> None:
    said = answer(desk, "reverse", str(file), "999999")
    assert (said.status, said.error["code"]) == (2, "unknown_change")


def test_an_earlier_value_is_typed_into_its_cell_again_and_sent_by_the_next_sync(
    desk: Desk, file: Path
) -> None:
    first = change_of(file, 2)
    put(file, JOURNAL, 2, description="x")
    desk.sync(file)
    heading = {"id": "Uraian", "en": "Description"}[desk.language]
    said = answer(desk, "put-back", str(file), "journal", "2", heading, "--to", str(first))
    assert said.status == 0
    assert said.reply["unsent"][0]["changed"] == 1
    assert seen(file, JOURNAL)[0]["description"] == "Rent"
    assert desk.sync(file).status == 0
    assert {row["description"] for row in desk.kept(JOURNAL)} == {"Rent"}


@pytest.mark.parametrize(
    ("place", "to", "code"),
    [
        (("journal", "99", "description"), "5", "unknown_row"),
        (("journal", "2", "no such"), "5", "unknown_column"),
        (("journal", "2", "description"), "1", "unknown_change"),
    ],
)
def test_a_place_that_is_none_is_told(
    desk: Desk, file: Path, place: tuple[str, str, str], to: str, code: str
) -> None:
    said = answer(desk, "put-back", str(file), *place, "--to", to)
    assert (said.status, said.error["code"]) == (2, code)
