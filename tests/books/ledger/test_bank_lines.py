"""Bank lines: what accepting one does, what cannot be accepted, what is proposed."""

from __future__ import annotations

from tests.books.known import KnownRows, accepted, refusals
from tests.books.ledger.rows import (
    BANK,
    CASH,
    RECEIVABLE,
    amount,
    at,
    bill,
    codes,
    entries_of,
    entry,
    invoice,
    payment,
)
from workbook_templates.books.ledger.bank_matching import suggestions
from workbook_templates.books.ledger.reports.bank_reconciliation import BANK_RECONCILIATION
from workbook_templates.schema import Cells

LINES = "ledger.bank_lines"
INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
CHARGES = "61900"


def bank_line(key: str, date: str, total: object, text: str = "", **cells: str) -> Cells:
    head = {"line": key, "bank_account": BANK, "date": date, "amount": amount(total)}
    return {**head, **({"description": text} if text else {}), **cells}


def sold(company: KnownRows, *invoices: tuple[str, int]) -> KnownRows:
    for key, price in invoices:
        company = accepted(company, INVOICES, invoice(key, "2026-05-01", price))
    return company


def reconciled(known: KnownRows, as_of: str = "2026-05-31") -> list[tuple[str, str, str]]:
    """The items of the reconciliation: what, its entry or line, its amount."""
    rows = BANK_RECONCILIATION.build(known, at(as_of, account=BANK))
    return [(row["kind"] or "", row.get("number") or "", row["amount"] or "") for row in rows]


def test_a_line_is_matched_with_the_entry_that_has_it_in_the_books(company: KnownRows) -> None:
    company = accepted(company, PAYMENTS, payment("BM-1", "2026-05-03", 1000))
    row = bank_line("L1", "2026-05-04", 1000, match="PY:BM-1", accept="true")
    company = accepted(company, LINES, [row])
    assert reconciled(company) == [("Book balance", "", "1000.00"), ("Bank balance", "", "1000.00")]


def test_an_accepted_line_with_a_document_makes_its_payment(company: KnownRows) -> None:
    company = sold(company, ("INV-01", 600), ("INV-02", 400))
    head = bank_line("L1", "2026-05-04", 1000, "TRSF TOKO MAJU", accept="true")
    rows = [
        {**head, "document": "INV-01", "part": "600.00"},
        {**head, "document": "INV-02"},
    ]
    company = accepted(company, LINES, rows)
    paid = company.document(PAYMENTS, "BL:L1")
    assert paid is not None
    assert [(line.text("document"), line.text("applied")) for line in paid.lines] == [
        ("INV-01", "600.00"),
        ("INV-02", "400.00"),
    ]
    assert (BANK, "1000.00", "") in entries_of(company, "PY:BL:L1")
    assert reconciled(company)[1:] == [("Bank balance", "", "1000.00")]


def test_money_out_pays_a_bill_and_two_parties_get_a_payment_each(company: KnownRows) -> None:
    company = accepted(company, BILLS, bill("B-01", "2026-05-01", 300))
    company = accepted(company, BILLS, bill("B-02", "2026-05-01", 200, supplier="S2"))
    head = bank_line("L1", "2026-05-04", -500, accept="true")
    rows = [{**head, "document": "B-01", "part": "-300.00"}, {**head, "document": "B-02"}]
    company = accepted(company, LINES, rows)
    assert (BANK, "", "300.00") in entries_of(company, "PY:BL:L1:S1")
    assert (BANK, "", "200.00") in entries_of(company, "PY:BL:L1:S2")
    assert len(reconciled(company)) == 2


def test_a_party_alone_gets_it_on_account(company: KnownRows) -> None:
    row = bank_line("L1", "2026-05-04", 250, "TOKO JAYA", party="C2", accept="true")
    company = accepted(company, LINES, [row])
    assert (RECEIVABLE, "", "250.00") in entries_of(company, "PY:BL:L1")


def test_charges_are_booked_straight_to_their_account(company: KnownRows) -> None:
    head = bank_line("L1", "2026-05-29", -15000, "BIAYA ADM", accept="true")
    company = accepted(company, LINES, [{**head, "account": CHARGES}])
    assert entries_of(company, "BL:L1") == [(BANK, "", "15000.00"), (CHARGES, "15000.00", "")]
    company = accepted(company, LINES, [bank_line("L1", "2026-05-29", -15000, "BIAYA ADM")])
    assert entries_of(company, "BL:L1") == []


def test_a_receipt_less_its_charges_is_one_line_of_two_parts(company: KnownRows) -> None:
    company = sold(company, ("INV-01", 1000))
    head = bank_line("L1", "2026-05-04", 995, accept="true")
    rows = [
        {**head, "document": "INV-01", "part": "1000.00"},
        {**head, "account": CHARGES, "part": "-5.00"},
    ]
    company = accepted(company, LINES, rows)
    assert entries_of(company, "BL:L1") == [(BANK, "", "5.00"), (CHARGES, "5.00", "")]
    assert reconciled(company) == [("Book balance", "", "995.00"), ("Bank balance", "", "995.00")]


def test_an_entry_is_matched_with_several_lines_up_to_what_it_posts(company: KnownRows) -> None:
    pay = entry("JU-1", "2026-05-25", ("61200", 700, 0), (BANK, 0, 700))
    company = accepted(company, "ledger.journal", pay)
    first = bank_line("L1", "2026-05-25", -300, match="JU-1", accept="true")
    company = accepted(company, LINES, [first])
    second = bank_line("L2", "2026-05-26", -500, match="JU-1", accept="true")
    (problem,) = refusals(company, LINES, [second])
    assert problem.code == "entry_already_matched"
    assert problem.facts["used"] == "-300.00"
    company = accepted(company, LINES, [{**second, "amount": "-400.00"}])
    assert len(reconciled(company)) == 2
    wrong_way = bank_line("L3", "2026-05-26", 1, match="JU-1", accept="true")
    assert codes(company, LINES, [wrong_way]) == ["entry_already_matched"]


def test_an_entry_that_a_line_made_is_matched_by_no_other(company: KnownRows) -> None:
    row = bank_line("L1", "2026-05-04", 250, party="C2", accept="true")
    company = accepted(company, LINES, [row])
    other = bank_line("L2", "2026-05-04", 250, match="PY:BL:L1", accept="true")
    assert codes(company, LINES, [other]) == ["entry_already_matched"]


def test_what_cannot_be_accepted_is_said(company: KnownRows) -> None:
    company = sold(company, ("INV-01", 1000))
    head = bank_line("L1", "2026-05-04", 1000, accept="true")
    assert codes(company, LINES, [head]) == ["bank_line_is_what"]
    two = {**head, "account": CHARGES, "document": "INV-01"}
    assert codes(company, LINES, [two]) == ["bank_line_is_two_things"]
    both = {**head, "match": "JU-1", "account": CHARGES}
    assert codes(company, LINES, [both]) == ["bank_line_is_two_things", "no_such_entry"]
    part = {**head, "document": "INV-01", "part": "999.00"}
    assert codes(company, LINES, [part]) == ["bank_parts_differ"]
    more = {**head, "amount": "1500.00", "document": "INV-01"}
    assert codes(company, LINES, [more]) == ["over_applied"]
    assert codes(company, LINES, [{**head, "bank_account": "41000", "party": "C1"}]) == [
        "not_a_bank_account"
    ]
    assert codes(company, LINES, [bank_line("L1", "2026-05-04", 1000)]) == []


def test_the_difference_is_explained_item_by_item(company: KnownRows) -> None:
    old = entry("JU-1", "2026-04-28", (BANK, 900, 0), ("31000", 0, 900))
    cheque = entry("JU-2", "2026-04-29", ("61200", 100, 0), (BANK, 0, 100))
    for rows in (old, cheque, entry("JU-3", "2026-05-20", (BANK, 50, 0), (CASH, 0, 50))):
        company = accepted(company, "ledger.journal", rows)
    stated = {"account": BANK, "date": "2026-04-30", "amount": "900.00"}
    company = accepted(company, "ledger.stated_balances", [stated])
    interest = bank_line("L2", "2026-05-30", 7, "BUNGA", proposal="71000: it says “BUNGA”")
    company = accepted(company, LINES, [interest])
    assert reconciled(company) == [
        ("Book balance", "", "850.00"),
        ("Difference before the first line", "", "100.00"),
        ("In the books, not at the bank", "JU-3", "-50.00"),
        ("At the bank, not in the books", "L2", "7.00"),
        ("Bank balance", "", "907.00"),
    ]
    cleared = bank_line("L1", "2026-05-02", -100, "CEK 17", match="JU-2", accept="true")
    company = accepted(company, LINES, [cleared])
    stated = {"account": BANK, "date": "2026-05-31", "amount": "810.00"}
    company = accepted(company, "ledger.stated_balances", [stated])
    assert reconciled(company) == [
        ("Book balance", "", "850.00"),
        ("In the books, not at the bank", "JU-3", "-50.00"),
        ("At the bank, not in the books", "L2", "7.00"),
        ("Stated balance without its bank lines", "", "3.00"),
        ("Bank balance", "", "810.00"),
    ]


def proposed(known: KnownRows) -> dict[str, tuple[list[Cells], str]]:
    return {k: (list(s.rows), s.why.en) for k, s in suggestions(known, BANK).items()}


def test_the_posting_of_that_amount_and_nearest_day_is_proposed(company: KnownRows) -> None:
    for key, day in (("BM-101", "2026-05-01"), ("BM-102", "2026-05-06"), ("BM-103", "2026-03-01")):
        company = accepted(company, PAYMENTS, payment(key, day, 1000))
    company = accepted(company, LINES, [bank_line("L1", "2026-05-07", 1000)])
    company = accepted(company, LINES, [bank_line("L2", "2026-05-07", 1000, "SETOR BM101")])
    company = accepted(company, LINES, [bank_line("L3", "2026-05-07", 1000)])
    assert proposed(company) == {
        "L1": ([{"match": "PY:BM-102"}], "PY:BM-102: same amount, 1 days apart"),
        "L2": (
            [{"match": "PY:BM-101"}],
            "PY:BM-101: same amount, 6 days apart, named in the description",
        ),
    }


def test_documents_are_proposed_by_number_party_and_amount(company: KnownRows) -> None:
    company = sold(company, ("INV-01", 600), ("INV-02", 400), ("INV-03", 400))
    company = accepted(company, INVOICES, invoice("INV-09", "2026-05-01", 77, customer="C2"))
    company = accepted(company, LINES, [bank_line("L1", "2026-05-07", 1000, "BAYAR INV01 INV-02")])
    company = accepted(company, LINES, [bank_line("L2", "2026-05-08", 77)])
    company = accepted(company, LINES, [bank_line("L3", "2026-05-09", 400, "TRSF DARI MAJU")])
    company = accepted(company, LINES, [bank_line("L4", "2026-05-09", 13, "TRSF DARI MAJU")])
    found = proposed(company)
    assert found["L1"][0] == [
        {"document": "INV-01", "part": "600.00"},
        {"document": "INV-02", "part": "400.00"},
    ]
    assert found["L2"] == (
        [{"document": "INV-09"}],
        "Make a payment of INV-09: same amount",
    )
    assert found["L3"] == (
        [{"document": "INV-03"}],
        "Make a payment of INV-03: same amount",
    )
    assert found["L4"][0] == [{"party": "C1"}]


def test_money_out_is_proposed_for_bills_with_the_rest_on_account(company: KnownRows) -> None:
    company = accepted(company, BILLS, bill("TB-77", "2026-05-01", 300))
    company = accepted(company, LINES, [bank_line("L1", "2026-05-07", -310, "BAYAR TB77")])
    company = accepted(company, LINES, [bank_line("L2", "2026-05-07", 300)])
    assert proposed(company) == {
        "L1": (
            [{"document": "TB-77", "part": "-300.00"}, {"party": "S1"}],
            "Make a payment of TB-77: number in the description",
        )
    }


def test_known_texts_name_the_other_account_and_a_star_takes_the_rest(company: KnownRows) -> None:
    for text, account in (("BIAYA ADM", CHARGES), ("*", CASH)):
        row = {"text": text, "account": account}
        company = accepted(company, "ledger.bank_texts", [row])
    company = accepted(company, LINES, [bank_line("L1", "2026-05-29", -15, "Biaya adm Mei")])
    company = accepted(company, LINES, [bank_line("L2", "2026-05-29", -20, "TARIK TUNAI")])
    found = proposed(company)
    assert found["L1"] == ([{"account": CHARGES}], f"{CHARGES}: it says “BIAYA ADM”")
    assert found["L2"][0] == [{"account": CASH}]


def test_nothing_is_proposed_for_what_somebody_has_said_already(company: KnownRows) -> None:
    company = sold(company, ("INV-01", 600))
    company = accepted(company, LINES, [bank_line("L1", "2026-05-07", 600, party="C1")])
    assert proposed(company) == {}
