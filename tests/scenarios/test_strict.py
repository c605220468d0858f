"""Strict sheets: whoever opens or closes a month must have seen the row as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.scenarios.office import Office, decide, put, review, seen

PERIODS = "ledger.periods"
ROW = 2


@pytest.fixture
def copies(office: Office) -> tuple[Path, Path]:
    """Two copies that both have the months of the year."""
    mine = office.workbook("ledger", "mine")
    office.sync(mine)
    theirs = mine.with_name("theirs.xlsx")
    shutil.copy(mine, theirs)
    return mine, theirs


def month(office: Office) -> dict[str, str]:
    """The first month as the central copy has it."""
    return min(office.kept(PERIODS), key=lambda row: row["period"])


def both_change_the_month(office: Office, copies: tuple[Path, Path]) -> None:
    """Budi locks the stock of the month; I put it on hold: different cells, one decision."""
    mine, theirs = copies
    put(theirs, PERIODS, ROW, inventory="Closed")
    put(mine, PERIODS, ROW, status="On hold")
    assert office.sync(theirs, "budi").groups["applied"] == 1
    assert office.sync(mine).groups["conflict"] == 1


def test_a_change_of_another_cell_is_asked_about_and_not_merged(
    office: Office, copies: tuple[Path, Path]
) -> None:
    both_change_the_month(office, copies)
    (line,) = review(copies[0])
    assert (line["Sheet"], line["Who"]) == ("Periods", "budi")
    assert month(office)["status"] == "open"
    assert seen(copies[0], PERIODS)[0]["status"] is not None


@pytest.mark.parametrize(("decision", "status"), [("Mine", "held"), ("Theirs", "open")])
def test_a_decision_lands_on_top_of_theirs(
    office: Office, copies: tuple[Path, Path], decision: str, status: str
) -> None:
    both_change_the_month(office, copies)
    decide(copies[0], 1, decision)
    run = office.sync(copies[0])
    assert not run.issues, [issue.message["en"] for issue in run.issues]
    assert (month(office)["status"], month(office)["inventory"]) == (status, "closed")


def test_two_who_do_the_same_do_not_clash(office: Office, copies: tuple[Path, Path]) -> None:
    for file, person in zip(copies, ("rina", "budi"), strict=True):
        put(file, PERIODS, ROW, status="On hold")
        run = office.sync(file, person)
        assert not run.issues, [issue.message["en"] for issue in run.issues]
    assert month(office)["status"] == "held"
