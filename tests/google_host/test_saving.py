"""A save lands whole, once, and only in rows that are still what was read."""

from datetime import date
from typing import Any

import pytest

from addin.hosts.base import SetCell, SheetEdit
from addin.hosts.errors import SheetProtected
from addin.hosts.google import saving, staging
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, GoogleOffline, SpreadsheetGone, TooManyCells
from addin.hosts.google.workbook import GoogleWorkbook
from addin.hosts.notes import HEADING
from tests.google.conftest import Emulator
from tests.google_host import shared
from tests.google_host.desk import Kept, kept, synced, the_work_of_a_day
from tests.google_host.names import CHANGED, NAMES, change, rows
from tests.google_host.person import Person
from tests.scenarios.office import Office, entry, type_rows

WRITES = ("unavailable_before", "unavailable_after", "html_502_before", "html_502_after",
          "cut_before", "cut_after", "cut_half")  # fmt: skip
READS = ("unavailable_before", "html_502_after", "cut_half")
FAULTS = [(kind, ":batchUpdate") for kind in WRITES] + [(kind, "GET ") for kind in READS]


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "on"), FAULTS)
def test_a_sync_through_faults_loses_nothing_and_does_nothing_twice(
    place: tuple[Office, Person], wanted: Kept, kind: str, on: str
) -> None:
    office, person = place
    the_work_of_a_day(person)
    shared.control("faults", clear=True, faults=[{"kind": kind, "on": on, "times": 2}])
    assert not synced(office, person).issues
    assert shared.control("faults", clear=True)["left"] == []
    assert kept(office) == wanted
    assert synced(office, person).outcome.groups.total() == 0


@pytest.mark.parametrize("kind", ["unavailable_before", "unavailable_after", "cut_half"])
def test_a_fault_that_lasts_ends_the_sync_and_the_next_one_heals_it(
    place: tuple[Office, Person], wanted: Kept, kind: str
) -> None:
    office, person = place
    the_work_of_a_day(person)
    shared.control("faults", clear=True, faults=[{"kind": kind, "on": ":batchUpdate", "times": 99}])
    if kind == "unavailable_before":
        with pytest.raises(EffectUnknown):
            synced(office, person)
    else:  # it took effect, and that was seen
        synced(office, person)
    shared.control("faults", clear=True)
    assert not synced(office, person).issues
    assert kept(office) == wanted


@pytest.mark.parametrize("kind", WRITES)
def test_a_write_that_nobody_answered_is_looked_for_before_it_is_sent_again(
    book: GoogleWorkbook, kind: str
) -> None:
    change(book)
    shared.control("calls")
    shared.control("faults", clear=True, faults=[{"kind": kind, "on": ":batchUpdate"}])
    book.save()
    sent = [call for call in shared.control("calls")["calls"] if call.endswith(":batchUpdate")]
    assert len(sent) == 1  # one reached the spreadsheet
    assert rows(book) == CHANGED
    assert shared.reopened(book.id).notes("People") == {(2, 3): f"{HEADING}\nkurang"}


def test_a_spreadsheet_that_was_deleted_meanwhile_is_said(book: GoogleWorkbook) -> None:
    change(book)
    shared.deleted(book.id)
    with pytest.raises(SpreadsheetGone):
        book.save()


# --- what is sent -----------------------------------------------------------------------------


def test_an_answer_that_tells_nothing_of_what_was_written_over_is_made_up_for(
    book: GoogleWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = SheetsClient.changed

    def silent(*asked: Any) -> dict[str, Any]:
        told(*asked)
        return {"sheets": []}

    monkeypatch.setattr(SheetsClient, "changed", silent)
    change(book)
    book.save()
    assert rows(book) == CHANGED


def test_much_that_was_written_over_is_not_kept(
    book: GoogleWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_KEPT", 3)
    change(book)
    book.save()
    told = shared.client().fetch_sheet_metadata(book.id, {"fields": "sheets.properties.title"})
    titles = [sheet["properties"]["title"] for sheet in told["sheets"]]
    assert titles == ["People"]
    book.write([SheetEdit("People", (SetCell(2, 3, 31),))])
    book.save()
    assert rows(book)[1] == ["a", "Ani", 31]


def test_an_idle_sync_looks_twice_and_writes_nothing(place: tuple[Office, Person]) -> None:
    office, person = place
    shared.control("calls")
    synced(office, person)
    calls = shared.control("calls")["calls"]
    assert len(calls) == 2
    assert all(call.startswith("GET") for call in calls)


def test_a_sync_that_sends_writes_twice(place: tuple[Office, Person]) -> None:
    office, person = place
    the_work_of_a_day(person)
    shared.control("calls")
    synced(office, person)
    calls = shared.control("calls")["calls"]
    assert sum(call.startswith("GET") for call in calls) == 4
    assert [call.rpartition(":")[2] for call in calls if not call.startswith("GET")] == [
        "batchUpdate",
        "batchUpdate",
    ]


def test_a_grid_grows_for_what_does_not_fit_and_new_rows_look_like_the_last() -> None:
    book = shared.made({"People": NAMES}, grid=(4, 3))
    pattern = {"numberFormat": {"type": "NUMBER", "pattern": "0.000"}}
    last = {"sheetId": 1, "startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 2}
    fields = "userEnteredFormat.numberFormat"
    own = {"range": last, "cell": {"userEnteredFormat": pattern}, "fields": fields}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "5"}]}}
    shared.batch(
        book.id,
        {"repeatCell": own},
        {"setDataValidation": {"range": last | {"endColumnIndex": 3}, "rule": rule}},
    )
    book.write([SheetEdit("People", (SetCell(6, 3, 5), SetCell(6, 5, "beside")))])
    book.save()
    assert rows(book)[5] == [None, None, 5, None, "beside"]
    params = {"ranges": "People!C6", "includeGridData": "true"}
    [sheet] = shared.client().fetch_sheet_metadata(book.id, params)["sheets"]
    [cell] = sheet["data"][0]["rowData"][0]["values"]
    assert (cell["formattedValue"], cell["dataValidation"]["condition"]) == (
        "5.000",
        rule["condition"],
    )


def test_a_spreadsheet_that_is_full_is_said() -> None:
    book = shared.made({"People": NAMES}, grid=(4, 1000))
    book.write([SheetEdit("People", (SetCell(10_000, 1, "e"),))])
    with pytest.raises(TooManyCells, match="ten million"):
        book.save()


def test_cells_that_somebody_else_protected_are_said_with_their_sheet(
    emulator: Emulator, client: SheetsClient
) -> None:
    book = emulator.shared()
    own = {"range": {"sheetId": 0}, "editors": {"users": ["owner@example.test"]}}
    emulator.person("requests", book, requests=[{"addProtectedRange": {"protectedRange": own}}])
    workbook = GoogleWorkbook(client, book)
    workbook.write([SheetEdit("Sheet1", (SetCell(2, 2, "Ani"),))])
    with pytest.raises(SheetProtected, match="Sheet1"):
        workbook.save()


def test_a_save_without_changes_asks_nothing(book: GoogleWorkbook) -> None:
    book.write([SheetEdit("People", (SetCell(2, 2, "Ani"), SetCell(9, 9, None)))])
    shared.control("calls")
    book.save()
    assert shared.control("calls")["calls"] == []


# --- large saves ------------------------------------------------------------------------------


@pytest.fixture
def small_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_CELLS", 6)


TEXTS = [[f"={n}", f"00{n}", n, date(2026, 5, 3), None, n % 2 == 0] for n in range(2, 12)]


@pytest.mark.usefixtures("small_calls")
@pytest.mark.parametrize("kind", ["", "unavailable_after", "cut_before"])
def test_a_save_too_large_for_one_call_still_lands_as_a_whole(kind: str) -> None:
    book = shared.made({"_lajur_base": [["old"]], "People": NAMES}, grid=(4, 3))
    book.replace("_lajur_base", [["new"], ["lines"]])
    cells = (SetCell(n, c, v) for n, row in enumerate(TEXTS, 2) for c, v in enumerate(row, 1))
    book.write([SheetEdit("People", tuple(cells))])
    faults = [{"kind": kind, "on": ":batchUpdate", "times": 5}] if kind else []
    shared.control("faults", clear=True, faults=faults)
    book.save()
    shared.control("faults", clear=True)
    assert rows(book)[1:] == TEXTS
    assert shared.reopened(book.id).sheets() == ["_lajur_base", "People"]
    assert shared.reopened(book.id).read("_lajur_base").rows == [["new"], ["lines"]]


@pytest.mark.usefixtures("small_calls")
@pytest.mark.parametrize("failing", [2, 4, 6])
def test_a_large_sync_that_ends_anywhere_is_healed_by_the_next_one(
    place: tuple[Office, Person], wanted: Kept, failing: int
) -> None:
    office, person = place
    the_work_of_a_day(person)
    theirs = office.workbook("ledger", f"theirs {failing}")
    type_rows(theirs, "ledger.journal", entry("JV-9", 900))
    office.sync(theirs)
    count = 0

    def ended() -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise GoogleOffline(name="", reason="")
        shared.client().meanwhile = ended

    shared.client().meanwhile = ended
    with pytest.raises(GoogleOffline):
        synced(office, person)
    shared.client().meanwhile = None
    assert not synced(office, person).issues
    assert [row for row in kept(office) if ("entry", "JV-9") not in row] == wanted
    assert len(kept(office)) == len(wanted) + 2
    assert len(person.rows_of("JV-9")) == 2
