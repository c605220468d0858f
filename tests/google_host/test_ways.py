"""Whatever a person does to a workbook in Google Sheets, it is synced to the same result."""

from collections.abc import Callable

import pytest

from tests.contract import ways as contract
from tests.google_host import person as ways
from tests.google_host import shared
from tests.google_host.desk import Kept, kept, synced, the_work_of_a_day
from tests.google_host.person import WAYS, Person, Way
from tests.scenarios.office import Office


def test_the_ways_are_those_of_the_contract() -> None:
    assert [way.__name__ for way in WAYS] == [way.__name__ for way in contract.WAYS]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_way_of_working_changes_no_result(
    place: tuple[Office, Person], wanted: Kept, way: Way
) -> None:
    office, person = place
    way(person)
    the_work_of_a_day(person)
    run = synced(office, person)
    assert [issue.message["en"] for issue in run.issues] == []
    assert kept(office) == wanted
    again = synced(office, person)
    assert again.outcome.groups.total() == 0
    assert not again.issues


def test_what_is_the_persons_own_is_unharmed(place: tuple[Office, Person]) -> None:
    office, person = place
    own: tuple[Callable[[Person], None], ...] = (
        ways.insert_a_column_of_their_own,
        ways.name_ranges_and_validate,
        ways.write_notes,
        ways.colour_cells,
        ways.filter_an_entry,
    )
    for way in own:
        way(person)
    the_work_of_a_day(person)
    before = person.look()
    synced(office, person)
    after = person.look()
    for part in ("namedRange", "filter", "colour", "pattern", "note", "formula", "rule"):
        assert after[part] == before[part], part
        assert after[part], part


def test_a_deleted_column_is_said_and_says_nothing_about_its_cells(
    place: tuple[Office, Person], wanted: Kept
) -> None:
    office, person = place
    ways.delete_a_column_that_is_not_required(person)
    the_work_of_a_day(person)
    run = synced(office, person)
    assert [issue.code for issue in run.issues] == ["missing_column"]
    assert kept(office) == wanted


def test_a_copied_entry_with_a_new_number_is_a_new_entry(place: tuple[Office, Person]) -> None:
    office, person = place
    row, goal = person.rows_of("JV-2")[0], person.last() + 1
    person.do("copy", range=person.block(row, row + 1), to=person.block(goal, goal + 1))
    for copied in (goal, goal + 1):
        person.put(copied, entry="JV-8")
    assert not synced(office, person).issues
    assert sorted({row["entry"] for row in office.kept("ledger.journal")}) == [
        "JV-1",
        "JV-2",
        "JV-8",
    ]


def test_deleted_rows_are_deleted(place: tuple[Office, Person]) -> None:
    office, person = place
    first, second = person.rows_of("JV-1")
    person.do("delete", range=person.rows(first, second))
    synced(office, person)
    assert {row["entry"] for row in office.kept("ledger.journal")} == {"JV-2"}


def test_a_duplicated_tab_sends_nothing_twice(place: tuple[Office, Person], wanted: Kept) -> None:
    office, person = place
    person.do("duplicate_tab", tab="Journal", title="Journal 2")
    the_work_of_a_day(person)
    assert not synced(office, person).issues
    assert kept(office) == wanted


def test_two_copies_of_a_spreadsheet_meet(place: tuple[Office, Person]) -> None:
    office, person = place
    for row in person.rows_of("JV-1"):
        person.put(row, description="dari salinan pertama")
    other = Person(shared.copied(person.book))
    synced(office, person)
    for row in other.rows_of("JV-2"):
        other.put(row, description="dari salinan kedua")
    synced(office, other)
    assert not synced(office, person).issues
    said = {row["description"] for row in office.kept("ledger.journal")}
    assert said == {"dari salinan pertama", "dari salinan kedua"}


def test_a_sheet_whose_headings_are_lost_is_known_by_its_tags(
    place: tuple[Office, Person], wanted: Kept
) -> None:
    office, person = place
    the_work_of_a_day(person)
    head = person.head
    for key in ("description", "debit"):
        person.type(f"{person.letter(key)}{head}", f"Kolom {key[::-1]}")
    person.menu({"deleteNamedRange": {"namedRangeId": shared.named(person.book, "tbl_journal")}})
    person.do("rename_tab", tab="Journal", title="Apa saja")
    assert not synced(office, person).issues
    assert kept(office) == wanted
