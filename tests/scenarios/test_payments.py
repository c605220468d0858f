"""Payments through workbooks: differences, money on account, and bills paid in batches."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, seen, type_rows

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
PAYMENTS, BATCHES = "ledger.payments", "ledger.payment_batches"
RECEIVABLE, PAYABLE, BANK, CHARGES = "11300", "21100", "11200", "61900"


@pytest.fixture
def desk(desk_on_both: Desk) -> Desk:
    """One language: its messages are read in both by the tests of the book."""
    return desk_on_both


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with a customer and a supplier whose bank account is known."""
    made = desk.new()
    desk.sync(made)
    bank = {"bank_name": "Bank Contoh", "bank_account_number": "0012345678"}
    parties = [{"code": "C1", "name": "Toko Maju"}, {"code": "S1", "name": "CV Sumber", **bank}]
    desk.lay(
        made, {"ledger.parties": [{**party, "kind": "Customer and supplier"} for party in parties]}
    )
    return made


def invoice(number: str, price: int) -> dict[str, Any]:
    head = {"invoice": number, "date": "2026-05-04", "customer": "C1", "account": "41000"}
    return {**head, "unit_price": price}


def bill(number: str, price: int) -> dict[str, Any]:
    head = {"bill": number, "date": "2026-05-04", "supplier": "S1", "account": "61400"}
    return {**head, "unit_price": price}


def received(number: str, amount: int, **more: Any) -> dict[str, Any]:
    head = {"payment": number, "date": "2026-05-20", "party": "C1", "bank_account": BANK}
    return {**head, "direction": "In", "amount": amount, **more}


def balance(desk: Desk, account: str) -> Decimal:
    rows = [row for row in desk.kept(JOURNAL) if row["account"] == account]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def report(desk: Desk, name: str, as_of: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": as_of}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def opened(desk: Desk) -> dict[str, str]:
    """What is open of each document at the end of May."""
    return {row["document"]: row["open"] for row in report(desk, "aged_receivables", "2026-05-31")}


def test_a_payment_less_bank_charges_settles_its_invoice(desk: Desk, file: Path) -> None:
    less = {"document": "F1", "applied": 993_500, "written_off": 6_500}
    row = received("P1", 993_500, **less, difference_account=CHARGES)
    desk.lay(file, {INVOICES: [invoice("F1", 1_000_000)], PAYMENTS: [row]})
    assert (balance(desk, RECEIVABLE), balance(desk, BANK)) == (0, 993_500)
    assert balance(desk, CHARGES) == 6_500
    put(file, PAYMENTS, 2, written_off=7_000)
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["over_applied"]
    assert_told_at_the_cell(file, PAYMENTS, said.problems[0], desk.language)


def test_money_on_account_is_proposed_and_moved_to_what_it_pays(desk: Desk, file: Path) -> None:
    on_account = received("P1", 500_000, description="trf inv f-22")
    invoices = [invoice("F-21", 500_000), invoice("F-22", 300_000)]
    desk.lay(file, {INVOICES: invoices, PAYMENTS: [on_account]})
    first = report(desk, "payment_proposals", "2026-05-31")[0]
    assert (first["document"], first["applied"], first["rest"]) == (
        "F-22",
        "300000.00",
        "500000.00",
    )
    settles = {"document": first["document"], "applied": 300_000}
    put(file, PAYMENTS, 2, **settles)
    assert desk.sync(file).status == 0
    assert opened(desk) == {"F-21": "500000.00", "P1": "-200000.00"}
    moved = [
        received("M1", 0, document="F-21", applied=200_000),
        received("M1", 0, document="P1", applied=-200_000),
    ]
    desk.lay(file, {PAYMENTS: moved})
    assert opened(desk) == {"F-21": "300000.00"}
    assert balance(desk, RECEIVABLE) == 300_000


def test_bills_are_paid_in_a_batch_each_once(desk: Desk, file: Path) -> None:
    head = {"date": "2026-05-20", "bank_account": BANK}
    batch = [
        {"batch": "D1", **head, "document": "T1", "amount": 400_000},
        {"batch": "D1", **head, "document": "T2", "amount": 250_000},
    ]
    desk.lay(file, {BILLS: [bill("T1", 400_000), bill("T2", 300_000)], BATCHES: batch})
    assert (balance(desk, PAYABLE), desk.kept(PAYMENTS)) == (-700_000, [])
    (transfer,) = report(desk, "bank_file", "2026-05-20")
    assert (transfer["bank_account_number"], transfer["amount"]) == ("0012345678", "650000.00")
    told = report(desk, "remittance", "2026-05-20")
    assert {row["document"]: row["amount"] for row in told if row["document"]} == {
        "T1": "400000.00", "T2": "250000.00",
    }  # fmt: skip
    due = report(desk, "bills_due", "2026-05-31")
    assert [(row["document"], row["batch"]) for row in due] == [("T1", "D1"), ("T2", "D1")]

    type_rows(file, BATCHES, [{"batch": "D2", **head, "document": "T2", "amount": 1_000}])
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["in_another_batch"]
    assert_told_at_the_cell(file, BATCHES, said.problems[0], desk.language)

    put(file, BATCHES, 2, post="Yes")
    put(file, BATCHES, 4, document="T2", amount=50_000)
    assert desk.sync(file).status in (0, 1)
    assert desk.sync(file).status == 0
    assert seen(file, BATCHES)[0]["number"] == "DP-2026-0001"
    assert {row["payment"] for row in desk.kept(PAYMENTS)} == {"D1-S1"}
    assert (balance(desk, PAYABLE), balance(desk, BANK)) == (-50_000, -650_000)
    put(file, BATCHES, 2, amount=1)
    assert [p["code"] for p in desk.sync(file).problems] == ["posted"]


def test_proposals_are_typed_beside_payments_and_sent_with_the_next_sync(
    desk: Desk, file: Path
) -> None:
    payments = [
        received("P1", 300_000, description="trf f-22"),
        received("P2", 450_000),
        received("P3", 40_000),
    ]
    prices = {"F-21": 250_000, "F-22": 300_000, "F-23": 200_000, "F-24": 990_000}
    invoices = [invoice(number, price) for number, price in prices.items()]
    desk.lay(file, {INVOICES: invoices, PAYMENTS: payments})
    said = desk.run("payment-match", str(file), "--json")
    assert set(said.reply["filled"]) == {"P1", "P2"}
    assert set(said.reply["guessed"]) == {"P3"}
    assert opened(desk)["F-22"] == "300000.00"  # nothing was sent
    rows = {(row["payment"], row["document"]): row["proposal"] for row in seen(file, PAYMENTS)}
    assert set(rows) == {("P1", "F-22"), ("P2", "F-21"), ("P2", "F-23"), ("P3", None)}
    assert rows[("P1", "F-22")] == "F-22 300,000 (number in the description, same amount)"
    assert desk.sync(file).status == 0
    assert opened(desk) == {"F-24": "990000.00", "P3": "-40000.00"}
    again = desk.run("payment-match", str(file), "--json")
    assert again.reply["filled"] == {}
