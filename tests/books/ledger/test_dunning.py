"""Dunning: who is reminded of what, at which level, in which words."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import at, codes, invoice, payment
from tests.books.ledger.statements import adds_up, report
from workbook_templates.schema import Cells

INVOICES, PAYMENTS, LEVELS = "ledger.sales_invoices", "ledger.payments", "ledger.dunning_levels"
FIRST = {"level": "1", "days": "7", "text_en": "Please pay {amount}."}
SECOND = {
    "level": "2", "days": "30", "text_en": "Pay {amount} and {fee}.",
    "text_id": "Bayar {amount} dan {fee}.", "fee": "50.00",
}  # fmt: skip


@pytest.fixture
def lent(company: KnownRows) -> KnownRows:
    """C1 owes 1,000 due on 10 May in one part and on 31 May the other; C2 owes 400."""
    known = accepted(
        company,
        "ledger.payment_terms",
        [{"terms": "T", "percent": "60", "day": "10"}, {"terms": "T", "day": "31"}],
    )
    return laid(
        known,
        {
            LEVELS: [FIRST, SECOND],
            INVOICES: [
                *invoice("I1", "2026-05-01", 1000, terms="T"),
                *invoice("I2", "2026-05-01", 400, due="2026-06-20", customer="C2"),
            ],
        },
    )


def asked(known: KnownRows, as_of: str) -> list[tuple[str | None, ...]]:
    """(document, due, reminder, amount) of the instalments of which customers are reminded."""
    rows = report(known, "dunning", at(as_of))
    shown = (row for row in rows if row["level"] == "account")
    return [tuple(row.get(c) for c in ("document", "due", "reminder", "amount")) for row in shown]


def letters(known: KnownRows, as_of: str) -> list[str | None]:
    rows = report(known, "dunning", at(as_of))
    return [row["name"] for row in rows if row["level"] == "text"]


def test_nobody_is_reminded_before_the_first_level(lent: KnownRows) -> None:
    assert report(lent, "dunning", at("2026-05-16")) == []


def test_an_instalment_reaches_its_level_by_days_late(lent: KnownRows) -> None:
    assert asked(lent, "2026-05-17") == [("I1", "2026-05-10", "1", "600.00")]
    assert asked(lent, "2026-06-09") == [
        ("I1", "2026-05-10", "2", "600.00"),
        ("I1", "2026-05-31", "1", "400.00"),
    ]


def test_a_letter_has_the_words_of_the_highest_level_with_its_figures(lent: KnownRows) -> None:
    assert letters(lent, "2026-05-17") == ["Please pay 600.00."]
    assert letters(lent, "2026-06-09") == ["Pay 1,000.00 and 50.00."]


def test_a_letter_speaks_the_language_of_the_company(lent: KnownRows) -> None:
    company = lent.company
    indonesian = type(company)(company.code, company.name, language="id")
    known = KnownRows(lent.tables, indonesian)
    assert letters(known, "2026-06-09") == ["Bayar 1.000,00 dan 50,00."]
    assert letters(known, "2026-05-17") == ["Please pay 600,00."]  # it has no Indonesian words


def test_what_was_paid_in_part_is_asked_for_in_part(lent: KnownRows) -> None:
    known = accepted(lent, PAYMENTS, payment("P", "2026-05-12", 250, ("I1", 250)))
    assert asked(known, "2026-05-17") == [("I1", "2026-05-10", "1", "350.00")]
    assert asked(known, "2026-05-11") == []


def test_credits_are_taken_off_and_may_leave_nothing_to_ask(lent: KnownRows) -> None:
    known = accepted(lent, PAYMENTS, payment("P", "2026-05-12", 100))
    assert asked(known, "2026-05-17") == [
        ("I1", "2026-05-10", "1", "600.00"),
        ("P", "2026-05-12", None, "-100.00"),
    ]
    (total,) = [r for r in report(known, "dunning", at("2026-05-17")) if r["level"] == "subtotal"]
    assert (total["amount"], total["reminder"], total["adds"]) == ("500.00", "1", "2..3")
    known = accepted(lent, PAYMENTS, payment("P", "2026-05-12", 600))
    assert report(known, "dunning", at("2026-05-17")) == []


def test_each_sum_of_a_customer_is_what_stands_above_it(lent: KnownRows) -> None:
    rows = report(lent, "dunning", at("2026-07-30"))
    fees = [row.get("fee") for row in rows if row["level"] in ("account", "subtotal")]
    assert fees == ["50.00", None, "50.00", "50.00", "50.00"]
    assert adds_up(rows, ("amount", "fee"))


def test_without_levels_all_that_is_late_is_listed(company: KnownRows) -> None:
    known = accepted(company, INVOICES, invoice("I", "2026-05-01", 100))
    assert report(known, "dunning", at("2026-05-01")) == []
    assert asked(known, "2026-05-02") == [("I", "2026-05-01", None, "100.00")]
    assert letters(known, "2026-05-02") == []


@pytest.mark.parametrize(("level", "days"), [("2", "7"), ("2", "3"), ("3", "30")])
def test_a_higher_level_comes_later(company: KnownRows, level: str, days: str) -> None:
    known = laid(company, {LEVELS: [FIRST, SECOND]})
    row: Cells = {"level": level, "days": days}
    assert codes(known, LEVELS, [row]) == ["level_out_of_order"]
    assert codes(known, LEVELS, [{**row, "days": str(31 + int(level))}]) == []


def test_what_is_asked_for_is_part_of_the_aged_receivables(lent: KnownRows) -> None:
    rows = report(lent, "aged_receivables", at("2026-06-09"))
    late = sum(Decimal(row["open"] or 0) for row in rows if row["days_late"] != "0")
    assert late == 1000
