"""Figures that no company has: refused at their row, while all else in the workbook goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.front_desk import Desk, row_at
from tests.scenarios.office import type_rows

INVOICES, TERMS, CODES = "ledger.sales_invoices", "ledger.payment_terms", "ledger.tax_codes"


@pytest.fixture
def desk(english_desk: Desk) -> Desk:
    """One language: its messages are read in both by the tests of the book."""
    return english_desk


@pytest.fixture
def file(desk: Desk) -> Path:
    made = desk.new()
    desk.sync(made)
    desk.lay(made, {"ledger.parties": [{"code": "C1", "name": "Toko Maju", "kind": "Customer"}]})
    return made


def invoice(number: str, price: int, **cells: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": "2026-05-04", "customer": "C1", "account": "41000"}
    return {**head, "unit_price": price, **cells}


def test_figures_beyond_all_bounds_stop_no_other_row(desk: Desk, file: Path) -> None:
    huge = invoice("F2", 9_999_999_999_999, qty=9_999_999_999_999)
    type_rows(file, INVOICES, [invoice("F1", 100), huge, invoice("F3", 100)])
    type_rows(file, TERMS, [{"terms": "NEVER", "days": 99_999_999}])
    tax = {"code": "Q", "name": "Q", "kind": "Output", "account": "21450", "rate": 10}
    type_rows(file, CODES, [{**tax, "from": "2026-01-01", "base_fraction": "1e-99999999"}])
    said = desk.sync(file)
    assert sorted(p["code"] for p in said.problems) == [
        "bad_fraction",
        "number_too_large",
        "terms_too_long",
    ]
    assert desk.keys(INVOICES) == {"F1", "F3"}
    assert "99,999,999,999,980,000,000,000,001.00" in row_at(file, INVOICES, 3)["status"]
