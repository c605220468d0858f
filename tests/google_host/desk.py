"""An office with a synced spreadsheet, of which every test gets a copy of its own."""

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

from addin.hosts import open_workbook
from addin.hosts.google.workbook import GoogleWorkbook
from addin.runs import Run, Wishes, sync_workbook
from tests.google_host import shared
from tests.google_host.person import Person
from tests.google_host.travelling import in_google
from tests.scenarios.office import COMPANY, Office, entry, put, seen, type_rows

JOURNAL = "ledger.journal"
Kept = list[tuple[Any, ...]]


class Desk:
    """An office with a spreadsheet of two entries, of which every test gets a copy of its own."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        file = self.office.workbook("ledger")
        type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
        assert self.office.sync(file).groups["applied"] == 2
        self.file, workbook = file, in_google(open_workbook(file))
        assert not sync(self.office, workbook).issues
        self.book = workbook.id

    def twin(self) -> Office:
        """An office whose server knows the same, and goes its own way from here."""
        office = Office(self.office.folder)
        office.store._books[COMPANY] = deepcopy(self.office.store._books[COMPANY])
        return office

    def copied(self) -> tuple[Office, Person]:
        """A twin of the office, and somebody at a copy of its spreadsheet."""
        return self.twin(), Person(shared.copied(self.book))

    def wanted(self) -> Kept:
        """What the server has after the work of a day on the file, typed with openpyxl."""
        office, file = self.twin(), self.file.with_name("wanted.xlsx")
        shutil.copy(self.file, file)
        for row in seen(file, JOURNAL):
            if row["entry"] == "JV-2":
                put(file, JOURNAL, row["row"], description="Sewa Mei")
        type_rows(file, JOURNAL, entry("JV-3", 300))
        office.sync(file)
        return kept(office)


def kept(office: Office) -> Kept:
    """What the server has, in no order."""
    return sorted(tuple(sorted(row.items())) for row in office.kept(JOURNAL))


def sync(office: Office, workbook: GoogleWorkbook) -> Run:
    return sync_workbook(workbook, office.client(), Wishes())


def synced(office: Office, person: Person) -> Run:
    return sync(office, shared.reopened(person.book))


def the_work_of_a_day(person: Person) -> None:
    """A change of an old entry and a new one."""
    for row in person.rows_of("JV-2"):
        person.put(row, description="Sewa Mei")
    person.type_entry("JV-3", 300)
