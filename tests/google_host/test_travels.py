"""A workbook travels from a file to Google Sheets and back; what is unsent arrives with it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from addin.carrying import NotCarried, carry_over, copy_workbook
from addin.cli import app
from addin.copies import open_copy
from addin.hosts import open_workbook
from addin.hosts.base import SetCell, SheetEdit, Workbook
from addin.preview import Preview
from addin.runs import Run, Wishes, examine, sync_workbook
from tests.contract.hosts import in_libreoffice
from tests.google_host import person as ways
from tests.google_host import shared
from tests.google_host.person import Person
from tests.google_host.travelling import in_google
from tests.scenarios.office import Office, entry, put, seen, type_rows
from tests.upgrades.clients import installed
from tests.upgrades.test_workbooks import Club, type_member

JOURNAL = "ledger.journal"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def file(office: Office) -> Path:
    """Two entries that the server has, one of them changed since, and one that it does not have."""
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    assert office.sync(file).groups["applied"] == 2
    for row in seen(file, JOURNAL):
        if row["entry"] == "JV-2":
            put(file, JOURNAL, row["row"], description="Sewa Mei")
    type_rows(file, JOURNAL, entry("JV-3", 300))
    return file


def ids(workbook: Workbook) -> dict[str | None, str]:
    """The entry of each row that has an id on its sheet."""
    rows = open_copy(workbook).pages[JOURNAL].rows.values()
    return {row.shown_id: row.cells["entry"] for row in rows if row.shown_id}


def unsent(workbook: Workbook) -> Preview:
    """What a sync would send."""
    run, seen = examine(workbook)
    assert not run.issues
    return seen


def synced(office: Office, workbook: Workbook) -> Run:
    return sync_workbook(workbook, office.client(), Wishes())


def descriptions(office: Office) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in office.kept(JOURNAL):
        found.setdefault(row["entry"], set()).add(row.get("description", ""))
    return found


def arrived(source: Workbook, workbook: Workbook) -> None:
    """Nothing was lost on the way, nor became something else."""
    assert ids(workbook) == ids(source)
    assert unsent(workbook) == unsent(source)


def test_a_workbook_arrives_with_its_ids_and_with_what_is_unsent(
    office: Office, file: Path
) -> None:
    source = open_workbook(file)
    workbook = in_google(source)
    arrived(source, workbook)
    run = synced(office, workbook)
    assert not run.issues
    assert descriptions(office) == {"JV-1": {"Rent"}, "JV-2": {"Sewa Mei"}, "JV-3": {"Rent"}}
    assert synced(office, workbook).outcome.groups.total() == 0


@pytest.mark.libreoffice
@pytest.mark.xdist_group("libreoffice")
def test_a_workbook_travels_from_a_file_to_google_to_libreoffice_to_a_file(
    office: Office, file: Path
) -> None:
    workbook = in_google(open_workbook(file))
    person = Person(workbook.id)
    for row in person.rows_of("JV-1"):
        person.put(row, description="dari Google")
    workbook.read_anew()
    back = office.folder / "back.xlsx"
    assert copy_workbook(workbook, str(back)).left_behind == ()
    arrived(workbook, open_workbook(back))
    opened = in_libreoffice(back)
    arrived(workbook, opened)
    opened.write([note_to_self(opened)])
    opened.save()
    opened.close()
    final = open_workbook(back)
    arrived(workbook, final)
    assert not office.sync(back).issues
    said = {"JV-1": {"dari Google"}, "JV-2": {"Sewa Mei"}, "JV-3": {"Rent"}}
    assert descriptions(office) == said
    assert not synced(office, workbook).issues  # the copy that stayed behind
    assert descriptions(office) == said


def note_to_self(workbook: Workbook) -> SheetEdit:
    """Something beside the journal, so that there is something to save."""
    width = max(map(len, workbook.read("Journal").rows))
    return SheetEdit("Journal", (SetCell(1, width + 2, "catatan"),))


def test_columns_of_ones_own_come_along_and_sheets_of_ones_own_are_named(
    office: Office, file: Path
) -> None:
    person = Person(in_google(open_workbook(file)).id)
    ways.insert_a_column_of_their_own(person)
    ways.add_a_sheet_with_formulas(person)
    target = office.folder / "own.xlsx"
    carried = copy_workbook(shared.reopened(person.book), str(target))
    assert carried.left_behind == ("Analisis",)
    rows = open_workbook(target).read("Journal").rows
    place = rows[0].index("Catatan saya")
    assert rows[1][place] == 2


def test_a_column_that_was_removed_comes_back_as_it_was_agreed(office: Office, file: Path) -> None:
    person = Person(in_google(open_workbook(file)).id)
    ways.delete_a_column_that_is_not_required(person)
    person.do("delete", range=f"Journal!{person.letter('description')}1", dimension="COLUMNS")
    target = office.folder / "whole.xlsx"
    copy_workbook(shared.reopened(person.book), str(target))
    assert not office.sync(target).issues
    assert descriptions(office)["JV-1"] == {"Rent"}


def test_a_spreadsheet_of_an_old_template_is_copied_into_one_of_the_newest(tmp_path: Path) -> None:
    club = Club(tmp_path)
    file = club.new(1, "old")
    type_member(file, 2, Code="A", Full_name="Ani Sari", Town="Solo")
    assert club.sync(file, 1).groups["applied"] == 1
    type_member(file, 3, Code="B", Full_name="Budi")
    with installed(1):
        old = in_google(open_workbook(file))
    club.serve(3)
    with installed(3):
        workbook = in_google(shared.reopened(old.id))
        assert "Fees" in workbook.sheets()
        assert sync_workbook(workbook, club.http).groups["applied"] == 1
    assert club.kept() == {
        "A": {"code": "A", "first": "Ani", "last": "Sari", "kind": "full", "city": "Solo"},
        "B": {"code": "B", "first": "Budi", "kind": "full"},
    }


def test_the_command_says_what_it_copied(office: Office, file: Path) -> None:
    target = office.folder / "copied.xlsx"
    done = CliRunner().invoke(app, ["copy", str(file), str(target)])
    assert done.exit_code == 0
    assert "Go on working in one of the two only." in " ".join(done.output.split())
    arrived(open_workbook(file), open_workbook(target))


def test_what_would_change_on_the_way_is_not_saved(office: Office, file: Path) -> None:
    source, target = open_workbook(file), open_workbook(office.workbook("ledger", "other"))
    head = source.read("Journal").rows[0].index("Description") + 1
    target.write([SheetEdit("Journal", (SetCell(1, head, "Entah"),))])
    target.save()
    with pytest.raises(NotCarried):
        carry_over(source, target)
    target.close()
    assert open_workbook(office.folder / "other.xlsx").read("Journal").rows[1:] == []
