"""Money in and out of every kind, typed into a workbook: what is open is the control account, on
each day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx2

from tests.scenarios.front_desk import JOURNAL, Desk

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
RECEIVABLE, PAYABLE, CHARGES = "11300", "21100", "61900"


def invoice(number: str, day: int, price: int, **more: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": f"2026-05-{day:02}", "customer": "C1", "account": "41000"}
    return {**head, "unit_price": price, **more}


def bill(number: str, day: int, price: int, **more: Any) -> dict[str, Any]:
    head = {"bill": number, "date": f"2026-05-{day:02}", "supplier": "S1", "account": "61400"}
    return {**head, "unit_price": price, **more}


def money(number: str, day: int, amount: int, *parts: tuple[str, int], **more: Any) -> Any:
    head = {"payment": number, "date": f"2026-05-{day:02}", "direction": "In", "party": "C1"}
    head |= {"bank_account": "11200", "amount": amount}
    settled = [{"document": key, "applied": part} for key, part in parts] or [{}]
    return [{**head, **one, **more} for one in settled]


def received() -> list[dict[str, Any]]:
    """In part, too much and kept, too much and written off, too little, several, none."""
    charges = {"difference_account": CHARGES}
    return [
        *money("P1", 3, 400, ("F1", 400)),
        *money("P2", 6, 1100, ("F2", 1000)),
        *money("P3", 9, 1010, ("F3", 1010), written_off=-10, **charges),
        *money("P4", 12, 990, ("F4", 990), written_off=10, **charges),
        *money("P5", 15, 1600, ("F1", 600), ("F5", 900)),
        *money("P6", 18, 500),
    ]


def sent() -> list[dict[str, Any]]:
    out = {"direction": "Out", "party": "S1"}
    return [
        *money("K1", 5, 300, ("T1", 300), **out),
        *money("K2", 20, 1900, ("T1", 700), ("T2", 1200), **out),
        *money("K3", 21, 50, **out),
    ]


def days() -> Iterator[str]:
    first = date(2026, 4, 30)
    return ((first + timedelta(days=n)).isoformat() for n in range(34))


def reported(desk: Desk, name: str, day: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": day}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def assert_open_items_are_the_account(desk: Desk, name: str, account: str, sign: int) -> None:
    """What a report of open items adds up to is the account's balance, on each of 34 days."""
    rows = [row for row in desk.kept(JOURNAL) if row["account"] == account]
    seen_totals = set()
    for day in days():
        sides = (Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0))
                 for r in rows if r["date"] <= day)  # fmt: skip
        opened = sum((Decimal(row["open"]) for row in reported(desk, name, day)), Decimal(0))
        assert opened == sign * sum(sides, Decimal(0)), day
        seen_totals.add(opened)
    assert len(seen_totals) > 5


def test_the_control_accounts_are_the_open_items_on_each_day(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new()
    desk.sync(file)
    parties = [("C1", "Customer"), ("S1", "Supplier")]
    parts = [{"percent": 50}, {"months": 1}]
    desk.lay(file, {
        "ledger.parties": [{"code": code, "name": code, "kind": kind} for code, kind in parties],
        "ledger.payment_terms": [{"terms": "HALVES", **part} for part in parts],
    })  # fmt: skip
    sold = [invoice(f"F{n}", n, 1000) for n in range(1, 6)]
    owed = [bill("T1", 2, 1000), bill("T2", 4, 1200, terms="HALVES"), bill("T3", 25, 700)]
    desk.lay(file, {INVOICES: sold, BILLS: owed})
    credited = invoice("N1", 22, 100, kind="Credit note", corrects="F5")
    desk.lay(file, {INVOICES: [credited]})
    desk.lay(file, {PAYMENTS: [*received(), *sent()]})
    assert_open_items_are_the_account(desk, "aged_receivables", RECEIVABLE, 1)
    assert_open_items_are_the_account(desk, "aged_payables", PAYABLE, -1)
    rows = reported(desk, "aged_receivables", "2026-05-31")
    assert {row["document"]: row["open"] for row in rows} == {
        "P2": "-100.00", "P5": "-100.00", "P6": "-500.00",
    }  # fmt: skip

    # What stayed on account is moved to an invoice later; the days before stay as they were.
    before = reported(desk, "aged_receivables", "2026-05-20")
    desk.lay(file, {INVOICES: [invoice("F6", 23, 500)]})
    desk.lay(file, {PAYMENTS: money("M1", 26, 0, ("F6", 500), ("P6", -500))})
    assert reported(desk, "aged_receivables", "2026-05-20") == before
    assert_open_items_are_the_account(desk, "aged_receivables", RECEIVABLE, 1)
