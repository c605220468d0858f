"""What `lajur self-test` tries in Excel, tried in a LibreOffice that is as strict as Excel."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from addin.cli import app
from addin.hosts import trials
from addin.hosts.grid import GridWorkbook
from addin.hosts.trials import TRIALS, Trial, tried
from tests.contract.hosts import MARKS, office

pytestmark = list(MARKS["libreoffice"])


@pytest.fixture(scope="module")
def workbook() -> GridWorkbook:
    for left_open in office().books:
        left_open.close()
    book = office().books.add()
    return GridWorkbook(book, "LibreOffice", book.close)


@pytest.mark.parametrize("one", TRIALS, ids=lambda one: one.name)
def test_a_trial_passes(workbook: GridWorkbook, one: Trial) -> None:
    finding = tried(workbook, workbook.book.sheets[0], one)
    assert (finding.passed, finding.seen) == (True, ())


def test_a_trial_that_fails_says_what_was_seen(workbook: GridWorkbook) -> None:
    wrong = Trial("wrong", (3,), lambda workbook, sheet: iter([("007", 7)]))
    broken = Trial("broken", (), lambda workbook, sheet: iter([1 / 0]))
    sheet = workbook.book.sheets[0]
    assert tried(workbook, sheet, wrong).seen == ("wanted '007', seen 7",)
    assert tried(workbook, sheet, broken).seen == ("ZeroDivisionError: division by zero",)


def test_the_report_is_a_file_to_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.self_test.TRIALS", TRIALS[:2])
    file = tmp_path / "laporan.json"
    done = CliRunner().invoke(app, ["self-test", "--with", "libreoffice", "-o", str(file)])
    report = json.loads(file.read_text(encoding="utf-8"))
    assert done.exit_code == 0, done.output
    assert [one["name"] for one in report["trials"]] == [one.name for one in TRIALS[:2]]
    assert report["program"] == "libreoffice"
    assert report["packages"]["xlwings"]
    assert str(file.name) in done.output.replace("\n", "")


def test_excel_that_is_not_here_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["self-test", "--json", "-o", str(tmp_path / "x.json")])
    assert done.exit_code == 2
    assert "program_missing" in done.output


def test_every_pitfall_of_values_has_a_trial() -> None:
    tried_ones = {number for one in trials.TRIALS for number in one.pitfalls}
    others = {14, 15, 16, 20, 21}  # of the program, not of values: test_grid.py
    assert tried_ones | others == set(range(1, 23))
