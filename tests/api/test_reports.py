"""Reports over HTTP: as JSON, and as the files that people hand on."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import httpx2
import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.api.test_routes import V1, entry, group, push, put

FORMULA = "=1+1"  # what a person typed as a name
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def trading(client: TestClient, owner: httpx2.Headers) -> TestClient:
    """A company with capital, an invoice, and a customer whose name looks like a formula."""
    customer = put("ledger.parties", code="C1", name=FORMULA, kind="customer")
    sold = put(
        "ledger.sales_invoices",
        **{"invoice": "I1", "date": "2026-05-04", "customer": "C1", "account": "41000"},
        unit_price="1250000",
    )
    results = push(
        client,
        owner,
        entry("J1", "5000000.00", "5000000.00"),
        group("ledger.parties", "C1", customer),
        group("ledger.sales_invoices", "I1", sold),
    )
    assert {result["status"] for result in results} == {"applied"}
    return client


def asked(client: TestClient, who: httpx2.Headers, name: str, **query: str) -> httpx2.Response:
    reply = client.get(f"{V1}/reports/{name}", headers=who, params=query)
    assert reply.status_code == 200, reply.text
    return reply


def sheet_of(reply: httpx2.Response, values: bool = False) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(reply.content), data_only=values)
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_a_statement_can_be_had_in_either_language_beside_the_year_before(
    trading: TestClient, owner: httpx2.Headers
) -> None:
    query = {"as_of": "2026-05-31", "compare": "year_end", "language": "en"}
    reply = asked(trading, owner, "balance_sheet", **query).json()
    headings = {column["key"]: column["headings"] for column in reply["columns"]}
    assert headings["amount"] == {"id": "31 Mei 2026", "en": "31 May 2026"}
    assert headings["compared"]["id"] == "31 Desember 2025"
    totals = {row["name"]: row["amount"] for row in reply["rows"] if row["level"] == "total"}
    assert totals["Total assets"] == totals["Total liabilities and equity"] == "6250000.00"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ({}, "", "application/json"),
        ({"format": "pdf"}, "", "application/pdf"),
        ({}, "application/pdf", "application/pdf"),
        ({}, "text/html, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ({"format": "csv"}, XLSX, "text/csv; charset=utf-8"),
        ({}, XLSX, XLSX),
    ],
)
def test_the_kind_of_file_is_asked_by_format_or_accept(
    trading: TestClient, owner: httpx2.Headers, query: dict[str, str], accept: str, expected: str
) -> None:
    headers = httpx2.Headers({**owner, "Accept": accept or "*/*"})
    reply = trading.get(f"{V1}/reports/trial_balance", headers=headers, params=query)
    assert reply.headers["content-type"] == expected


def test_an_xlsx_calculates_and_no_text_becomes_a_formula(
    trading: TestClient, owner: httpx2.Headers
) -> None:
    reply = asked(trading, owner, "aged_receivables", as_of="2026-05-31", format="xlsx")
    head, row, sums = sheet_of(reply)[4:7]
    assert head[:2] == ("Pelanggan", "Nama")
    assert row[:4] == ("C1", FORMULA, "I1", datetime(2026, 5, 4))
    assert row[6] == 1250000
    assert sums[6] == "=SUM(G6)"
    assert sheet_of(reply, values=True)[6][6] == 1250000
    (cell,) = [
        cell
        for cells in openpyxl.load_workbook(io.BytesIO(reply.content)).worksheets[0].iter_rows()
        for cell in cells
        if cell.value == FORMULA
    ]
    assert cell.data_type == "s"


def test_the_sums_of_a_statement_are_formulas_with_their_results(
    trading: TestClient, owner: httpx2.Headers
) -> None:
    reply = asked(trading, owner, "balance_sheet", as_of="2026-05-31", format="xlsx")
    formulas = {row[1]: row[2] for row in sheet_of(reply)[5:]}
    results = {row[1]: row[2] for row in sheet_of(reply, values=True)[5:]}
    assert formulas["Jumlah aset lancar"] == "=SUM(C7:C8)"
    assert formulas["Jumlah aset"] == "=C9"
    assert results["Jumlah aset"] == results["Jumlah liabilitas dan ekuitas"] == 6250000


def test_a_csv_carries_canonical_text_and_makes_formulas_plain(
    trading: TestClient, owner: httpx2.Headers
) -> None:
    reply = asked(trading, owner, "aged_receivables", as_of="2026-05-31", format="csv")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert [(row["Nama"], row["Terbuka"]) for row in rows] == [(f"'{FORMULA}", "1250000.00")]


def test_a_pdf_is_the_same_each_time_and_numbers_its_pages(
    trading: TestClient, owner: httpx2.Headers
) -> None:
    many = [entry(f"L{n}", f"{n}.00", f"{n}.00") for n in range(1, 80)]
    push(trading, owner, *many)
    files = [
        asked(trading, owner, "general_ledger", period="2026-05", format="pdf").content
        for _ in range(2)
    ]
    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF-")
    assert files[0].count(b"/Type /Page\n") > 2


@pytest.mark.parametrize(
    "query",
    [{"compare": "last_time"}, {"period": "2026-13"}, {"period": "2026-05..2026-01"},
     {"format": "docx"}, {"language": "de"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(
    client: TestClient, owner: httpx2.Headers, query: dict[str, str]
) -> None:
    reply = client.get(f"{V1}/reports/balance_sheet", headers=owner, params=query)
    assert reply.status_code in (400, 422)
    assert reply.headers["content-type"] == "application/problem+json"
