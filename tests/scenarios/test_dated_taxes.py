"""Taxes by date and by party through a workbook: a new rate, tax that is part of the cost, papers
and thresholds of withholding; the return is the tax accounts.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.scenarios.front_desk import JOURNAL, Desk
from tests.scenarios.office import put

INVOICES, BILLS, PERIODS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.periods"
PARTIES, CODES = "ledger.parties", "ledger.tax_codes"
VAT_OUT, VAT_IN, WITHHELD, RENT = "21450", "11810", "21420", "61200"


@pytest.fixture
def desk(english_desk: Desk) -> Desk:
    """One language: its messages are read in both by the tests of the book."""
    return english_desk


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger of two years with a customer and two suppliers, one of them without a tax number."""
    made = desk.new()
    desk.sync(made)
    number = {"tax_id": "0016573131054000"}
    half = {"code": "HALF", "name": "Half credited", "kind": "Input", "rate": 10, "creditable": 60}
    above = {"code": "ABOVE", "name": "Above", "kind": "Withholding", "rate": 10}
    above |= {"account": WITHHELD, "from": "2025-01-01", "yearly_threshold": 30_000}
    desk.lay(made, {
        PERIODS: [{"period": f"2024-{month:02}", "status": "Open"} for month in range(1, 13)],
        PARTIES: [
            {"code": "C1", "name": "Toko Maju", "kind": "Customer", **number},
            {"code": "S1", "name": "CV Sumber", "kind": "Supplier", **number},
            {"code": "S2", "name": "Bengkel Jaya", "kind": "Supplier"},
        ],
        CODES: [{**half, "account": VAT_IN, "from": "2025-01-01"}, above],
    })  # fmt: skip
    return made


def sold(number: str, day: str, price: int, **more: Any) -> dict[str, Any]:
    head = {"invoice": number, "date": day, "customer": "C1", "account": "41000"}
    return {**head, "unit_price": price, "tax_code": "PPN-K", **more}


def bought(number: str, day: str, price: int, **more: Any) -> dict[str, Any]:
    head = {"bill": number, "date": day, "supplier": "S1", "account": RENT}
    return {**head, "unit_price": price, **more}


def posted(desk: Desk, entry: str, account: str) -> Decimal:
    """Debit less credit of an account in an entry."""
    rows = [r for r in desk.kept(JOURNAL) if (r["entry"], r["account"]) == (entry, account)]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def report(desk: Desk, name: str, month: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"period": month}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def tied(desk: Desk, month: str) -> set[str]:
    """The differences between the return of a month and its tax accounts."""
    return {row["difference"] for row in report(desk, "tax_tie", month)}


def test_documents_of_two_rates_are_told_apart_by_their_date(desk: Desk, file: Path) -> None:
    code = {"code": "DATED", "name": "Dated", "kind": "Output", "account": VAT_OUT}
    rates = [{**code, "rate": 10, "from": "2022-01-01", "to": "2024-12-31"},
             {**code, "rate": 12, "from": "2025-01-01"}]  # fmt: skip
    months = [{"period": f"2025-{month:02}", "status": "Open"} for month in (1, 2)]
    desk.lay(file, {PERIODS: months, CODES: rates})
    before, after = (sold(number, day, 1_000_000, tax_code="DATED")
                     for number, day in (("F1", "2024-12-31"), ("F2", "2025-01-01")))  # fmt: skip
    desk.lay(file, {INVOICES: [before, after]})
    assert returned(desk) == {"2024-12": ["100000.00"], "2025-01": ["120000.00"]}
    put(file, INVOICES, 3, date="2024-12-30")
    assert desk.sync(file).status == 0
    assert -posted(desk, "SI:F2", VAT_OUT) == 100_000
    assert returned(desk) == {"2024-12": ["200000.00"], "2025-01": []}


def returned(desk: Desk) -> dict[str, list[str]]:
    """The tax of the dated code in the returns of two months, which are their tax accounts."""
    found = {}
    for month in ("2024-12", "2025-01"):
        rows = report(desk, "vat_return", month)
        found[month] = [row["tax"] for row in rows if row["code"] == "DATED"]
        assert tied(desk, month) == {"0.00"}
    return found


def test_tax_that_cannot_be_credited_is_part_of_the_cost(desk: Desk, file: Path) -> None:
    half = bought("T1", "2026-05-03", 1_000_000, tax_code="HALF")
    whole = bought("T2", "2026-05-04", 1_000_000, tax_code="PPN-M")
    desk.lay(file, {INVOICES: [sold("F1", "2026-05-05", 3_000_000)], BILLS: [half, whole]})
    assert (posted(desk, "PB:T1", RENT), posted(desk, "PB:T1", VAT_IN)) == (1_040_000, 60_000)
    assert (posted(desk, "PB:T2", RENT), posted(desk, "PB:T2", VAT_IN)) == (1_000_000, 110_000)
    sums = [row["tax"] for row in report(desk, "vat_return", "2026-05") if not row["code"]]
    assert sums == ["330000.00", "-170000.00", "0.00", "160000.00"]
    assert -posted(desk, "SI:F1", VAT_OUT) == 330_000
    assert tied(desk, "2026-05") == {"0.00"}


def test_withholding_heeds_thresholds_papers_and_tax_numbers(desk: Desk, file: Path) -> None:
    served = {"withholding": "PPH23-JASA"}
    bills = [
        bought("T1", "2026-05-03", 1_000_000, **served),
        bought("T2", "2026-05-04", 1_000_000, **served, supplier="S2"),
        bought("T3", "2026-05-05", 10_000, withholding="ABOVE"),
        bought("T4", "2026-05-06", 15_000, withholding="ABOVE"),
        bought("T5", "2026-05-07", 5_000, withholding="ABOVE"),
        bought("T6", "2026-05-08", 5_000, withholding="ABOVE"),
    ]
    desk.lay(file, {BILLS: bills})
    held = [-posted(desk, f"PB:T{n}", WITHHELD) for n in range(1, 7)]
    assert held == [20_000, 40_000, 0, 0, 3_000, 500]

    papers = {"exempt_no": "KET-7", "exempt_from": "2026-06-01", "exempt_to": "2026-06-30"}
    put(file, PARTIES, 3, **papers)
    later = [
        bought("T7", "2026-06-30", 1_000_000, **served),
        bought("T8", "2026-07-01", 1_000_000, **served),
    ]
    desk.lay(file, {BILLS: later})
    assert [-posted(desk, f"PB:T{n}", WITHHELD) for n in (1, 7, 8)] == [20_000, 0, 20_000]
    slips = {row["document"]: row["tax"] for row in report(desk, "withholding_slips", "2026-05")}
    assert slips["T1"] == "20000.00"
    assert slips["T2"] == "40000.00"
    assert tied(desk, "2026-05") == tied(desk, "2026-06") == {"0.00"}
