"""Decisions on Review: what is typed after them stays, the audit tells them, they can be undone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from addin.bulk import ALL, Open, Which, told
from addin.copies import Copy
from addin.hosts import open_workbook
from addin.runs import resolve_workbook
from tests.scenarios.office import Office, decide, entry, put, review, seen, type_rows
from tests.scenarios.test_bad_input_shapes import with_result
from tests.scenarios.test_row_identity import rearrange

JOURNAL, PARTIES = "ledger.journal", "ledger.parties"


@pytest.fixture
def copies(office: Office) -> tuple[Path, Path]:
    """One entry and one party, known to both copies."""
    mine = office.workbook("ledger", "mine")
    type_rows(mine, JOURNAL, entry("JV-1", 100))
    type_rows(mine, PARTIES, [{"code": "C1", "name": "Toko Maju", "kind": "customer"}])
    office.sync(mine)
    theirs = mine.with_name("theirs.xlsx")
    shutil.copy(mine, theirs)
    return mine, theirs


def clash(office: Office, copies: tuple[Path, Path]) -> None:
    """Both change the party's name; budi was first."""
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    put(theirs, PARTIES, 2, name="Theirs")
    office.sync(theirs, "budi")
    assert office.sync(mine).groups["conflict"] == 1


def deletion(office: Office, copies: tuple[Path, Path]) -> None:
    """I change the party that budi deletes."""
    mine, theirs = copies
    put(mine, PARTIES, 2, name="Mine")
    rearrange(theirs, PARTIES, lambda rows: [])
    office.sync(theirs, "budi")
    assert office.sync(mine).groups["conflict"] == 1


def history(office: Office, file: Path) -> list[dict[str, Any]]:
    """The audit of the party."""
    row = seen(file, PARTIES)[0]["id"]
    reply = office.client().get(f"/v1/companies/contoh/rows/{PARTIES}/{row}/history")
    return list(reply.json())


def test_what_is_typed_into_a_row_after_it_was_given_up_stays(
    office: Office, copies: tuple[Path, Path]
) -> None:
    deletion(office, copies)
    mine = copies[0]
    decide(mine, 1, "theirs")
    put(mine, PARTIES, 2, name="Typed later")
    run = office.sync(mine)
    assert (run.groups["applied"], run.issues) == (1, [])
    assert [row["name"] for row in office.kept(PARTIES)] == ["Typed later"]


def test_a_row_that_was_given_up_and_left_alone_goes(
    office: Office, copies: tuple[Path, Path]
) -> None:
    deletion(office, copies)
    decide(copies[0], 1, "theirs")
    assert not office.sync(copies[0]).issues
    assert seen(copies[0], PARTIES) == []


def test_what_is_mended_in_a_document_after_it_was_dropped_stays(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine = copies[0]
    first = type_rows(mine, JOURNAL, entry("JV-2", 100, other=90))
    assert office.sync(mine).groups["invalid"] == 1
    decide(mine, 1, "drop mine")
    put(mine, JOURNAL, first, debit=90)
    office.sync(mine)
    assert [row["debit"] for row in seen(mine, JOURNAL) if row["entry"] == "JV-2"] == [90]


def test_a_document_that_was_dropped_and_left_alone_goes(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine = copies[0]
    type_rows(mine, JOURNAL, entry("JV-2", 100, other=90))
    office.sync(mine)
    decide(mine, 1, "drop mine")
    assert not office.sync(mine).issues
    assert {row["entry"] for row in seen(mine, JOURNAL)} == {"JV-1"}


@pytest.mark.parametrize(
    ("decision", "cause"),
    [("mine", "decided: mine over theirs"), ("Neither", "decided: other over theirs")],
)
def test_the_audit_tells_that_a_person_decided(
    office: Office, copies: tuple[Path, Path], decision: str, cause: str
) -> None:
    clash(office, copies)
    decide(copies[0], 1, decision)
    assert office.sync(copies[0]).groups["applied"] == 1
    last = history(office, copies[0])[-1]
    assert (last["cause"], last["cells"]["name"][0]) == (cause, "Theirs")


def past(file: Path) -> list[dict[str, Any]]:
    """The decided lines of Review."""
    return [line for line in review(file, open_only=False) if line["Status"] == "✓ decided"]


def test_a_decision_stays_on_review_with_both_values_and_is_taken_back(
    office: Office, copies: tuple[Path, Path]
) -> None:
    clash(office, copies)
    mine = copies[0]
    decide(mine, 1, "theirs")
    assert not office.sync(mine).issues
    line = past(mine)[0]
    assert (line["Before"], line["Mine"], line["Theirs"]) == ("Toko Maju", "Mine", "Theirs")
    assert "type undo" in line["Message"]
    decide(mine, 1, "undo")
    assert office.sync(mine).groups["applied"] == 1
    assert [row["name"] for row in office.kept(PARTIES)] == ["Mine"]
    assert past(mine) == []


def test_a_row_that_was_given_up_comes_back_as_a_new_one(
    office: Office, copies: tuple[Path, Path]
) -> None:
    deletion(office, copies)
    mine = copies[0]
    decide(mine, 1, "theirs")
    office.sync(mine)
    decide(mine, 1, "batalkan")
    assert office.sync(mine).groups["applied"] == 1
    assert [row["name"] for row in office.kept(PARTIES)] == ["Mine"]


def two_clashes(office: Office, copies: tuple[Path, Path]) -> None:
    """Budi changed the name and gave an address of C1; I changed the name, and the entry's text."""
    mine, theirs = copies
    put(theirs, PARTIES, 2, name="Theirs")
    put(theirs, JOURNAL, 2, description="Theirs")
    put(mine, PARTIES, 2, name="Mine")
    put(mine, JOURNAL, 2, description=None)
    office.sync(theirs, "budi")
    assert office.sync(mine).groups["conflict"] == 2


@pytest.mark.parametrize(
    ("which", "decided"),
    [
        (Which(), {PARTIES, JOURNAL}),
        (Which(sheet="Parties"), {PARTIES}),
        (Which(sheet="journal", row=2), {JOURNAL}),
        (Which(sheet="journal", row=3), set()),
        (Which(by="Budi"), {PARTIES, JOURNAL}),
        (Which(by="siti"), set()),
        (Which(empty=True), {JOURNAL}),
    ],
)
def test_many_conflicts_are_decided_at_once(
    office: Office, copies: tuple[Path, Path], which: Which, decided: set[str]
) -> None:
    two_clashes(office, copies)
    workbook = open_workbook(copies[0])
    run = resolve_workbook(workbook, "theirs", which=which)
    workbook.close()
    assert run.decided == len(decided)
    assert {issue.table for issue in run.issues} == {PARTIES, JOURNAL} - decided


def test_what_would_be_decided_is_shown_first_and_may_be_called_off(
    office: Office, copies: tuple[Path, Path]
) -> None:
    two_clashes(office, copies)
    lines: list[str] = []

    def call_off(copy: Copy, about: list[Open]) -> bool:
        lines.extend(told(copy, one, "theirs") for one in about)
        return False

    workbook = open_workbook(copies[0])
    run = resolve_workbook(workbook, "theirs", which=ALL, confirm=call_off)
    workbook.close()
    assert run.decided == 0
    expected = "Parties · 2 · Name: before Toko Maju, yours Mine, central Theirs (budi) → theirs"
    assert expected in lines


@pytest.mark.parametrize("said", ["these are the same, drop mine", "sama"])
def test_the_same_party_typed_by_two_people_is_shown_beside_mine_and_mine_is_dropped(
    office: Office, copies: tuple[Path, Path], said: str
) -> None:
    mine, theirs = copies
    type_rows(theirs, PARTIES, [{"code": "C2", "name": "Toko Sama", "kind": "customer"}])
    type_rows(mine, PARTIES, [{"code": "C2", "name": "Toko Sama Juga", "kind": "customer"}])
    office.sync(theirs, "budi")
    run = office.sync(mine)
    assert {issue.code for issue in run.issues} == {"duplicate_key"}
    line = review(mine)[0]
    assert "Toko Sama" in line["Theirs"]
    assert "Parties" in line["Theirs"]
    decide(mine, line["#"], said)
    assert not office.sync(mine).issues
    assert [row["name"] for row in seen(mine, PARTIES)] == ["Toko Maju", "Toko Sama"]


def test_a_value_of_the_server_does_not_overwrite_a_formula(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    put(mine, JOURNAL, 2, debit="=50*2")
    with_result(mine, "50*2", "100")
    assert not office.sync(mine).issues
    put(theirs, JOURNAL, 2, debit=120)
    put(theirs, JOURNAL, 3, credit=120)
    assert office.sync(theirs, "budi").groups["applied"] == 1
    run = office.sync(mine)
    message = next(issue.message["en"] for issue in run.issues if issue.column == "debit")
    assert message.startswith("The server says 120.00 (budi, ")
    assert "your formula says 100.00" in message
    assert seen(mine, JOURNAL)[0]["debit"] == "=50*2"


@pytest.mark.parametrize("word", ["Restore row", "restore deleted", "Pulihkan baris"])
def test_a_restored_row_comes_back_as_the_same_row_with_my_change(
    office: Office, copies: tuple[Path, Path], word: str
) -> None:
    deletion(office, copies)
    mine, theirs = copies
    before = seen(mine, PARTIES)[0]["id"]
    decide(mine, 1, word)
    run = office.sync(mine)
    assert (run.groups["applied"], run.issues) == (1, [])
    (row,) = seen(mine, PARTIES)
    assert (row["id"], row["name"]) == (before, "Mine")
    assert [change["cause"] for change in history(office, mine)] == ["push", "push", "restored"]
    assert not office.sync(theirs, "budi").issues
    assert [(r["id"], r["name"]) for r in seen(theirs, PARTIES)] == [(before, "Mine")]
