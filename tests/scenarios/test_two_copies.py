"""Two people, two copies of one workbook: what merges, what clashes, and how it is decided."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.scenarios.office import Office, decide, entry, put, review, seen, type_rows, worksheet

JOURNAL = "ledger.journal"
PARTIES = "ledger.parties"
BOTH = "Customer and supplier"


@pytest.fixture
def copies(office: Office) -> tuple[Path, Path]:
    """One entry and one party, known to both copies."""
    mine = office.workbook("ledger", "mine")
    type_rows(mine, JOURNAL, entry("JV-1", 100))
    type_rows(mine, PARTIES, [{"code": "C1", "name": "Toko Maju", "kind": "customer"}])
    assert office.sync(mine).groups["applied"] == 2
    theirs = mine.with_name("theirs.xlsx")
    shutil.copy(mine, theirs)
    return mine, theirs


def party(file: Path) -> dict[str, Any]:
    return seen(file, PARTIES)[0]


def test_different_cells_of_one_row_merge(office: Office, copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Toko Maju Jaya")
    put(theirs, PARTIES, 2, kind=BOTH)
    office.sync(theirs, "budi")
    assert not office.sync(mine).issues
    office.sync(theirs, "budi")
    for file in copies:
        assert (party(file)["name"], party(file)["kind"]) == ("Toko Maju Jaya", BOTH)


def test_two_people_change_the_same_cell_and_one_decides(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    run = office.sync(mine)
    assert run.groups["conflict"] == 1
    assert party(mine)["name"] == "Mine"
    assert party(mine)["flags"] == "|~name|"
    assert "Theirs" in party(mine)["notes"]["name"]
    assert "budi" in party(mine)["notes"]["name"]
    line = review(mine)[0]
    told = (line["Before"], line["Mine"], line["Theirs"], line["Who"])
    assert told == ("Toko Maju", "Mine", "Theirs", "budi")
    decide(mine, 1, "Mine")
    assert office.sync(mine).groups["applied"] == 1
    office.sync(theirs, "budi")
    assert party(theirs)["name"] == "Mine"
    assert not review(mine)


@pytest.mark.parametrize(
    ("decision", "kept"),
    [("Theirs", "Theirs"), ("drop mine", "Theirs"), ("Milik saya", "Mine"), ("Neither", "Neither")],
)
def test_a_decision_is_typed_in_either_language_or_as_another_value(
    office: Office, copies: tuple[Path, Path], decision: str, kept: str
) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    office.sync(mine)
    decide(mine, 1, decision)
    assert not office.sync(mine).issues
    assert party(mine)["name"] == kept
    assert [row["name"] for row in office.kept(PARTIES)] == [kept]


def test_a_decision_on_what_moved_again_is_a_new_conflict(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    office.sync(mine)
    put(theirs, PARTIES, 2, name="Theirs again")
    office.sync(theirs, "budi")
    decide(mine, 1, "mine")
    run = office.sync(mine)
    assert run.groups["conflict"] == 1
    assert review(mine)[0]["Theirs"] == "Theirs again"
    assert [row["name"] for row in office.kept(PARTIES)] == ["Theirs again"]


def test_a_conflict_ends_when_a_person_types_what_they_have(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    office.sync(mine)
    put(mine, PARTIES, 2, name="Theirs")
    run = office.sync(mine)
    assert not run.issues
    assert party(mine)["status"].startswith("✓")


def test_an_edit_of_a_row_that_was_deleted_is_kept_and_asked(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    delete_rows(theirs, PARTIES, 2, 1)
    assert office.sync(theirs, "budi").groups["applied"] == 1
    assert not office.kept(PARTIES)
    run = office.sync(mine)
    assert run.groups["conflict"] == 1
    assert party(mine)["name"] == "Mine"
    decide(mine, 1, "mine")
    assert office.sync(mine).groups["applied"] == 1
    assert [row["name"] for row in office.kept(PARTIES)] == ["Mine"]


def test_a_row_that_was_deleted_elsewhere_leaves_the_sheet(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    delete_rows(theirs, PARTIES, 2, 1)
    office.sync(theirs, "budi")
    assert not office.sync(mine).issues
    assert seen(mine, PARTIES) == []


def test_a_deletion_of_what_others_changed_is_asked(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    delete_rows(mine, PARTIES, 2, 1)
    assert office.sync(mine).groups["conflict"] == 1
    assert [row["name"] for row in office.kept(PARTIES)] == ["Theirs"]
    decide(mine, 1, "theirs")
    assert not office.sync(mine).issues
    assert party(mine)["name"] == "Theirs"


def test_changes_that_only_together_break_an_entry_are_refused(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(theirs, JOURNAL, 2, debit=200)
    put(theirs, JOURNAL, 3, credit=200)
    office.sync(theirs, "budi")
    put(mine, JOURNAL, 2, description="Rent for May")
    run = office.sync(mine)
    assert not run.issues
    entry_rows = seen(mine, JOURNAL)
    assert [row["debit"] or row["credit"] for row in entry_rows] == [200, 200]


def test_the_same_entry_typed_by_two_people_is_one_number_too_many(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    type_rows(theirs, JOURNAL, entry("JV-9", 900))
    type_rows(mine, JOURNAL, entry("JV-9", 500))
    office.sync(theirs, "budi")
    run = office.sync(mine)
    assert "duplicate_key" in {issue.code for issue in run.issues}
    assert {row.get("debit") for row in office.kept(JOURNAL)} == {"100.00", "900.00", None}


def test_a_row_that_moves_to_another_entry_takes_both_along(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, _ = copies
    type_rows(mine, JOURNAL, [*entry("JV-2", 100), *entry("JV-2", 50)])
    office.sync(mine)
    rows = [row["row"] for row in seen(mine, JOURNAL) if row["entry"] == "JV-2"][2:]
    for row in rows:
        put(mine, JOURNAL, row, entry="JV-1")
    run = office.sync(mine)
    assert run.groups["applied"] == 1, [issue.message["en"] for issue in run.issues]
    assert sum(row["entry"] == "JV-1" for row in office.kept(JOURNAL)) == 4


def test_many_deletions_wait_for_a_word(office: Office, copies: tuple[Path, Path]) -> None:
    mine, _ = copies
    type_rows(mine, JOURNAL, [row for n in range(2, 9) for row in entry(f"JV-{n}", n)])
    office.sync(mine)
    delete_rows(mine, JOURNAL, 4, 14)
    run = office.sync(mine)
    assert [issue.code for issue in run.issues] == ["many_deleted"]
    assert len(office.kept(JOURNAL)) == 16
    assert office.sync(mine, delete=True).groups["applied"] == 7
    assert len(office.kept(JOURNAL)) == 2


def delete_rows(file: Path, table: str, row: int, count: int) -> None:
    opened = openpyxl.load_workbook(file)
    worksheet(opened, *table.split(".")).delete_rows(row, count)
    opened.save(file)
