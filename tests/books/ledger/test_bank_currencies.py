"""Bank accounts in other currencies: their lines, batches, stated balances and reconciliation."""

from decimal import Decimal
from typing import Any

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    BANK,
    DOLLARS,
    PAYABLE,
    RECEIVABLE,
    USD,
    amount,
    at,
    bill,
    codes,
    entries_of,
    entry,
    invoice,
    payment,
    rate,
)
from workbook_templates.books.ledger.bank_matching import suggestions
from workbook_templates.books.ledger.reports.balances import NOTHING, balances
from workbook_templates.books.ledger.reports.bank_reconciliation import BANK_RECONCILIATION
from workbook_templates.books.ledger.reports.stated_balances import STATED_BALANCES_REPORT
from workbook_templates.books.ledger.reports.vendor_payments import BANK_FILE, BILLS_DUE
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
LINES, BATCHES, STATED = "ledger.bank_lines", "ledger.payment_batches", "ledger.stated_balances"
JOURNAL, RATES, RUNS = "ledger.journal", "ledger.exchange_rates", "ledger.revaluations"
EXCHANGE, CHARGES = "73000", "61900"


def line(key: str, date: str, total: object, text: str = "", **cells: str) -> dict[str, str]:
    head = {"line": key, "date": date, "bank_account": DOLLARS, "amount": amount(total)}
    return {**head, **({"description": text} if text else {}), **cells}


def balance(known: KnownRows, account: str, day: str = "2026-12-31") -> Decimal:
    return Decimal(balances(known, day).get(account, NOTHING).balance) / 10_000


def reconciled(known: KnownRows, day: str = "2026-05-31") -> list[tuple[str, str, str]]:
    rows = BANK_RECONCILIATION.build(known, at(day))
    return [(str(row["kind"]), str(row["currency"]), str(row["amount"])) for row in rows]


@pytest.fixture
def owing(trading: KnownRows) -> KnownRows:
    """An invoice and a bill of 100 and 40 dollars at 16,000, a bill in rupiah."""
    rows = {
        INVOICES: invoice("INV-1", "2026-05-09", 100, **USD),
        BILLS: [
            *bill("B-1", "2026-05-09", 40, due="2026-05-31", **USD),
            *bill("B-2", "2026-05-09", 90_000),
        ],
    }
    return laid(trading, rows)


def test_a_line_pays_a_document_and_realises_the_difference(owing: KnownRows) -> None:
    row = line("L1", "2026-05-12", 100, document="INV-1", accept="true")
    known = accepted(owing, LINES, [row])
    assert entries_of(known, "PY:BL:L1") == [
        (DOLLARS, "1650000.00", ""),
        (RECEIVABLE, "", "1600000.00"),
        (EXCHANGE, "", "50000.00"),
    ]
    known = accepted(known, RATES, [rate("2026-05-11", 17_000)])
    assert (balance(known, DOLLARS), balance(known, EXCHANGE)) == (1_700_000, -100_000)
    assert reconciled(known) == [
        ("Book balance", "USD", "100.00"),
        ("Bank balance", "USD", "100.00"),
    ]


def test_charges_are_entered_in_both_currencies_and_follow_their_rate(owing: KnownRows) -> None:
    row = line("L1", "2026-05-12", -2, "FEE", account=CHARGES, accept="true")
    known = accepted(owing, LINES, [row])
    assert entries_of(known, "BL:L1") == [(DOLLARS, "", "33000.00"), (CHARGES, "33000.00", "")]
    known = accepted(known, RUNS, [{"period": "2026-05"}])
    assert balance(known, DOLLARS, "2026-05-31") == -32_600
    known = accepted(known, RATES, [rate("2026-05-12", 17_000)])
    assert (balance(known, CHARGES), balance(known, DOLLARS, "2026-05-31")) == (34_000, -32_600)
    other = line("L2", "2026-05-20", -3, "FEE", account=CHARGES, accept="true")
    known = accepted(known, LINES, [other])
    assert balance(known, DOLLARS, "2026-05-31") == -81_500


def test_what_a_customer_paid_too_much_stays_open_in_dollars(owing: KnownRows) -> None:
    head = line("L1", "2026-05-12", 130, accept="true")
    rows = [{**head, "document": "INV-1", "part": "100.00"}, {**head, "party": "C1"}]
    known = accepted(owing, LINES, rows)
    paid = known.document(PAYMENTS, "BL:L1")
    assert paid is not None
    assert (paid.text("currency"), paid.text("amount")) == ("USD", "130.00")


def test_an_entry_is_matched_by_its_amount_in_dollars(owing: KnownRows) -> None:
    paid = payment("P", "2026-05-12", 100, ("INV-1", 100), bank_account=DOLLARS, **USD)
    known = accepted(owing, PAYMENTS, paid)
    rupiah = line("L1", "2026-05-13", 1_650_000, match="PY:P", accept="true")
    assert codes(known, LINES, [rupiah]) == ["entry_already_matched"]
    assert reconciled(accepted(known, LINES, [line("L1", "2026-05-13", 100)]))[1:3] == [
        ("In the books, not at the bank", "USD", "-100.00"),
        ("At the bank, not in the books", "USD", "100.00"),
    ]
    known = accepted(known, LINES, [line("L1", "2026-05-13", 100, match="PY:P", accept="true")])
    assert len(reconciled(known)) == 2


def test_proposals_are_of_postings_and_documents_in_dollars(owing: KnownRows) -> None:
    paid = payment("P", "2026-05-12", 7, party="C2", bank_account=DOLLARS, **USD)
    known = accepted(owing, PAYMENTS, paid)
    rows = [
        line("L1", "2026-05-13", 7),
        line("L2", "2026-05-13", 100, "TOKO MAJU INV-1"),
        line("L3", "2026-05-13", -40, "CV SUMBER"),
        line("L4", "2026-05-13", -90_000, "CV SUMBER B-2"),
    ]
    for row in rows:
        known = accepted(known, LINES, [row])
    found = {key: s.rows for key, s in suggestions(known, DOLLARS).items()}
    assert found == {
        "L1": ({"match": "PY:P"},),
        "L2": ({"document": "INV-1"},),
        "L3": ({"document": "B-1"},),
        "L4": ({"party": "S1"},),
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"bank_account": BANK, "document": "INV-1"}, ["bank_line_currency"]),
        ({"amount": "-40.00", "document": "B-2"}, ["bank_line_currency"]),
        ({"bank_account": BANK, "account": DOLLARS}, ["currency_of_account"]),
        ({"account": "11230"}, ["currency_of_account"]),
        ({"date": "2026-04-30", "account": CHARGES}, ["day_has_no_rate"]),
    ],
)
def test_what_is_of_another_currency_is_refused(
    owing: KnownRows, cells: dict[str, str], expected: list[str]
) -> None:
    euros = {"code": "11230", "name": "Bank EUR", "type": "asset", "group": "cash"}
    known = accepted(owing, "ledger.accounts", [{**euros, "currency": "EUR"}])
    row = {**line("L1", "2026-05-12", 10, accept="true"), **cells}
    assert codes(known, LINES, [row]) == expected


def test_money_between_dollar_accounts_keeps_its_dollars(owing: KnownRows) -> None:
    other = {"code": "11221", "name": "Bank USD 2", "type": "asset", "group": "cash", **USD}
    known = accepted(owing, "ledger.accounts", [other])
    row = line("L1", "2026-05-12", -30, account="11221", accept="true")
    known = accepted(known, LINES, [row])
    for account, expected in ((DOLLARS, "-30.00"), ("11221", "30.00")):
        known = accepted(
            known, STATED, [{"account": account, "date": "2026-05-31", "amount": expected}]
        )
    found = list(STATED_BALANCES_REPORT.build(known, at("2026-05-31")))
    assert [(r["currency"], r["balance"], r["difference"]) for r in found] == [
        ("USD", "-30.00", "0.00"),
        ("USD", "30.00", "0.00"),
    ]


def test_a_stated_balance_is_in_the_accounts_currency(trading: KnownRows) -> None:
    known = trading
    for day, dollars in (("2026-05-04", 10), ("2026-05-20", 5)):
        rows = entry(f"J{day}", day, (DOLLARS, dollars * 15_900, 0), (BANK, 0, dollars * 15_900))
        rows[0] = {**rows[0], **USD, "foreign_amount": amount(dollars)}
        known = accepted(known, JOURNAL, rows)
    known = accepted(known, RUNS, [{"period": "2026-05"}])
    for day, total in (("2026-05-04", "10.00"), ("2026-05-31", "14.00")):
        known = accepted(known, STATED, [{"account": DOLLARS, "date": day, "amount": total}])
    rows = list(STATED_BALANCES_REPORT.build(known, at("2026-05-31")))
    assert [(r["balance"], r["difference"], r["since"]) for r in rows] == [
        ("10.00", "0.00", None),
        ("15.00", "1.00", "2026-05-20"),
    ]


# --- batches -------------------------------------------------------------------------------------


def batch(*bills: tuple[str, object], **cells: str) -> list[Cells]:
    head = {"batch": "D1", "date": "2026-05-20", "bank_account": DOLLARS, **cells}
    return [{**head, "document": number, "amount": amount(part)} for number, part in bills]


def test_a_batch_pays_bills_in_dollars_from_a_dollar_account(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch(("B-1", 40)))
    (row,) = BANK_FILE.build(known, at("2026-05-20"))
    assert (row["currency"], row["amount"]) == ("USD", "40.00")
    due = {row["document"]: row for row in BILLS_DUE.build(known, at("2026-05-20"))}
    shown: list[tuple[Any, ...]] = [
        (r.get("currency"), r.get("foreign_amount"), r["open"]) for r in due.values()
    ]
    assert shown == [(None, None, "90000.00"), ("USD", "40.00", "640000.00")]
    known = accepted(known, BATCHES, batch(("B-1", 40), post="true"))
    assert entries_of(known, "PY:D1-S1") == [
        (DOLLARS, "", "660000.00"),
        (PAYABLE, "640000.00", ""),
        (EXCHANGE, "20000.00", ""),
    ]


def test_amounts_of_two_currencies_are_not_added_up(owing: KnownRows) -> None:
    known = accepted(owing, BATCHES, batch(("B-1", 40)))
    assert BANK_FILE.summed(list(BANK_FILE.build(known, at("2026-05-20")))) == ("amount",)
    known = accepted(known, BATCHES, batch(("B-2", 90_000), batch="D2", bank_account=BANK))
    rows = list(BANK_FILE.build(known, at("2026-05-20")))
    assert {row["currency"] for row in rows} == {"USD", "IDR"}
    assert BANK_FILE.summed(rows) == ()


def test_a_batch_is_in_the_currency_of_its_account(owing: KnownRows) -> None:
    assert codes(owing, BATCHES, batch(("B-1", 40), ("B-2", 90_000))) == ["batch_currency"]
    assert codes(owing, BATCHES, batch(("B-1", 40), bank_account=BANK)) == ["batch_currency"]
    assert codes(owing, BATCHES, batch(("B-1", 40), date="2026-04-01")) == ["day_has_no_rate"]


def test_a_batch_meets_the_limits_of_approval_in_company_currency(owing: KnownRows) -> None:
    limit = {"kind": "payment_out", "from_amount": "660000.00", "role": "controller"}
    known = accepted(owing, "ledger.approval_rules", [limit])
    assert codes(known, BATCHES, batch(("B-1", 40), post="true")) == ["batch_waits"]
    assert codes(known, BATCHES, batch(("B-1", 39), post="true")) == []
