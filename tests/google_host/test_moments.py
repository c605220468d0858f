"""Who moves rows or types in the very moment of a save loses nothing, and finds nothing of it."""

from collections.abc import Callable
from datetime import date

import pytest

from addin.hosts.base import Cell, SetCell, SheetEdit
from addin.hosts.errors import WorkbookChanged
from addin.hosts.google.workbook import GoogleWorkbook
from tests.google_host import shared
from tests.google_host.desk import Kept, kept, synced, the_work_of_a_day
from tests.google_host.names import NAMES, change, rows
from tests.google_host.person import Person
from tests.scenarios.office import Office


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


@pytest.mark.parametrize("second", ACTIONS, ids=name)
@pytest.mark.parametrize("first", ACTIONS, ids=name)
def test_what_lands_among_the_actions_of_two_people_is_taken_back(
    book: GoogleWorkbook, first: Callable[[Person], None], second: Callable[[Person], None]
) -> None:
    alone = shared.made({"People": NAMES})
    first(Person(alone.id))
    second(Person(alone.id))
    change(book)

    def at_the_first_write() -> None:
        first(Person(book.id))
        shared.client().meanwhile = lambda: second(Person(book.id))

    shared.client().meanwhile = at_the_first_write
    with pytest.raises(WorkbookChanged):
        book.save()
    assert shared.client().meanwhile is None
    assert sorted(map(str, rows(book))) == sorted(map(str, rows(alone)))  # a sort saw our values
    assert shared.reopened(book.id).notes("People") == {}


def test_what_is_typed_into_the_very_cell_that_is_written_stays(book: GoogleWorkbook) -> None:
    change(book)
    person = Person(book.id)
    shared.client().meanwhile = lambda: person.do("type", range="People!C2", text="31")
    with pytest.raises(WorkbookChanged):
        book.save()
    assert rows(book) == [NAMES[0], ["a", "Ani", 31], *NAMES[2:]]


def test_a_formula_and_a_day_that_were_written_over_are_put_back() -> None:
    def made() -> tuple[GoogleWorkbook, Person]:
        last: list[Cell] = ["d", "Dedi", date(2026, 5, 3)]
        book = shared.made({"People": [*NAMES, last]})
        Person(book.id).do("type", range="People!C3", text="=1+1")
        return shared.reopened(book.id), Person(book.id)

    alone, other = made()
    insert_a_row(other)
    book, person = made()
    cells = (SetCell(4, 3, 20), SetCell(5, 3, 50), SetCell(6, 1, "e"))
    book.write([SheetEdit("People", cells)])
    shared.client().meanwhile = lambda: insert_a_row(person)
    with pytest.raises(WorkbookChanged):
        book.save()
    assert rows(book) == rows(alone)
    assert shared.reopened(book.id).read("People").formulas == {(4, 3): "=1+1"}


def test_a_new_row_that_landed_on_a_persons_is_taken_off_even_when_they_delete_it() -> None:
    book = shared.made({"People": NAMES})
    book.write([SheetEdit("People", (SetCell(5, 1, "d"), SetCell(5, 2, "Dedi"), SetCell(5, 3, 4)))])
    person = Person(book.id)

    def at_the_first_write() -> None:
        insert_a_row(person)
        shared.client().meanwhile = lambda: person.do("delete", range="People!A5:A5")

    shared.client().meanwhile = at_the_first_write
    with pytest.raises(WorkbookChanged):
        book.save()
    assert ["c", "Cici", 2] in rows(book)
    assert not any("d" in row for row in rows(book))


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
