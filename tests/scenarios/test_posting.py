"""Posting through workbooks: numbers by kind and year, what is posted stays, reversals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.front_desk import JOURNAL, Desk, Said, assert_told_at_the_cell
from tests.scenarios.office import Rows, entry, put, seen, type_rows

INVOICES, PAYMENTS = "ledger.sales_invoices", "ledger.payments"
KINDS, PARTIES = "ledger.document_kinds", "ledger.parties"


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with a customer."""
    made = desk.new()
    desk.sync(made)
    kind = {"id": "Pelanggan dan pemasok", "en": "Customer and supplier"}[desk.language]
    desk.lay(made, {PARTIES: [{"code": "C1", "name": "Toko Maju", "kind": kind}]})
    return made


def yes(desk: Desk) -> str:
    return {"id": "Ya", "en": "Yes"}[desk.language]


def posted(desk: Desk, rows: Rows) -> list[dict[str, Any]]:
    """Rows of one document with Yes under Post on the first."""
    return [{**row, "post": yes(desk)} if n == 0 else {**row} for n, row in enumerate(rows)]


def numbers(file: Path, table: str, key: str) -> dict[str, str | None]:
    """Each document's number as a person sees it."""
    return {row[key]: row["number"] for row in seen(file, table)}


def invoice(number: str, day: str = "2026-05-04", **more: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": day, "customer": "C1", "account": "41000"}
    return {**head, "unit_price": 100_000, "tax_code": "PPN-K", **more}


def words(desk: Desk, kind: str) -> str:
    """A kind of document as its drop-down says it."""
    column = desk.served.catalogue.sheets[KINDS].column("kind")
    return str(column.cell(kind, desk.language))


def reversed_on(desk: Desk, file: Path, row: dict[str, Any], day: str) -> Said:
    """`lajur reverse` of the change that a row's Status shows."""
    change = row["status"].split()[1]
    return desk.run("reverse", str(file), change, "--date", day, "--json")


def balance(desk: Desk, account: str) -> Decimal:
    rows = [row for row in desk.kept(JOURNAL) if row["account"] == account]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def test_a_document_gets_the_next_number_of_its_kind_and_year_when_it_is_posted(
    desk: Desk, file: Path
) -> None:
    note = {"id": "Nota kredit", "en": "Credit note"}[desk.language]
    type_rows(file, JOURNAL, [*entry("A", 100), *posted(desk, entry("B", 50))])
    type_rows(file, INVOICES, posted(desk, [invoice("F1"), invoice("F1")]))
    type_rows(file, INVOICES, posted(desk, [invoice("N1", kind=note)]))
    assert desk.sync(file).status == 0
    assert numbers(file, JOURNAL, "entry") | {"SI:F1": None, "SI:N1": None} == {
        "A": None, "B": "JU-2026-0001", "SI:F1": None, "SI:N1": None,
    }  # fmt: skip
    assert numbers(file, INVOICES, "invoice") == {"F1": "FJ-2026-0001", "N1": "NK-2026-0001"}
    put(file, JOURNAL, 2, post=yes(desk))
    assert desk.sync(file).status == 0
    assert numbers(file, JOURNAL, "entry")["A"] == "JU-2026-0002"


def test_a_kind_may_be_posted_on_acceptance_with_a_prefix_of_its_own(
    desk: Desk, file: Path
) -> None:
    policy = {"kind": words(desk, "invoice"), "prefix": "INV", "on_acceptance": yes(desk)}
    desk.lay(file, {KINDS: [policy]})
    desk.lay(file, {INVOICES: [invoice("F1"), invoice("F2")], JOURNAL: entry("A", 100)})
    assert numbers(file, INVOICES, "invoice") == {"F1": "INV-2026-0001", "F2": "INV-2026-0002"}
    assert numbers(file, JOURNAL, "entry")["A"] is None


def test_a_deleted_draft_uses_no_number(desk: Desk, file: Path) -> None:
    desk.lay(file, {JOURNAL: entry("A", 100)})
    blank = dict.fromkeys(("entry", "date", "description", "account", "debit", "credit"))
    put(file, JOURNAL, 2, **blank)
    put(file, JOURNAL, 3, **blank)
    assert desk.sync(file, "--yes-delete").status == 0
    desk.lay(file, {JOURNAL: posted(desk, entry("B", 50))})
    assert numbers(file, JOURNAL, "entry") == {"B": "JU-2026-0001"}


@pytest.mark.parametrize("change", [{"account": "61400"}, {"post": None}, {"description": "x"}])
def test_what_is_posted_is_not_changed(desk: Desk, file: Path, change: dict[str, Any]) -> None:
    desk.lay(file, {JOURNAL: posted(desk, entry("A", 100))})
    put(file, JOURNAL, 2, **change)
    said = desk.sync(file)
    assert [(p["code"], p["column"]) for p in said.problems] == [("posted", next(iter(change)))]
    assert_told_at_the_cell(file, JOURNAL, said.problems[0], desk.language)
    assert {row.get("debit") for row in desk.kept(JOURNAL)} == {"100.00", None}


def test_what_is_posted_is_not_deleted(desk: Desk, file: Path) -> None:
    desk.lay(file, {INVOICES: posted(desk, [invoice("F1")])})
    columns = ("invoice", "kind", "date", "customer", "account", "qty", "unit_price", "tax_code")
    put(file, INVOICES, 2, **dict.fromkeys((*columns, "post", "number")))
    said = desk.sync(file, "--yes-delete")
    assert [p["code"] for p in said.problems] == ["posted"]
    assert desk.keys(INVOICES) == {"F1"}


def test_a_posted_entry_of_a_closed_month_is_reversed_at_an_open_date(
    desk: Desk, file: Path
) -> None:
    desk.lay(file, {JOURNAL: entry("A", 100)})
    put(file, JOURNAL, 2, post=yes(desk))
    assert desk.sync(file).status == 0
    row = next(r["row"] for r in seen(file, "ledger.periods") if r["period"] == "2026-05")
    put(file, "ledger.periods", row, status={"id": "Ditutup", "en": "Closed"}[desk.language])
    assert desk.sync(file).status == 0
    assert desk.run("reverse", str(file), seen(file, JOURNAL)[0]["status"].split()[1]).status == 1
    assert reversed_on(desk, file, seen(file, JOURNAL)[0], "2026-06-01").status == 0
    reversal = [row for row in desk.kept(JOURNAL) if row["entry"] == "A-R"]
    assert {row["reverses"] for row in reversal} == {"A"}
    assert {row["date"] for row in reversal} == {"2026-06-01"}
    assert balance(desk, "61200") == balance(desk, "11110") == 0
    again = reversed_on(desk, file, seen(file, JOURNAL)[0], "2026-06-02")
    assert again.status == 1


def test_an_invoice_is_reversed_by_its_credit_note_and_a_payment_by_money_the_other_way(
    desk: Desk, file: Path
) -> None:
    paid = {
        "payment": "P1", "date": "2026-05-05", "party": "C1", "bank_account": "11200",
        "direction": {"id": "Masuk", "en": "In"}[desk.language], "amount": 150_000,
        "document": "F1", "applied": 111_000,
    }  # fmt: skip
    desk.lay(file, {INVOICES: posted(desk, [invoice("F1")])})
    desk.lay(file, {PAYMENTS: posted(desk, [paid])})
    assert reversed_on(desk, file, seen(file, PAYMENTS)[0], "2026-05-06").status == 0
    assert reversed_on(desk, file, seen(file, INVOICES)[0], "2026-05-06").status == 0
    accounts = {row["account"] for row in desk.kept(JOURNAL)}
    assert {account: balance(desk, account) for account in accounts} == dict.fromkeys(accounts, 0)
    receivable = [row for row in desk.kept(JOURNAL) if row["account"] == "11300"]
    assert {row["document"] for row in receivable} == {"F1", "P1"}  # the reversal settles F1


def test_a_typed_reversal_must_be_the_opposite_and_keeps_its_original(
    desk: Desk, file: Path
) -> None:
    desk.lay(file, {JOURNAL: entry("A", 100)})
    opposite = [
        {"entry": "A-R", "date": "2026-05-09", "account": "61200", "credit": 90, "reverses": "A"},
        {"entry": "A-R", "date": "2026-05-09", "account": "11110", "debit": 90},
    ]
    type_rows(file, JOURNAL, opposite)
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["reversal_differs"]
    put(file, JOURNAL, 4, credit=100)
    put(file, JOURNAL, 5, debit=100)
    assert desk.sync(file).status == 0
    put(file, JOURNAL, 2, description="x")
    assert [p["code"] for p in desk.sync(file).problems] == ["reversed"]
