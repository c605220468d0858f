"""A report sheet in every host that can be given one: it follows the books and harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.copies import Copy, open_copy
from addin.hosts import open_workbook
from addin.hosts.base import Cell, SetCell, SheetEdit, Workbook
from addin.hosts.memory import memory_workbook
from addin.report_adding import add_report_sheet, sentences_on
from addin.report_layout import ReportSheet, find_report_sheet
from addin.report_sheets import refresh_report_sheets
from addin.server import Server
from addin.sync import Sync, greet
from tests.contract.hosts import MARKS, in_libreoffice
from tests.scenarios.office import COMPANY, Office, entry, type_rows

SHEET = "Trial Balance"
HOSTS = [
    pytest.param(name, marks=MARKS.get(name, ())) for name in ("libreoffice", "memory", "xlsx")
]


class Paper:
    """The report sheet of a workbook that is open in a host, and what refreshes it."""

    def __init__(self, workbook: Workbook, copy: Copy, office: Office) -> None:
        self.workbook, self.copy, self.office = workbook, copy, office

    def refresh(self) -> None:
        """What a sync does in the end; reading a whole ledger would be the longest part of it."""
        server = Server(self.office.client(), COMPANY)
        sync = Sync(self.copy, server, lambda copy: None)
        greet(sync)
        self.copy.meta["head"] = str(sync.outcome.head)
        refresh_report_sheets(self.workbook, self.copy, server)

    def sheet(self) -> ReportSheet:
        found = find_report_sheet(SHEET, self.workbook.read(SHEET))
        assert found is not None
        return found

    def amounts(self) -> dict[str, Cell]:
        """The balance by account, and under "Total" the sum of the debits."""
        there = self.sheet()
        rows = {there.cell(row, 2): row for row in there.rows}
        sums = {str(name): there.cell(row, 6) for name, row in rows.items() if name != "Total"}
        return {**sums, "Total": there.cell(rows["Total"], 4)} if rows else {}

    def put(self, row: int, column: int, value: Cell) -> None:
        self.workbook.write([SheetEdit(SHEET, (SetCell(row, column, value),))])

    def ask(self, value: Cell) -> None:
        self.put(self.sheet().lines["as_of"], 3, value)


@pytest.fixture(params=HOSTS)
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Paper:
    """A ledger with one entry of May 2026 and a trial balance that has no rows yet."""
    office = Office(tmp_path)
    file = office.workbook("ledger")
    type_rows(file, "ledger.journal", entry("JV-1", 100))
    office.sync(file)
    made = open_workbook(file)
    add_report_sheet(made, "trial_balance", {})
    made.save()
    copy = open_copy(made)
    made.close()
    return Paper(in_host(request.param, file), copy, office)


def in_host(name: str, file: Path) -> Workbook:
    if name == "libreoffice":
        return in_libreoffice(file)
    opened = open_workbook(file)
    if name == "xlsx":
        return opened
    sheets = {name: opened.read(name).rows for name in opened.sheets() if name != SHEET}
    made = memory_workbook(file.name, sheets, list(opened.tables().values()))
    opened.close()
    assert add_report_sheet(made, "trial_balance", {}) == SHEET
    return made


def test_it_follows_the_books_and_leaves_what_a_person_wrote(paper: Paper) -> None:
    paper.refresh()
    assert paper.amounts() == {"11110": -100, "61200": 100, "Total": 100}
    assert paper.sheet().cells.formulas
    last = max(paper.sheet().rows)
    paper.put(last - 1, 8, "checked")
    paper.put(last + 1, 2, "Approved by")

    paper.ask("2026-04-30")
    paper.refresh()
    assert paper.amounts() == {}
    paper.ask("latest")
    paper.refresh()
    assert paper.amounts()["Total"] == 100

    other = paper.office.workbook("ledger", "other")
    type_rows(other, "ledger.journal", entry("JV-2", 50, other=50, account="61100"))
    paper.office.sync(other)
    paper.refresh()
    (said,) = sentences_on(paper.workbook, SHEET)
    assert f"B{last + 1}" in said
    assert paper.amounts()["Total"] == 100, "it keeps what it had"
    paper.put(last + 1, 2, None)
    paper.put(last + 4, 2, "Approved by")
    paper.refresh()
    assert paper.amounts() == {"11110": -150, "61100": 50, "61200": 100, "Total": 150}
    there = paper.sheet()
    assert (there.cell(last - 1, 8), there.cell(last + 4, 2)) == ("checked", "Approved by")
    assert sentences_on(paper.workbook, SHEET) == []
