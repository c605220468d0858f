"""A new account and the entry that names it, typed before one sync."""

from pathlib import Path

import pytest

from tests.scenarios.office import Office, entry, put, seen, type_rows

ACCOUNTS = "ledger.accounts"
JOURNAL = "ledger.journal"


def account(code: str, **more: str) -> dict[str, str]:
    """A new expense account."""
    return {"code": code, "name": "Sewa alat", "type": "expense", **more}


@pytest.fixture
def book(office: Office) -> Path:
    """A ledger that has the chart of accounts."""
    file = office.workbook("ledger")
    office.sync(file)
    return file


def test_a_new_account_and_the_entry_that_names_it_land_in_one_sync(
    office: Office, book: Path
) -> None:
    type_rows(book, JOURNAL, entry("JV-1", 100, account="61999"))
    type_rows(book, ACCOUNTS, [account("61999")])
    run = office.sync(book)
    assert run.groups["applied"] == 2, [issue.message["en"] for issue in run.issues]


def test_the_entry_waits_in_words_for_an_account_that_was_refused(
    office: Office, book: Path
) -> None:
    type_rows(book, JOURNAL, entry("JV-1", 100, account="61999"))
    type_rows(book, JOURNAL, entry("JV-2", 50))
    row = type_rows(book, ACCOUNTS, [account("61999", parent="99999")])
    run = office.sync(book)
    assert run.groups["applied"] == 1
    waits = next(issue for issue in run.issues if issue.code == "dependency")
    assert waits.message["en"] == (
        "Account 61999 was not accepted yet, so this row waits. Mend 61999 on the sheet"
        " Accounts first."
    )
    assert "61999" in seen(book, JOURNAL)[0]["status"]
    put(book, ACCOUNTS, row, parent=None)
    run = office.sync(book)
    assert run.groups["applied"] == 2, [issue.message["en"] for issue in run.issues]


def test_what_waits_for_what_waits_is_told_so_too(office: Office, book: Path) -> None:
    type_rows(book, JOURNAL, entry("JV-1", 100, account="61999"))
    type_rows(book, ACCOUNTS, [account("61998", parent="99999"), account("61999", parent="61998")])
    run = office.sync(book)
    assert run.groups["applied"] == 0
    assert [issue.code for issue in run.issues].count("dependency") == 2


def test_two_accounts_that_name_each_other_are_told_and_nothing_lands(
    office: Office, book: Path
) -> None:
    type_rows(book, ACCOUNTS, [account("61998", parent="61999"), account("61999", parent="61998")])
    run = office.sync(book)
    assert run.groups["applied"] == 0
    assert {issue.code for issue in run.issues} == {"dependency_cycle"}


def test_an_unreadable_account_holds_back_only_what_names_it(office: Office, book: Path) -> None:
    type_rows(book, JOURNAL, entry("JV-1", 100, account="61999"))
    type_rows(book, JOURNAL, entry("JV-2", 50))
    type_rows(book, ACCOUNTS, [account("61999", type="no such type")])
    run = office.sync(book)
    assert run.groups["applied"] == 1
    assert {issue.code for issue in run.issues} >= {"dependency"}
