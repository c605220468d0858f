"""What bad input gets: a sentence at the cell with what to do, and nothing lost."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.errors import (
    AddinError,
    MissingSheet,
    NoServer,
    NotOurWorkbook,
    WrongCompany,
    WrongToken,
)
from addin.hosts import open_workbook
from addin.hosts.errors import HostError
from addin.runs import Wishes, sync_workbook
from addin.server import client
from tests.scenarios.office import Office, entry, put, review, seen, type_rows, worksheet
from workbook_templates.books.ledger.book import BOOK

JOURNAL = "ledger.journal"
BILL = {"date": "2026-05-04", "supplier": "S1", "account": "61400", "qty": 1, "unit_price": 500}


def refused(office: Office, file: Path, table: str) -> list[tuple[int, str, str]]:
    """(row, flags, codes) of what the sync refused; every refusal has its words in the file."""
    run = office.sync(file)
    rows = [row for row in seen(file, table) if row["flags"]]
    assert all(row["status"][0] in "✗!" and any(row["notes"].values()) for row in rows)
    assert len(review(file)) == len(run.issues)
    codes = {issue.rid: issue.code for issue in run.issues}
    return [(row["row"], row["flags"], codes.get(row["id"], "")) for row in rows]


@pytest.mark.parametrize(
    ("cells", "flags", "code", "words"),
    [
        ({"account": "11111"}, "|account|", "unknown_account", "Did you mean 11110?"),
        ({"debit": "seratus"}, "|debit|", "not_a_number", "seratus"),
        ({"debit": "1.000"}, "|debit|", "doubtful_number", "1.000"),
        ({"date": "31/02/2026"}, "|date|", "no_such_date", "31/02/2026"),
        ({"debit": "#N/A"}, "|debit|", "error_in_cell", "#N/A"),
    ],
)
def test_a_wrong_cell_is_refused_with_a_sentence_at_the_cell(
    office: Office, cells: dict[str, Any], flags: str, code: str, words: str
) -> None:
    file = office.workbook("ledger")
    rows = [dict(row) for row in entry("JV-1", 100)]
    rows[0] |= cells
    type_rows(file, JOURNAL, [*rows, *entry("JV-2", 200)])
    assert refused(office, file, JOURNAL) == [(2, flags, code)]
    row = seen(file, JOURNAL)[0]
    (column,) = cells
    assert words in row["notes"][column]
    assert str(row[column]) == str(cells[column])
    assert {kept["entry"] for kept in office.kept(JOURNAL)} == {"JV-2"}


def test_a_date_in_a_closed_period_is_refused(office: Office) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    periods = {row["period"]: row["row"] for row in seen(file, "ledger.periods")}
    may = next(row for period, row in periods.items() if "2026-05" in str(period))
    put(file, "ledger.periods", may, status="closed")
    assert office.sync(file).groups["applied"] == 1
    type_rows(file, JOURNAL, entry("JV-1", 100))
    assert [flags for _, flags, _ in refused(office, file, JOURNAL)] == ["|date|"]


def test_a_nik_typed_as_a_number_is_refused(office: Office) -> None:
    file = office.workbook("hr")
    row = {"employee": "E1", "name": "Sari", "nik": 3171234567890123, "joined": "2026-01-05"}
    type_rows(file, "hr.employees", [row])
    assert refused(office, file, "hr.employees") == [(2, "|nik|", "identifier_as_number")]
    assert seen(file, "hr.employees")[0]["nik"] == 3171234567890123


def test_a_negative_quantity_and_more_out_than_in_stock_are_refused(office: Office) -> None:
    file = office.workbook("inventory")
    item = {"code": "A1", "name": "Tea", "unit": "kg", "costing": "fifo"}
    type_rows(file, "inventory.items", [item])
    type_rows(file, "inventory.warehouses", [{"code": "W1", "name": "Main"}])
    move = {"date": "2026-05-04", "kind": "receipt", "item": "A1", "warehouse": "W1"}
    rows = [
        {**move, "move": "M1", "qty": 10, "unit_cost": 1000},
        {**move, "move": "M2", "qty": -5, "unit_cost": 1000},
        {**move, "move": "M3", "kind": "issue", "date": "2026-05-05", "qty": 11},
    ]
    type_rows(file, "inventory.moves", rows)
    found = refused(office, file, "inventory.moves")
    assert [(row, flags) for row, flags, _ in found] == [(3, "|qty|"), (4, "|qty|")]
    assert {row["move"] for row in office.kept("inventory.moves")} == {"M1"}


def test_the_same_invoice_of_a_supplier_twice_is_refused(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, "ledger.parties", [{"code": "S1", "name": "PT Sumber", "kind": "supplier"}])
    rows = [{**BILL, "bill": number, "supplier_ref": "F-77"} for number in ("B1", "B2")]
    type_rows(file, "ledger.purchase_bills", rows)
    found = refused(office, file, "ledger.purchase_bills")
    assert [(row, flags) for row, flags, _ in found] == [(3, "|supplier_ref|")]
    assert {row["bill"] for row in office.kept("ledger.purchase_bills")} == {"B1"}


def test_merged_cells_in_a_row_are_told_and_the_row_is_not_sent(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    opened = openpyxl.load_workbook(file)
    worksheet(opened, "ledger", "journal").merge_cells("F2:F3")
    opened.save(file)
    run = office.sync(file)
    assert {issue.code for issue in run.issues} == {"merged_cells"}
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-2"}
    assert len(seen(file, JOURNAL)) == 4


def test_an_unreadable_cell_never_deletes_or_blanks_what_was_kept(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    put(file, JOURNAL, 2, debit="#REF!", account="???", date="soon")
    run = office.sync(file)
    assert sum(run.outcome.groups.values()) == 0
    assert [row.get("debit") for row in office.kept(JOURNAL)] == ["100.00", None]


def test_a_missing_sheet_stops_the_sync_and_changes_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    opened = openpyxl.load_workbook(file)
    opened.remove(worksheet(opened, "ledger", "journal"))
    opened.save(file)
    before = file.read_bytes()
    with pytest.raises(MissingSheet) as told:
        office.sync(file)
    assert "Journal" in told.value.words["en"]
    assert file.read_bytes() == before
    assert len(office.kept(JOURNAL)) == 2


def test_a_workbook_of_another_company_is_refused(office: Office) -> None:
    office.open_company("lain")
    file = office.workbook("ledger", company="lain")
    with pytest.raises(WrongCompany):
        office.sync(file)


def test_a_workbook_that_is_not_ours_is_refused(office: Office) -> None:
    file = office.folder / "own.xlsx"
    openpyxl.Workbook().save(file)
    with pytest.raises(NotOurWorkbook):
        office.sync(file)


def test_an_old_template_is_brought_forward_and_nothing_is_lost(office: Office) -> None:
    file = office.workbook("ledger", version=1)
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    put(file, JOURNAL, 2, post="Yes")
    office.sync(file)
    assert [row["number"] for row in seen(file, JOURNAL)] == ["JU-2026-0001"] * 2
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1"}
    rows = openpyxl.load_workbook(file)["_lajur_meta"].iter_rows(values_only=True)
    assert str(BOOK.version) in [str(row[1]) for row in rows if row[0] == "version"]


def test_no_server_loses_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    before = file.read_bytes()
    workbook = open_workbook(file)
    nobody = client("http://127.0.0.1:9", "token")
    with pytest.raises(NoServer), nobody:
        sync_workbook(workbook, nobody, Wishes(now=lambda: datetime.datetime(2026, 5, 3)))
    assert file.read_bytes() == before


def test_a_wrong_token_is_told(office: Office) -> None:
    file = office.workbook("ledger")
    stranger = office.client()
    stranger.headers["Authorization"] = "Bearer wrong"
    with pytest.raises(WrongToken):
        sync_workbook(open_workbook(file), stranger)


@pytest.mark.parametrize("kind", [*AddinError.__subclasses__(), *HostError.__subclasses__()])
def test_every_error_has_a_code_and_says_in_both_languages_what_to_do(
    kind: type[AddinError],
) -> None:
    assert kind.code != "error"
    assert set(kind.sentences) == {"id", "en"}
    assert all(len(text) > 30 for text in kind.sentences.values())
