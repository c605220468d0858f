"""Payment terms: instalments to the unit, on their days, and what is open of each."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    RECEIVABLE,
    SALES,
    at,
    bill,
    codes,
    entry,
    invoice,
    payment,
)
from tests.books.ledger.statements import report
from workbook_templates.money import plain
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
TERMS, PARTIES = "ledger.payment_terms", "ledger.parties"
C1 = {"code": "C1", "name": "Toko Maju", "kind": "customer"}


def parts(*rows: dict[str, str], terms: str = "T") -> list[Cells]:
    return [{"terms": terms, **row} for row in rows]


@pytest.fixture
def thirds(company: KnownRows) -> KnownRows:
    """Terms T: a third at once, a third a month later, the rest two months later."""
    rows = parts({"percent": "33.3333"}, {"percent": "33.3333", "months": "1"}, {"months": "2"})
    return accepted(company, TERMS, rows)


def dues(known: KnownRows, key: str) -> list[tuple[str, str]]:
    """(due, amount) of an entry's lines that have a due date."""
    found = known.document("ledger.journal", key)
    lines = found.lines if found else ()
    return [(ln.text("due"), ln.text("debit") or ln.text("credit")) for ln in lines if ln["due"]]


def opened(known: KnownRows, as_of: str) -> list[tuple[str, str]]:
    return [(r["due"] or "", r["open"] or "") for r in report(known, "aged_receivables", at(as_of))]


def test_an_invoice_by_terms_is_due_in_instalments_of_whole_rupiah(thirds: KnownRows) -> None:
    known = accepted(thirds, INVOICES, invoice("I", "2026-01-31", 1000000, terms="T"))
    assert dues(known, "SI:I") == [
        ("2026-01-31", "333333.00"),
        ("2026-02-28", "333333.00"),
        ("2026-03-31", "333334.00"),
    ]


def test_an_invoice_with_cents_is_shared_to_the_cent(thirds: KnownRows) -> None:
    known = accepted(thirds, INVOICES, invoice("I", "2026-01-31", "100.01", terms="T"))
    assert [amount for _, amount in dues(known, "SI:I")] == ["33.34", "33.33", "33.34"]


def test_a_bill_is_due_by_the_terms_of_its_supplier(thirds: KnownRows) -> None:
    supplier = {"code": "S1", "name": "CV Sumber", "kind": "supplier", "terms": "T"}
    known = accepted(thirds, PARTIES, [supplier])
    known = accepted(known, BILLS, bill("B", "2026-01-10", 300))
    assert [due for due, _ in dues(known, "PB:B")] == ["2026-01-10", "2026-02-10", "2026-03-10"]


def test_a_due_date_that_is_typed_goes_before_the_partys_terms(thirds: KnownRows) -> None:
    known = accepted(thirds, PARTIES, [{**C1, "terms": "T"}])
    known = accepted(known, INVOICES, invoice("I", "2026-01-10", 300, due="2026-01-20"))
    assert dues(known, "SI:I") == [("2026-01-20", "300.00")]


def test_a_credit_note_has_no_terms_of_its_party(thirds: KnownRows) -> None:
    known = accepted(thirds, PARTIES, [{**C1, "terms": "T"}])
    known = accepted(known, INVOICES, invoice("CN", "2026-01-10", 300, kind="credit_note"))
    assert dues(known, "SI:CN") == [("2026-01-10", "300.00")]


def test_a_due_date_and_terms_together_are_refused(thirds: KnownRows) -> None:
    rows = invoice("I", "2026-01-10", 300, due="2026-01-20", terms="T")
    assert codes(thirds, INVOICES, rows) == ["due_or_terms"]


@pytest.mark.parametrize(
    ("row", "due"),
    [
        ({}, "2026-01-31"),
        ({"days": "30"}, "2026-03-02"),
        ({"months": "1"}, "2026-02-28"),
        ({"months": "1", "day": "31", "days": "10"}, "2026-03-10"),
        ({"months": "12", "day": "5"}, "2027-01-05"),
    ],
)
def test_a_day_is_counted_in_months_then_to_the_day_then_in_days(
    company: KnownRows, row: dict[str, str], due: str
) -> None:
    known = accepted(company, TERMS, parts(row))
    known = accepted(known, INVOICES, invoice("I", "2026-01-31", 300, terms="T"))
    assert dues(known, "SI:I") == [(due, "300.00")]


def test_a_fixed_part_takes_at_most_what_there_is(company: KnownRows) -> None:
    known = accepted(company, TERMS, parts({"amount": "500.00"}, {"months": "1"}))
    known = accepted(known, INVOICES, invoice("I", "2026-01-10", 300, terms="T"))
    assert dues(known, "SI:I") == [("2026-01-10", "300.00")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"percent": "60"}, {"percent": "30"}], ["terms_do_not_add_up"]),
        ([{"percent": "60"}, {"percent": "50"}, {}], ["terms_do_not_add_up"]),
        ([{"amount": "100.00"}], ["terms_do_not_add_up"]),
        ([{}, {"months": "1"}], ["more_than_one_rest"]),
        ([{"percent": "60", "amount": "5.00"}, {}], ["percent_and_amount"]),
        ([{"day": "32"}], ["day_of_month"]),
        ([{"percent": "60"}, {"percent": "40", "months": "1"}], []),
    ],
)
def test_the_parts_of_terms_are_a_whole(
    company: KnownRows, rows: list[dict[str, str]], expected: list[str]
) -> None:
    assert codes(company, TERMS, parts(*rows)) == expected


@pytest.mark.parametrize(
    "cells", [{"months": "1201"}, {"days": "36501"}, {"days": "9999999999999"}]
)
def test_terms_end_within_a_hundred_years(company: KnownRows, cells: dict[str, str]) -> None:
    assert codes(company, TERMS, parts(cells)) == ["terms_too_long"]


def test_terms_that_documents_used_stay_as_they_were(thirds: KnownRows) -> None:
    assert codes(thirds, TERMS, parts({"days": "30"})) == []
    known = accepted(thirds, PARTIES, [{**C1, "terms": "T"}])
    known = accepted(known, INVOICES, invoice("I", "2026-01-10", 300))
    assert codes(known, TERMS, parts({"days": "30"})) == ["terms_in_use"]
    kept = known.document(TERMS, "T")
    assert kept is not None
    renamed = [{**line.cells, "description": "Tiga kali"} for line in kept.lines]
    assert codes(known, TERMS, renamed) == []


def test_a_reversal_by_terms_is_the_opposite(thirds: KnownRows) -> None:
    known = accepted(thirds, INVOICES, invoice("I", "2026-01-10", 300, terms="T"))
    back = invoice("I-R", "2026-02-01", 300, kind="credit_note", reverses="I")
    assert codes(known, INVOICES, back) == []


def test_a_payment_settles_the_instalment_that_is_due_first(thirds: KnownRows) -> None:
    known = laid(
        thirds,
        {
            INVOICES: invoice("I", "2026-01-10", 300, terms="T"),
            PAYMENTS: payment("P", "2026-02-15", 150, ("I", 150)),
        },
    )
    whole = [("2026-01-10", "100.00"), ("2026-02-10", "100.00"), ("2026-03-10", "100.00")]
    assert opened(known, "2026-02-14") == whole
    assert opened(known, "2026-02-15") == [("2026-02-10", "50.00"), ("2026-03-10", "100.00")]
    known = accepted(known, PAYMENTS, payment("Q", "2026-02-16", 150, ("I", 150)))
    assert opened(known, "2026-02-16") == []


def test_what_is_credited_beyond_the_instalments_stays_on_the_last(company: KnownRows) -> None:
    charged, *others = entry(
        "J", "2026-01-10", (RECEIVABLE, 100, 0), (RECEIVABLE, 0, 130), (SALES, 30, 0), party="C1"
    )
    rows = [{**charged, "due": "2026-02-10"}, *others]
    known = accepted(company, "ledger.journal", rows)
    assert opened(known, "2026-03-01") == [("2026-02-10", "-30.00")]


def test_instalments_add_up_to_the_total_whatever_it_is(company: KnownRows) -> None:
    rows = parts({"percent": "12.5"}, {"amount": "7.00"}, {"days": "9"})
    known = accepted(company, TERMS, rows)
    for cents in (1, 699, 700, 701, 99_999, 123_457):
        sold = invoice("I", "2026-01-10", plain(Decimal(cents).scaleb(-2)), terms="T")
        amounts = [Decimal(part) for _, part in dues(accepted(known, INVOICES, sold), "SI:I")]
        assert sum(amounts) * 100 == cents
        assert min(amounts) > 0
