"""`lajur new BOOK --google LINK`: a blank spreadsheet becomes a book, or nothing happens."""

import pytest

from tests.google.conftest import ROBOT
from tests.google_worker.online_desk import OnlineDesk, Spreadsheet
from tests.scenarios.front_desk import COULD_NOT, DONE

ENTRY = {"entry": "JU-1", "date": "2026-05-03", "description": "Rent"}


def typed_entry(sheet: Spreadsheet, row: int = 2, entry: str = "JU-1") -> None:
    """A journal entry of two lines."""
    head = ENTRY | {"entry": entry}
    sheet.type("journal", row, **head, account="61400", debit=250000)
    sheet.type("journal", row + 1, entry=entry, account="11200", credit=250000)


def test_a_book_in_a_spreadsheet_syncs_as_one_in_a_file(desk: OnlineDesk) -> None:
    ledger = desk.online()
    typed_entry(ledger)
    said = desk.run("sync", ledger.link, "--json")
    assert (said.status, said.problems) == (DONE, [])
    kept = [row for row in desk.kept("ledger.journal") if row["entry"] == "JU-1"]
    assert [row.get("debit") or row.get("credit") for row in kept] == ["250000.00", "250000.00"]
    first, second = ledger.rows("journal")[:2]
    assert first["status"].startswith("✓")
    assert first["_id"]
    assert first["_id"] != second["_id"]


def test_status_review_and_the_other_commands_take_its_link(desk: OnlineDesk) -> None:
    ledger = desk.online()
    typed_entry(ledger)
    assert desk.run("status", ledger.link, "--json").reply["unsent"]
    assert desk.run("validate", ledger.link, "--json").status == DONE
    assert desk.run("sync", ledger.link).status == DONE
    told = desk.run("history", ledger.link, "journal", "2", "--json")
    assert told.status == DONE
    assert desk.run("pull", ledger.link).status == DONE


@pytest.mark.parametrize("book", ["ledger", "inventory", "payroll", "hr"])
def test_every_book_can_be_made_and_synced(desk: OnlineDesk, book: str) -> None:
    made = desk.online(book)
    assert desk.run("sync", made.link, "--json").status == DONE


def test_a_spreadsheet_that_is_not_shared_says_with_which_address_to_share_it(
    desk: OnlineDesk,
) -> None:
    own = str(desk.emulator.person("create", title="Mine")["spreadsheetId"])
    said = desk.make("ledger", f"https://docs.google.com/spreadsheets/d/{own}/edit")
    assert said.status == COULD_NOT
    assert said.error["code"] == "google_not_shared"
    assert ROBOT in said.error["message"]


def test_what_stands_in_a_spreadsheet_is_never_overwritten(desk: OnlineDesk) -> None:
    used = desk.emulator.shared("Budget")
    desk.emulator.person("type", used, range="B7", text="mine")
    said = desk.make("ledger", f"https://docs.google.com/spreadsheets/d/{used}/edit")
    assert (said.status, said.error["code"]) == (COULD_NOT, "spreadsheet_not_blank")
    assert "Sheet1" in said.error["message"]
    calls = desk.emulator.control("calls")["calls"]
    assert not [call for call in calls if call.endswith(":batchUpdate")]


def test_a_book_is_not_made_twice(desk: OnlineDesk) -> None:
    ledger = desk.online()
    typed_entry(ledger)
    assert desk.make("ledger", ledger.link).error["code"] == "spreadsheet_not_blank"
    assert ledger.rows("journal")[0]["entry"] == "JU-1"


def test_an_account_that_may_only_look_says_so(desk: OnlineDesk) -> None:
    shown = str(desk.emulator.person("create", title="Shown")["spreadsheetId"])
    desk.emulator.person("share", shown, **{"with": ROBOT}, role="reader")
    said = desk.make("ledger", f"https://docs.google.com/spreadsheets/d/{shown}/edit")
    assert (said.status, said.error["code"]) == (COULD_NOT, "spreadsheet_shared_for_reading")
    assert ROBOT in said.error["message"]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://docs.google.com/document/d/1abc/edit", "not_a_spreadsheet_link"),
        ("ledger.xlsx", "not_a_spreadsheet_link"),
        ("https://docs.google.com/spreadsheets/d/1nowhere/edit", "google_spreadsheet_gone"),
    ],
)
def test_a_wrong_link_is_said_to_be_one(desk: OnlineDesk, link: str, code: str) -> None:
    said = desk.make("ledger", link)
    assert (said.status, said.error["code"]) == (COULD_NOT, code)


def test_an_answer_that_got_lost_is_looked_for_before_anything_is_said(desk: OnlineDesk) -> None:
    blank = Spreadsheet(desk.emulator, desk.emulator.shared("Ledger"), "ledger", "en")
    lost = {"kind": "unavailable_after", "on": ":batchUpdate"}
    desk.emulator.control("faults", faults=[lost])
    assert desk.make("ledger", blank.link).status == DONE


def test_without_an_account_one_is_told_what_to_set(desk: OnlineDesk) -> None:
    desk.account.unlink()
    said = desk.make("ledger", "https://docs.google.com/spreadsheets/d/1nowhere/edit")
    assert (said.status, said.error["code"]) == (COULD_NOT, "google_no_account")
