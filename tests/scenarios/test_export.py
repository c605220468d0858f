"""A company leaves: as files that need no Lajur, or as a backup that says the same to the byte."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from sync_server.cli import app as server_app
from sync_server.core.errors import AlreadyThere
from sync_server.storage.sql_store import SqlStore
from tests.scenarios.front_desk import JOURNAL, Desk
from tests.scenarios.office import entry
from workbook_templates.books import all_books

STATEMENTS = (
    "trial_balance",
    "balance_sheet",
    "income_statement",
    "cash_flow_direct",
    "general_ledger",
)


def run(*arguments: str) -> str:
    done = CliRunner().invoke(server_app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def database(english_desk: Desk) -> str:
    """The desk's database, in which two entries were made."""
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    rows = [*entry("JV-1", 1250.5, description="Rent"), *entry("JV-2", 70)]
    desk.lay(ledger, {JOURNAL: rows})
    assert isinstance(desk.served.store, SqlStore)
    return str(desk.served.store.engine.url)


def table(packed: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))


def test_a_whole_company_is_read_without_us(
    english_desk: Desk, database: str, tmp_path: Path
) -> None:
    code, target = english_desk.company, tmp_path / "leaving.zip"
    run("export", "--company", code, "-o", str(target), "--database", database)
    with zipfile.ZipFile(target) as packed:
        names = {name.removeprefix("leaving/") for name in packed.namelist()}
        sheets = {f"{b.key}/{s.key}.csv" for b in all_books() for s in b.sheets}
        books = {f"{book.key}.xlsx" for book in all_books()}
        assert names == {"README.txt", "audit.csv"} | sheets | books
        journal = table(packed, "leaving/ledger/journal.csv")
        assert {(r["Account"], r["Debit"], r["Credit"]) for r in journal[:2]} == {
            ("61200", "1250.50", ""),
            ("11110", "", "1250.50"),
        }
        accounts = table(packed, "leaving/ledger/accounts.csv")
        assert {row["Code"] for row in accounts} == english_desk.keys("ledger.accounts")
        audit = [r for r in table(packed, "leaving/audit.csv") if r["sheet"] == JOURNAL]
        debits = [r["after"] for r in audit if r["column"] == "debit"]
        assert sorted(debits) == ["1250.50", "70.00"]
        assert {r["person"] for r in audit} == {f"rina of {code}"}
        assert "ledger/journal.csv" in packed.read("leaving/README.txt").decode()
        opened = openpyxl.load_workbook(io.BytesIO(packed.read("leaving/ledger.xlsx")))
    head, first, *_ = opened["Journal"].iter_rows(values_only=True)
    cells = dict(zip(head, first, strict=True))
    assert {cells["Debit"], cells["Credit"]} == {1250.5, None}
    assert cells["Date"] == datetime(2026, 5, 3)
    assert cells["Row id"] == journal[0]["Row id"]


def test_an_export_writes_over_nothing(english_desk: Desk, database: str, tmp_path: Path) -> None:
    asked = ("export", "--company", english_desk.company, "--database", database)
    folder = tmp_path / "out"
    run(*asked, "-o", str(folder))
    before = (folder / "README.txt").read_bytes()
    with pytest.raises(AlreadyThere):
        run(*asked, "-o", str(folder))
    assert (folder / "README.txt").read_bytes() == before


def test_a_restored_copy_gives_identical_statements(
    english_desk: Desk, database: str, tmp_path: Path
) -> None:
    def statement(name: str, where: str, form: str) -> bytes:
        asked = ("--company", english_desk.company, "--period", "2026-05", "--database", where)
        target = tmp_path / f"{name}.{form}"
        run("report", name, *asked, "-o", str(target))
        return target.read_bytes()

    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    run("backup", str(tmp_path / "backup.gz"), "--database", database)
    run("restore", str(tmp_path / "backup.gz"), "--database", other)
    for name in STATEMENTS:
        for form in ("csv", "json"):
            kept = statement(name, database, form)
            assert kept
            assert kept == statement(name, other, form)
    figures = json.loads(statement("trial_balance", other, "json"))["rows"]
    assert any("1320.50" in (text or "") for row in figures for text in row.values())
