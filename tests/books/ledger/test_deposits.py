"""Deposits: billed with tax at receipt, deducted from the final invoice, never twice."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, without
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
from workbook_templates.schema import Cells

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
DEPOSITS, ADVANCES = "21200", "11600"


def deposit(key: str, date: str, price: object, **cells: str) -> list[Cells]:
    more = {"kind": "deposit", "account": DEPOSITS, "tax_code": "PPN-K", **cells}
    return invoice(key, date, price, **more)


def final(key: str, date: str, sold: object, taken: object, **cells: str) -> list[Cells]:
    """An invoice with a line of goods and a line that takes deposit D off."""
    goods = invoice(key, date, sold, tax_code="PPN-K")
    (line,) = invoice(key, date, taken, tax_code="PPN-K", account=DEPOSITS)
    return [*goods, {**line, "deposit": "D", **cells}]


@pytest.fixture
def held(company: KnownRows) -> KnownRows:
    """A deposit D of 300,000 from C1."""
    return accepted(company, INVOICES, deposit("D", "2026-05-01", 300000))


def test_a_deposit_is_a_liability_and_its_tax_is_due_at_once(held: KnownRows) -> None:
    assert entries_of(held, "SI:D") == [
        (RECEIVABLE, "333000.00", ""),
        (DEPOSITS, "", "300000.00"),
        (VAT_OUT, "", "33000.00"),
    ]


def test_the_final_invoice_takes_it_off_before_tax(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-06-01", 1000000, 300000))
    assert entries_of(known, "SI:F") == [
        (RECEIVABLE, "777000.00", ""),
        (DEPOSITS, "300000.00", ""),
        (SALES, "", "1000000.00"),
        (VAT_OUT, "", "77000.00"),
    ]


def test_a_deposit_is_deducted_up_to_what_is_left_of_it(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-06-01", 1000000, 200000))
    assert codes(known, INVOICES, final("G", "2026-06-02", 1000000, 100001)) == [
        "deposit_overdrawn"
    ]
    known = accepted(known, INVOICES, final("G", "2026-06-02", 1000000, 100000))
    assert codes(known, INVOICES, final("H", "2026-06-03", 1000000, 1)) == ["deposit_overdrawn"]


def test_a_deposit_is_deducted_under_the_tax_code_that_it_bore(held: KnownRows) -> None:
    goods, line = final("F", "2026-06-01", 1000000, 300000)
    untaxed = {key: text for key, text in line.items() if key != "tax_code"}
    assert codes(held, INVOICES, [goods, untaxed]) == ["deposit_overdrawn"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"account": SALES}, ["deposit_account"]),
        ({"deposit": "X"}, ["unknown_sales_invoice"]),
        ({"deposit": "I"}, ["deposit_overdrawn", "no_deposit"]),
    ],
)
def test_a_deduction_names_a_deposit_on_its_account(
    held: KnownRows, cells: dict[str, str], expected: list[str]
) -> None:
    known = accepted(held, INVOICES, invoice("I", "2026-05-02", 100))
    rows = final("F", "2026-06-01", 1000000, 300000, **cells)
    assert codes(known, INVOICES, rows) == expected


def test_a_deduction_names_an_earlier_deposit_of_the_customer(held: KnownRows) -> None:
    others = [{**row, "customer": "C2"} for row in final("F", "2026-06-01", 1000000, 300000)]
    assert codes(held, INVOICES, others) == ["deposit_of_another"]
    earlier = final("F", "2026-04-30", 1000000, 300000)
    assert codes(held, INVOICES, earlier) == ["deposit_is_later"]


def test_a_deposit_is_typed_on_its_account(company: KnownRows) -> None:
    rows = deposit("D", "2026-05-01", 300000, account=SALES)
    assert codes(company, INVOICES, rows) == ["deposit_account"]


def test_no_more_is_deducted_than_the_invoice_comes_to(held: KnownRows) -> None:
    rows = final("F", "2026-06-01", 200000, 300000)
    assert codes(held, INVOICES, rows) == ["more_deducted_than_billed"]


def test_a_deducted_deposit_is_not_deleted_lowered_or_credited(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-06-01", 1000000, 200000))
    assert codes(known, INVOICES, [], "D") == ["deposit_is_deducted"]
    lowered = deposit("D", "2026-05-01", 199999)
    assert codes(known, INVOICES, lowered) == ["deposit_is_deducted"]
    moved = deposit("D", "2026-05-01", 300000, customer="C2")
    assert codes(known, INVOICES, moved) == ["deposit_is_deducted"]
    sold = deposit("D", "2026-05-01", 300000, kind="invoice")
    assert codes(known, INVOICES, sold) == ["deposit_is_deducted"]
    assert codes(known, INVOICES, deposit("D", "2026-05-01", 200000)) == []
    back = deposit("D-R", "2026-06-02", 300000, kind="credit_note", reverses="D")
    assert codes(known, INVOICES, back) == ["deposit_is_deducted"]
    known = without(known, INVOICES, "F")
    assert codes(known, INVOICES, back) == []


def test_what_is_credited_of_a_deposit_cannot_be_deducted(held: KnownRows) -> None:
    note = deposit("CN", "2026-05-20", 250000, kind="credit_note", corrects="D")
    known = accepted(held, INVOICES, note)
    assert entries_of(known, "SI:CN")[1] == (DEPOSITS, "250000.00", "")
    assert codes(known, INVOICES, final("F", "2026-06-01", 1000000, 50001)) == ["deposit_overdrawn"]


def test_a_reversed_invoice_gives_its_deposit_back(held: KnownRows) -> None:
    rows = final("F", "2026-06-01", 1000000, 300000)
    known = accepted(held, INVOICES, rows)
    back = [
        {**row, "invoice": "F-R", "date": "2026-06-02", "kind": "credit_note", "reverses": "F"}
        for row in rows
    ]
    known = accepted(known, INVOICES, back)
    assert entries_of(known, "SI:F-R")[1] == (DEPOSITS, "", "300000.00")
    known = accepted(known, INVOICES, final("G", "2026-06-03", 900000, 300000))
    assert codes(known, INVOICES, [], "F-R") == ["deposit_is_deducted"]


def test_no_more_is_given_back_than_was_deducted(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-06-01", 1000000, 200000))
    note = final("N", "2026-06-02", 500000, 200001)
    note = [{**row, "kind": "credit_note", "corrects": "F"} for row in note]
    assert codes(known, INVOICES, note) == ["more_given_back"]
    note[1] = {**note[1], "unit_price": "200000"}
    assert codes(known, INVOICES, note) == []


def test_a_document_that_waits_for_approval_is_not_deducted_or_corrected(
    company: KnownRows,
) -> None:
    limit = {"kind": "invoice", "from_amount": "1000000.00", "role": "controller"}
    known = accepted(company, "ledger.approval_rules", [limit])
    known = accepted(known, INVOICES, deposit("D", "2026-05-01", 1000000))
    assert entries_of(known, "SI:D") == []
    assert codes(known, INVOICES, final("F", "2026-06-01", 1100000, 300000)) == ["deposit_waits"]
    note = deposit("N", "2026-06-01", 300000, kind="credit_note", corrects="D")
    assert codes(known, INVOICES, note) == ["corrects_waiting"]


def test_an_advance_to_a_supplier_goes_the_same_way(company: KnownRows) -> None:
    advance = bill("A", "2026-05-01", 300, kind="deposit", account=ADVANCES, tax_code="PPN-M")
    known = accepted(company, BILLS, advance)
    goods = bill("B", "2026-06-01", 1000, tax_code="PPN-M")
    (line,) = bill("B", "2026-06-01", 300, tax_code="PPN-M", account=ADVANCES)
    known = accepted(known, BILLS, [*goods, {**line, "deposit": "A"}])
    assert entries_of(known, "PB:B") == [
        (PAYABLE, "", "777.00"),
        (ADVANCES, "", "300.00"),
        (SUPPLIES, "1000.00", ""),
        (VAT_IN, "77.00", ""),
    ]


def test_prices_that_hold_the_tax_are_shared_with_the_deduction(company: KnownRows) -> None:
    code = {
        "code": "T", "name": "T", "kind": "output", "rate": "10", "account": VAT_OUT,
        "from": "2020-01-01", "included": "true",
    }  # fmt: skip
    known = accepted(company, "ledger.tax_codes", [code])
    known = accepted(known, INVOICES, deposit("D", "2026-05-01", 330, tax_code="T"))
    rows = [{**row, "tax_code": "T"} for row in final("F", "2026-06-01", 1100, 330)]
    found = {a: (d, c) for a, d, c in entries_of(accepted(known, INVOICES, rows), "SI:F")}
    assert found == {
        RECEIVABLE: ("770.00", ""),
        DEPOSITS: ("300.00", ""),
        SALES: ("", "1000.00"),
        VAT_OUT: ("", "70.00"),
    }
    assert Decimal(found[RECEIVABLE][0]) == 1100 - 330
