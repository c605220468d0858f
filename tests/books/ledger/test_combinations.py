"""One document after another: what a change does to documents that rely on the one that changes."""

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.approving import with_limits
from tests.books.ledger.rows import at, bill, codes, invoice, payment
from tests.books.ledger.statements import report

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


def bounced(known: KnownRows, key: str, amount: int, direction: str = "out") -> KnownRows:
    back = payment(f"{key}-R", DAY, amount, direction=direction, reverses=key)
    return accepted(known, PAYMENTS, back)


def opened(known: KnownRows) -> dict[str, str]:
    rows = report(known, "aged_receivables", at("2026-12-31"))
    return {row["document"] or "": row["open"] or "" for row in rows}


def test_money_that_was_taken_back_settles_nothing(company: KnownRows) -> None:
    paid = {INVOICES: invoice("X", DAY, 100), PAYMENTS: payment("P", DAY, 100)}
    known = bounced(laid(company, paid), "P", 100)
    moved = payment("M", DAY, 0, ("X", 100), ("P", -100))
    assert codes(known, PAYMENTS, moved) == ["over_applied"]
    known = bounced(known, "P-R", 100, "in")
    assert opened(known) == {"X": "100.00", "P": "-100.00"}
    assert opened(accepted(known, PAYMENTS, moved)) == {}


def test_moved_money_that_is_taken_back_is_owed_again(company: KnownRows) -> None:
    paid = {INVOICES: invoice("X", DAY, 100), PAYMENTS: payment("P", DAY, 100)}
    known = accepted(laid(company, paid), PAYMENTS, payment("M", DAY, 0, ("X", 100), ("P", -100)))
    known = bounced(known, "P", 100)
    assert opened(known) == {"P": "100.00"}
    assert opened(accepted(known, PAYMENTS, payment("Q", DAY, 100, ("P", 100)))) == {}


def test_what_is_corrected_or_deducted_does_not_come_to_wait(company: KnownRows) -> None:
    advances = {"account": "11600"}
    known = laid(
        with_limits(company),
        {
            BILLS: [
                *bill("B", DAY, 100),
                *bill("CN", DAY, 30, kind="credit_note", corrects="B"),
                *bill("D", DAY, 100, kind="deposit", **advances),
                *bill("F", DAY, 300),
            ],
            PAYMENTS: payment("P", DAY, 100, direction="out", party="S1"),
        },
    )
    deducting = bill("F", DAY, 40, deposit="D", **advances)
    known = accepted(known, BILLS, [*bill("F", DAY, 300), *deducting])
    moved = payment("M", DAY, 0, ("B", 20), ("P", -20), direction="out", party="S1")
    known = accepted(known, PAYMENTS, moved)
    assert codes(known, BILLS, bill("B", DAY, 2000)) == ["used_would_wait"]
    more = bill("D", DAY, 2000, kind="deposit", **advances)
    assert codes(known, BILLS, more) == ["used_would_wait"]
    paid = payment("P", DAY, 2000, direction="out", party="S1")
    assert codes(known, PAYMENTS, paid) == ["used_would_wait"]
