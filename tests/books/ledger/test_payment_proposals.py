"""What stands on account comes with the documents that it most likely settles."""

from decimal import Decimal

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import amount, at, bill, invoice, payment
from workbook_templates.books.ledger.matching import BY_ALL_OPEN, Match
from workbook_templates.books.ledger.reports.payment_proposals import PAYMENT_PROPOSALS, in_words

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"


def proposed(known: KnownRows, payment: str) -> dict[str, tuple[str | None, str | None]]:
    """Of the first choice: what is applied to each document, and why."""
    return {
        str(row["document"]): (row["applied"], row["reason"])
        for row in PAYMENT_PROPOSALS.build(known, at("2026-05-31"))
        if row["payment"] == payment and row.get("rank") == "1"
    }


def test_a_payment_on_account_is_shown_with_what_it_settles(company: KnownRows) -> None:
    company = laid(
        company,
        {
            INVOICES: [
                *invoice("INV-1", "2026-05-01", 100),
                *invoice("INV-2", "2026-05-02", 50),
                *invoice("INV-3", "2026-05-02", 70, customer="C2"),
            ],
            PAYMENTS: [
                *payment("P", "2026-05-09", 60, description="inv-2 lunas"),
                *payment("Q", "2026-05-09", 70),
                *payment("R", "2026-05-09", 10, party="B1"),
            ],
        },
    )
    assert proposed(company, "P") == {"INV-2": ("50.00", "number in the description")}
    assert proposed(company, "Q") == {"INV-1": ("70.00", "oldest first")}
    rows = list(PAYMENT_PROPOSALS.build(company, at("2026-05-31")))
    assert [row.get("rank") for row in rows if row["payment"] == "R"] == [None]


def test_money_out_settles_bills_by_the_suppliers_number(company: KnownRows) -> None:
    out = {"direction": "out", "party": "S1"}
    company = laid(
        company,
        {
            BILLS: [
                *bill("B1", "2026-05-01", 80, supplier_ref="F-0088"),
                *bill("B2", "2026-05-02", 80),
                *bill("BC", "2026-05-03", 20, kind="credit_note"),
            ],
            PAYMENTS: [
                *payment("P", "2026-05-09", 80, description="trsf f-0088", **out),
                *payment("Q", "2026-05-10", 140, **out),
            ],
        },
    )
    assert proposed(company, "P") == {"B1": ("80.00", "number in the description, same amount")}
    assert proposed(company, "Q") == {
        "B1": ("80.00", "all that is open"),
        "B2": ("80.00", "all that is open"),
        "BC": ("-20.00", "all that is open"),
    }


def test_what_is_proposed_can_be_typed_as_it_stands(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("INV-1", "2026-05-01", 100))
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 100))
    found = [(document, part) for document, (part, _) in proposed(company, "P").items()]
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 100, *found))
    assert list(PAYMENT_PROPOSALS.build(company, at("2026-05-31"))) == []


def test_only_the_rest_that_was_not_moved_is_proposed(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("INV-1", "2026-05-01", 100))
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 60))
    company = accepted(company, PAYMENTS, payment("M", "2026-05-10", 0, ("INV-1", 45), ("P", -45)))
    assert proposed(company, "P") == {"INV-1": (amount(15), "oldest first")}


def test_a_match_is_told_in_one_line() -> None:
    parts = ("INV-1", Decimal("1110000.00")), ("NK-1", Decimal("-20.50"))
    match = Match("C1", parts, 75, BY_ALL_OPEN)
    assert in_words(match, "id") == "INV-1 1.110.000, NK-1 -20,50 (semua yang terbuka)"
    assert in_words(match, "en") == "INV-1 1,110,000, NK-1 -20.50 (all that is open)"


def test_money_settles_what_is_in_its_currency(company: KnownRows) -> None:
    dollars = {"currency": "USD", "rate": "1"}
    company = laid(
        company,
        {
            INVOICES: invoice("1", "2026-05-01", 100, **dollars),
            PAYMENTS: [
                *payment("P", "2026-05-09", 100),
                *payment("Q", "2026-05-09", 100, **dollars),
            ],
        },
    )
    rows = list(PAYMENT_PROPOSALS.build(company, at("2026-05-31")))
    assert [(row["payment"], row["currency"], row.get("document")) for row in rows] == [
        ("P", "IDR", None),
        ("Q", "USD", "1"),
    ]
