"""A document that is wrong only together with another person's change says whose change that is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from addin.errors import NoServer
from addin.hosts import open_workbook
from addin.runs import Wishes, pull_workbook, sync_workbook
from tests.scenarios.office import Office, entry, put, review, seen, type_rows
from tests.scenarios.test_lost_replies import Losing

JOURNAL = "ledger.journal"
MEANWHILE = " Meanwhile on the server: "


@pytest.fixture
def copies(office: Office) -> tuple[Path, Path]:
    """An entry of two lines at 100, known to both copies."""
    mine = office.workbook("ledger", "mine")
    type_rows(mine, JOURNAL, entry("JV-1", 100))
    office.sync(mine)
    theirs = mine.with_name("theirs.xlsx")
    shutil.copy(mine, theirs)
    return mine, theirs


def both_raise_the_entry(office: Office, copies: tuple[Path, Path]) -> None:
    """I raise both lines to 150; budi raised the debit too, with a credit line of 50. Each entry
    balances, the two merged do not.
    """
    mine, theirs = copies
    they_raise_the_debit(office, theirs)
    put(mine, JOURNAL, 2, debit=150)
    put(mine, JOURNAL, 3, credit=150)
    assert office.sync(mine).groups["invalid"] == 1


def they_raise_the_debit(office: Office, theirs: Path) -> None:
    put(theirs, JOURNAL, 2, debit=150)
    line = {"entry": "JV-1", "date": "2026-05-03", "account": "11110", "credit": 50}
    type_rows(theirs, JOURNAL, [line])
    assert office.sync(theirs, "budi").groups["applied"] == 1


def pull(office: Office, file: Path) -> None:
    """One `lajur pull` of a file."""
    workbook = open_workbook(file)
    try:
        pull_workbook(workbook, office.client())
    finally:
        workbook.close()


def test_review_and_status_say_who_changed_which_rows_meanwhile(
    office: Office, copies: tuple[Path, Path]
) -> None:
    both_raise_the_entry(office, copies)
    message = review(copies[0])[0]["Message"]
    assert message.startswith("Entry JV-1 does not balance")
    assert f"{MEANWHILE}rows 2, 4 changed by budi (" in message
    assert any(MEANWHILE in row["status"] for row in seen(copies[0], JOURNAL))


def test_it_is_still_said_after_another_sync_and_no_more_once_the_entry_lands(
    office: Office, copies: tuple[Path, Path]
) -> None:
    both_raise_the_entry(office, copies)
    mine = copies[0]
    office.sync(mine)
    assert f"{MEANWHILE}rows 2, 4 changed by budi" in review(mine)[0]["Message"]
    put(mine, JOURNAL, 3, credit=90)
    office.sync(mine)
    assert f"{MEANWHILE}rows 2, 4 changed by budi" in review(mine)[0]["Message"]
    put(mine, JOURNAL, 3, credit=100.5)
    put(mine, JOURNAL, 4, credit=49.5)
    assert office.sync(mine).groups["applied"] == 1
    assert not review(mine)


def test_it_is_said_too_when_their_change_came_with_an_earlier_pull(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    they_raise_the_debit(office, theirs)
    put(mine, JOURNAL, 2, debit=150)
    put(mine, JOURNAL, 3, credit=150)
    for _ in range(2):
        pull(office, mine)
    assert not review(mine)
    assert office.sync(mine).groups["invalid"] == 1
    assert f"{MEANWHILE}rows 2, 4 changed by budi (" in review(mine)[0]["Message"]


@pytest.mark.parametrize("reached", [True, False])
def test_it_is_said_too_when_the_line_broke_after_the_pull(
    office: Office, copies: tuple[Path, Path], reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.server.WAITS", (0, 0))
    mine, theirs = copies
    they_raise_the_debit(office, theirs)
    put(mine, JOURNAL, 2, debit=150)
    put(mine, JOURNAL, 3, credit=150)
    http = office.client()
    http._transport = Losing(http._transport, reached)
    workbook = open_workbook(mine)
    with pytest.raises(NoServer):
        sync_workbook(workbook, http, Wishes())
    workbook.close()
    assert office.sync(mine).groups["invalid"] == 1
    assert f"{MEANWHILE}rows 2, 4 changed by budi (" in review(mine)[0]["Message"]


def test_what_others_change_in_a_document_that_is_clean_here_is_not_remembered(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    they_raise_the_debit(office, theirs)
    pull(office, mine)
    put(mine, JOURNAL, 3, credit=110)
    assert office.sync(mine).groups["invalid"] == 1
    assert MEANWHILE not in review(mine)[0]["Message"]


def test_a_row_that_they_deleted_is_told_without_a_number(
    office: Office, copies: tuple[Path, Path]
) -> None:
    mine, theirs = copies
    type_rows(mine, JOURNAL, entry("JV-1", 10))
    office.sync(mine)
    office.sync(theirs, "budi")
    put(theirs, JOURNAL, 2, debit=110)
    put(theirs, JOURNAL, 4, entry=None, date=None, description=None, account=None, debit=None)
    put(mine, JOURNAL, 2, debit=110)
    put(mine, JOURNAL, 3, credit=110)
    assert office.sync(theirs, "budi").groups["applied"] == 1
    assert office.sync(mine).groups["invalid"] == 1
    message = review(mine)[0]["Message"]
    assert f"{MEANWHILE}row 2 changed by budi (" in message
    assert "; a row deleted by budi (" in message


def test_a_mistake_of_ones_own_names_nobody(office: Office, copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    type_rows(theirs, JOURNAL, entry("JV-2", 30))
    office.sync(theirs, "budi")
    put(mine, JOURNAL, 2, debit=150)
    assert office.sync(mine).groups["invalid"] == 1
    assert MEANWHILE not in review(mine)[0]["Message"]
