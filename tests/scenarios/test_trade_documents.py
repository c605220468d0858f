"""Invoices in instalments, credit notes, deposits, bills against orders and reminders: typed into a
workbook, synced with a real server, read from the file and the reports.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, seen, type_rows

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
ORDERS, REQUESTS = "ledger.purchase_orders", "ledger.approval_requests"
RECEIVABLE, DEPOSITS, SALES, SUPPLIES = "11300", "21200", "41000", "61400"


@pytest.fixture
def desk(either_desk: Desk) -> Desk:
    """Indonesian over SQLite, English over PostgreSQL."""
    return either_desk


def words(desk: Desk, table: str, column: str, key: str) -> str:
    """A choice as its drop-down says it."""
    found = desk.served.catalogue.sheets[table].column(column)
    return str(found.cell(key, desk.language))


def ask(desk: Desk, key: str, day: str, form: str = "json") -> httpx2.Response:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{key}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    asked = {"as_of": day, "format": form}
    return httpx2.get(url, params=asked, headers=signed, timeout=60)


def rows_of(desk: Desk, key: str, day: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(desk, key, day).json()["rows"]
    return found


def invoice(number: str, day: str, price: int, **cells: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": day, "customer": "C1", "account": SALES}
    return {**head, "unit_price": price, **cells}


def opened(desk: Desk, day: str) -> list[tuple[str, str, str]]:
    rows = rows_of(desk, "aged_receivables", day)
    return [(row["document"], row["due"], row["open"]) for row in rows]


def balance(desk: Desk, account: str, day: str) -> Decimal:
    rows = (row for row in desk.kept(JOURNAL) if row["account"] == account and row["date"] <= day)
    sides = (Decimal(row.get("debit", 0)) - Decimal(row.get("credit", 0)) for row in rows)
    return sum(sides, Decimal(0))


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with terms 30/70, a customer who has them, a supplier, and reminders."""
    made = desk.new()
    desk.sync(made)
    kinds = {key: words(desk, "ledger.parties", "kind", key) for key in ("customer", "supplier")}
    terms = {"terms": "DP30", "description": "30/70"}
    levels = [
        {"level": 1, "days": 7, "text_id": "Tagihan {amount}.", "text_en": "Please pay {amount}."},
        {"level": 2, "days": 30, "text_id": "Kedua: {amount}.", "text_en": "Again: {amount}."},
    ]
    desk.lay(
        made,
        {
            "ledger.payment_terms": [{**terms, "percent": 30}, {**terms, "months": 1, "day": 31}],
            "ledger.dunning_levels": levels,
        },
    )
    parties = [
        {"code": "C1", "name": "Toko Maju", "kind": kinds["customer"], "terms": "DP30"},
        {"code": "S1", "name": "CV Sumber", "kind": kinds["supplier"]},
    ]
    desk.lay(made, {"ledger.parties": parties})
    return made


def test_an_invoice_in_instalments_is_paid_credited_and_dunned(desk: Desk, file: Path) -> None:
    desk.lay(file, {INVOICES: [invoice("F1", "2026-05-10", 1000001)]})
    due = {row["due"].isoformat()[:10]: row["debit"] for row in seen(file, JOURNAL) if row["due"]}
    assert due == {"2026-05-10": 300000, "2026-06-30": 700001}

    inward = words(desk, PAYMENTS, "direction", "in")
    paid = {"payment": "P1", "date": "2026-05-20", "direction": inward, "party": "C1"}
    paid |= {"bank_account": "11200", "amount": 350000, "document": "F1", "applied": 350000}
    note = words(desk, INVOICES, "kind", "credit_note")
    credit = invoice("K1", "2026-06-05", 100000, kind=note, corrects="F1")
    desk.lay(file, {PAYMENTS: [paid], INVOICES: [credit]})
    assert opened(desk, "2026-05-19") == [
        ("F1", "2026-05-10", "300000.00"),
        ("F1", "2026-06-30", "700001.00"),
    ]
    assert opened(desk, "2026-05-20") == [("F1", "2026-06-30", "650001.00")]
    assert opened(desk, "2026-06-05") == [("F1", "2026-06-30", "550001.00")]
    for day in ("2026-05-09", "2026-05-19", "2026-05-20", "2026-06-05"):
        aged = sum(Decimal(amount) for _, _, amount in opened(desk, day))
        assert aged == balance(desk, RECEIVABLE, day)

    asked = rows_of(desk, "dunning", "2026-05-19")
    assert [(r["document"], r["reminder"], r["amount"]) for r in asked if r.get("document")] == [
        ("F1", "1", "300000.00")
    ]
    letter = {"id": "Tagihan 300.000,00.", "en": "Please pay 300,000.00."}[desk.language]
    assert [row["name"] for row in asked if row["level"] == "text"] == [letter]
    assert ask(desk, "dunning", "2026-05-19", "pdf").content.startswith(b"%PDF")
    assert ask(desk, "dunning", "2026-05-19", "xlsx").content.startswith(b"PK")

    type_rows(file, INVOICES, [{**credit, "invoice": "K2", "unit_price": 900002}])
    said = desk.sync(file)
    assert [problem["code"] for problem in said.problems] == ["corrects_too_much"]
    assert_told_at_the_cell(file, INVOICES, said.problems[0], desk.language)


def test_a_deposit_is_held_and_deducted_once(desk: Desk, file: Path) -> None:
    kind = words(desk, INVOICES, "kind", "deposit")
    deposit = invoice("UM1", "2026-05-01", 300000, kind=kind, account=DEPOSITS, tax_code="PPN-K")
    desk.lay(file, {INVOICES: [deposit]})
    assert balance(desk, DEPOSITS, "2026-05-31") == -300000

    goods = invoice("F1", "2026-06-01", 1000000, tax_code="PPN-K")
    taken = invoice("F1", "2026-06-01", 300000, account=DEPOSITS, tax_code="PPN-K", deposit="UM1")
    desk.lay(file, {INVOICES: [goods, taken]})
    assert balance(desk, DEPOSITS, "2026-06-30") == 0
    assert balance(desk, RECEIVABLE, "2026-06-30") == 1110000  # the tax of the whole, once

    again = [{**row, "invoice": "F2"} for row in (goods, taken)]
    type_rows(file, INVOICES, again)
    said = desk.sync(file)
    assert [problem["code"] for problem in said.problems] == ["deposit_overdrawn"]
    assert_told_at_the_cell(file, INVOICES, said.problems[0], desk.language)


@pytest.mark.parametrize("name", ["ledger-tax-004", "ledger-tax-006"])
def test_a_published_invoice_comes_to_its_figures(english_desk: Desk, name: str) -> None:
    desk, file = english_desk, english_desk.new()
    desk.sync(file)
    cases = shared_json("cases/peers/ledger-tax.json")["cases"]
    case = next(case for case in cases if case["id"] == name)
    (event,), (expected,) = case["events"], case["expect"]
    (tax,) = event["taxes"]
    code = {"code": "T", "name": "T", "kind": "Output", "rate": tax["percent"]}
    code |= {"account": "21450", "from": "2026-01-01", "rounding": "Two decimals"}
    customer = {"code": "C1", "name": "C1", "kind": "Customer"}
    desk.lay(file, {"ledger.tax_codes": [code], "ledger.parties": [customer]})
    sold = [{**invoice("F1", "2026-05-01", 0, tax_code="T"), **line} for line in lines_of(event)]
    desk.lay(file, {INVOICES: sold})
    amounts = {row["account"]: row["debit"] or row["credit"] for row in seen(file, JOURNAL)}
    assert amounts == {
        RECEIVABLE: expected["total"],
        SALES: expected["net"],
        "21450": expected["taxes"][tax["name"]],
    }


def lines_of(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of a case; a discount of the whole stands on a line that is large enough."""
    lines = [{"qty": line["qty"], "unit_price": line["rate"]} for line in event["lines"]]
    if "discount" in event:
        lines[1]["discount"] = event["discount"]
    return lines


def test_a_bill_beyond_its_order_waits_and_comes_in_once_it_fits(desk: Desk, file: Path) -> None:
    order = {"order": "PO1", "date": "2026-05-01", "supplier": "S1", "item": "A4"}
    desk.lay(file, {ORDERS: [{**order, "qty": 10, "unit_price": 50000, "received": 8}]})
    bill = {"bill": "T1", "date": "2026-05-05", "supplier": "S1", "account": SUPPLIES}
    bill |= {"order": "PO1", "item": "A4", "qty": 9, "unit_price": 50000}
    desk.lay(file, {BILLS: [bill]})
    assert balance(desk, SUPPLIES, "2026-12-31") == 0
    (request,) = seen(file, REQUESTS)
    assert "PO1" in request["reason"]

    put(file, BILLS, 2, qty=8)
    assert desk.sync(file).status == 0
    assert balance(desk, SUPPLIES, "2026-12-31") == 400000
    assert desk.kept(REQUESTS) == []
    (status,) = rows_of(desk, "purchase_order_status", "2026-12-31")
    assert (status["received"], status["billed"], status["to_bill"]) == ("8", "8", "2")


@pytest.mark.parametrize("desk", ["en"], indirect=True)
def test_a_bill_is_checked_by_number_price_and_quantity(desk: Desk, file: Path) -> None:
    tolerance = {"kind": "Purchase bill", "tolerance": 10}
    order = {"date": "2026-05-01", "supplier": "S1", "unit_price": 1000}
    orders = [{"order": f"PO{n}", **order, "item": f"A{n}", "qty": 10} for n in range(1, 5)]
    desk.lay(file, {"ledger.document_kinds": [tolerance], ORDERS: orders})
    bill = {"date": "2026-05-05", "supplier": "S1", "account": SUPPLIES}
    checked = ((10, 1100), (11, 1000), (10, 1101), (12, 1000))  # the last two: over 10 %
    bills = [{"bill": f"T{n}", **bill, "supplier_ref": f"X{n}", "order": f"PO{n}", "item": f"A{n}",
              "qty": qty, "unit_price": price}
             for n, (qty, price) in enumerate(checked, 1)]  # fmt: skip
    desk.lay(file, {BILLS: bills})
    assert {row["document"] for row in seen(file, REQUESTS)} == {"T3", "T4"}
    assert balance(desk, SUPPLIES, "2026-12-31") == 22_000
    type_rows(file, BILLS, [{"bill": "T9", **bill, "supplier_ref": "X1", "unit_price": 5}])
    assert [p["code"] for p in desk.sync(file).problems] == ["duplicate_supplier_ref"]
