"""Payment batches: bills paid in one go, approved before, each once; what the bank is given."""

import pytest

from tests.books.known import KnownRows, accepted, laid, refusals
from tests.books.ledger.rows import (
    BANK,
    PAYABLE,
    SALES,
    amount,
    at,
    bill,
    codes,
    entries_of,
    payment,
)
from workbook_templates.books.ledger.reports.aged import AGED_PAYABLES
from workbook_templates.books.ledger.reports.vendor_payments import (
    BANK_FILE,
    BILLS_DUE,
    REMITTANCE,
)
from workbook_templates.schema import Cells
from workbook_templates.senders import Sender

BILLS, BATCHES = "ledger.purchase_bills", "ledger.payment_batches"
PAYMENTS = "ledger.payments"
DAY = "2026-05-20"


def batch(key: str, *bills: tuple[str, object], **cells: str) -> list[Cells]:
    """Bills to be paid from the bank on a day."""
    head = {"batch": key, "date": DAY, "bank_account": BANK, **cells}
    return [{**head, "document": number, "amount": amount(part)} for number, part in bills]


def made(known: KnownRows, key: str) -> tuple[str, list[tuple[str, str]]]:
    """A payment that a batch made: its amount, and what it settles."""
    payment = known.document(PAYMENTS, key)
    assert payment is not None
    assert {line.source for line in payment.lines} == {"ledger.payment_batches/D1"}
    settles = [(line.text("document"), line.text("applied")) for line in payment.lines]
    return payment.text("amount"), settles


@pytest.fixture
def owing(company: KnownRows) -> KnownRows:
    """Bills of 80 and 30 from S1 with a credit note of 20, and one of 50 from S2."""
    bank = {"bank_name": "Bank Contoh", "bank_account_number": "0012345678"}
    supplier = {"code": "S1", "name": "CV Sumber", "kind": "supplier"}
    holder = {**supplier, **bank, "bank_account_holder": "Budi"}
    bills = [
        *bill("B1", "2026-05-01", 80, due="2026-05-31", supplier_ref="F-88"),
        *bill("B2", "2026-05-02", 30, due="2026-05-15"),
        *bill("BC", "2026-05-03", 20, kind="credit_note"),
        *bill("B3", "2026-05-04", 50, supplier="S2", due="2026-06-10"),
    ]
    return laid(company, {"ledger.parties": [holder], BILLS: bills})


def test_nothing_is_paid_until_the_batch_is_posted(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch("D1", ("B1", 80), ("B3", 50)))
    assert known.rows(PAYMENTS) == []


def test_a_posted_batch_makes_one_payment_to_each_supplier(owing: KnownRows) -> None:
    rows = batch("D1", ("B1", 80), ("BC", -20), ("B3", 40), post="true")
    known = accepted(owing, BATCHES, rows)
    assert made(known, "D1-S1") == ("60.00", [("B1", "80.00"), ("BC", "-20.00")])
    assert made(known, "D1-S2") == ("40.00", [("B3", "40.00")])
    assert entries_of(known, "PY:D1-S1") == [
        (BANK, "", "60.00"),
        (PAYABLE, "80.00", ""),
        (PAYABLE, "", "20.00"),
    ]
    opened = {r["document"]: r["open"] for r in AGED_PAYABLES.build(known, at("2026-05-31"))}
    assert opened == {"B2": "30.00", "B3": "10.00"}


def test_a_bill_waits_in_one_batch_only(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch("D1", ("B1", 30)))
    (problem,) = refusals(known, BATCHES, batch("D2", ("B1", 10), ("B3", 50)))
    assert (problem.code, problem.column) == ("in_another_batch", "document")
    assert problem.facts["batch"] == "D1"
    assert codes(known, BATCHES, batch("D1", ("B1", 40))) == []


def test_what_a_paid_batch_left_open_may_stand_in_the_next(owing: KnownRows) -> None:
    rows = [{**row, "number": "DP-2026-0001"} for row in batch("D1", ("B1", 30), post="true")]
    known = accepted(owing, BATCHES, rows)
    assert codes(known, BATCHES, batch("D2", ("B1", 50))) == []
    assert codes(known, BATCHES, batch("D2", ("B1", 51))) == ["over_applied"]
    assert codes(known, BATCHES, batch("D1", ("B1", 20), post="true")) == ["posted"]


def test_no_more_than_is_open_is_paid(owing: KnownRows) -> None:
    known = accepted(
        owing,
        PAYMENTS,
        payment("P", DAY, 70, ("B1", 70), direction="out", party="S1"),
    )
    (problem,) = refusals(known, BATCHES, batch("D1", ("B1", 6), ("B1", 5)))
    assert (problem.code, problem.facts["open"]) == ("over_applied", "10.00")
    assert codes(known, BATCHES, batch("D1", ("B1", 10))) == []


def test_bills_lessen_what_is_open(owing: KnownRows) -> None:
    assert codes(owing, BATCHES, batch("D1", ("B1", 80), ("BC", 20))) == ["adds_to_what_is_open"]
    assert "adds_to_what_is_open" in codes(owing, BATCHES, batch("D1", ("B1", -5)))


def test_every_supplier_is_transferred_something(owing: KnownRows) -> None:
    assert codes(owing, BATCHES, batch("D1", ("B3", 50), ("BC", -20))) == ["nothing_to_transfer"]


def test_a_line_may_name_the_supplier_and_must_name_the_right_one(owing: KnownRows) -> None:
    assert codes(owing, BATCHES, batch("D1", ("B1", 80), party="S1")) == []
    assert codes(owing, BATCHES, batch("D1", ("B1", 80), party="S2")) == [
        "document_of_another_party"
    ]


def test_the_bank_pays_from_an_account_of_money(owing: KnownRows) -> None:
    rows = batch("D1", ("B1", 80), bank_account=SALES)
    assert codes(owing, BATCHES, rows) == ["not_a_bank_account"]


def approved(known: KnownRows, by: str) -> KnownRows:
    """The company after somebody approves the one request there is."""
    (request,) = known.rows("ledger.approval_requests")
    decision = {"request": request.text("request"), "decision": "approve"}
    kept = {"version": request.text("version")}
    sender = Sender(by, frozenset({"controller"}))
    deciding = KnownRows(known.tables, known.company, sender=sender)
    return accepted(deciding, "ledger.approvals", [{**decision, **kept}])


def test_a_batch_above_the_limit_is_approved_before_it_is_posted(owing: KnownRows) -> None:
    limit = {"kind": "payment_out", "from_amount": amount(100), "role": "controller"}
    maker = KnownRows(
        {**owing.tables, "ledger.approval_rules": [limit]},
        owing.company,
        sender=Sender("rina", frozenset({"accountant"})),
    )
    large, small = (("B1", 80), ("B3", 50)), (("B1", 80),)
    assert codes(maker, BATCHES, batch("D1", *small, post="true")) == []
    assert codes(maker, BATCHES, batch("D1", *large, post="true")) == ["batch_waits"]
    known = approved(accepted(maker, BATCHES, batch("D1", *large)), by="sari")
    rows = [{**line.cells, "post": "true"} for line in known.rows(BATCHES)]
    known = accepted(known, BATCHES, rows)
    assert made(known, "D1-S1") == ("80.00", [("B1", "80.00")])
    assert known.rows("ledger.approval_requests") == []


def test_bills_due_stand_by_day_with_the_batch_that_pays_them(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch("D1", ("B1", 80)))
    rows = list(BILLS_DUE.build(known, at("2026-06-01")))
    assert [(r["document"], r["due"], r["days_late"], r["open"], r["batch"]) for r in rows] == [
        ("BC", "2026-05-03", "29", "-20.00", ""),
        ("B2", "2026-05-15", "17", "30.00", ""),
        ("B1", "2026-05-31", "1", "80.00", "D1"),
        ("B3", "2026-06-10", "0", "50.00", ""),
    ]


def test_the_bank_gets_one_transfer_to_each_supplier(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch("D1", ("B1", 80), ("BC", -20), ("B3", 50)))
    first, second = BANK_FILE.build(known, at(DAY))
    assert first == {
        "batch": "D1", "pay_on": DAY, "party": "S1", "name": "CV Sumber",
        "bank_account_number": "0012345678", "bank_name": "Bank Contoh", "holder": "Budi",
        "amount": "60.00", "currency": "IDR", "remark": "D1: B1, BC",
    }  # fmt: skip
    assert (second["holder"], second["amount"]) == ("CV Hulu", "50.00")
    assert list(BANK_FILE.build(known, at("2026-05-21"))) == []


def test_suppliers_are_told_what_a_transfer_pays(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch("D1", ("B1", 80), ("BC", -20)))
    rows = list(REMITTANCE.build(known, at(DAY)))
    assert [(r["document"], r["supplier_ref"], r["amount"]) for r in rows] == [
        ("B1", "F-88", "80.00"),
        ("BC", "", "-20.00"),
    ]
