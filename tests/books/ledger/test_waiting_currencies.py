"""What waits for approval and is in another currency."""

from tests.books.known import KnownRows, accepted
from tests.books.ledger.approving import BUDI, decided, requests, with_limits
from tests.books.ledger.rows import RECEIVABLE, USD, invoice, payment
from tests.books.ledger.test_currencies import INVOICES, PAYMENTS, balance, open_items


def test_what_waits_for_approval_takes_no_cent_from_what_settles_the_same_invoice(
    trading: KnownRows,
) -> None:
    dollars = {**USD, "rate": "17577.25"}
    known = accepted(
        with_limits(trading), INVOICES, invoice("1", "2026-05-09", "1489.13", **dollars)
    )
    paid = payment("P", "2026-05-12", "1457.22", ("1", "1457.22"), **dollars)
    known = accepted(known, PAYMENTS, paid)
    note = invoice("2", "2026-05-29", "31.91", kind="credit_note", corrects="1", **dollars)
    known = accepted(known, INVOICES, note)
    assert balance(known, RECEIVABLE) == 0
    back = payment(
        "P-R", "2026-05-14", "1457.22", ("1", "1457.22"), direction="out", reverses="P", **dollars
    )
    known = accepted(known, PAYMENTS, back)
    assert requests(known) == {"P-R": "waiting"}
    assert balance(known, RECEIVABLE) == 0
    known = decided(known, BUDI, "P-R")
    assert open_items(known)["1"][0] == "1457.22"
