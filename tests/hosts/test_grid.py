"""Workbooks in a program: what Excel does to blocks, busy and lost programs, names in OneDrive.

What cannot be had without Excel is played with what its interface was recorded to say.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings

from addin.hosts import errors, grid, open_workbook, troubles
from addin.hosts.base import Area, SetCell, SheetEdit, Table
from addin.hosts.grid import GridWorkbook
from addin.hosts.rectangles import Block
from tests.contract.hosts import MARKS, in_libreoffice, write_xlsx

REJECTED = "(-2147418111, 'Call was rejected by callee.', None, None)"
UNAVAILABLE = "(-2147023174, 'The RPC server is unavailable.', None, None)"


class com_error(Exception):
    """What pywin32 raises."""


def refusing(times: int, said: str) -> Callable[[], None]:
    """A call that Excel refuses so many times."""
    left = [times]

    def call() -> None:
        if left[0]:
            left[0] -= 1
            raise com_error(said)

    return call


def excel_book(**given: Any) -> GridWorkbook:
    """A workbook whose book is played."""
    book = SimpleNamespace(name="buku.xlsx", fullname="/nowhere/buku.xlsx", **given)
    return GridWorkbook(book, "Excel", lambda: None)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubles, "PATIENCE", 0.2)
    monkeypatch.setattr(troubles, "PAUSE", 0.001)


def test_a_busy_excel_is_asked_again() -> None:
    excel_book(save=refusing(5, REJECTED)).save()


def test_an_excel_that_stays_busy_is_said_with_what_to_press() -> None:
    with pytest.raises(errors.ProgramBusy, match="Esc") as raised:
        excel_book(save=refusing(10_000_000, REJECTED)).save()
    assert "Esc" in raised.value.words["id"]


def test_an_excel_that_went_away_is_said() -> None:
    with pytest.raises(errors.ProgramLost, match="saved last"):
        excel_book(save=refusing(1, UNAVAILABLE)).save()


def test_another_error_of_excel_is_told_in_its_words() -> None:
    with pytest.raises(errors.HostError, match="out of memory"):
        excel_book(save=refusing(1, "out of memory")).save()


class InTheCloud(SimpleNamespace):
    """A book in OneDrive whose place xlwings cannot translate."""

    name = "buku.xlsx"

    @property
    def fullname(self) -> str:
        raise RuntimeError("Couldn't find your local OneDrive folder")


def test_a_book_in_the_cloud_is_known_by_its_name_and_saved_without_a_backup() -> None:
    book = InTheCloud(save=lambda: None)
    assert grid._is_at(book, Path("buku.xlsx"))
    GridWorkbook(book, "Excel", lambda: None).save()


def test_a_book_of_the_same_name_elsewhere_is_another_one(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "buku.xlsx").touch()
    book = SimpleNamespace(fullname=str(tmp_path / "a" / "buku.xlsx"))
    assert grid._is_at(book, tmp_path / "a" / "buku.xlsx")
    assert not grid._is_at(book, tmp_path / "b" / "buku.xlsx")


@pytest.mark.parametrize("program", ["excel", "wps"])
def test_a_program_that_is_not_here_is_said(tmp_path: Path, program: str) -> None:
    file = write_xlsx(tmp_path / "buku.xlsx", {"Data": []})
    with pytest.raises(errors.ProgramMissing, match="Install it first"):
        open_workbook(file, program)


def test_nothing_of_the_licensed_part_of_xlwings_is_needed(tmp_path: Path) -> None:
    installed = Path(xlwings.__file__).parent
    shutil.copytree(installed, tmp_path / "xlwings", ignore=shutil.ignore_patterns("pro", "*.so"))
    program = (
        "import xlwings, addin.hosts.grid, addin.hosts.trials, addin.libreoffice as calc;"
        "assert calc.register().name == 'libreoffice';"
        "assert 'site-packages' not in xlwings.__file__"
    )
    root = str(Path(grid.__file__).parents[2])
    environment = {k: v for k, v in os.environ.items() if not k.startswith("XLWINGS")}
    environment["PYTHONPATH"] = os.pathsep.join((str(tmp_path), root))
    command = (sys.executable, "-P", "-c", program)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- on a real program --------------------------------------------------------------------------

ROWS = [["nama", "n"], ["a", 1], ["b", 2], ["c", 3]]
NEW = tuple(SetCell(row, 1, f"baru {row}") for row in (2, 3, 4))


@pytest.fixture
def workbook(tmp_path: Path) -> Any:
    made = write_xlsx(
        tmp_path / "buku.xlsx", {"Data": ROWS}, [Table("tbl_uji", "Data", Area(1, 1, 4, 2))]
    )
    return in_libreoffice(made)


def marked(test: Callable[..., None]) -> Callable[..., None]:
    for mark in MARKS["libreoffice"]:
        test = mark(test)
    return test


@marked
def test_a_block_that_went_astray_is_written_cell_by_cell(
    workbook: GridWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = grid._write

    def astray(sheet: Any, block: Block) -> None:
        if len(block.rows) > 1:  # as Excel does where rows are filtered away
            block = Block(block.top, block.left, [block.rows[0]] * len(block.rows))
        real(sheet, block)

    monkeypatch.setattr(grid, "_write", astray)
    workbook.write([SheetEdit("Data", NEW)])
    assert [row[0] for row in workbook.read("Data").rows] == ["nama", "baru 2", "baru 3", "baru 4"]


@marked
def test_a_cell_that_keeps_nothing_is_named(
    workbook: GridWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "_write", lambda sheet, block: None)
    with pytest.raises(errors.CellNotKept, match="A2 on the sheet Data"):
        workbook.write([SheetEdit("Data", NEW)])


@marked
def test_a_locked_sheet_is_refused_before_anything_is_written(workbook: GridWorkbook) -> None:
    sheet = workbook.book.sheets["Data"].impl
    sheet.app.call("sheets.protect", sheet.number, "rahasia")
    with pytest.raises(errors.SheetProtected, match="Unprotect"):
        workbook.write([SheetEdit("Data", NEW)])


@marked
def test_a_table_does_not_grow_into_the_one_below(workbook: GridWorkbook) -> None:
    sheet = workbook.book.sheets["Data"]
    sheet["A7"].value = [["x", "y"], ["p", "q"]]
    sheet.tables.add(sheet["A7:B8"], name="tbl_lain")
    with pytest.raises(errors.TableCannotGrow, match="A7"):
        workbook.write([SheetEdit("Data", table="tbl_uji", table_bottom=9)])
    workbook.write([SheetEdit("Data", table="tbl_uji", table_bottom=6)])
    assert workbook.tables()["tbl_uji"].area.bottom == 6


@marked
def test_the_file_has_a_backup_of_what_stood_in_it_first(
    workbook: GridWorkbook, tmp_path: Path
) -> None:
    before = (tmp_path / "buku.xlsx").read_bytes()
    for text in ("satu", "dua"):
        workbook.write([SheetEdit("Data", (SetCell(2, 1, text),))])
        workbook.save()
    assert (tmp_path / "buku.xlsx.bak").read_bytes() == before


@marked
def test_a_row_is_as_high_as_it_has_to_be(workbook: GridWorkbook) -> None:
    row = workbook.book.sheets["Data"]["A2"]
    usual = row.row_height
    workbook.write([SheetEdit("Data", NEW, heights=((2, 48.0),))])
    assert round(row.row_height) == 48
    workbook.write([SheetEdit("Data", NEW, heights=((2, None),))])
    assert abs(row.row_height - usual) < 3
