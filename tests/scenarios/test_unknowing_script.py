"""A script that knows nothing of Lajur: it reads `lajur books --json` and types with openpyxl.

Nothing of the product is imported here; commands and server are processes of their own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.xdist_group("unknowing_script")
COMPANY, MONTH_END = "toko", "2026-05-31"
STARTS_WITHIN = 60.0  # seconds
DONE, NEEDS_A_PERSON = 0, 1
Row = Mapping[str, Any]

PARTIES: list[Row] = [{"code": "C1", "name": "CV Maju", "kind": "Customer"}]
RENT: list[Row] = [
    {"entry": "J-1", "date": date(2026, 5, 4), "account": "61200", "debit": 1_250_000},
    {"entry": "J-1", "account": "11200", "credit": 1_250_000},
]
UNBALANCED: list[Row] = [
    {"entry": "J-2", "date": date(2026, 5, 5), "account": "61400", "debit": 300_000},
    {"entry": "J-2", "account": "11200", "credit": 30_000},
]
CAPITAL: list[Row] = [
    {"entry": "J-3", "date": date(2026, 5, 1), "account": "11200", "debit": 50_000_000},
    {"entry": "J-3", "account": "31000", "credit": 50_000_000},
]
INVOICE: list[Row] = [
    {
        "invoice": "INV-1",
        "date": date(2026, 5, 6),
        "customer": "C1",
        "description": "Paper",
        "account": "41000",
        "qty": 10,
        "unit_price": 100_000,
        "tax_code": "PPN-K",
    }
]
EXPECTED = {
    "11200": "48750000.00",  # 50,000,000 - 1,250,000
    "11300": "1110000.00",
    "21450": "-110000.00",
    "31000": "-50000000.00",
    "41000": "-1000000.00",
    "61200": "1250000.00",
}


@dataclass(frozen=True)
class Terminal:
    """A folder in which commands are typed."""

    folder: Path
    env: Mapping[str, str]

    def type(self, *words: str, status: int = DONE) -> dict[str, Any]:
        """Run a command with `--json`; its answer."""
        command = [str(Path(sys.executable).with_name(words[0])), *words[1:], "--json"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def sync(self, file: str, status: int = DONE) -> dict[str, Any]:
        """`lajur sync`: the answer for the one workbook."""
        (workbook,) = self.type("lajur", "sync", file, status=status)["workbooks"]
        return dict(workbook)

    def balances(self) -> dict[str, str]:
        """`lajur-server report trial_balance`: account -> balance."""
        asked = ("--company", COMPANY, "--as-of", MONTH_END)
        told = self.type("lajur-server", "report", "trial_balance", *asked)
        assert (told["report"], told["company"], told["as_of"]) == (
            "trial_balance",
            COMPANY,
            MONTH_END,
        )
        return {row["account"]: row["balance"] for row in told["rows"]}


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A company, an owner's token, and a server that runs beside."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("LAJUR_")}
    keeper = Terminal(tmp_path, {**kept, "LAJUR_DATABASE": f"sqlite:///{tmp_path / 'c.sqlite3'}"})
    months = ("--first-period", "2026-01", "--last-period", "2026-12")
    keeper.type("lajur-server", "company", "add", COMPANY, *months)
    added = keeper.type("lajur-server", "people", "add", "Budi", "--role", "owner")
    log = tmp_path / "server.log"
    with log.open("w") as output:
        command = [str(Path(sys.executable).with_name("lajur-server")), "serve", "--port", "0"]
        server = subprocess.Popen(command, env=keeper.env, stdout=output, stderr=output)
    try:
        address = {"LAJUR_SERVER": _address(server, log)}
        yield Terminal(tmp_path, {**keeper.env, **address, "LAJUR_TOKEN": added["token"]})
    finally:
        server.terminate()
        server.wait(timeout=STARTS_WITHIN)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook as `lajur books --json` describes it: columns by their key."""

    cells: Worksheet
    columns: Mapping[str, int]

    def type(self, rows: Sequence[Row]) -> int:
        """Type rows below the last; the number of the first."""
        first = 2
        while any(self.cells.cell(first, n).value is not None for n in self.columns.values()):
            first += 1
        for number, row in enumerate(rows, first):
            for key, value in row.items():
                self.cells.cell(number, self.columns[key], value)
        return first

    def status(self, number: int) -> str:
        """The words in Status of a row."""
        heads = [cell.value for cell in self.cells[1]]
        return str(self.cells.cell(number, heads.index("Status") + 1).value)


def sheets(described: Mapping[str, Any], workbook: openpyxl.Workbook) -> dict[str, Sheet]:
    """The sheets of a ledger workbook, found by title and heading of either language."""
    (book,) = (book for book in described["books"] if book["key"] == "ledger")
    found = {}
    for sheet in book["sheets"]:
        cells = next(workbook[t] for t in sheet["titles"].values() if t in workbook.sheetnames)
        places = {cell.value: cell.column for cell in cells[1]}
        found[sheet["key"]] = Sheet(
            cells,
            {
                column["key"]: places[heading]
                for column in sheet["columns"]
                for heading in column["headings"].values()
                if heading in places
            },
        )
    return found


def typed_by_the_script(terminal: Terminal, file: Path, language: str) -> dict[str, int]:
    """A blank workbook with five documents typed in; the first row of some."""
    made = ("-o", file.name, "--company", COMPANY, "--lang", language)
    terminal.type("lajur", "new", "ledger", *made)
    workbook = openpyxl.load_workbook(file)
    there = sheets(terminal.type("lajur", "books"), workbook)
    there["parties"].type(PARTIES)
    first = {
        "rent": there["journal"].type(RENT),
        "unbalanced": there["journal"].type(UNBALANCED),
        "capital": there["journal"].type(CAPITAL),
        "invoice": there["sales_invoices"].type(INVOICE),
    }
    workbook.save(file)
    return first


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_script_types_syncs_and_reads_back_what_it_typed(
    terminal: Terminal, language: str
) -> None:
    file = terminal.folder / "l.xlsx"
    first = typed_by_the_script(terminal, file, language)

    reply = terminal.sync(file.name, status=NEEDS_A_PERSON)
    assert reply["book"] == "ledger"
    assert (reply["groups"]["applied"], reply["groups"]["invalid"]) == (4, 1)
    (problem,) = reply["problems"]
    assert (problem["sheet"], problem["code"]) == ("journal", "unbalanced")
    assert problem["row"] == first["unbalanced"] + 1
    assert "270" in problem["message"]
    assert terminal.balances() == EXPECTED

    workbook = openpyxl.load_workbook(file)
    there = sheets(terminal.type("lajur", "books"), workbook)
    journal = there["journal"]
    assert journal.status(first["rent"]).startswith("✓")
    assert there["sales_invoices"].status(first["invoice"]).startswith("✓")
    assert journal.status(problem["row"]) == f"✗ {problem['message']}"
    flagged = journal.cells.cell(problem["row"], journal.columns[problem["column"]])
    assert flagged.comment is not None
    assert problem["message"] in flagged.comment.text
    flagged.value = 300_000
    workbook.save(file)

    mended = terminal.sync(file.name)
    assert (mended["groups"]["applied"], mended["problems"]) == (1, [])
    assert terminal.balances() == {**EXPECTED, "11200": "48450000.00", "61400": "300000.00"}

    again = terminal.sync(file.name)
    assert set(again["groups"].values()) == {0}
    assert (again["head"], again["received_rows"]) == (mended["head"], 0)
