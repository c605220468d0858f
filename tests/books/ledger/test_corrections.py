"""Credit notes that name their invoice: they lower it, at its taxes, and never by more than it."""

import pytest

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.rows import (
    RECEIVABLE,
    SALES,
    VAT_OUT,
    at,
    bill,
    codes,
    entries_of,
    invoice,
    payment,
)
from tests.books.ledger.statements import report
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"


def credit(key: str, date: str, *prices: object, **cells: str) -> list[Cells]:
    """A credit note to C1 that corrects I1."""
    more = {"kind": "credit_note", "corrects": "I1", **cells}
    return invoice(key, date, *prices, **more)


@pytest.fixture
def sold(company: KnownRows) -> KnownRows:
    """I1 of 100 in May."""
    return accepted(company, INVOICES, invoice("I1", "2026-05-01", 100, due="2026-05-31"))


def opened(known: KnownRows, as_of: str = "2026-12-31") -> list[tuple[str, str]]:
    rows = report(known, "aged_receivables", at(as_of))
    return [(row["document"] or "", row["open"] or "") for row in rows]


def test_a_credit_note_lowers_the_invoice_that_it_names(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 30))
    assert entries_of(known, "SI:CN") == [(RECEIVABLE, "", "30.00"), (SALES, "30.00", "")]
    assert opened(known) == [("I1", "70.00")]
    assert opened(known, "2026-05-09") == [("I1", "100.00")]


def test_a_credit_note_without_a_reference_stays_open_by_itself(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, invoice("CN", "2026-05-10", 30, kind="credit_note"))
    assert opened(known) == [("I1", "100.00"), ("CN", "-30.00")]


def test_the_tax_is_that_of_the_invoices_day(company: KnownRows) -> None:
    company = accepted(company, "ledger.periods", [{"period": "2024-12", "status": "open"}])
    base = {"code": "T", "name": "T", "kind": "output", "account": VAT_OUT}
    rates = [
        {**base, "rate": "10", "from": "2020-01-01", "to": "2024-12-31"},
        {**base, "rate": "20", "from": "2025-01-01"},
    ]
    company = accepted(company, "ledger.tax_codes", rates)
    company = accepted(company, INVOICES, invoice("I1", "2024-12-30", 100, tax_code="T"))
    known = accepted(company, INVOICES, credit("CN", "2025-02-01", 50, tax_code="T"))
    assert entries_of(known, "SI:CN")[2] == (VAT_OUT, "5.00", "")


def test_credit_notes_together_are_not_more_than_the_invoice(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 60))
    assert codes(known, INVOICES, credit("CN2", "2026-05-11", 41)) == ["corrects_too_much"]
    assert codes(known, INVOICES, credit("CN2", "2026-05-11", 40)) == []
    assert codes(known, INVOICES, credit("CN", "2026-05-10", 101)) == ["corrects_too_much"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"kind": "invoice"}, ["only_credit_notes_correct"]),
        ({"corrects": "CN"}, ["corrects_no_invoice"]),
        ({"customer": "C2"}, ["corrects_anothers"]),
        ({"date": "2026-04-30"}, ["corrects_later"]),
        ({"corrects": "I9"}, ["unknown_sales_invoice"]),
    ],
)
def test_a_credit_note_names_an_earlier_invoice_of_its_customer(
    sold: KnownRows, cells: dict[str, str], expected: list[str]
) -> None:
    rows = [{**row, **cells} for row in credit("CN", "2026-05-10", 30)]
    assert codes(sold, INVOICES, rows) == expected


def test_a_corrected_invoice_stays_at_least_what_was_credited(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 60))
    assert codes(known, INVOICES, invoice("I1", "2026-05-01", 59)) == ["corrected_stays"]
    assert codes(known, INVOICES, invoice("I1", "2026-05-01", 60)) == []
    assert codes(known, INVOICES, [], "I1") == ["corrected_stays"]
    assert "corrected_stays" in codes(
        known, INVOICES, invoice("I1", "2026-05-01", 100, customer="C2")
    )
    assert codes(without(known, INVOICES, "CN"), INVOICES, [], "I1") == []


def test_only_what_is_left_of_a_corrected_invoice_is_paid(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 30))
    assert codes(known, PAYMENTS, payment("P", "2026-05-20", 71, ("I1", 71))) == ["over_applied"]
    known = accepted(known, PAYMENTS, payment("P", "2026-05-20", 70, ("I1", 70)))
    assert opened(known) == []


def test_what_was_paid_before_it_was_credited_is_the_customers_money(sold: KnownRows) -> None:
    known = accepted(sold, PAYMENTS, payment("P", "2026-05-02", 100, ("I1", 100)))
    known = accepted(known, INVOICES, credit("CN", "2026-05-10", 30))
    assert opened(known) == [("I1", "-30.00")]
    known = accepted(known, INVOICES, invoice("I2", "2026-05-11", 50))
    assert codes(known, PAYMENTS, payment("Q", "2026-05-20", 1, ("I1", 1))) == ["over_applied"]
    used = payment("Q", "2026-05-20", 40, ("I1", -10), ("I2", 50))
    known = accepted(known, PAYMENTS, used)
    assert opened(known) == [("I1", "-20.00")]
    back = payment("R", "2026-05-21", 20, ("I1", 20), direction="out")
    assert opened(accepted(known, PAYMENTS, back)) == []


def test_a_payment_names_the_invoice_and_not_what_corrects_it(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 30))
    rows = payment("P", "2026-05-20", 70, ("I1", 100), ("CN", -30))
    assert "settles_a_correction" in codes(known, PAYMENTS, rows)


def test_a_credit_note_that_was_set_off_gets_no_reference_afterwards(sold: KnownRows) -> None:
    known = laid(
        sold,
        {
            INVOICES: invoice("CN", "2026-05-10", 30, kind="credit_note"),
            PAYMENTS: payment("P", "2026-05-20", 70, ("I1", 100), ("CN", -30)),
        },
    )
    assert codes(known, INVOICES, credit("CN", "2026-05-10", 30)) == ["correction_is_settled"]


def test_a_reversal_takes_its_document_off_the_open_items(sold: KnownRows) -> None:
    back = invoice("I1-R", "2026-06-01", 100, kind="credit_note", reverses="I1")
    known = accepted(sold, INVOICES, back)
    assert opened(known) == []
    assert codes(known, INVOICES, credit("CN", "2026-06-10", 1)) == ["corrects_too_much"]
    assert codes(known, PAYMENTS, payment("P", "2026-06-02", 1, ("I1", 1))) == ["over_applied"]


def test_a_credit_note_that_is_reversed_no_longer_lowers_the_invoice(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 30))
    known = accepted(known, INVOICES, invoice("CN-R", "2026-05-12", 30, reverses="CN"))
    assert opened(known) == [("I1", "100.00")]
    assert codes(known, INVOICES, credit("CN2", "2026-05-15", 100)) == []


def test_an_invoice_that_is_partly_credited_is_not_reversed_as_a_whole(sold: KnownRows) -> None:
    known = accepted(sold, INVOICES, credit("CN", "2026-05-10", 30))
    back = invoice("I1-R", "2026-06-01", 100, kind="credit_note", reverses="I1")
    assert codes(known, INVOICES, back) == ["corrects_too_much"]


def test_a_supplier_credit_note_lowers_its_bill(company: KnownRows) -> None:
    known = accepted(company, BILLS, bill("B1", "2026-05-01", 100))
    note = bill("BC", "2026-05-10", 30, kind="credit_note", corrects="B1")
    known = accepted(known, BILLS, note)
    (row,) = report(known, "aged_payables", at("2026-12-31"))
    assert (row["document"], row["open"]) == ("B1", "70.00")
