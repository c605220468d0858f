"""The demo month in windows of LibreOffice ends as it does in closed files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.hosts import open_workbook
from addin.hosts.base import Cell, Workbook
from docs.examples.contoh import desks
from docs.examples.contoh.office import OWNER_OF, Office
from docs.examples.contoh.story import play
from tests.scenarios.test_demo_month import Month, plain, run_here, silent, told

pytestmark = pytest.mark.timeout(1200)  # some 30 syncs in a real program


def played(folder: Path, program: str = "") -> Iterator[Month]:
    """The month in Indonesian; the server runs on until the test ends."""
    folder.mkdir()
    database = f"sqlite:///{folder / 'central.sqlite3'}"
    office = Office(folder, database, silent("id"), run_here, program=program)
    with office.serving():
        yield told(office, play(office))


@pytest.fixture(scope="module")
def in_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    yield from played(tmp_path_factory.mktemp("files") / "out")


@pytest.fixture(scope="module")
def in_windows(in_files: Month, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """After the month in files: from here on every workbook opens in a window."""
    with desks.calc_windows():
        yield from played(tmp_path_factory.mktemp("windows") / "out", "libreoffice")


def test_the_statements_are_those_of_closed_files(in_windows: Month, in_files: Month) -> None:
    for name, rows in in_files.reports.items():
        assert rows, name
        assert plain(in_windows.reports[name]) == plain(rows), name


def test_people_were_told_the_same_in_both(in_windows: Month, in_files: Month) -> None:
    for scene, rows in in_files.seen.items():
        told = [row.status[:20] for row in in_windows.seen[scene]]
        assert told == [row.status[:20] for row in rows], scene


@pytest.mark.parametrize("book", OWNER_OF)
def test_a_window_shows_what_its_file_holds(in_windows: Month, book: str) -> None:
    file = in_windows.office.file(book)
    shown, held = desks.open_workbook(file), open_workbook(file)
    assert shown.sheets() == held.sheets()
    for sheet in held.sheets():
        assert filled(shown, sheet) == filled(held, sheet), sheet


def filled(workbook: Workbook, sheet: str) -> dict[tuple[int, int], Cell]:
    """The cells of a sheet that hold something."""
    return {
        (row, column): value
        for row, line in enumerate(workbook.read(sheet).rows)
        for column, value in enumerate(line)
        if value is not None
    }
