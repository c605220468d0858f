"""What `lajur self-test` tries in Excel, tried in a LibreOffice that is as strict as Excel."""

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from addin import self_test
from addin.cli import app
from addin.hosts.grid import GridWorkbook
from addin.hosts.trials import TRIALS, Trial, tried
from tests.contract.hosts import MARKS, office
from tests.hosts import test_grid

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


def test_another_program_in_excels_name_is_told() -> None:
    app = SimpleNamespace(version="12.0", api=SimpleNamespace(Name="WPS Spreadsheets"))
    workbook = SimpleNamespace(book=SimpleNamespace(app=app))
    assert self_test._report(workbook, "excel", [])["name"] == "WPS Spreadsheets"


def test_what_is_said_to_try_each_pitfall_does() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/self-test.md").read_text(encoding="utf-8")
    pitfalls = {one.name: one.pitfalls for one in TRIALS}
    tests = {name for module in (test_grid, sys.modules[__name__]) for name in vars(module)}
    lines = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", page, re.MULTILINE)
    for number, names in lines:
        for name in re.findall(r"`(\w+)`", names):
            assert int(number) in pitfalls[name] if name in pitfalls else name in tests, name
    assert [int(number) for number, names in lines if "`" in names] == list(range(1, 23))
