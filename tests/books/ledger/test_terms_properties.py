"""What holds for any terms: instalments are the total, and what is open of them is the account."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, refusals
from tests.books.ledger.rows import RECEIVABLE, invoice, new_company, payment
from workbook_templates import money
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.reports.aged import open_items
from workbook_templates.books.ledger.reports.balances import balances
from workbook_templates.schema import Cells

COMPANY = new_company(first="2026-01", last="2027-12")
INVOICES, PAYMENTS, TERMS = "ledger.sales_invoices", "ledger.payments", "ledger.payment_terms"
DAYS = st.dates(min_value=date(2026, 2, 1), max_value=date(2026, 12, 31)).map(str)
PART = st.fixed_dictionaries(
    {"percent": st.integers(1, 2500).map(lambda n: money.plain(Decimal(n).scaleb(-2)))},
    optional={
        "months": st.integers(0, 3).map(str),
        "day": st.integers(1, 31).map(str),
        "days": st.integers(0, 45).map(str),
    },
)
TERMS_ROWS = st.lists(PART, max_size=4).map(
    lambda parts: [{"terms": "T", **part} for part in (*parts, {"days": "60"})]
)


def sold(terms: list[Cells], price: str) -> KnownRows:
    known = accepted(COMPANY, TERMS, terms)
    return accepted(known, INVOICES, invoice("I", "2026-01-15", price, terms="T"))


@given(TERMS_ROWS, st.integers(1, 10**13).map(lambda n: money.plain(Decimal(n).scaleb(-2))))
@settings(max_examples=60)
def test_instalments_are_the_total_and_none_is_negative(terms: list[Cells], price: str) -> None:
    items = open_items(sold(terms, price), SALES, "2026-01-15")
    assert sum(item.units for item in items) == Decimal(price) * 10_000
    assert all(item.units > 0 for item in items)
    assert [item.due for item in items] == sorted({item.due for item in items})


@given(TERMS_ROWS, st.lists(st.tuples(DAYS, st.integers(1, 400), st.booleans()), max_size=5))
@settings(max_examples=40)
def test_what_is_open_is_the_account_whatever_is_paid_and_credited(
    terms: list[Cells], events: list[tuple[str, int, bool]]
) -> None:
    known = sold(terms, "1000")
    for number, (day, part, is_paid) in enumerate(events):
        table, rows = INVOICES, invoice(f"C{number}", day, part, kind="credit_note", corrects="I")
        if is_paid:
            table, rows = PAYMENTS, payment(f"P{number}", day, part, ("I", part))
        if not refusals(known, table, rows):
            known = accepted(known, table, rows)
    for day in ("2026-01-15", *(day for day, _, _ in events), "2027-12-31"):
        items = open_items(known, SALES, day)
        assert sum(item.units for item in items) == balances(known, day)[RECEIVABLE].balance
        assert {item.document for item in items} <= {"I"}
        assert len({item.units > 0 for item in items}) <= 1
