"""Currencies: documents in their own, entries in the company's, what is gained and lost."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, laid, refusals, without
from tests.books.ledger.rows import (
    BANK,
    DOLLARS,
    PAYABLE,
    RECEIVABLE,
    SALES,
    USD,
    amount,
    at,
    bill,
    codes,
    entries_of,
    entry,
    invoice,
    new_company,
    payment,
    rate,
    span,
)
from tests.conftest import shared_json
from workbook_templates.books.ledger.reports.aged import AGED_PAYABLES, AGED_RECEIVABLES
from workbook_templates.books.ledger.reports.balances import NOTHING, balances
from workbook_templates.books.ledger.reports.books_agree import BOOKS_AGREE
from workbook_templates.books.ledger.reports.foreign_open_items import FOREIGN_OPEN_ITEMS
from workbook_templates.books.ledger.reports.tax_tie import TAX_TIE
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
RATES, RUNS, JOURNAL = "ledger.exchange_rates", "ledger.revaluations", "ledger.journal"
EXCHANGE, PREPAID_TAX = "73000", "11822"


def balance(known: KnownRows, account: str, day: str = "2026-12-31") -> Decimal:
    return Decimal(balances(known, day).get(account, NOTHING).balance) / 10_000


def open_items(known: KnownRows, day: str = "2026-05-31") -> dict[str, tuple[str, str]]:
    """Foreign and company amount by document; an account by its code."""
    rows = FOREIGN_OPEN_ITEMS.build(known, at(day))
    return {
        str(row["document"] or row["account"]): (
            str(row["foreign_amount"]),
            str(row["amount"]),
        )
        for row in rows
    }


def test_an_invoice_in_dollars_is_entered_at_the_rate_of_its_day(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, 50, **USD))
    assert entries_of(known, "SI:1") == [(RECEIVABLE, "2400000.00", ""), (SALES, "", "2400000.00")]
    assert open_items(known) == {"1": ("150.00", "2400000.00")}


def test_a_typed_rate_counts_before_that_of_the_day(trading: KnownRows) -> None:
    sold = invoice("1", "2026-05-09", 100, rate="15999.5", **USD)
    known = accepted(trading, INVOICES, sold)
    assert balance(known, RECEIVABLE) == 1_599_950


def test_the_companys_own_currency_is_as_a_blank_one(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, currency="IDR"))
    assert balance(known, RECEIVABLE) == 100
    assert open_items(known) == {}


def test_tax_is_rounded_in_the_documents_currency_and_converted_then(trading: KnownRows) -> None:
    sold = invoice("1", "2026-05-09", "10.1", tax_code="PPN-K", **USD)
    known = accepted(trading, INVOICES, sold)
    assert entries_of(known, "SI:1") == [
        (RECEIVABLE, "179360.00", ""),  # 10.10 + 1.11
        (SALES, "", "161600.00"),
        ("21450", "", "17760.00"),
    ]
    rows = TAX_TIE.build(known, span("2026-05-01", "2026-05-31"))
    assert {row["difference"] for row in rows if row.get("difference")} <= {"0.00"}


def test_a_bill_paid_from_a_rupiah_account_loses_what_the_bank_asked_more(
    trading: KnownRows,
) -> None:
    known = accepted(trading, BILLS, bill("1", "2026-05-09", 100, **USD))
    paid = payment(
        "P", "2026-05-12", 100, ("1", 100), direction="out", party="S1", rate="16800", **USD
    )
    known = accepted(known, PAYMENTS, paid)
    assert entries_of(known, "PY:P") == [
        (BANK, "", "1680000.00"),
        (PAYABLE, "1600000.00", ""),
        (EXCHANGE, "80000.00", ""),
    ]
    assert open_items(known) == {}


def test_part_payments_leave_nothing_in_either_currency(trading: KnownRows) -> None:
    sold = invoice("1", "2026-05-09", "100.01", rate="15999.333333", **USD)
    known = accepted(trading, INVOICES, sold)
    for n, part in enumerate(("33.33", "33.33", "33.35")):
        row = payment(f"P{n}", f"2026-05-1{n}", part, ("1", part), bank_account=DOLLARS, **USD)
        known = accepted(known, PAYMENTS, row)
    assert balance(known, RECEIVABLE) == 0
    assert open_items(known) == {DOLLARS: ("100.01", amount(balance(known, DOLLARS)))}


def test_a_credit_note_is_at_the_rate_of_its_invoice(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    note = invoice("2", "2026-05-20", 40, kind="credit_note", corrects="1", **USD)
    known = accepted(known, INVOICES, note)
    assert open_items(known) == {"1": ("60.00", "960000.00")}
    assert balance(known, EXCHANGE) == 0
    other = invoice("3", "2026-05-20", 10, kind="credit_note", corrects="1")
    assert codes(known, INVOICES, other) == ["currency_of_original"]


def test_a_reversed_payment_gives_back_what_it_gained(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    paid = payment("P", "2026-05-12", 100, ("1", 100), **USD)
    known = accepted(known, PAYMENTS, paid)
    assert balance(known, EXCHANGE) == -50_000
    back = payment("P-R", "2026-05-30", 100, ("1", 100), direction="out", reverses="P", **USD)
    known = accepted(known, PAYMENTS, back)
    assert (balance(known, EXCHANGE), balance(known, BANK)) == (0, 0)
    assert open_items(known) == {"1": ("100.00", "1600000.00")}


def test_another_rate_of_an_invoice_changes_what_its_payment_gained(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    known = accepted(known, PAYMENTS, payment("P", "2026-05-12", 100, ("1", 100), **USD))
    known = accepted(known, RATES, [rate("2026-05-08", 16400)])
    assert (balance(known, RECEIVABLE), balance(known, EXCHANGE)) == (0, -10_000)


@pytest.mark.parametrize(
    ("table", "rows", "code"),
    [
        (INVOICES, invoice("1", "2026-04-30", 1, **USD), "rate_missing"),
        (INVOICES, invoice("1", "2026-05-09", 1, currency="Us"), "not_a_currency"),
        (INVOICES, invoice("1", "2026-05-09", 1, rate="2"), "rate_of_own_currency"),
        (PAYMENTS, payment("P", "2026-05-12", 1, bank_account=DOLLARS), "currency_of_account"),
        (PAYMENTS, payment("P", "2026-05-12", 1, ("F", 1)), "currency_of_document"),
        (RATES, [rate("2026-05-02", 2, "IDR")], "rate_of_own_currency"),
        (JOURNAL, entry("J", "2026-05-09", (DOLLARS, 9, 0), (BANK, 0, 9), foreign_amount="1.00"),
         "foreign_amount_incomplete"),
        (JOURNAL, entry("J", "2026-05-09", (DOLLARS, 9, 0), (BANK, 0, 9), foreign_amount="1.00",
                        currency="EUR"), "currency_of_account"),
        (INVOICES, invoice("F", "2026-05-09", 100), "currency_stays"),
        ("ledger.payment_batches", [{"batch": "D", "date": "2026-05-12", "bank_account": BANK,
         "document": "B", "amount": "1.00"}], "batch_currency"),
    ],
)  # fmt: skip
def test_what_is_not_of_one_currency_is_refused(
    trading: KnownRows, table: str, rows: list[Cells], code: str
) -> None:
    known = laid(
        trading,
        {
            INVOICES: invoice("F", "2026-05-09", 100, **USD),
            BILLS: bill("B", "2026-05-09", 100, **USD),
            PAYMENTS: payment("Q", "2026-05-12", 40, ("F", 40), **USD),
        },
    )
    assert code in codes(known, table, rows)


def test_what_is_open_is_valued_at_the_months_end_and_taken_back(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    known = accepted(known, RUNS, [{"period": "2026-05"}])
    assert entries_of(known, "RV:2026-05") == [
        (RECEIVABLE, "30000.00", ""),
        (EXCHANGE, "", "30000.00"),
    ]
    taken = known.document(JOURNAL, "RV:2026-05-R")
    assert taken is not None
    assert (taken.text("date"), taken.text("kind")) == ("2026-06-01", "adjusting")
    assert (balance(known, RECEIVABLE, "2026-05-31"), balance(known, RECEIVABLE)) == (
        1_630_000,
        1_600_000,
    )
    rows = AGED_RECEIVABLES.build(known, at("2026-05-31"))
    assert [(row["document"], row["open"]) for row in rows] == [("1", "1630000.00")]


def test_a_run_follows_what_comes_later_while_its_month_is_open(trading: KnownRows) -> None:
    known = accepted(trading, RUNS, [{"period": "2026-05"}])
    assert entries_of(known, "RV:2026-05") == []
    known = accepted(known, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    assert balance(known, EXCHANGE, "2026-05-31") == -30_000
    known = accepted(known, RATES, [rate("2026-05-31", 15_000)])
    assert balance(known, EXCHANGE, "2026-05-31") == 100_000
    known = accepted(known, PAYMENTS, payment("P", "2026-05-30", 100, ("1", 100), **USD))
    assert balance(known, EXCHANGE, "2026-05-31") == -30_000  # realised
    known = without(known, PAYMENTS, "P")
    known = accepted(known, "ledger.periods", [{"period": "2026-05", "status": "closed"}])
    known = accepted(known, RATES, [rate("2026-06-02", 20_000)])
    assert balance(known, EXCHANGE, "2026-05-31") == 100_000


def test_dollars_bought_by_hand_are_valued_with_their_account(trading: KnownRows) -> None:
    bought = entry("J", "2026-05-09", (DOLLARS, 160_000, 0), (BANK, 0, 160_000))
    bought[0] = {**bought[0], **USD, "foreign_amount": "10.00"}
    known = accepted(trading, JOURNAL, bought)
    assert open_items(known) == {DOLLARS: ("10.00", "160000.00")}
    known = accepted(known, RUNS, [{"period": "2026-05"}])
    assert entries_of(known, "RV:2026-05") == [
        (DOLLARS, "3000.00", ""),
        (EXCHANGE, "", "3000.00"),
    ]


def test_a_currency_account_takes_no_line_without_its_amount(trading: KnownRows) -> None:
    lines = entry("J", "2026-05-09", (DOLLARS, 9, 0), (BANK, 0, 9))
    assert codes(trading, JOURNAL, lines) == ["foreign_amount_missing"]


def test_an_account_with_postings_keeps_its_currency(trading: KnownRows) -> None:
    known = accepted(trading, JOURNAL, entry("J", "2026-05-09", (BANK, 9, 0), (SALES, 0, 9)))
    (row,) = [line.cells for line in known.rows("ledger.accounts") if line.text("code") == BANK]
    assert codes(known, "ledger.accounts", [{**row, **USD}]) == ["currency_of_used_account"]


def test_a_rate_in_use_goes_only_where_an_earlier_one_takes_its_place(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    assert codes(known, RATES, [], "USD|2026-05-01") == ["rate_in_use"]
    known = accepted(known, RATES, [rate("2026-04-01", 15_000)])
    known = without(known, RATES, "USD|2026-05-01")
    assert balance(known, RECEIVABLE) == 1_500_000


def test_a_rate_that_a_closed_month_used_stays(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    known = accepted(known, "ledger.periods", [{"period": "2026-05", "status": "closed"}])
    assert codes(known, RATES, [rate("2026-05-08", 17_000)]) == ["period_closed"]
    assert codes(known, RATES, [rate("2026-05-12", 17_000)]) == []


def test_a_run_without_a_rate_is_refused(trading: KnownRows) -> None:
    sold = invoice("1", "2026-05-09", 100, currency="EUR", rate="18000")
    known = accepted(trading, INVOICES, sold)
    assert codes(known, RUNS, [{"period": "2026-05"}]) == ["rate_missing"]


def test_what_is_withheld_is_written_off_at_the_rate_of_the_payment(trading: KnownRows) -> None:
    known = accepted(trading, INVOICES, invoice("1", "2026-05-09", 100, **USD))
    (row,) = payment("P", "2026-05-12", 98, ("1", 98), **USD)
    less = {"written_off": "2.00", "difference_account": PREPAID_TAX}
    known = accepted(known, PAYMENTS, [{**row, **less}])
    assert (balance(known, PREPAID_TAX), balance(known, EXCHANGE)) == (33_000, -50_000)
    assert open_items(known) == {}


# --- the published cases -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ledger-currency-002", "ledger-currency-009"])
def test_the_case_comes_out_as_published(name: str) -> None:
    cases = shared_json("cases/peers/ledger-currency.json")["cases"]
    case = next(case for case in cases if case["id"] == name)
    known, keys = new_company(), dict[int, str]()
    for event in case["events"]:
        known = accepted(known, *rows_of(event, case["events"]))
        keys[event["n"]] = f"D{event['n']}"
    opened = open_items(known, "2025-03-31")
    for expected in case["expect"]:
        if expected["what"] == "exchange_difference":
            assert -balance(known, EXCHANGE) == expected["amount"]
        elif expected["what"] == "document":
            still = expected.get("outstanding", -expected.get("unallocated", 0))
            found, _ = opened.get(keys[expected["event"]], ("0", "0"))
            assert Decimal(found) == still
        else:
            place = 1 if expected["in"] == "base" else 0
            total = sum(Decimal(item[place]) for item in opened.values())
            assert total == expected["outstanding"]


def rows_of(event: dict[str, Any], events: list[dict[str, Any]]) -> tuple[str, list[Cells]]:
    """The table and rows of an event of a case; money on account is moved to what it pays."""
    key, rated = f"D{event['n']}", {k: str(event[k]) for k in ("currency", "rate") if k in event}
    if event["do"] == "sales_invoice":
        (price,) = (line["amount"] for line in event["lines"])
        return INVOICES, invoice(key, event["date"], price, **rated)
    if event["do"] == "receive_payment":
        return PAYMENTS, payment(key, event["date"], event["amount"], **rated)
    by_number = {event["n"]: event for event in events}
    (paid,), (owed,) = event["payments"], event["invoices"]
    part = sum(line["amount"] for line in by_number[owed]["lines"])
    currency = {"currency": by_number[owed]["currency"]}
    moved = (f"D{owed}", part), (f"D{paid}", -part)
    return PAYMENTS, payment(key, by_number[paid]["date"], 0, *moved, **currency)


# --- whatever happens ----------------------------------------------------------------------------

COMPANY = laid(
    new_company(first="2026-05", last="2026-06"),
    {
        "ledger.accounts": [
            {"code": DOLLARS, "name": "Bank USD", "type": "asset", "group": "cash", **USD}
        ],
        RATES: [rate(f"2026-05-{day:02}", f"160{day:02}.123457") for day in (1, 9, 17, 25)],
    },
)
DAYS = st.integers(1, 28).map(lambda day: f"2026-05-{day:02}")
PRICES = st.sampled_from(["100", "100.01", "66.66"])
PARTS = st.sampled_from(["0.01", "33.33", "33.35", "50", "66.66", "100"]).map(Decimal)


CURRENCIES: tuple[dict[str, str], ...] = (USD, USD, {**USD, "rate": "15999.987654"}, {})


@st.composite
def steps(draw: st.DrawFn, number: int) -> tuple[str, list[Cells]]:
    """A credit note, a payment in or out, a move of what one left on account, or a month's run."""
    kind = draw(st.sampled_from(["note", "in", "in", "in", "out", "move", "rate", "run"]))
    day, part, first = draw(DAYS), draw(PARTS), draw(st.integers(0, 1))
    if kind == "run":
        return RUNS, [{"period": "2026-05"}]
    if kind == "rate":
        return RATES, [rate(day, f"161{number}1.654321")]
    cells = draw(st.sampled_from(CURRENCIES))
    if kind == "note":
        note = {"kind": "credit_note", "corrects": f"I{first}", "currency": "USD"}
        return INVOICES, invoice(f"N{number}", day, str(part), **note)
    account = DOLLARS if cells and draw(st.booleans()) else BANK
    head = {"bank_account": account, **cells}
    if kind == "move":
        moved = (f"I{first}", part), (f"P{draw(st.integers(0, 3))}", -part)
        return PAYMENTS, payment(f"P{number}", day, 0, *moved, **head)
    extra = draw(st.sampled_from([Decimal(0), Decimal("60.33")]))
    total, settles = part + extra, (f"{'I' if kind == 'in' else 'B'}{first}", part)
    if kind == "out":
        head |= {"direction": "out", "party": "S1"}
    return PAYMENTS, payment(f"P{number}", day, total, settles, **head)


@st.composite
def months(draw: st.DrawFn) -> list[tuple[str, list[Cells]]]:
    traded: list[tuple[str, list[Cells]]] = []
    for n in range(2):
        cells = draw(st.sampled_from(CURRENCIES[1:3]))
        day, price = draw(DAYS), draw(PRICES)
        taxed = {"tax_code": "PPN-K"} if n else {}
        sold = invoice(f"I{n}", day, price, **taxed, **cells)
        traded.append((INVOICES, sold))
        traded.append((BILLS, bill(f"B{n}", day, price, **cells)))
    return [*traded, *(draw(steps(number)) for number in range(draw(st.integers(2, 8))))]


@settings(max_examples=30, deadline=None)
@given(months())
def test_control_accounts_are_the_open_items_whatever_the_currency(
    documents: list[tuple[str, list[Cells]]],
) -> None:
    known: KnownRows = COMPANY
    for table, rows in documents:
        if not refusals(known, table, rows):
            known = accepted(known, table, rows)
    for day in ("2026-05-14", "2026-05-31", "2026-06-30"):
        for report, control, side in (
            (AGED_RECEIVABLES, RECEIVABLE, 1),
            (AGED_PAYABLES, PAYABLE, -1),
        ):
            opened = sum(Decimal(row["open"] or 0) for row in report.build(known, at(day)))
            assert opened == side * balance(known, control, day)
        assert {row["difference"] for row in BOOKS_AGREE.build(known, at(day))} == {"0.00"}
    for row in FOREIGN_OPEN_ITEMS.build(known, at("2026-06-30")):
        if row["document"]:  # nothing stays of what is settled
            assert Decimal(row["foreign_amount"] or 0) != 0
    sides = defaultdict[str, Decimal](Decimal)
    for line in known.rows(JOURNAL):
        sides[line.text("entry")] += (line["debit"] or 0) - (line["credit"] or 0)
    assert not any(sides.values())
