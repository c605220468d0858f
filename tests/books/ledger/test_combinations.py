"""One document after another: what a change does to documents that rely on the one that changes."""

import pytest

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.approving import with_limits
from tests.books.ledger.asset_rows import ASSETS, CATEGORIES, asset, category
from tests.books.ledger.rows import (
    BANK,
    PAYABLE,
    SUPPLIES,
    VAT_OUT,
    at,
    bill,
    codes,
    entries_of,
    invoice,
    payment,
    span,
)
from tests.books.ledger.statements import report
from tests.books.ledger.test_opening import trial
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
TAX, WITHHELD, DAY = "ledger.tax_codes", "21420", "2026-05-04"
SOLD = {"disposed_on": DAY, "disposal": "sale", "proceeds": "9.00"}
CREDIT = {"kind": "credit_note", "corrects": "I1", "tax_code": "T"}


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


def taxed(company: KnownRows, *dated: tuple[str, str, str]) -> KnownRows:
    """A company with an output tax "T" of (rate, from, to)."""
    row = {"code": "T", "name": "T", "kind": "output", "account": VAT_OUT}
    rates = ({**row, "rate": rate, "from": first, "to": last} for rate, first, last in dated)
    return accepted(company, TAX, [{k: text for k, text in row.items() if text} for row in rates])


def test_a_credit_note_follows_its_invoice_to_another_rate(company: KnownRows) -> None:
    known = taxed(company, ("10", "2026-01-01", "2026-05-31"), ("20", "2026-06-01", ""))
    known = accepted(known, INVOICES, invoice("I1", "2026-05-30", 100, tax_code="T"))
    known = accepted(known, INVOICES, invoice("CN", "2026-07-01", 50, **CREDIT))
    assert entries_of(known, "SI:CN")[2] == (VAT_OUT, "5.00", "")
    known = accepted(known, INVOICES, invoice("I1", "2026-06-02", 100, tax_code="T"))
    assert entries_of(known, "SI:CN")[2] == (VAT_OUT, "10.00", "")
    ties = report(known, "tax_tie", span("2026-07-01", "2026-07-31"))
    assert {row["difference"] for row in ties} == {"0.00"}
    later = invoice("I1", "2026-07-02", 100, tax_code="T")
    assert codes(known, INVOICES, later) == ["corrected_stays"]


def test_a_credit_note_does_not_hold_back_a_rate_that_its_invoice_does_not_have(
    company: KnownRows,
) -> None:
    known = taxed(company, ("10", "2026-01-01", ""))
    known = accepted(known, INVOICES, invoice("I1", "2026-05-30", 100, tax_code="T"))
    known = accepted(known, INVOICES, invoice("CN", "2026-07-01", 50, **CREDIT))
    known = taxed(known, ("10", "2026-01-01", "2026-06-30"), ("20", "2026-07-01", ""))
    assert entries_of(known, "SI:CN")[2] == (VAT_OUT, "5.00", "")


def test_a_reversal_does_not_hold_back_a_suppliers_tax_number(company: KnownRows) -> None:
    cells = {"withholding": "PPH23-JASA", "supplier": "S2"}
    known = accepted(company, BILLS, bill("B1", DAY, 1000, **cells))
    back = bill("B1-R", "2026-07-11", 1000, **cells, kind="credit_note", reverses="B1")
    known = accepted(known, BILLS, back)
    row = {"code": "S2", "name": "CV Hulu", "kind": "supplier", "tax_id": "0031987650015000"}
    assert codes(known, "ledger.parties", [{**row, "tax_id_from": "2026-06-01"}]) == []


def test_a_small_credit_note_takes_back_its_share_of_what_was_withheld(company: KnownRows) -> None:
    row = {"code": "W", "name": "W", "kind": "withholding", "account": WITHHELD, "rate": "2"}
    known = accepted(company, TAX, [{**row, "from": "2026-01-01", "threshold": "2000000.00"}])
    known = accepted(known, BILLS, bill("B1", DAY, 10_000_000, withholding="W"))
    more = {"withholding": "W", "kind": "credit_note", "corrects": "B1"}
    known = accepted(known, BILLS, bill("CN", DAY, 1_000_000, **more))
    assert entries_of(known, "PB:CN") == [
        (PAYABLE, "980000.00", ""),
        (SUPPLIES, "", "1000000.00"),
        (WITHHELD, "20000.00", ""),
    ]


def test_the_kind_of_a_party_with_money_on_account_stays(company: KnownRows) -> None:
    known = accepted(company, PAYMENTS, payment("P", DAY, 100, party="S1"))
    both = [{"code": "S1", "name": "CV Sumber", "kind": "both"}]
    assert "kind_is_used" in codes(known, "ledger.parties", both)
    assert codes(without(known, PAYMENTS, "P"), "ledger.parties", both) == []


def test_an_asset_with_parts_is_no_part_of_another(company: KnownRows) -> None:
    known = accepted(company, CATEGORIES, category())
    for key, whole in (("A", ""), ("B", ""), ("C", "B")):
        known = accepted(known, ASSETS, asset(key, 1000, residual="", split_from=whole))
    of_a = asset("B", 1000, residual="", split_from="A")
    assert codes(known, ASSETS, of_a) == ["split_of_part"]


def test_an_asset_whose_row_is_replaced_has_no_proceeds(company: KnownRows) -> None:
    known = accepted(accepted(company, CATEGORIES, category()), ASSETS, asset())
    gone = {"disposed_on": "2026-03-15", "disposal": "replaced"}
    assert codes(known, ASSETS, asset(**gone)) == []
    sold = asset(**gone, proceeds="500.00", proceeds_account=BANK)
    assert codes(known, ASSETS, sold) == ["no_proceeds"]


def test_a_bill_that_was_taken_back_is_entered_again(company: KnownRows) -> None:
    known = accepted(company, BILLS, bill("B1", DAY, 100, supplier_ref="INV-9"))
    again = bill("B2", DAY, 110, supplier_ref="INV-9")
    assert codes(known, BILLS, again) == ["duplicate_supplier_ref"]
    back = bill("B1-R", DAY, 100, kind="credit_note", reverses="B1")
    known = accepted(known, BILLS, back)
    assert codes(known, BILLS, again) == []
    back = bill("B1-R-R", DAY, 100, reverses="B1-R")
    assert codes(accepted(known, BILLS, back), BILLS, again) == ["duplicate_supplier_ref"]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (INVOICES, invoice("I", DAY, 100, account="11250")),
        ("ledger.opening_balances", trial(("11250", 9, 0))),
        (
            ASSETS,
            asset(disposed_on=DAY, disposal="sale", proceeds="9.00", proceeds_account="11250"),
        ),
    ],
)
def test_an_account_in_another_currency_gets_no_amount_without_it(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    dollars = {"code": "11250", "name": "Dollars", "type": "asset", "currency": "USD"}
    known = accepted(company, "ledger.accounts", [dollars])
    known = accepted(accepted(known, CATEGORIES, category()), ASSETS, asset())
    assert codes(known, table, rows) == ["only_typed_with_amount"]


def test_an_older_asset_has_months_left_for_its_rest(company: KnownRows) -> None:
    known = accepted(company, CATEGORIES, category())
    older = {"acquired": "2020-01-01", "accumulated_until": "2025-12"}
    assert codes(known, ASSETS, asset(**older, accumulated="89999.99")) == ["life_is_over"]
    assert codes(known, ASSETS, asset(**older, accumulated="90000.00")) == []
    assert codes(known, ASSETS, asset(**older, accumulated="50000.00", life="73")) == []


def test_money_on_account_is_not_mixed_with_an_invoice_of_its_number(company: KnownRows) -> None:
    sold = [*invoice("9", DAY, 60), *invoice("8", DAY, 60, customer="C2")]
    known = laid(company, {INVOICES: sold, BILLS: bill("7", DAY, 60, supplier="B1")})
    assert codes(known, PAYMENTS, payment("9", DAY, 100)) == ["number_of_a_document"]
    assert codes(known, PAYMENTS, payment("9", DAY, 60, ("9", 60))) == []
    assert codes(known, PAYMENTS, payment("8", DAY, 100)) == []
    assert codes(known, PAYMENTS, payment("7", DAY, 100, party="B1")) == []
