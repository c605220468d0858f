"""Invoices, bills and credit notes: what is refused, what they come to, what they post."""

import pytest

from tests.books.known import KnownRows, accepted, document, refusals, without
from tests.books.ledger.rows import (
    GOODS_RECEIVED,
    INVENTORY,
    PAYABLE,
    RECEIVABLE,
    RENT,
    SALES,
    SUPPLIES,
    VAT_IN,
    VAT_OUT,
    bill,
    codes,
    entries_of,
    invoice,
    payment,
    without_cell,
)
from workbook_templates.books.ledger.invoices import amounts_of

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"


def test_an_invoice_debits_the_customer_and_credits_sales_and_tax(company: KnownRows) -> None:
    sold = invoice("INV-1", "2026-05-03", 1000000, 500000, tax_code="PPN-K")
    company = accepted(company, INVOICES, sold)
    assert entries_of(company, "SI:INV-1") == [
        (RECEIVABLE, "1665000.00", ""),
        (SALES, "", "1500000.00"),
        (VAT_OUT, "", "165000.00"),
    ]
    first = company.rows("ledger.journal")[0]
    assert first.text("party") == "C1"
    assert first.text("document") == "INV-1"
    assert first.source == first.text("source") == "ledger.sales_invoices/INV-1"


def test_a_credit_note_posts_the_other_way_round(company: KnownRows) -> None:
    back = invoice("CN-1", "2026-05-03", 1000000, tax_code="PPN-K", kind="credit_note")
    assert entries_of(accepted(company, INVOICES, back), "SI:CN-1") == [
        (RECEIVABLE, "", "1110000.00"),
        (SALES, "1000000.00", ""),
        (VAT_OUT, "110000.00", ""),
    ]


def test_a_bill_credits_the_supplier_and_debits_cost_and_tax(company: KnownRows) -> None:
    bought = bill("B-1", "2026-05-03", 200000, tax_code="PPN-M")
    assert entries_of(accepted(company, BILLS, bought), "PB:B-1") == [
        (PAYABLE, "", "222000.00"),
        (SUPPLIES, "200000.00", ""),
        (VAT_IN, "22000.00", ""),
    ]


def test_tax_withheld_lowers_what_the_supplier_gets(company: KnownRows) -> None:
    served = bill("B-1", "2026-05-03", 1000000, tax_code="PPH23-JASA")
    assert entries_of(accepted(company, BILLS, served), "PB:B-1") == [
        (PAYABLE, "", "980000.00"),
        (SUPPLIES, "1000000.00", ""),
        ("21420", "", "20000.00"),
    ]


def test_tax_withheld_by_a_customer_is_prepaid(company: KnownRows) -> None:
    served = invoice("1", "2026-05-03", 1000000, tax_code="PPH23-DIPOTONG")
    assert entries_of(accepted(company, INVOICES, served), "SI:1") == [
        (RECEIVABLE, "980000.00", ""),
        (SALES, "", "1000000.00"),
        ("11822", "20000.00", ""),
    ]


def test_the_rate_of_the_day_splits_documents_by_date(company: KnownRows) -> None:
    company = accepted(company, "ledger.periods", [{"period": "2024-12", "status": "open"}])
    rows = [{"qty": "1", "unit_price": "1200", "account": SALES, "tax_code": "PPN-K-X"}]
    before, after = "2024-12-31", "2025-01-01"
    dated = [
        {"code": "PPN-K-X", "name": "X", "kind": "output", "account": VAT_OUT, **cells}
        for cells in (
            {"rate": "10", "from": "2022-01-01", "to": before},
            {"rate": "12", "base_fraction": "11/12", "from": after},
        )
    ]
    company = accepted(company, "ledger.tax_codes", dated)
    for day, total in ((before, "1320"), (after, "1332")):
        lines = [{"invoice": "1", "date": day, "customer": "C1", **row} for row in rows]
        assert str(amounts_of(document(company, INVOICES, lines), company).total) == f"{total}.00"


def test_lines_of_one_account_and_cost_centre_become_one_journal_line(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 10, 20, 30)
    rows[2] = {**rows[2], "cost_centre": "CC2"}
    assert entries_of(accepted(company, INVOICES, rows), "SI:1") == [
        (RECEIVABLE, "60.00", ""),
        (SALES, "", "30.00"),
        (SALES, "", "30.00"),
    ]


def test_tax_is_rounded_once_a_document_half_up_to_the_rupiah(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", "1.50", "1.50", "1.545454", tax_code="PPN-K")
    amounts = amounts_of(document(company, INVOICES, rows), company)
    assert amounts.taxes["PPN-K"].amount == 1  # 11 % of 4.55 is 0.5005
    less = invoice("1", "2026-05-03", "1.50", "1.50", "1.54", tax_code="PPN-K")
    assert amounts_of(document(company, INVOICES, less), company).taxes["PPN-K"].amount == 0


def test_a_free_sample_posts_nothing(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("1", "2026-05-03", 0))
    assert company.rows("ledger.journal") == []


def test_a_discount_comes_off_before_tax(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 1000, tax_code="PPN-K", discount="100.00")
    assert amounts_of(document(company, INVOICES, rows), company).total == 999


def test_a_changed_invoice_replaces_its_entry(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("1", "2026-05-03", 100))
    company = accepted(company, INVOICES, invoice("1", "2026-05-04", 70))
    assert entries_of(company, "SI:1") == [(RECEIVABLE, "70.00", ""), (SALES, "", "70.00")]
    assert without(company, INVOICES, "1").rows("ledger.journal") == []


def test_a_discount_is_not_more_than_the_line(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 1000, discount="1000.01")
    assert codes(company, INVOICES, rows) == ["discount_too_large"]


def test_one_does_not_invoice_a_supplier_nor_take_bills_of_a_customer(company: KnownRows) -> None:
    wrong = invoice("1", "2026-05-03", 1, customer="S1")
    assert codes(company, INVOICES, wrong) == ["wrong_party_kind"]
    wrong = bill("1", "2026-05-03", 1, supplier="C1")
    assert codes(company, BILLS, wrong) == ["wrong_party_kind"]
    assert codes(company, INVOICES, invoice("1", "2026-05-03", 1, customer="B1")) == []
    assert codes(company, BILLS, bill("1", "2026-05-03", 1, supplier="B1")) == []


def test_an_invoice_is_not_due_before_its_date(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 1, due="2026-05-02")
    assert codes(company, INVOICES, rows) == ["due_before_date"]


def test_an_input_tax_is_not_for_sales(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 1, tax_code="PPN-M")
    assert codes(company, INVOICES, rows) == ["tax_code_kind"]
    rows = bill("1", "2026-05-03", 1, tax_code="PPN-K")
    assert codes(company, BILLS, rows) == ["tax_code_kind"]


def test_a_tax_code_must_be_valid_on_the_date(company: KnownRows) -> None:
    row = {"code": "T", "name": "T", "kind": "output", "rate": "1", "account": VAT_OUT}
    company = accepted(company, "ledger.tax_codes", [{**row, "from": "2026-06-01"}])
    rows = invoice("1", "2026-05-31", 1, tax_code="T")
    (problem,) = refusals(company, INVOICES, rows)
    assert (problem.code, problem.column) == ("tax_code_not_valid", "tax_code")


def test_an_unknown_tax_code_is_refused_with_the_nearest(company: KnownRows) -> None:
    (problem,) = refusals(company, INVOICES, invoice("1", "2026-05-31", 1, tax_code="PPN-X"))
    assert problem.code == "unknown_tax_code"
    assert problem.hint in ("PPN-K", "PPN-M")


def test_an_invoice_line_does_not_name_a_control_account(company: KnownRows) -> None:
    rows = invoice("1", "2026-05-03", 1, account=RECEIVABLE)
    assert codes(company, INVOICES, rows) == ["control_account"]


def test_a_bill_leaves_the_inventory_account_to_the_stock_moves(company: KnownRows) -> None:
    bought = bill("1", "2026-05-03", 1, account=INVENTORY)
    assert codes(company, BILLS, bought) == ["stock_account"]
    assert codes(company, BILLS, bill("1", "2026-05-03", 1, account=GOODS_RECEIVED)) == []


def test_a_line_may_credit_any_other_open_account(company: KnownRows) -> None:
    assert codes(company, INVOICES, invoice("1", "2026-05-03", 1, account=RENT)) == []


def test_one_number_of_a_supplier_is_entered_once(company: KnownRows) -> None:
    company = accepted(company, BILLS, bill("B-1", "2026-05-03", 10, supplier_ref="F-9"))
    twice = bill("B-2", "2026-05-09", 10, supplier_ref="F-9")
    (problem,) = refusals(company, BILLS, twice)
    assert problem.code == "duplicate_supplier_ref"
    assert problem.facts["other"] == "B-1"
    other = bill("B-2", "2026-05-09", 10, supplier_ref="F-9", supplier="S2")
    assert codes(company, BILLS, other) == []
    changed = bill("B-1", "2026-05-03", 20, supplier_ref="F-9")
    assert codes(company, BILLS, changed) == []


def test_without_an_account_for_receivables_no_invoice_is_posted(company: KnownRows) -> None:
    plain = [{"code": RECEIVABLE, "name": "Receivables", "type": "asset"}]
    company = accepted(company, "ledger.accounts", plain)
    (problem,) = refusals(company, INVOICES, invoice("1", "2026-05-03", 1))
    assert problem.code == "no_account_for_role"
    assert "Piutang usaha" in problem.words.id


@pytest.mark.parametrize("cells", [{"qty": "-1"}, {"unit_price": "-1"}, {"discount": "-1.00"}])
def test_negative_quantities_prices_and_discounts_are_refused(
    company: KnownRows, cells: dict[str, str]
) -> None:
    rows = [{**row, **cells} for row in invoice("1", "2026-05-03", 1)]
    assert codes(company, INVOICES, rows) == ["negative"]


def test_a_blank_price_is_refused_and_breaks_nothing(company: KnownRows) -> None:
    rows = without_cell(invoice("1", "2026-05-03", 1), "unit_price")
    assert codes(company, INVOICES, rows) == ["required"]


def test_a_paid_invoice_is_not_deleted_moved_or_made_less_than_paid(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("1", "2026-05-03", 100))
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 60, ("1", 60)))
    assert codes(company, INVOICES, [], "1") == ["document_has_payments"]
    moved = invoice("1", "2026-05-03", 100, customer="C2")
    assert codes(company, INVOICES, moved) == ["document_has_payments"]
    assert codes(company, INVOICES, invoice("1", "2026-05-03", 59)) == ["less_than_paid"]
    assert codes(company, INVOICES, invoice("1", "2026-05-03", 60)) == []
    turned = invoice("1", "2026-05-03", 100, kind="credit_note")
    assert codes(company, INVOICES, turned) == ["less_than_paid"]
