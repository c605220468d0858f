"""Stated balances: what the bank or a cash count says, beside the books."""

from __future__ import annotations

from decimal import Decimal

from tests.books.known import KnownRows, accepted
from tests.books.ledger.rows import BANK, CAPITAL, CASH, at, entry
from workbook_templates.books.ledger.reports.stated_balances import STATED_BALANCES_REPORT
from workbook_templates.books.ledger.stated_balances import warnings
from workbook_templates.schema import Cells

STATED, LINES = "ledger.stated_balances", "ledger.bank_lines"


def posted(known: KnownRows, *moves: tuple[str, int], account: str = BANK) -> KnownRows:
    for number, (day, total) in enumerate(moves):
        sides = (total, 0) if total > 0 else (0, -total)
        lines = ((account, *sides), (CAPITAL, *sides[::-1]))
        known = accepted(known, "ledger.journal", entry(f"{account}-{day}-{number}", day, *lines))
    return known


def stated(known: KnownRows, *balances: tuple[str, object], account: str = BANK) -> KnownRows:
    for day, total in balances:
        row = {"account": account, "date": day, "amount": f"{Decimal(str(total)):.2f}"}
        known = accepted(known, STATED, [row])
    return known


def at_bank(known: KnownRows, *lines: tuple[str, int]) -> KnownRows:
    for number, (day, total) in enumerate(lines):
        head: Cells = {"line": f"L{number}-{day}", "bank_account": BANK, "date": day}
        known = accepted(known, LINES, [{**head, "amount": f"{total}.00"}])
    return known


def told(known: KnownRows, as_of: str = "2026-12-31", **narrowed: str) -> list[tuple[str, ...]]:
    rows = STATED_BALANCES_REPORT.build(known, at(as_of, **narrowed))
    return [(row["date"] or "", row["difference"] or "", row["since"] or "") for row in rows]


def test_a_right_statement_has_no_difference(company: KnownRows) -> None:
    company = posted(company, ("2026-05-03", 100), ("2026-05-20", 50), ("2026-05-21", 9))
    company = stated(company, ("2026-05-03", 100), ("2026-05-20", 150))
    assert told(company) == [("2026-05-03", "0.00", ""), ("2026-05-20", "0.00", "")]
    assert list(warnings(company, "2026-12-31")) == []


def test_a_wrong_statement_tells_the_difference_to_the_cent_and_since_when(
    company: KnownRows,
) -> None:
    company = posted(company, ("2026-05-03", 100), ("2026-05-12", 30), ("2026-05-18", -10))
    company = stated(company, ("2026-05-10", 100), ("2026-05-20", "119.99"))
    assert told(company) == [("2026-05-10", "0.00", ""), ("2026-05-20", "0.01", "2026-05-12")]
    (warning,) = warnings(company, "2026-12-31")
    assert warning.facts["difference"] == "0.01"
    assert "since 2026-05-12" in warning.words.en
    assert "sejak 12/05/2026" in warning.words.id


def test_a_difference_that_goes_on_exists_since_it_began(company: KnownRows) -> None:
    company = posted(company, ("2026-04-03", 100), ("2026-05-12", 30), ("2026-06-18", -10))
    company = stated(company, ("2026-04-30", 100), ("2026-05-31", 125), ("2026-06-30", 110))
    company = stated(company, ("2026-07-31", 120))
    assert told(company) == [
        ("2026-04-30", "0.00", ""),
        ("2026-05-31", "5.00", "2026-05-12"),
        ("2026-06-30", "10.00", "2026-05-12"),
        ("2026-07-31", "0.00", ""),
    ]


def test_bank_lines_tell_the_very_day(company: KnownRows) -> None:
    company = posted(company, ("2026-05-03", 100), ("2026-05-12", 30), ("2026-05-18", -10))
    company = at_bank(company, ("2026-05-04", 100), ("2026-05-12", 30), ("2026-05-18", -15))
    company = stated(company, ("2026-04-30", 0), ("2026-05-31", 115))
    assert told(company)[-1] == ("2026-05-31", "5.00", "2026-05-18")


def test_a_statement_with_nothing_posted_is_wrong_since_its_own_day(company: KnownRows) -> None:
    company = stated(company, ("2026-05-31", 40), account=CASH)
    assert told(company) == [("2026-05-31", "-40.00", "2026-05-31")]


def test_a_parent_account_takes_in_those_under_it(company: KnownRows) -> None:
    parent = {"code": "11900", "name": "Kas kecil", "type": "asset", "group": "current_assets"}
    group = company.row("ledger.accounts", CASH)
    assert group is not None
    parent["group"] = group.text("group")
    company = accepted(company, "ledger.accounts", [parent])
    for code in ("11901", "11902"):
        child = {**parent, "code": code, "parent": "11900"}
        company = accepted(company, "ledger.accounts", [child])
        company = posted(company, ("2026-05-03", 70), account=code)
    company = stated(company, ("2026-05-31", 141), account="11900")
    assert told(company, account="11900") == [("2026-05-31", "-1.00", "2026-05-03")]


def test_later_statements_are_not_asked_about(company: KnownRows) -> None:
    company = stated(company, ("2026-05-31", 40), ("2026-06-30", 40))
    assert [day for day, _, _ in told(company, "2026-06-29")] == ["2026-05-31"]
