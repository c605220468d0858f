"""Currencies through workbooks: rates, invoices and bills in dollars, payments, the month's end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, seen

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
PAYMENTS, RATES = "ledger.payments", "ledger.exchange_rates"
RUNS, PERIODS = "ledger.revaluations", "ledger.periods"
BANK, DOLLARS, EXCHANGE = "11200", "11220", "73000"
DEPOSITS, ADVANCES = "21200", "11600"


@pytest.fixture
def desk(desk_on_both: Desk) -> Desk:
    """One language: its messages are read in both by the tests of the book."""
    return desk_on_both


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with a dollar account, a customer, a supplier and two rates."""
    made = desk.new()
    desk.sync(made)
    account = {
        "code": DOLLARS,
        "name": "Bank USD",
        "type": "Asset",
        "group": "Cash and cash equivalents",
    }
    rates = [("2026-05-01", 16_000), ("2026-05-29", 16_400)]
    desk.lay(
        made,
        {
            "ledger.accounts": [{**account, "currency": "USD"}],
            "ledger.parties": [
                {"code": "C", "name": "Acme Ltd", "kind": "Customer"},
                {"code": "S", "name": "Parts Inc", "kind": "Supplier"},
            ],
            RATES: [{"currency": "USD", "date": day, "rate": rate} for day, rate in rates],
        },
    )
    return made


def sold(number: str, price: int, date: str = "2026-05-04", **more: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": date, "customer": "C", "account": "41000"}
    return {**head, "unit_price": price, "currency": "USD", **more}


def paid(number: str, amount: int, date: str = "2026-05-20", **more: Any) -> dict[str, Any]:
    head = {"payment": number, "date": date, "direction": "In", "party": "C", "currency": "USD"}
    return {**head, "bank_account": BANK, "amount": amount, **more}


def balance(desk: Desk, account: str, until: str = "2026-12-31") -> Decimal:
    rows = [r for r in desk.kept(JOURNAL) if r["account"] == account and r["date"] <= until]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def report(desk: Desk, name: str, as_of: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": as_of}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def opened(desk: Desk, as_of: str = "2026-05-31") -> dict[str, tuple[Decimal, Decimal]]:
    """What is open in foreign and in company currency, by document or account."""
    return {
        row.get("document") or row["account"]: (
            Decimal(row["foreign_amount"]),
            Decimal(row["amount"]),
        )
        for row in report(desk, "foreign_open_items", as_of)
    }


def agree(desk: Desk, as_of: str) -> bool:
    return {row["difference"] for row in report(desk, "books_agree", as_of)} == {"0.00"}


def test_a_month_in_dollars_from_invoice_to_valuation(desk: Desk, file: Path) -> None:
    owed = {"bill": "T1", "date": "2026-05-04", "supplier": "S", "account": "61400"}
    desk.lay(
        file,
        {
            INVOICES: [sold("F1", 1_000), sold("F2", 500, rate=16_100)],
            BILLS: [{**owed, "unit_price": 200, "currency": "USD"}],
        },
    )
    received = paid("P1", 600, bank_account=DOLLARS, document="F1", applied=600, rate=16_200)
    sent = paid("P2", 200, direction="Out", party="S", document="T1", applied=200, rate=16_350)
    desk.lay(file, {PAYMENTS: [received, sent]})
    assert balance(desk, EXCHANGE) == -600 * 200 + 200 * 350
    assert opened(desk) == {
        "F1": (400, 6_400_000),
        "F2": (500, 8_050_000),
        DOLLARS: (600, 9_720_000),
    }
    desk.lay(file, {RUNS: [{"period": "2026-05"}]})
    unrealised = 400 * 400 + 500 * 300 + 600 * 200
    assert balance(desk, EXCHANGE, "2026-05-31") == -50_000 - unrealised
    assert balance(desk, EXCHANGE, "2026-06-01") == -50_000
    assert [agree(desk, day) for day in ("2026-05-31", "2026-06-01")] == [True, True]
    aged = report(desk, "aged_receivables", "2026-05-31")
    assert sum(Decimal(row["open"]) for row in aged) == 900 * 16_400
    rows = [row for row in seen(file, JOURNAL) if row["entry"] == "RV:2026-05"]
    assert len(rows) == 4

    put(file, PERIODS, 6, status="Closed")
    assert desk.sync(file).status == 0
    desk.lay(file, {PAYMENTS: [paid("P3", 400, "2026-06-10", document="F1", applied=400)]})
    assert balance(desk, EXCHANGE) == -50_000 - 400 * 400  # at 16,400, the last rate there is
    assert agree(desk, "2026-06-30")


def test_a_deposit_in_dollars_is_invoiced_and_used_at_the_rate_of_its_day(
    desk: Desk, file: Path
) -> None:
    held = {"kind": "Deposit", "account": DEPOSITS}
    desk.lay(file, {INVOICES: [sold("D1", 300, "2026-05-04", **held)]})
    desk.lay(file, {PAYMENTS: [paid("P1", 300, "2026-05-12", document="D1", applied=300)]})
    used = sold("F1", 300, "2026-06-02", account=DEPOSITS, deposit="D1", rate=16_500)
    desk.lay(file, {INVOICES: [sold("F1", 1_000, "2026-06-02", rate=16_500), used]})
    assert balance(desk, DEPOSITS, "2026-05-31") == -300 * 16_000
    assert (balance(desk, DEPOSITS), balance(desk, EXCHANGE)) == (0, 0)
    assert balance(desk, "41000") == -(300 * 16_000 + 700 * 16_500)
    assert opened(desk, "2026-06-30") == {"F1": (700, 700 * 16_500)}

    desk.lay(file, {RUNS: [{"period": "2026-05"}]})
    put(file, RATES, 2, rate=15_000)
    assert desk.sync(file).status == 0
    assert (balance(desk, DEPOSITS), balance(desk, EXCHANGE)) == (0, 0)
    assert balance(desk, "41000") == -(300 * 15_000 + 700 * 16_500)
    assert agree(desk, "2026-06-30")

    put(file, INVOICES, 3, currency="IDR", rate="")
    said = desk.sync(file)
    assert "currency_of_deposit" in {p["code"] for p in said.problems}


def test_an_advance_to_a_supplier_in_dollars_is_what_the_goods_cost(desk: Desk, file: Path) -> None:
    head = {"supplier": "S", "currency": "USD"}
    advance = {"bill": "T1", "date": "2026-05-04", "kind": "Deposit", "account": ADVANCES, **head}
    desk.lay(file, {BILLS: [{**advance, "unit_price": 400}]})
    bill = {"bill": "T2", "date": "2026-05-30", **head, "tax_code": "PPN-M"}
    goods = {**bill, "account": "61400", "unit_price": 1_000}
    used = {**bill, "account": ADVANCES, "unit_price": 400, "deposit": "T1", "tax_code": None}
    desk.lay(file, {BILLS: [goods, used]})
    assert balance(desk, "61400") == 400 * 16_000 + 600 * 16_400
    assert (balance(desk, ADVANCES), balance(desk, EXCHANGE)) == (0, 0)
    assert balance(desk, "11810") == 110 * 16_400
    assert agree(desk, "2026-05-31")


@pytest.mark.parametrize("desk_on_both", ["sqlite"], indirect=True)
def test_a_missing_rate_and_a_payment_in_another_currency_are_told_at_the_cell(
    desk: Desk, file: Path
) -> None:
    desk.lay(file, {INVOICES: [sold("F1", 100)]})
    put(file, INVOICES, 2, date="2026-04-30")
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["rate_missing"]
    assert_told_at_the_cell(file, INVOICES, said.problems[0], desk.language)
    put(file, INVOICES, 2, date="2026-05-04")
    desk.lay(file, {PAYMENTS: [paid("P1", 100, document="F1", applied=100)]})
    put(file, PAYMENTS, 2, currency="")
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["currency_of_document"]
    assert_told_at_the_cell(file, PAYMENTS, said.problems[0], desk.language)


@pytest.mark.parametrize("desk_on_both", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["ledger-currency-002", "ledger-currency-009"])
def test_the_published_case_comes_out_of_a_workbook(desk: Desk, file: Path, name: str) -> None:
    cases = shared_json("cases/peers/ledger-currency.json")["cases"]
    case = next(case for case in cases if case["id"] == name)
    desk.lay(file, {PERIODS: [{"period": "2025-03", "status": "Open"}]})
    for event in case["events"]:
        desk.lay(file, typed(event, case["events"]))
    found = opened(desk, "2025-03-31")
    for expected in case["expect"]:
        if expected["what"] == "exchange_difference":
            assert -balance(desk, EXCHANGE) == expected["amount"]
        elif expected["what"] == "document":
            left = expected.get("outstanding", -expected.get("unallocated", 0))
            assert found.get(f"D{expected['event']}", (0, 0))[0] == left
        else:
            in_books = expected["in"] == "base"
            assert sum(item[in_books] for item in found.values()) == expected["outstanding"]


def typed(event: dict[str, Any], events: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of an event of a case; money on account is moved to what it pays."""
    key, day = f"D{event['n']}", event.get("date", "2025-03-02")
    rated = {k: event[k] for k in ("currency", "rate") if k in event}
    if event["do"] == "sales_invoice":
        (line,) = event["lines"]
        return {INVOICES: [sold(key, line["amount"], day, **rated)]}
    if event["do"] == "receive_payment":
        return {PAYMENTS: [paid(key, event["amount"], day, **rated)]}
    (money,), (owed,) = event["payments"], event["invoices"]
    invoice = next(e for e in events if e["n"] == owed)
    part, currency = invoice["lines"][0]["amount"], invoice["currency"]
    moved = ((f"D{owed}", part), (f"D{money}", -part))
    return {
        PAYMENTS: [
            paid(key, 0, day, document=document, applied=amount, currency=currency)
            for document, amount in moved
        ]
    }
