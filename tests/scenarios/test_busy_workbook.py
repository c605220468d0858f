"""What people add to a workbook stays byte for byte, however often it is synced."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import openpyxl

from addin.hosts.base import Cell, SetCell, SheetEdit
from addin.hosts.xlsx import open_workbook
from tests.hosts.busy import SHEET, busy_workbook, kept_parts
from tests.hosts.files import changed_parts, raw_parts
from tests.scenarios.office import Office, entry, type_rows

JOURNAL = "ledger.journal"
SYNCS = int(os.environ.get("LAJUR_BUSY_SYNCS", "100"))
OURS = ("Journal", "Review", "Setup", "_lajur_meta", "_lajur_base", "_lajur_outbox", "_lajur_lists")


def type_over(file: Path, row: int, heading: str, value: Cell) -> None:
    """Type over one cell, as a program does that leaves all the rest alone."""
    with closing(open_workbook(str(file))) as workbook:
        heads = [
            str(head).removesuffix(" *") for head in workbook.read_rows("Journal", {1}).rows[0]
        ]
        cell = SetCell(row, heads.index(heading) + 1, value)
        workbook.write([SheetEdit("Journal", (cell,))])
        workbook.save()


def description(file: Path, row: int) -> object:
    """What stands in one row's description."""
    with closing(open_workbook(str(file))) as workbook:
        rows = workbook.read_rows("Journal", {1, row}).rows
    heads = [str(head).removesuffix(" *") for head in rows[0]]
    return rows[row - 1][heads.index("Description")]


def sheet_parts(file: Path, names: tuple[str, ...]) -> set[str]:
    """The parts of these worksheets, in the order in which they were rendered."""
    book = openpyxl.load_workbook(file, read_only=True)
    found = {f"xl/worksheets/sheet{n}.xml" for n, s in enumerate(book.sheetnames, 1) if s in names}
    book.close()
    return found


def test_chart_pivot_slicer_macros_and_queries_pass_a_hundred_syncs(office: Office) -> None:
    theirs = office.workbook("ledger", "theirs")
    type_rows(theirs, JOURNAL, [line for n in range(10) for line in entry(f"JV-{n}", 100 + n)])
    office.sync(theirs, "budi")
    mine = busy_workbook(office.workbook("ledger", "mine"))
    office.sync(mine)
    before, allowed = raw_parts(mine), sheet_parts(mine, OURS)
    for n in range(SYNCS):
        type_over(theirs, 2 + n % 10, "Description", f"Budi {n}")
        type_over(mine, 12 + n % 10, "Description", f"Rina {n}")
        office.sync(theirs, "budi")
        assert not office.sync(mine).issues
    assert description(mine, 2 + (SYNCS - 1) % 10) == f"Budi {SYNCS - 1}"
    after = raw_parts(mine)
    assert kept_parts() <= after.keys()
    assert changed_parts(before, after) <= allowed
    assert SHEET in open_workbook(str(mine)).sheets()
    office.sync(theirs, "budi")
    assert description(theirs, 12 + (SYNCS - 1) % 10) == f"Rina {SYNCS - 1}"
