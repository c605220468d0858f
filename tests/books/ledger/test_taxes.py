"""Tax codes at work: prices that hold tax, taxes on taxes, rounding, and input tax that is cost."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, document
from tests.books.ledger.rows import (
    PAYABLE,
    RECEIVABLE,
    SALES,
    SUPPLIES,
    VAT_IN,
    VAT_OUT,
    bill,
    codes,
    entries_of,
    invoice,
)
from workbook_templates.books.ledger.invoices import Amounts, amounts_of
from workbook_templates.schema import Cells

INVOICES, BILLS, CODES = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.tax_codes"
DAY = "2026-05-03"


def with_code(
    known: KnownRows, code: str, rate: str, kind: str = "output", **cells: str
) -> KnownRows:
    account = VAT_OUT if kind == "output" else VAT_IN
    row = {"code": code, "name": code, "kind": kind, "rate": rate, "account": account}
    return accepted(known, CODES, [{**row, "from": "2025-01-01", **cells}])


def comes_to(known: KnownRows, table: str, rows: list[Cells]) -> Amounts:
    assert codes(known, table, rows) == []
    return amounts_of(document(known, table, rows), known)


def test_a_price_that_includes_tax_is_not_raised(company: KnownRows) -> None:
    found = comes_to(company, INVOICES, invoice("1", DAY, 111000, tax_code="PPN-K-TERMASUK"))
    tax = found.taxes["PPN-K-TERMASUK"]
    assert [tax.base, tax.amount, found.total] == [91667, 11000, 111000]
    assert sum(found.net.values()) == 100000


def test_lines_that_include_tax_lose_nothing_in_rounding(company: KnownRows) -> None:
    prices = (33333, 33333, 33333.5)
    found = comes_to(company, INVOICES, invoice("1", DAY, *prices, tax_code="PPN-K-TERMASUK"))
    assert found.total == Decimal("99999.50")
    assert found.taxes["PPN-K-TERMASUK"].amount == 9910


def test_taxes_are_charged_on_taxes(company: KnownRows) -> None:
    company = with_code(company, "CESS", "2", basis="first_tax", rounding="cent")
    company = with_code(company, "SUM", "2", basis="sum", rounding="cent")
    company = with_code(company, "CESS2", "1", basis="first_tax", further="SUM", rounding="cent")
    company = with_code(company, "EXCISE", "12", further="CESS2", rounding="cent")
    found = comes_to(company, INVOICES, invoice("1", DAY, 15, tax_code="EXCISE"))
    amounts = {code: tax.amount for code, tax in found.taxes.items()}
    assert amounts == {
        "EXCISE": Decimal("1.80"),
        "CESS2": Decimal("0.02"),
        "SUM": Decimal("0.34"),
    }


def test_a_further_tax_does_not_come_back(company: KnownRows) -> None:
    company = with_code(company, "B", "2", further="PPN-K")
    row = {"code": "A", "name": "A", "kind": "output", "rate": "1", "account": VAT_OUT}
    row |= {"from": "2025-01-01"}
    company = accepted(company, CODES, [{**row, "further": "B"}])
    back = {**row, "code": "B", "name": "B", "further": "A"}
    assert codes(company, CODES, [back]) == ["chain_returns"]
    assert codes(company, CODES, [{**row, "further": "PPN-M"}]) == ["chain_of_another_kind"]


@pytest.mark.parametrize(("per", "tax"), [("line", "0.30"), ("document", "0.28")])
def test_rounding_is_by_line_or_by_document(company: KnownRows, per: str, tax: str) -> None:
    company = with_code(company, "T", "11", rounding="cent", rounded_per=per)
    rows = invoice("1", DAY, *[0.5] * 5, tax_code="T")
    found = comes_to(company, INVOICES, rows).taxes["T"]
    assert (found.base, found.amount) == (Decimal("2.50"), Decimal(tax))


def test_tax_that_the_buyer_collects_is_stated_but_not_charged(company: KnownRows) -> None:
    sold = invoice("1", DAY, 1000000, tax_code="PPN-K-INSTANSI")
    found = comes_to(company, INVOICES, sold)
    tax = found.taxes["PPN-K-INSTANSI"]
    assert [tax.stated, tax.amount, found.total] == [110000, 0, 1000000]
    assert entries_of(accepted(company, INVOICES, sold), "SI:1") == [
        (RECEIVABLE, "1000000.00", ""),
        (SALES, "", "1000000.00"),
    ]


def test_input_tax_that_cannot_be_credited_is_part_of_the_cost(company: KnownRows) -> None:
    bought = bill("1", DAY, 100000, tax_code="PPN-M-BIAYA", cost_centre="SHOP")
    bought += bill("1", DAY, 300000, tax_code="PPN-M-BIAYA", account="61200")
    assert entries_of(accepted(company, BILLS, bought), "PB:1") == [
        (PAYABLE, "", "444000.00"),
        ("61200", "333000.00", ""),
        (SUPPLIES, "111000.00", ""),
    ]


def test_input_tax_may_be_credited_in_part(company: KnownRows) -> None:
    company = with_code(company, "HALF", "10", "input", creditable="60")
    bought = bill("1", DAY, 1000000, tax_code="HALF")
    assert entries_of(accepted(company, BILLS, bought), "PB:1") == [
        (PAYABLE, "", "1100000.00"),
        (SUPPLIES, "1040000.00", ""),
        (VAT_IN, "60000.00", ""),
    ]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"kind": "output", "creditable": "50"}, ["not_for_this_kind"]),
        ({"kind": "output", "threshold": "1.00"}, ["not_for_this_kind"]),
        ({"kind": "withholding", "account": "21420", "included": "true"}, ["not_for_this_kind"]),
        ({"kind": "withholding", "account": "21420", "rate": "-2"}, ["negative_withholding"]),
        ({"kind": "input", "creditable": "101"}, ["more_than_all"]),
    ],
)
def test_a_column_that_is_not_for_the_kind_is_refused(
    company: KnownRows, cells: Cells, found: list[str]
) -> None:
    row = {"code": "T", "name": "T", "rate": "2", "account": VAT_OUT, "from": "2025-01-01"}
    assert codes(company, CODES, [{**row, **cells}]) == found


def test_what_was_charged_along_keeps_its_code_as_it_is(company: KnownRows) -> None:
    company = with_code(company, "FURTHER", "1")
    company = with_code(company, "FIRST", "10", further="FURTHER")
    company = accepted(company, INVOICES, invoice("1", DAY, 100, tax_code="FIRST"))
    row = {"code": "FURTHER", "name": "F", "kind": "output", "rate": "2", "account": VAT_OUT}
    assert codes(company, CODES, [{**row, "from": "2025-01-01"}]) == ["tax_code_in_use"]
    named = {**row, "rate": "1", "official_code": "04", "from": "2025-01-01"}
    assert codes(company, CODES, [named]) == []
