"""One document after another, through a workbook: what follows from a change of the one before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, type_rows

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
PAYMENTS, CODES = "ledger.payments", "ledger.tax_codes"
TAX, BANK = "21450", "11200"


@pytest.fixture
def desk(english_desk: Desk) -> Desk:
    """One language: its messages are read in both by the tests of the book."""
    return english_desk


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with a customer, a supplier and an output tax that rises in June."""
    made = desk.new()
    desk.sync(made)
    rising = {"code": "T", "name": "T", "kind": "Output", "account": TAX}
    desk.lay(
        made,
        {
            "ledger.parties": [
                {"code": "C1", "name": "Toko Maju", "kind": "Customer"},
                {"code": "S1", "name": "CV Sumber", "kind": "Supplier"},
            ],
            CODES: [
                {**rising, "rate": 10, "from": "2026-01-01", "to": "2026-05-31"},
                {**rising, "rate": 20, "from": "2026-06-01"},
            ],
        },
    )
    return made


def invoice(number: str, date: str, price: int, **cells: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": date, "customer": "C1", "account": "41000"}
    return {**head, "unit_price": price, **cells}


def bill(number: str, price: int) -> dict[str, Any]:
    head = {"bill": number, "date": "2026-05-04", "supplier": "S1", "account": "61400"}
    return {**head, "unit_price": price}


def tax_of(desk: Desk, entry: str) -> Decimal:
    rows = (row for row in desk.kept(JOURNAL) if (row["entry"], row["account"]) == (entry, TAX))
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def test_a_credit_note_follows_its_invoice_to_another_rate(desk: Desk, file: Path) -> None:
    taken = {"kind": "Credit note", "corrects": "I1", "tax_code": "T"}
    rows = [
        invoice("I1", "2026-05-30", 1_000, tax_code="T"),
        invoice("CN", "2026-07-01", 500, **taken),
    ]
    desk.lay(file, {INVOICES: rows})
    assert (tax_of(desk, "SI:I1"), tax_of(desk, "SI:CN")) == (-100, 50)
    put(file, INVOICES, 2, date="2026-06-02")
    assert desk.sync(file).status == 0
    assert (tax_of(desk, "SI:I1"), tax_of(desk, "SI:CN")) == (-200, 100)
    put(file, INVOICES, 2, date="2026-07-02")
    assert [p["code"] for p in desk.sync(file).problems] == ["corrected_stays"]


def test_what_was_paid_or_taken_back_is_not_mistaken_for_another(desk: Desk, file: Path) -> None:
    head = {"date": "2026-05-20", "party": "C1", "bank_account": BANK}
    received = {"payment": "P", **head, "direction": "In", "amount": 300}
    back = {"payment": "Q-R", **head, "direction": "Out", "amount": 50, "reverses": "Q"}
    desk.lay(
        file,
        {
            INVOICES: [invoice("7", "2026-05-04", 300), invoice("8", "2026-05-04", 50)],
            BILLS: [bill("7", 200)],
            PAYMENTS: [
                {**received, "document": "7", "applied": 300},
                {**received, "payment": "Q", "amount": 50},
                back,
            ],
        },
    )
    put(file, INVOICES, 2, invoice="70")
    said = desk.sync(file)
    assert "document_has_payments" in [p["code"] for p in said.problems]
    put(file, INVOICES, 2, invoice="7")
    assert desk.sync(file).status == 0
    move = {"payment": "M", **head, "direction": "In", "amount": 0}
    rows = [{**move, "document": "8", "applied": 50}, {**move, "document": "Q", "applied": -50}]
    type_rows(file, PAYMENTS, rows)
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["over_applied"]
    assert_told_at_the_cell(file, PAYMENTS, said.problems[0], desk.language)
