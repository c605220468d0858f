"""Deposits in other currencies: each keeps the rate of its day until an invoice takes it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.rows import (
    PAYABLE,
    RECEIVABLE,
    SALES,
    SUPPLIES,
    USD,
    VAT_IN,
    at,
    bill,
    codes,
    entries_of,
    invoice,
    new_company,
    rate,
)
from workbook_templates.books.ledger.reports.balances import NOTHING, balances
from workbook_templates.books.ledger.reports.foreign_open_items import FOREIGN_OPEN_ITEMS
from workbook_templates.schema import Cells

INVOICES, BILLS, RATES = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.exchange_rates"
RUNS = "ledger.revaluations"
DEPOSITS, ADVANCES, EXCHANGE = "21200", "11600", "73000"
COMPANY = new_company()


def deposit(price: object, date: str = "2026-05-02", **cells: str) -> list[Cells]:
    more = {"kind": "deposit", "account": DEPOSITS, **USD, **cells}
    return invoice(cells.get("invoice", "D"), date, price, **more)


def final(key: str, date: str, sold: object, taken: object, **cells: str) -> list[Cells]:
    """An invoice with a line of goods and a line that takes deposit D off."""
    goods = invoice(key, date, sold, **USD, **cells)
    (line,) = invoice(key, date, taken, account=DEPOSITS, **USD, **cells)
    return [*goods, {**line, "deposit": "D"}]


def back(rows: list[Cells], date: str) -> list[Cells]:
    """The credit note that takes an invoice back in full."""
    key = rows[0]["invoice"]
    more = {"invoice": f"{key}-R", "date": date, "kind": "credit_note", "reverses": key}
    return [{**row, **more} for row in rows]


def balance(known: KnownRows, account: str, day: str = "2026-12-31") -> Decimal:
    return Decimal(balances(known, day).get(account, NOTHING).balance) / 10_000


@pytest.fixture
def held(trading: KnownRows) -> KnownRows:
    """A deposit D of 300 dollars at 16,000."""
    return accepted(trading, INVOICES, deposit(300))


def test_a_deposit_is_used_at_the_rate_of_its_own_day(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-05-12", 1000, 300))
    assert entries_of(known, "SI:F") == [
        (RECEIVABLE, "11550000.00", ""),  # 700 at 16,500
        (DEPOSITS, "4800000.00", ""),  # 300 at 16,000
        (SALES, "", "16350000.00"),
    ]
    assert (balance(known, DEPOSITS), balance(known, EXCHANGE)) == (0, 0)


def test_an_advance_to_a_supplier_makes_what_is_bought_cost_what_was_paid(
    trading: KnownRows,
) -> None:
    vat = {"tax_code": "PPN-M", **USD}
    advance = bill("A", "2026-05-02", 100, kind="deposit", account=ADVANCES, **vat)
    known = accepted(trading, BILLS, advance)
    goods = bill("B", "2026-05-12", 100, **vat)
    (line,) = bill("B", "2026-05-12", 100, account=ADVANCES, **vat)
    known = accepted(known, BILLS, [*goods, {**line, "deposit": "A"}])
    assert entries_of(known, "PB:B") == [(ADVANCES, "", "1600000.00"), (SUPPLIES, "1600000.00", "")]
    assert (balance(known, VAT_IN), balance(known, PAYABLE)) == (176_000, -1_776_000)


def test_tax_that_is_not_credited_goes_with_the_advance(trading: KnownRows) -> None:
    code = {
        "code": "H", "name": "H", "kind": "input", "rate": "10", "account": VAT_IN,
        "from": "2020-01-01", "creditable": "50",
    }  # fmt: skip
    known = accepted(trading, "ledger.tax_codes", [code])
    vat = {"tax_code": "H", **USD}
    known = accepted(
        known, BILLS, bill("A", "2026-05-02", 100, kind="deposit", account=ADVANCES, **vat)
    )
    assert balance(known, ADVANCES) == 105 * 16_000
    goods = bill("B", "2026-05-12", 300, **vat)
    (line,) = bill("B", "2026-05-12", 100, account=ADVANCES, **vat)
    known = accepted(known, BILLS, [*goods, {**line, "deposit": "A"}])
    assert balance(known, ADVANCES) == 0
    assert balance(known, SUPPLIES) == 105 * 16_000 + 210 * 16_500


def test_a_deposit_is_not_valued_at_the_months_end(held: KnownRows) -> None:
    known = accepted(held, RUNS, [{"period": "2026-05"}])
    assert entries_of(known, "RV:2026-05") == [
        (RECEIVABLE, "90000.00", ""),  # what is still owed of it is money
        (EXCHANGE, "", "90000.00"),
    ]
    assert balance(known, DEPOSITS) == -4_800_000
    assert [row["account"] for row in FOREIGN_OPEN_ITEMS.build(known, at("2026-05-31"))] == [
        RECEIVABLE
    ]


def test_what_gives_a_deposit_back_does_so_at_its_rate(held: KnownRows) -> None:
    rows = final("F", "2026-05-12", 1000, 300)
    known = accepted(held, INVOICES, rows)
    known = accepted(known, INVOICES, back(rows, "2026-05-29"))
    assert (balance(known, DEPOSITS), balance(known, SALES)) == (-4_800_000, 0)
    known = accepted(known, INVOICES, back(deposit(300), "2026-05-30"))
    assert {account: balance(known, account) for account in (DEPOSITS, RECEIVABLE, EXCHANGE)} == {
        DEPOSITS: 0,
        RECEIVABLE: 0,
        EXCHANGE: 0,
    }


def test_another_rate_of_a_deposit_changes_what_used_it(held: KnownRows) -> None:
    known = accepted(held, INVOICES, final("F", "2026-05-12", 1000, 300))
    known = accepted(known, RATES, [rate("2026-05-02", 15_000)])
    assert (balance(known, DEPOSITS), balance(known, SALES)) == (0, -16_050_000)
    known = accepted(known, INVOICES, deposit(300, rate="14000"))
    assert (balance(known, DEPOSITS), balance(known, SALES)) == (0, -15_750_000)


def test_an_earlier_use_changes_what_a_later_one_takes_of_rounding(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, deposit("0.03", rate="0.5"))
    assert balance(known, DEPOSITS) == Decimal("-0.02")
    rest = final("G", "2026-05-20", "5", "0.02")
    known = laid(known, {INVOICES: [*rest, *final("F", "2026-05-12", "5", "0.01")]})
    assert balance(known, DEPOSITS) == 0
    known = without(known, INVOICES, "F")
    assert balance(known, DEPOSITS) == Decimal("-0.01")


def test_a_deposit_is_deducted_in_its_own_currency_and_keeps_it(held: KnownRows) -> None:
    rupiah = [{**row, "currency": "IDR"} for row in final("F", "2026-05-12", 9_000_000, 300)]
    assert codes(held, INVOICES, rupiah) == ["currency_of_deposit"]
    euros = [{**row, "currency": "EUR", "rate": "18000"} for row in rupiah]
    assert codes(held, INVOICES, euros) == ["currency_of_deposit"]
    known = accepted(held, INVOICES, final("F", "2026-05-12", 1000, 300))
    changed = deposit(300, currency="EUR", rate="18000")
    assert "currency_stays" in codes(known, INVOICES, changed)


def test_a_deposit_deducts_no_other(held: KnownRows) -> None:
    more = {"kind": "deposit", "account": DEPOSITS}
    rows = [{**row, **more} for row in final("E", "2026-05-12", 1000, 300)]
    assert codes(held, INVOICES, rows) == ["deposit_deducts"]


def test_what_credits_a_deposit_stands_on_its_account(held: KnownRows) -> None:
    note = deposit(100, "2026-05-12", invoice="N", kind="credit_note", corrects="D", account=SALES)
    assert codes(held, INVOICES, note) == ["deposit_account"]


@settings(max_examples=25, deadline=None)
@given(
    shares=st.lists(st.integers(1, 999), min_size=1, max_size=5),
    cents=st.integers(1, 99_999),
    rates=st.tuples(st.integers(1, 2_000_000), st.integers(1, 2_000_000)),
    code=st.sampled_from(["", "PPN-K", "PPN-K-TERMASUK"]),
)
def test_a_deposit_that_is_used_up_leaves_nothing(
    shares: list[int], cents: int, rates: tuple[int, int], code: str
) -> None:
    came, used = (Decimal(number) / 100 for number in rates)
    known = accepted(COMPANY, INVOICES, taxed(deposit(sum(shares), rate=str(came)), code))
    for n, share in enumerate(shares):
        sold = share + Decimal(cents) / 100
        rows = final(f"F{n}", f"2026-05-1{n}", sold, share, rate=str(used))
        known = accepted(known, INVOICES, taxed(rows, code))
    assert balance(known, DEPOSITS) == 0
    assert abs(balance(known, EXCHANGE)) <= Decimal("0.05")


def taxed(rows: list[Cells], code: str) -> list[Cells]:
    return [{**row, **({"tax_code": code} if code else {})} for row in rows]
