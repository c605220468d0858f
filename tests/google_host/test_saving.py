"""A save lands whole, once, and only in rows that are still what was read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from addin.hosts.base import SetCell, SetNote, SheetEdit
from addin.hosts.errors import SheetProtected, WorkbookChanged
from addin.hosts.google import staging
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, GoogleOffline, SpreadsheetGone, TooManyCells
from addin.hosts.google.workbook import GoogleWorkbook
from addin.hosts.notes import HEADING
from tests.google.conftest import Emulator
from tests.google_host import shared
from tests.google_host.desk import Kept, kept, synced, the_work_of_a_day
from tests.google_host.person import Person
from tests.scenarios.office import Office, entry, type_rows

WRITES = ("unavailable_before", "unavailable_after", "html_502_before", "html_502_after",
          "cut_before", "cut_after", "cut_half")  # fmt: skip
READS = ("unavailable_before", "html_502_after", "cut_half")
FAULTS = [(kind, ":batchUpdate") for kind in WRITES] + [(kind, "GET ") for kind in READS]

NAMES = [["_id", "name", "n"], ["a", "Ani", 3], ["b", "Budi", 1], ["c", "Cici", 2]]


@pytest.fixture
def book() -> GoogleWorkbook:
    """Three rows with ids, which are not in the order of their numbers."""
    return shared.made({"People": NAMES})


def change(book: GoogleWorkbook) -> None:
    """Something for each of two rows, not saved yet."""
    cells = (SetCell(2, 3, 30), SetCell(4, 2, "Cica"), SetCell(5, 1, "d"), SetCell(5, 2, "Dedi"))
    book.write([SheetEdit("People", cells, (SetNote(2, 3, "kurang"),))])


def rows(book: GoogleWorkbook) -> list[list[Any]]:
    return shared.reopened(book.id).read("People").rows


CHANGED = [
    ["_id", "name", "n"],
    ["a", "Ani", 30],
    ["b", "Budi", 1],
    ["c", "Cica", 2],
    ["d", "Dedi"],
]
SORTED = [["_id", "name", "n"], ["b", "Budi", 1], ["c", "Cici", 2], ["a", "Ani", 3]]


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


# --- people who are faster --------------------------------------------------------------------


def sort(person: Person) -> None:
    person.do("sort", range="People!A2:C4", column=2)


def insert_a_row(person: Person) -> None:
    person.do("insert", range="People!A3:A3")


def delete_a_row(person: Person) -> None:
    person.do("delete", range="People!A3:A3")


def drag_a_row(person: Person) -> None:
    person.do("drag", range="People!A4:A4", before=1)


def type_beside(person: Person) -> None:
    person.do("type", range="People!B2", text="Anita")


def insert_a_column(person: Person) -> None:
    person.do("insert", range="People!B1", dimension="COLUMNS")


ACTIONS: list[Callable[[Person], None]] = [
    sort, insert_a_row, delete_a_row, drag_a_row, type_beside, insert_a_column
]  # fmt: skip


def name(action: Callable[[Person], None]) -> str:
    return action.__name__


@pytest.mark.parametrize("action", ACTIONS, ids=name)
def test_what_a_person_does_after_the_look_stays_and_nothing_is_written(
    book: GoogleWorkbook, action: Callable[[Person], None]
) -> None:
    change(book)
    action(Person(book.id))
    theirs = rows(book)
    with pytest.raises(WorkbookChanged):
        book.save()
    assert rows(book) == theirs


@pytest.mark.parametrize("action", ACTIONS, ids=name)
def test_what_lands_at_the_very_moment_of_a_persons_action_is_taken_back(
    book: GoogleWorkbook, action: Callable[[Person], None]
) -> None:
    alone = shared.made({"People": NAMES})
    action(Person(alone.id))
    change(book)
    shared.client().meanwhile = lambda: action(Person(book.id))
    with pytest.raises(WorkbookChanged):
        book.save()
    assert rows(book) == rows(alone)
    assert shared.reopened(book.id).notes("People") == {}
    book.read_anew()
    change(book)
    book.save()


def test_rows_without_ids_are_taken_back_by_what_else_they_say() -> None:
    book = shared.made({"People": [["_id", "name", "n"], [None, "Ani", 3], [None, "Budi", 1]]})
    book.write([SheetEdit("People", (SetCell(2, 1, "a"), SetCell(3, 1, "b")))])
    person = Person(book.id)
    shared.client().meanwhile = lambda: person.do("type", range="People!C2", text="4")
    with pytest.raises(WorkbookChanged):
        book.save()
    assert rows(book) == [["_id", "name", "n"], [None, "Ani", 4], [None, "Budi", 1]]


def test_typing_in_another_row_disturbs_nobody(book: GoogleWorkbook) -> None:
    change(book)
    person = Person(book.id)
    person.do("type", range="People!B3", text="Budiman")
    shared.client().meanwhile = lambda: person.do("type", range="People!C3", text="9")
    book.save()
    assert rows(book)[1:3] == [["a", "Ani", 30], ["b", "Budiman", 9]]


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
def test_a_sort_during_a_sync_is_kept_and_the_sync_begins_anew(
    place: tuple[Office, Person], wanted: Kept, moment: str
) -> None:
    office, person = place
    the_work_of_a_day(person)
    block, column = person.block(person.head + 1, person.last()), person.column("debit") - 1

    def sorted_now() -> None:
        person.do("sort", range=block, column=column, descending=True)

    if moment == "before":
        sorted_now()
    else:
        shared.client().meanwhile = sorted_now
    assert not synced(office, person).issues
    assert kept(office) == wanted
    amounts = [row[column] if len(row) > column else "" for row in person.values()[person.head :]]
    assert [n for n in amounts if n != ""] == [300, 200, 100]
    assert synced(office, person).outcome.groups.total() == 0


def test_another_sync_of_the_same_spreadsheet_is_noticed(place: tuple[Office, Person]) -> None:
    _, person = place
    first, second = shared.reopened(person.book), shared.reopened(person.book)
    for workbook in (first, second):
        workbook.write([SheetEdit("_lajur_meta", (SetCell(2, 2, f"by {id(workbook)}"),))])
    first.save()
    with pytest.raises(WorkbookChanged):
        second.save()


def test_a_spreadsheet_that_was_deleted_meanwhile_is_said(book: GoogleWorkbook) -> None:
    change(book)
    shared.deleted(book.id)
    with pytest.raises(SpreadsheetGone):
        book.save()


# --- what is sent -----------------------------------------------------------------------------


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
    assert sum(call.startswith("GET") for call in calls) == 6
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
