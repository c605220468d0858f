"""Payments: what they settle, what stays on account, what is refused."""

from tests.books.known import KnownRows, accepted, laid, refusals
from tests.books.ledger.rows import (
    BANK,
    INVENTORY,
    PAYABLE,
    RECEIVABLE,
    SALES,
    amount,
    at,
    bill,
    codes,
    entries_of,
    invoice,
    payment,
)
from workbook_templates.books.ledger.reports.aged import AGED_RECEIVABLES

ROUNDING = "81900"
INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"


def traded(company: KnownRows) -> KnownRows:
    """INV 100 and 50, a credit note of 30 to C1; a bill of 80 and a credit note of 20 from S1."""
    return laid(
        company,
        {
            INVOICES: [
                *invoice("I1", "2026-05-01", 100),
                *invoice("I2", "2026-05-02", 50),
                *invoice("CN", "2026-05-03", 30, kind="credit_note"),
            ],
            BILLS: [
                *bill("B1", "2026-05-01", 80),
                *bill("BC", "2026-05-03", 20, kind="credit_note"),
            ],
        },
    )


def test_money_in_settles_invoices_and_keeps_the_rest_on_account(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 200, ("I1", 100), ("I2", 40))
    company = accepted(traded(company), PAYMENTS, rows)
    assert entries_of(company, "PY:P") == [
        (BANK, "200.00", ""),
        (RECEIVABLE, "", "100.00"),
        (RECEIVABLE, "", "40.00"),
        (RECEIVABLE, "", "60.00"),
    ]
    entry = company.document("ledger.journal", "PY:P")
    assert entry is not None
    assert [line.text("document") for line in entry.lines] == ["", "I1", "I2", "P"]


def test_money_out_settles_bills(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 80, ("B1", 80), direction="out", party="S1")
    company = accepted(traded(company), PAYMENTS, rows)
    assert entries_of(company, "PY:P") == [(BANK, "", "80.00"), (PAYABLE, "80.00", "")]


def test_a_payment_without_a_document_is_on_account(company: KnownRows) -> None:
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 10))
    assert entries_of(company, "PY:P") == [(BANK, "10.00", ""), (RECEIVABLE, "", "10.00")]
    rows = payment("Q", "2026-05-09", 10, direction="out", party="B1")
    company = accepted(company, PAYMENTS, rows)
    assert entries_of(company, "PY:Q") == [(BANK, "", "10.00"), (PAYABLE, "10.00", "")]


def test_a_credit_note_is_set_off_with_a_minus(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 70, ("I1", 100), ("CN", -30))
    company = accepted(traded(company), PAYMENTS, rows)
    assert entries_of(company, "PY:P") == [
        (BANK, "70.00", ""),
        (RECEIVABLE, "30.00", ""),
        (RECEIVABLE, "", "100.00"),
    ]


def test_a_credit_note_is_set_off_without_money(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 0, ("I1", 30), ("CN", -30))
    company = accepted(traded(company), PAYMENTS, rows)
    assert entries_of(company, "PY:P") == [
        (RECEIVABLE, "30.00", ""),
        (RECEIVABLE, "", "30.00"),
    ]


def test_a_credit_note_is_paid_back(company: KnownRows) -> None:
    company = traded(company)
    rows = payment("P", "2026-05-09", 30, ("CN", 30), direction="out")
    assert codes(company, PAYMENTS, rows) == []
    rows = payment("P", "2026-05-09", 20, ("BC", 20), direction="in", party="S1")
    assert codes(company, PAYMENTS, rows) == []


def test_no_more_is_applied_than_was_paid(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 99, ("I1", 100))
    assert codes(traded(company), PAYMENTS, rows) == ["more_than_amount"]


def test_no_more_is_applied_than_is_open(company: KnownRows) -> None:
    company = accepted(traded(company), PAYMENTS, payment("P", "2026-05-09", 70, ("I1", 70)))
    (problem,) = refusals(company, PAYMENTS, payment("Q", "2026-05-10", 40, ("I1", 40)))
    assert problem.code == "over_applied"
    assert (problem.facts["open"], problem.facts["applied"]) == ("30.00", "40.00")
    assert codes(company, PAYMENTS, payment("Q", "2026-05-10", 30, ("I1", 30))) == []


def test_two_lines_for_one_document_count_together(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 120, ("I1", 60), ("I1", 60))
    assert codes(traded(company), PAYMENTS, rows) == ["over_applied"]


def test_a_changed_payment_is_measured_without_what_it_was_before(company: KnownRows) -> None:
    company = accepted(traded(company), PAYMENTS, payment("P", "2026-05-09", 100, ("I1", 100)))
    assert codes(company, PAYMENTS, payment("P", "2026-05-09", 90, ("I1", 90))) == []


def test_money_out_does_not_settle_an_invoice(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 10, ("I1", 10), direction="out")
    assert codes(traded(company), PAYMENTS, rows) == ["wrong_direction"]


def test_a_credit_note_without_its_minus_is_refused(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 10, ("CN", 10))
    assert codes(traded(company), PAYMENTS, rows) == ["wrong_direction"]


def test_a_document_of_another_party_is_refused(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 10, ("I1", 10), party="C2")
    assert codes(traded(company), PAYMENTS, rows) == ["document_of_another_party"]


def test_an_unknown_document_is_refused(company: KnownRows) -> None:
    company = accepted(company, INVOICES, invoice("INV-0001", "2026-05-01", 100))
    rows = payment("P", "2026-05-09", 10, ("INV-0007", 10))
    (problem,) = refusals(company, PAYMENTS, rows)
    assert (problem.column, problem.hint) == ("document", "INV-0001")


def test_document_and_applied_go_together(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 10)
    company = traded(company)
    lone = [{**row, "document": "I1"}]
    assert codes(company, PAYMENTS, lone) == ["incomplete_application"]
    lone = [{**row, "applied": amount(5)}]
    assert codes(company, PAYMENTS, lone) == ["incomplete_application"]


def test_money_moves_on_a_cash_or_bank_account(company: KnownRows) -> None:
    for account in (SALES, RECEIVABLE):
        rows = payment("P", "2026-05-09", 10, bank_account=account)
        assert codes(company, PAYMENTS, rows) == ["not_a_bank_account"]


def test_an_invoice_and_a_bill_of_one_number_are_told_apart(company: KnownRows) -> None:
    company = laid(
        company,
        {INVOICES: invoice("7", "2026-05-01", 100), BILLS: bill("7", "2026-05-01", 80)},
    )
    received = payment("P", "2026-05-09", 100, ("7", 100))
    company = accepted(company, PAYMENTS, received)
    assert entries_of(company, "PY:P")[1] == (RECEIVABLE, "", "100.00")
    paid = payment("Q", "2026-05-09", 80, ("7", 80), direction="out", party="S1")
    company = accepted(company, PAYMENTS, paid)
    assert entries_of(company, "PY:Q")[1] == (PAYABLE, "80.00", "")


def test_a_credit_note_paid_back_is_not_taken_for_a_bill_of_its_number(company: KnownRows) -> None:
    returned = invoice("7", "2026-05-01", 30, kind="credit_note")
    company = laid(company, {INVOICES: returned, BILLS: bill("7", "2026-05-01", 80)})
    rows = payment("P", "2026-05-09", 30, ("7", 30), direction="out")
    company = accepted(company, PAYMENTS, rows)
    assert entries_of(company, "PY:P") == [(BANK, "", "30.00"), (RECEIVABLE, "30.00", "")]


def test_without_an_account_for_payables_nothing_is_paid(company: KnownRows) -> None:
    plain = [{"code": PAYABLE, "name": "Payables", "type": "liability"}]
    company = accepted(company, "ledger.accounts", plain)
    rows = payment("P", "2026-05-09", 10, direction="out", party="S1")
    assert codes(company, PAYMENTS, rows) == ["no_account_for_role"]


def test_a_difference_is_written_off_with_the_document(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 98, ("I1", 98))
    row = {**row, "written_off": amount(2), "difference_account": "61900"}
    company = accepted(traded(company), PAYMENTS, [row])
    assert entries_of(company, "PY:P") == [
        (BANK, "98.00", ""),
        (RECEIVABLE, "", "100.00"),
        ("61900", "2.00", ""),
    ]
    (problem,) = refusals(company, PAYMENTS, payment("Q", "2026-05-10", 1, ("I1", 1)))
    assert (problem.code, problem.facts["open"]) == ("over_applied", "0.00")


def test_a_difference_without_an_account_is_one_of_rounding(company: KnownRows) -> None:
    rows = payment("P", "2026-05-09", 79, ("B1", 79), direction="out", party="S1")
    company = accepted(traded(company), PAYMENTS, [{**rows[0], "written_off": amount(1)}])
    assert entries_of(company, "PY:P") == [
        (BANK, "", "79.00"),
        (PAYABLE, "80.00", ""),
        (ROUNDING, "", "1.00"),
    ]


def test_what_was_paid_too_much_is_kept_with_a_minus(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 110, ("I1", 110))
    company = accepted(traded(company), PAYMENTS, [{**row, "written_off": amount(-10)}])
    assert entries_of(company, "PY:P") == [
        (BANK, "110.00", ""),
        (RECEIVABLE, "", "100.00"),
        (ROUNDING, "", "10.00"),
    ]


def test_a_rest_is_written_off_without_money(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 0, ("I1", 0))
    row = {**row, "written_off": amount(100), "difference_account": "61900", "applied": None}
    company = accepted(traded(company), PAYMENTS, [row])
    assert entries_of(company, "PY:P") == [(RECEIVABLE, "", "100.00"), ("61900", "100.00", "")]


def test_more_than_is_open_is_not_written_off(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 98, ("I1", 98))
    assert codes(traded(company), PAYMENTS, [{**row, "written_off": amount(3)}]) == ["over_applied"]


def test_an_account_for_a_difference_is_one_that_can_be_posted(company: KnownRows) -> None:
    (row,) = payment("P", "2026-05-09", 98, ("I1", 98))
    child = [{"code": "11101", "name": "Till", "type": "asset", "parent": "11100"}]
    company = accepted(traded(company), "ledger.accounts", child)
    for account, refused in (
        (RECEIVABLE, "control_account"),
        (INVENTORY, "stock_account"),
        ("11100", "account_is_parent"),
    ):
        with_account = {**row, "written_off": amount(2), "difference_account": account}
        assert codes(company, PAYMENTS, [with_account]) == [refused]
    assert codes(company, PAYMENTS, [{**row, "difference_account": "61900"}]) == [
        "difference_missing"
    ]


def test_without_an_account_for_rounding_a_difference_names_its_own(company: KnownRows) -> None:
    plain = [{"code": ROUNDING, "name": "Rounding", "type": "expense"}]
    company = accepted(traded(company), "ledger.accounts", plain)
    (row,) = payment("P", "2026-05-09", 98, ("I1", 98))
    assert codes(company, PAYMENTS, [{**row, "written_off": amount(2)}]) == ["no_account_for_role"]


def test_what_stayed_on_account_is_moved_to_an_invoice_later(company: KnownRows) -> None:
    company = accepted(traded(company), PAYMENTS, payment("P", "2026-05-09", 60))
    rows = payment("M", "2026-05-20", 0, ("I1", 60), ("P", -60))
    company = accepted(company, PAYMENTS, rows)
    assert entries_of(company, "PY:M") == [(RECEIVABLE, "", "60.00"), (RECEIVABLE, "60.00", "")]
    opened = {
        row["document"]: row["open"] for row in AGED_RECEIVABLES.build(company, at("2026-05-31"))
    }
    assert opened == {"I1": "40.00", "I2": "50.00", "CN": "-30.00"}
    (problem,) = refusals(company, PAYMENTS, payment("N", "2026-05-21", 0, ("I1", 1), ("P", -1)))
    assert problem.facts["document"] == "P"


def test_a_rest_that_was_moved_is_not_taken_away(company: KnownRows) -> None:
    company = accepted(traded(company), PAYMENTS, payment("P", "2026-05-09", 60))
    company = accepted(company, PAYMENTS, payment("M", "2026-05-20", 0, ("I1", 60), ("P", -60)))
    assert codes(company, PAYMENTS, payment("P", "2026-05-09", 59)) == ["less_than_paid"]
    assert codes(company, PAYMENTS, [], "P") == ["document_has_payments"]
    elsewhere = payment("P", "2026-05-09", 60, party="B1")
    assert codes(company, PAYMENTS, elsewhere) == ["document_has_payments"]
    applied = payment("P", "2026-05-09", 60, ("I2", 50))
    assert codes(company, PAYMENTS, applied) == ["less_than_paid"]


def test_a_payment_does_not_settle_itself(company: KnownRows) -> None:
    company = accepted(company, PAYMENTS, payment("P", "2026-05-09", 60))
    assert codes(company, PAYMENTS, payment("P", "2026-05-09", 60, ("P", 60))) == ["settles_itself"]


def test_what_a_supplier_was_paid_ahead_is_moved_to_a_bill(company: KnownRows) -> None:
    head = {"direction": "out", "party": "S1"}
    company = accepted(traded(company), PAYMENTS, payment("P", "2026-05-09", 60, **head))
    rows = payment("M", "2026-05-20", 0, ("B1", 60), ("P", -60), **head)
    company = accepted(company, PAYMENTS, rows)
    assert entries_of(company, "PY:M") == [(PAYABLE, "60.00", ""), (PAYABLE, "", "60.00")]


def opened_with(company: KnownRows) -> KnownRows:
    """Old invoice LAMA-1 of 70 on C1 and an old bill of the same number of 40 from S1."""
    items = (("AR", "receivables", "C1", "debit", 70), ("AP", "payables", "S1", "credit", 40))
    rows = [
        {
            "list": key, "kind": kind, "date": "2025-12-31", "party": party,
            "document": "LAMA-1", side: amount(sum_),
        }
        for key, kind, party, side, sum_ in items
    ]  # fmt: skip
    company = accepted(company, "ledger.years", [{"year": "2026", "status": "opening"}])
    return laid(company, {"ledger.opening_balances": rows})


def test_an_open_item_of_before_going_live_is_settled_by_its_old_number(company: KnownRows) -> None:
    company = opened_with(company)
    rows = payment("P", "2026-05-09", 30, ("LAMA-1", 30))
    company = accepted(company, PAYMENTS, rows)
    rows = payment("Q", "2026-05-09", 40, ("LAMA-1", 40), direction="out", party="S1")
    company = accepted(company, PAYMENTS, rows)
    assert entries_of(company, "PY:Q") == [(BANK, "", "40.00"), (PAYABLE, "40.00", "")]
    opened = [row["open"] for row in AGED_RECEIVABLES.build(company, at("2026-05-31"))]
    assert opened == ["40.00"]
    assert codes(company, PAYMENTS, payment("R", "2026-05-10", 41, ("LAMA-1", 41))) == [
        "over_applied"
    ]
