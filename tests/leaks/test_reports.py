"""Every report of every book, in every form, tells somebody who may see May only nothing of April.

Two companies differ in what happened in April; a clerk of May gets the same bytes of both.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.reports.export import FORMATS
from sync_server.storage.memory import MemoryStore
from workbook_templates.books import all_books
from workbook_templates.columns import Date, Month
from workbook_templates.schema import Company

URL = "/v1/companies/PT"
SECRET = "Rahasia"
CLERKS = {
    "ledger": "accountant",
    "inventory": "warehouse",
    "payroll": "payroll",
    "hr": "hr",
}
REPORTS = [(book.key, report.key) for book in all_books() for report in book.reports]
Row = dict[str, str]


def limits() -> list[str]:
    """Every table that knows a day or a month is limited to May."""
    return [
        f"{sheet.table}.{columns[0]}=2026-05..2026-05"
        for book in all_books()
        for sheet in book.sheets
        for columns in sheet.windows
        if isinstance(sheet.column(columns[0]), Date | Month)
    ]


MASTERS: list[tuple[str, list[Row]]] = [
    ("ledger.parties", [{"code": "C1", "name": "Toko Maju", "kind": "customer"}]),
    ("ledger.parties", [{"code": "S1", "name": "Pemasok Jaya", "kind": "supplier"}]),
    *(
        ("inventory.items", [{"code": code, "name": code, "unit": "kg", "costing": "fifo"}])
        for code in ("K1", "K2")
    ),
    ("inventory.warehouses", [{"code": "GD-A", "name": "Gudang A"}]),
    ("hr.employees", [{"employee": "E1", "name": "Ani", "joined": "2025-01-01"}]),
]


def month(number: str, item: str, amount: str, text: str) -> list[tuple[str, list[Row]]]:
    """What happens in a month in all books, of that amount; the texts say `text`."""
    day, period = f"2026-{number}-06", f"2026-{number}"
    entry = {"entry": f"J{number}", "date": day, "description": text}
    sale = {"invoice": f"I{number}", "date": day, "customer": "C1", "description": text}
    bill = {"bill": f"B{number}", "date": day, "supplier": "S1", "description": text}
    paid = {"payment": f"P{number}", "date": day, "direction": "in", "party": "C1"}
    paid |= {"bank_account": "11200", "amount": amount, "description": text}
    move = {"move": f"M{number}", "date": day, "kind": "receipt", "item": item}
    move |= {"qty": "5", "unit_cost": amount.removesuffix(".00"), "warehouse": "GD-A", "note": text}
    given = {"period": period, "employee": "E1", "component": "UPAH", "amount": amount}
    lines = [
        {**entry, "account": "11200", "debit": amount},
        {**entry, "account": "31000", "credit": amount},
    ]
    return [
        ("ledger.journal", lines),
        (
            "ledger.sales_invoices",
            [{**sale, "account": "41000", "unit_price": amount.removesuffix(".00")}],
        ),
        (
            "ledger.purchase_bills",
            [{**bill, "account": "61200", "unit_price": amount.removesuffix(".00")}],
        ),
        ("ledger.payments", [{**paid, "document": f"I{number}", "applied": amount}]),
        ("inventory.moves", [move]),
        ("hr.attendance", [{"date": day, "employee": "E1", "status": "sick", "note": text}]),
        ("payroll.components", [{"code": f"X{number}", "name": "Upah", "kind": "earning"}]),
        ("payroll.pay_inputs", [{**given, "component": f"X{number}", "note": text}]),
    ]


class World:
    """One company, whose owner laid May and an April of that amount, and a clerk of each book."""

    def __init__(self, amount: str, text: str) -> None:
        served = Served(MemoryStore(), Catalogue(all_books()), lambda: "2026-06-30T10:00:00.000Z")
        add_company(served, Company("PT", "PT Contoh", language="en"), "2026-01", "2026-12")
        self.app = TestClient(create_app(served.store, served.catalogue, served.now))
        self.tokens = {"owner": add_person(served, "boss", "owner", "PT")}
        for book, role in CLERKS.items():
            self.tokens[book] = add_person(served, book, role, "PT", limits())
        self.ids = 0
        documents = [*MASTERS, *month("04", "K1", amount, text)]
        documents += month("05", "K2", "500.00", "Biasa")
        groups = [self.group(table, rows) for table, rows in documents]
        body = {"epoch": "", "groups": groups}
        for result in self.ask("POST", "push", json=body).json()["results"]:
            assert result["status"] == "applied", result

    def next_id(self) -> str:
        """The same ids in the same order in every world."""
        self.ids += 1
        return str(UUID(int=self.ids))

    def group(self, table: str, rows: list[Row]) -> dict[str, Any]:
        """A new document."""
        ops = [
            {"op": "put", "t": table, "rid": self.next_id(), "cells": cells}
            for cells in ({c: [None, t] for c, t in row.items()} for row in rows)
        ]
        key = next(iter(rows[0].values()))
        return {"mid": self.next_id(), "kind": table, "key": key, "ops": ops, "new": True}

    def ask(self, method: str, path: str, who: str = "owner", **more: Any) -> httpx2.Response:
        """One request."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        return self.app.request(method, f"{URL}/{path}", headers=headers, **more)

    def report(self, name: str, who: str, kind: str) -> dict[str, bytes]:
        """A report of the whole year so far, by the parts of its file."""
        asked = {"period": "2026-01..2026-06", "as_of": "2026-06-30", "format": kind}
        reply = self.ask("GET", f"reports/{name}", who, params=asked)
        assert reply.status_code == 200, reply.text
        if kind != "xlsx":
            return {name: reply.content}
        with zipfile.ZipFile(io.BytesIO(reply.content)) as parts:
            return {part: parts.read(part) for part in parts.namelist() if "docProps" not in part}


@pytest.fixture(scope="module")
def worlds() -> tuple[World, World]:
    """Two companies whose April differs."""
    return World("100.00", "Biasa"), World("77777.00", SECRET)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("book", "name"), REPORTS)
def test_a_report_tells_a_clerk_of_May_nothing_of_April(
    worlds: tuple[World, World], book: str, name: str, kind: str
) -> None:
    here, there = (world.report(name, book, kind) for world in worlds)
    assert here == there
    assert not any(SECRET.encode() in part or b"77777" in part for part in there.values())


def test_the_owner_is_told_of_April(worlds: tuple[World, World]) -> None:
    told = {
        name
        for _, name in REPORTS
        if len({str(world.report(name, "owner", "csv")) for world in worlds}) > 1
    }
    assert {"trial_balance", "general_ledger", "income_statement", "stock_on_hand"} - told == set()


def test_a_clerk_is_told_of_May(worlds: tuple[World, World]) -> None:
    for book, name in (("ledger", "general_ledger"), ("inventory", "stock_valuation")):
        assert b"500" in worlds[0].report(name, book, "json")[name]
