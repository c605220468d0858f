"""A workbook travels from a file to Google Sheets and back; what is unsent arrives with it."""

from pathlib import Path

import pytest

from addin.copies import open_copy
from addin.hosts import open_workbook
from addin.hosts.base import Workbook
from addin.preview import Preview
from addin.runs import Run, Wishes, examine, sync_workbook
from tests.google_host.travelling import in_google
from tests.scenarios.office import Office, entry, put, seen, type_rows

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
        found.setdefault(row["entry"], set()).add(row["description"])
    return found


def test_a_workbook_arrives_with_its_ids_and_with_what_is_unsent(
    office: Office, file: Path
) -> None:
    source = open_workbook(file)
    workbook = in_google(source)
    assert ids(workbook) == ids(source)
    assert unsent(workbook) == unsent(source)
    run = synced(office, workbook)
    assert not run.issues
    assert descriptions(office) == {"JV-1": {"Rent"}, "JV-2": {"Sewa Mei"}, "JV-3": {"Rent"}}
    assert synced(office, workbook).outcome.groups.total() == 0
