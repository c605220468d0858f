"""Reading only what changed since a save finds what reading everything finds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from addin.copies import Copy, open_copy, put_row
from addin.groups import unsent_documents
from addin.hosts import open_workbook
from addin.hosts.base import Cell, CellError, SetCell, SheetCells, SheetEdit, Table, Workbook
from addin.hosts.xlsx import sparse
from addin.hosts.xlsx.package import Package
from addin.keeping import keeper
from addin.lazy import is_partial, loaded
from addin.runs import sync_workbook
from tests.scenarios.office import Office, entry, type_rows
from workbook_templates.row_ids import make_id

JOURNAL, SHEET = "ledger.journal", "Journal"
PERIODS = "ledger.periods"
ENTRIES = 120  # two rows each: four blocks of rows
HEADINGS = 1
SEEDS = int(os.environ.get("LAJUR_READING_SEEDS", "4"))


class WholeReader:
    """A workbook that cannot tell what changed."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.name = workbook.name

    def sheets(self) -> list[str]:
        return self._workbook.sheets()

    def tables(self) -> dict[str, Table]:
        return self._workbook.tables()

    def read(self, sheet: str) -> SheetCells:
        return self._workbook.read(sheet)

    def notes(self, sheet: str) -> dict[tuple[int, int], str]:
        return self._workbook.notes(sheet)

    def write(self, edits: Sequence[SheetEdit]) -> None:
        self._workbook.write(edits)

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        self._workbook.replace(sheet, rows)

    def save(self) -> None:
        self._workbook.save()

    def close(self) -> None:
        self._workbook.close()


@dataclass
class Desk:
    """A synced ledger, and a way to work on a copy of it."""

    office: Office
    synced: Path

    def copied(self) -> Path:
        file = self.synced.with_name("copy.xlsx")
        shutil.copy(self.synced, file)
        return file


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return new_desk(tmp_path_factory.mktemp("desk"))


def new_desk(folder: Path) -> Desk:
    """A synced ledger of an office of its own."""
    office = Office(folder)
    file = office.workbook("ledger")
    rows = [line for n in range(ENTRIES) for line in entry(f"JV-{n}", 100 + n)]
    type_rows(file, JOURNAL, rows)
    office.sync(file)
    return Desk(office, file)


# --- what people do ---------------------------------------------------------------------------


def _typed(file: Path, cells: Sequence[SetCell]) -> None:
    opened = open_workbook(file)
    opened.write([SheetEdit(SHEET, tuple(cells))])
    opened.save()
    opened.close()


def _columns(file: Path) -> dict[str, int]:
    row = open_workbook(file).read(SHEET).rows[0]
    return {str(head).removesuffix(" *"): n for n, head in enumerate(row, start=1)}


def edits_of(random: Random, file: Path, columns: dict[str, int]) -> list[SetCell]:
    """Some things that a person does to rows, all at once."""
    rows = open_workbook(file).read(SHEET).rows
    cells: list[SetCell] = []
    for _ in range(random.randint(1, 6)):
        row = random.randint(2, len(rows))
        cells += random.choice(HANDS)(random, columns, rows, row)
    return cells


def _change(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    column = random.choice(["Description", "Debit", "Entry"])
    value: Cell = random.choice(
        [None, "Sewa", "=HYPERLINK(1)", 77, "31/12/2026", CellError("#N/A")]
    )
    return [SetCell(row, at[column], value)]


def _clear(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    keep = at["_id"] if random.random() < 0.5 else 0
    return [SetCell(row, column, None) for column in at.values() if column != keep]


def _copy(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    to = random.choice([len(rows) + 1, random.randint(2, len(rows))])
    return [SetCell(to, n, value) for n, value in enumerate(rows[row - 1], start=1)]


def _swap(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    other = random.randint(2, len(rows))
    return [
        SetCell(to, column, rows[taken - 1][column - 1] if len(rows[taken - 1]) >= column else None)
        for to, taken in ((row, other), (other, row))
        for column in at.values()
    ]


def _append(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    first, key = len(rows) + 1, f"N-{random.randint(1, 999)}"
    sides = [("Debit", "61200"), ("Credit", "11110")]
    lines: list[dict[str, Cell]] = [
        {"Entry": key, "Date": "2026-05-03", "Account": account, side: 5000}
        for side, account in sides
    ]
    return [
        SetCell(first + n, at[column], value)
        for n, line in enumerate(lines)
        for column, value in line.items()
    ]


def _lose_id(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    return [SetCell(row, at["_id"], random.choice([None, "x", rows[1][at["_id"] - 1]]))]


def _rename(random: Random, at: dict[str, int], rows: Any, row: int) -> list[SetCell]:
    return [SetCell(HEADINGS, at["Description"], random.choice(["Keterangan", "Apa saja"]))]


HANDS = [_change, _change, _change, _append, _append, _clear, _copy, _swap, _lose_id, _rename]


def by_openpyxl(file: Path) -> None:
    """Another program opens the file and saves it."""
    book = openpyxl.load_workbook(file)
    book.save(file)
    book.close()


def untouched(file: Path) -> None:
    """Nobody opens it."""


# --- what is compared -------------------------------------------------------------------------


def facts(copy: Copy) -> dict[str, Any]:
    """All that a copy knows, without the ids that were made up for new rows."""
    found: dict[str, Any] = {}
    for table, page in copy.pages.items():
        names = {
            rid: rid if rid in copy.base(table) else f"row {page.rows[rid].number}"
            for rid in page.rows
        }
        found[table] = {
            "rows": {names[rid]: _row(row) for rid, row in sorted_by_number(page.rows)},
            "order": [names[rid] for rid, _ in sorted_by_number(page.rows)],
            "base": {
                rid: (row.seq, row.cells, row.source) for rid, row in copy.base(table).items()
            },
            "layout": page.layout,
            "gone": (sorted(page.missing), page.too_many_gone, sorted(page.emptied), page.last),
        }
    return found


def sorted_by_number(rows: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(rows.items(), key=lambda pair: pair[1].number or 0)


def _row(row: Any) -> tuple[Any, ...]:
    unreadable = {key: problem.code for key, problem in row.unreadable.items()}
    marks = (row.shown_id, row.status, row.flags, row.merged, row.formulas)
    return row.number, row.cells, row.shown, unreadable, marks


def unsent(copy: Copy) -> dict[tuple[str, str], Any]:
    """The documents that would be sent."""
    copy.remember_documents()
    found: dict[tuple[str, str], Any] = {}
    for sheet in copy.sheets():
        base = copy.base(sheet.table)
        for document in unsent_documents(copy, sheet):
            rows = [
                (row.rid if row.rid in base else "", row.changes, row.deleted, row.readable)
                for row in document.rows
            ]
            key = document.key if not document.key.startswith("#") else f"# {rows}"
            found[sheet.table, key] = (sorted(map(str, rows)), document.new)
    return found


def looked_at(file: Path, whole: bool) -> Copy:
    opened = open_workbook(file)
    return open_copy(WholeReader(opened) if whole else opened)


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("resaved", [untouched, by_openpyxl])
def test_a_copy_knows_the_same_however_little_was_read(
    desk: Desk, seed: int, resaved: Callable[[Path], None]
) -> None:
    file, random = desk.copied(), Random(seed)
    columns = _columns(file)
    for _ in range(2):
        _typed(file, edits_of(random, file, columns))
        resaved(file)
        assert unsent(looked_at(file, whole=False)) == unsent(looked_at(file, whole=True))
        assert facts(looked_at(file, whole=False)) == facts(looked_at(file, whole=True))
        desk.office.sync(file)
        assert facts(looked_at(file, whole=False)) == facts(looked_at(file, whole=True))


def test_libreoffice_may_save_the_file_in_between(desk: Desk) -> None:
    file = desk.copied()
    _typed(file, [SetCell(100, _columns(file)["Description"], "Diketik")])
    folder = file.parent / "saved"
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=300)
    shutil.copy(folder / file.name, file)
    assert unsent(looked_at(file, whole=False)) == unsent(looked_at(file, whole=True))
    assert len(unsent(looked_at(file, whole=False))) == 1
    desk.office.sync(file)
    assert facts(looked_at(file, whole=False)) == facts(looked_at(file, whole=True))


def test_one_edit_lets_most_rows_lie(tmp_path: Path) -> None:
    file = new_desk(tmp_path).copied()
    _typed(file, [SetCell(100, _columns(file)["Description"], "Diketik")])
    copy = looked_at(file, whole=False)
    rows = copy.pages[JOURNAL].rows
    assert is_partial(rows)
    assert len(loaded(rows)) == 64
    assert len(rows) == 2 * ENTRIES
    assert [row.number for row in loaded(rows).values()] == list(range(65, 129))


def test_of_an_unchanged_workbook_no_sheet_of_its_person_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read = new_desk(tmp_path), list[str]()
    file = desk.copied()
    usual = sparse.read_whole

    def noted(package: Package, sheet: str, part: str) -> SheetCells:
        read.append(sheet)
        return usual(package, sheet, part)

    monkeypatch.setattr(sparse, "read_whole", noted)
    before = file.stat().st_mtime_ns
    desk.office.sync(file)
    assert set(read) == {"_lajur_meta", "_lajur_outbox"}
    assert file.stat().st_mtime_ns == before


def test_a_row_put_below_rows_that_were_not_read_is_sent_later(desk: Desk) -> None:
    file = desk.copied()
    desk.office.sync(file)
    workbook = open_workbook(file)
    copy = open_copy(workbook)
    assert is_partial(copy.pages[JOURNAL].rows)
    for side, account in (("debit", "61200"), ("credit", "11110")):
        cells = {"entry": "X-1", "date": "2026-05-03", "account": account, side: "50.00"}
        put_row(copy, JOURNAL, make_id(), cells)
    keeper(workbook, copy, datetime.now)(copy)
    workbook.close()

    later = open_copy(open_workbook(file))
    sheet = next(sheet for sheet in later.sheets() if sheet.table == JOURNAL)
    assert [unsent.keys for unsent in unsent_documents(later, sheet)] == [{"X-1"}]


def test_lines_of_the_base_that_came_one_by_one_survive_a_whole_reading(tmp_path: Path) -> None:
    office = Office(tmp_path)
    mine, other = office.workbook("ledger"), office.workbook("ledger", "other")
    office.sync(mine)
    for table, rows in ((JOURNAL, entry("JV-1", 100)), (PERIODS, [open_month("2027-01")])):
        type_rows(other, table, rows)  # the line of that month comes below those of the entry
        office.sync(other)
        office.sync(mine)
    type_rows(mine, PERIODS, [open_month("2027-02")])
    sync_workbook(WholeReader(open_workbook(mine)), office.client("rina"))
    copy = looked_at(mine, whole=True)
    assert "base_damaged" not in copy.meta
    assert {"2027-01", "2027-02"} <= {row.cells["period"] for row in copy.base(PERIODS).values()}
    assert len(copy.base(JOURNAL)) == 2


def open_month(period: str) -> dict[str, str]:
    return {"period": period, "status": "open"}
