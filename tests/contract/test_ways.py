"""Whatever a person does to a workbook in its program, every host syncs it to the same result."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts import open_workbook
from addin.hosts.base import Workbook
from addin.hosts.memory import MemoryWorkbook, memory_workbook
from addin.runs import Run, Wishes, sync_workbook
from tests.contract import ways
from tests.contract.hosts import MARKS
from tests.contract.hosts import office as libreoffice
from tests.contract.ways import WAYS, Person, Way
from tests.scenarios.office import COMPANY, Office, entry, type_rows

pytestmark = list(MARKS["libreoffice"])
JOURNAL = "ledger.journal"
HOSTS = ("memory", "xlsx", "libreoffice")  # the open workbook last: a sync changes it
Kept = list[tuple[Any, ...]]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def file(office: Office) -> Path:
    """A workbook with two entries that the server has."""
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    assert office.sync(file).groups["applied"] == 2
    return file


@pytest.fixture
def person(file: Path) -> Iterator[Person]:
    """Somebody who has it open in LibreOffice."""
    for left_open in libreoffice().books:
        left_open.close()
    book = libreoffice().books.open(str(file))
    yield Person(book.sheets["Journal"])
    for left_open in libreoffice().books:
        left_open.close()


def synced(office: Office, host: str, book: xw.Book) -> Run:
    """One sync of the open workbook: in its program, or of its file, or of a copy in memory."""
    workbook = opened(host, book)
    try:
        return sync_workbook(workbook, office.client(), Wishes())
    finally:
        workbook.close()


def opened(host: str, book: xw.Book) -> Workbook:
    from addin.hosts.grid import GridWorkbook

    if host == "libreoffice":
        return GridWorkbook(book, "LibreOffice", lambda: None)
    if book.app.impl.call("books.is_modified", book.impl.number):
        book.save()
    apart = Path(book.fullname).with_name("apart.xlsx")
    shutil.copy(book.fullname, apart)
    file = open_workbook(apart)
    return in_memory(file) if host == "memory" else file


def in_memory(file: Workbook) -> MemoryWorkbook:
    """What a file holds, as a workbook in memory."""
    made = memory_workbook(file.name, {name: file.read(name).rows for name in file.sheets()})
    for name in file.sheets():
        cells = file.read(name)
        made.grid[name].formulas, made.grid[name].merged = dict(cells.formulas), cells.merged
    made.listed = file.tables()
    made.save()
    return made


def twin(office: Office) -> Office:
    """An office whose server knows the same of the company, and goes its own way from here."""
    other = Office(office.folder)
    other.store._books[COMPANY] = deepcopy(office.store._books[COMPANY])
    return other


def kept(office: Office) -> Kept:
    """What the server has, in no order."""
    return sorted(tuple(sorted(row.items())) for row in office.kept(JOURNAL))


def the_work_of_a_day(person: Person) -> None:
    """A change of an old entry and a new one."""
    for row in person.rows_of("JV-2"):
        person.put(row, description="Sewa Mei")
    person.type_entry("JV-3", 300)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """What the server has after the work of a day on an untouched file, typed with openpyxl."""
    from tests.scenarios.office import put, seen

    plain = Office(tmp_path_factory.mktemp("plain"))
    file = plain.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    plain.sync(file)
    for row in seen(file, JOURNAL):
        if row["entry"] == "JV-2":
            put(file, JOURNAL, row["row"], description="Sewa Mei")
    type_rows(file, JOURNAL, entry("JV-3", 300))
    plain.sync(file)
    return kept(plain)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_way_of_working_changes_no_result(
    office: Office, person: Person, wanted: Kept, way: Way
) -> None:
    way(person)
    the_work_of_a_day(person)
    for host in HOSTS:
        own = twin(office)
        run = synced(own, host, person.sheet.book)
        assert [issue.message["en"] for issue in run.issues] == [], host
        assert kept(own) == wanted, host
    run = synced(own, "libreoffice", person.sheet.book)
    assert run.outcome.groups.total() == 0
    assert not run.issues


def test_what_is_the_persons_own_is_unharmed(office: Office, person: Person) -> None:
    ways.insert_a_column_of_their_own(person)
    ways.name_ranges_and_validate(person)
    ways.write_notes(person)
    ways.colour_cells(person)
    ways.filter_an_entry(person)
    column = person.column("account") - 2
    the_work_of_a_day(person)
    synced(office, "libreoffice", person.sheet.book)
    sheet, head = person.sheet, person.head
    assert sheet[head - 1, column].value == "Catatan saya"
    assert sheet[head, column].formula == "=1+1"
    assert sheet.book.names["milik_saya"].refers_to == "=Journal!$C$2:$D$9"
    assert sheet[head, person.column("account") - 1].note.text == "tanya Budi"
    assert sheet[head, person.column("debit") - 1].number_format == "#,##0.0000"
    assert sheet[head, 3].color == (255, 255, 0)
    table = sheet.tables["tbl_journal"]
    place = person.column("entry") - table.range.column
    assert table.autofilter.criteria[place].values == ["JV-2"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_deleted_column_is_said_and_says_nothing_about_its_cells(
    office: Office, person: Person, wanted: Kept, host: str
) -> None:
    ways.delete_a_column_that_is_not_required(person)
    the_work_of_a_day(person)
    run = synced(office, host, person.sheet.book)
    assert [issue.code for issue in run.issues] == ["missing_column"]
    assert kept(office) == wanted


@pytest.mark.parametrize("host", HOSTS)
def test_a_copied_entry_with_a_new_number_is_a_new_entry(
    office: Office, person: Person, host: str
) -> None:
    row, last = person.rows_of("JV-2")[0], person.last()
    source = person.sheet[row - 1 : row + 1, 0:20]
    source.copy(person.sheet[last : last + 2, 0:20])
    for copied in (last + 1, last + 2):
        person.put(copied, entry="JV-8")
    run = synced(office, host, person.sheet.book)
    assert not run.issues
    assert sorted({row["entry"] for row in office.kept(JOURNAL)}) == ["JV-1", "JV-2", "JV-8"]


@pytest.mark.parametrize("host", HOSTS)
def test_deleted_rows_are_deleted(office: Office, person: Person, host: str) -> None:
    first, second = person.rows_of("JV-1")
    person.sheet[f"{first}:{second}"].delete("up")
    synced(office, host, person.sheet.book)
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-2"}


@pytest.mark.parametrize("host", HOSTS)
def test_a_sheet_that_was_cleared_is_asked_about_first(
    office: Office, person: Person, host: str
) -> None:
    many = office.workbook("ledger", "many")
    type_rows(many, JOURNAL, [row for n in range(10, 40) for row in entry(f"JV-{n}", 100)])
    office.sync(many)
    before = kept(office)
    book = person.sheet.book.app.books.open(str(many))
    head = Person(book.sheets["Journal"]).head
    book.sheets["Journal"][head : head + 80, 0:25].clear_contents()
    run = synced(office, host, book)
    assert run.issues
    assert kept(office) == before


def test_two_copies_that_were_saved_apart_meet(office: Office, person: Person) -> None:
    book = person.sheet.book
    for row in person.rows_of("JV-1"):
        person.put(row, description="dari salinan pertama")
    synced(office, "libreoffice", book)
    book.save(str(office.folder / "salinan kedua.xlsx"))
    for row in person.rows_of("JV-2"):
        person.put(row, description="dari salinan kedua")
    synced(office, "libreoffice", book)
    run = office.sync(office.folder / "ledger.xlsx")
    assert not run.issues
    said = {row["description"] for row in office.kept(JOURNAL)}
    assert said == {"dari salinan pertama", "dari salinan kedua"}


def test_charts_pivot_tables_and_conditional_formats_are_unharmed(
    office: Office, person: Person
) -> None:
    sheet, head = person.sheet, person.head
    own = sheet.book.sheets.add("Analisis", after=sheet.book.sheets[-1])
    rows = sheet[head - 1 : head + 4, 2:8].impl
    call = rows.sheet.app.call
    entry, debit = person.column("entry") - 3, person.column("debit") - 3
    call("objects.add_chart", rows.area, "grafik")
    call("objects.add_pivot", rows.area, own["B3"].impl.area, "ringkas", entry, debit)
    before = {each.name: call("objects.all_of", each.impl.number) for each in sheet.book.sheets}
    assert [len(before["Journal"]["charts"]), len(before["Analisis"]["pivots"])] == [1, 1]
    assert before["Journal"]["conditions"]
    the_work_of_a_day(person)
    assert not synced(office, "libreoffice", sheet.book).issues
    for each in sheet.book.sheets:
        assert call("objects.all_of", each.impl.number) == before[each.name], each.name


def protected(person: Person, *, opened: str = "") -> None:
    """The person protects the sheet, some of whose cells they left open."""
    if opened:
        person.sheet[opened].impl.Locked = False
    person.sheet.impl.app.call("sheets.protect", person.sheet.impl.number, "rahasia")


def test_a_protected_sheet_is_said_and_nothing_is_lost(office: Office, person: Person) -> None:
    from addin.hosts.errors import SheetProtected

    the_work_of_a_day(person)
    protected(person)
    with pytest.raises(SheetProtected, match="Journal"):
        synced(office, "libreoffice", person.sheet.book)
    person.sheet.impl.app.call("sheets.unprotect", person.sheet.impl.number, "rahasia")
    assert not synced(office, "libreoffice", person.sheet.book).issues
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1", "JV-2", "JV-3"}


def test_a_protected_sheet_with_open_columns_is_synced_and_stays_protected(
    office: Office, person: Person
) -> None:
    first, second = person.rows_of("JV-2")
    protected(person, opened="A:Z")
    for row in (first, second):
        person.put(row, description="Sewa Mei")
    person.put(second, credit=999)
    run = synced(office, "libreoffice", person.sheet.book)
    assert [issue.code for issue in run.issues] == ["unbalanced"]
    person.put(second, credit=200)
    assert not synced(office, "libreoffice", person.sheet.book).issues
    assert person.sheet.impl.ProtectContents is True
    said = {row["description"] for row in office.kept(JOURNAL) if row["entry"] == "JV-2"}
    assert said == {"Sewa Mei"}
