"""The reports: what they show, and that they tie to each other."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    BANK,
    CAPITAL,
    CASH,
    PAYABLE,
    RECEIVABLE,
    RENT,
    SALES,
    SUPPLIES,
    at,
    bill,
    entry,
    invoice,
    payment,
    span,
)
from workbook_templates.books import book
from workbook_templates.schema import Cells, ReportRequest

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"


def report(known: KnownRows, key: str, request: ReportRequest) -> list[Cells]:
    """The rows of a report; each cell stands in a declared column, in canonical text."""
    declared = next(r for r in book("ledger").reports if r.key == key)
    columns = {column.key: column for column in declared.columns}
    rows = list(declared.build(known, request))
    for row in rows:
        for column, text in row.items():
            if text is not None:
                columns[column].check(text)
    return rows


@pytest.fixture
def trading(company: KnownRows) -> KnownRows:
    """Capital, sales on two dates in May, rent, a bill, one payment each way."""
    return laid(
        company,
        {
            "ledger.journal": [
                *entry("J1", "2026-04-30", (BANK, 1000, 0), (CAPITAL, 0, 1000)),
                *entry("J2", "2026-05-15", (RENT, 200, 0), (CASH, 0, 200)),
            ],
            INVOICES: [
                *invoice("I1", "2026-05-05", 500, due="2026-05-20"),
                *invoice("I2", "2026-06-01", 300, customer="C2", due="2026-07-01"),
                *invoice("CN", "2026-06-02", 50, customer="C2", kind="credit_note"),
            ],
            BILLS: bill("B1", "2026-05-10", 120, due="2026-06-09"),
            PAYMENTS: [
                *payment("P1", "2026-05-25", 450, ("I1", 400)),
                *payment("P2", "2026-06-05", 20, ("B1", 20), direction="out", party="S1"),
            ],
        },
    )


def balances(rows: list[Cells]) -> dict[str | None, str | None]:
    return {row["account"]: row["balance"] for row in rows}


def test_the_trial_balance_shows_what_was_debited_and_credited(trading: KnownRows) -> None:
    rows = report(trading, "trial_balance", at("2026-06-30"))
    receivable = next(row for row in rows if row["account"] == RECEIVABLE)
    assert receivable == {
        "account": RECEIVABLE,
        "name": "Trade receivables",
        "debit": "800.00",
        "credit": "500.00",
        "balance": "300.00",
    }
    assert [row["account"] for row in rows] == sorted(str(row["account"]) for row in rows)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-04-29", {}),
        ("2026-04-30", {BANK: "1000.00", CAPITAL: "-1000.00"}),
        (
            "2026-05-05",
            {BANK: "1000.00", CAPITAL: "-1000.00", RECEIVABLE: "500.00", SALES: "-500.00"},
        ),
        (
            "2026-05-31",
            {
                CASH: "-200.00", BANK: "1450.00", RECEIVABLE: "50.00", PAYABLE: "-120.00",
                CAPITAL: "-1000.00", SALES: "-500.00", RENT: "200.00", SUPPLIES: "120.00",
            },
        ),
    ],
)  # fmt: skip
def test_the_trial_balance_is_that_of_its_day(
    trading: KnownRows, as_of: str, expected: dict[str, str]
) -> None:
    assert balances(report(trading, "trial_balance", at(as_of))) == expected


def test_the_general_ledger_runs_from_the_opening_balance(trading: KnownRows) -> None:
    request = span("2026-05-10", "2026-06-30", account=RECEIVABLE)
    rows = report(trading, "general_ledger", request)
    assert [(row.get("entry"), row["balance"]) for row in rows] == [
        (None, "500.00"),
        ("PY:P1", "100.00"),
        ("PY:P1", "50.00"),
        ("SI:I2", "350.00"),
        ("SI:CN", "300.00"),
    ]
    assert rows[0]["description"] == "Opening balance"


def test_the_general_ledger_of_all_accounts_ends_at_the_trial_balance(trading: KnownRows) -> None:
    rows = report(trading, "general_ledger", span("2026-05-01", "2026-06-30"))
    ended = {row["account"]: row["balance"] for row in rows}
    assert ended == balances(report(trading, "trial_balance", at("2026-06-30")))


def amounts(rows: list[Cells]) -> dict[str | None, str | None]:
    sums = ("subtotal", "total")
    found = {row["name"]: row["amount"] for row in rows if row["level"] in sums}
    return {name: amount for name, amount in found.items() if name in ENDS}


ENDS = (
    "Total assets",
    "Total liabilities",
    "Total equity",
    "Total liabilities and equity",
    "Jumlah aset",
)


def test_the_balance_sheet_balances_with_the_earnings_of_the_year(trading: KnownRows) -> None:
    rows = report(trading, "balance_sheet", at("2026-05-31"))
    assert amounts(rows) == {
        "Total assets": "1300.00",
        "Total liabilities": "120.00",
        "Total equity": "1180.00",
        "Total liabilities and equity": "1300.00",
    }
    earned = next(row for row in rows if row.get("account") == "33000")
    assert earned["amount"] == "180.00"


def test_the_balance_sheet_tells_this_year_from_the_years_before(trading: KnownRows) -> None:
    more = entry("J3", "2027-02-01", (CASH, 70, 0), (SALES, 0, 70))
    company = accepted(trading, "ledger.journal", more)
    rows = {
        row["name"]: row.get("amount") for row in report(company, "balance_sheet", at("2027-02-28"))
    }
    assert rows["Earnings of earlier years, not closed"] == "430.00"
    assert rows["Earnings of the current year"] == "70.00"
    assert rows["Total assets"] == rows["Total liabilities and equity"]


def test_the_income_statement_is_that_of_its_period(trading: KnownRows) -> None:
    rows = report(trading, "income_statement", span("2026-05-01", "2026-05-31"))
    shown = [row for row in rows if row["level"] != "heading"]
    assert [(row["level"], row.get("account"), row["amount"]) for row in shown] == [
        ("account", SALES, "500.00"),
        ("subtotal", None, "500.00"),
        ("total", None, "500.00"),
        ("account", RENT, "200.00"),
        ("account", SUPPLIES, "120.00"),
        ("subtotal", None, "320.00"),
        ("total", None, "180.00"),
        ("total", None, "180.00"),
        ("total", None, "180.00"),
    ]
    half = report(trading, "income_statement", span("2026-05-11", "2026-06-01"))
    assert half[-1]["amount"] == "100.00"  # 300 sold less 200 rent


def test_statements_speak_the_language_of_the_company(trading: KnownRows) -> None:
    english = trading.company
    indonesian = type(english)(english.code, english.name, language="id")
    known = KnownRows(trading.tables, indonesian)
    assert "Jumlah aset" in amounts(report(known, "balance_sheet", at("2026-05-31")))


def test_receivables_are_aged_by_document_and_due_date(trading: KnownRows) -> None:
    rows = report(trading, "aged_receivables", at("2026-08-05"))
    shown = [(r["party"], r["document"], r["due"], r["days_late"], r["open"]) for r in rows]
    assert shown == [
        ("C1", "I1", "2026-05-20", "77", "100.00"),
        ("C1", "P1", "2026-05-25", "72", "-50.00"),
        ("C2", "I2", "2026-07-01", "35", "300.00"),
        ("C2", "CN", "2026-06-02", "64", "-50.00"),
    ]
    assert [r.get("days_61_90") for r in rows] == ["100.00", "-50.00", None, "-50.00"]
    assert rows[2]["days_31_60"] == "300.00"


@pytest.mark.parametrize(
    ("as_of", "bucket"),
    [
        ("2026-05-20", "not_due"),
        ("2026-05-21", "days_1_30"),
        ("2026-06-19", "days_1_30"),
        ("2026-06-20", "days_31_60"),
        ("2026-07-19", "days_31_60"),
        ("2026-07-20", "days_61_90"),
        ("2026-08-18", "days_61_90"),
        ("2026-08-19", "over_90"),
    ],
)
def test_each_day_past_due_falls_into_one_bucket(
    company: KnownRows, as_of: str, bucket: str
) -> None:
    rows = invoice("I1", "2026-05-05", 500, due="2026-05-20")
    (row,) = report(accepted(company, INVOICES, rows), "aged_receivables", at(as_of))
    assert {key for key, text in row.items() if text == "500.00"} == {"open", bucket}


def test_a_typed_entry_on_receivables_is_an_open_item_of_its_own(company: KnownRows) -> None:
    rows = entry("OB", "2026-01-01", (RECEIVABLE, 70, 0), (CAPITAL, 0, 70), party="C2")
    company = accepted(company, "ledger.journal", rows)
    (row,) = report(company, "aged_receivables", at("2026-01-31"))
    assert (row["party"], row["document"], row["open"]) == ("C2", "OB", "70.00")
    assert (row["due"], row["days_late"]) == ("2026-01-01", "30")


def test_an_opening_balance_may_state_when_it_is_due(company: KnownRows) -> None:
    rows = entry("OB", "2026-01-01", (RECEIVABLE, 70, 0), (CAPITAL, 0, 70), party="C2")
    rows[0] = {**rows[0], "due": "2026-01-30"}
    company = accepted(company, "ledger.journal", rows)
    (row,) = report(company, "aged_receivables", at("2026-01-31"))
    assert (row["due"], row["days_late"], row["days_1_30"]) == ("2026-01-30", "1", "70.00")


@pytest.mark.parametrize(
    ("key", "control", "side"),
    [("aged_receivables", RECEIVABLE, 1), ("aged_payables", PAYABLE, -1)],
)
def test_open_items_add_up_to_the_control_account_on_every_day(
    trading: KnownRows, key: str, control: str, side: int
) -> None:
    for day in ("2026-05-04", "2026-05-05", "2026-05-25", "2026-06-01", "2026-06-05", "2026-12-31"):
        opened = sum(Decimal(row["open"] or 0) for row in report(trading, key, at(day)))
        balance = balances(report(trading, "trial_balance", at(day))).get(control) or "0"
        assert opened == side * Decimal(balance)
