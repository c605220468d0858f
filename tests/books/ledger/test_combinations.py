"""One document after another: what a change does to documents that rely on the one that changes."""

import pytest

from tests.books.known import KnownRows, laid
from tests.books.ledger.rows import bill, codes, invoice, payment

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
DAY = "2026-05-04"


@pytest.mark.parametrize("party", ["S1", "B1"])
def test_a_paid_invoice_stays_though_a_bill_has_its_number(company: KnownRows, party: str) -> None:
    both = {"customer": "B1"} if party == "B1" else {}
    known = laid(
        company,
        {
            INVOICES: invoice("7", DAY, 100, **both),
            BILLS: bill("7", DAY, 50, supplier=party),
            PAYMENTS: payment("P", DAY, 100, ("7", 100), party=both.get("customer", "C1")),
        },
    )
    assert codes(known, INVOICES, [], "7") == ["document_has_payments"]
    moved = invoice("7", DAY, 100, customer="C2")
    assert codes(known, INVOICES, moved) == ["document_has_payments"]
    assert codes(known, BILLS, [], "7") == []
