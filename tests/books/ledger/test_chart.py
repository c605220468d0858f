"""The chart of accounts, parties and tax codes: what holds, and what use forbids."""

import pytest

from tests.books.known import KnownRows, accepted, without
from tests.books.ledger.rows import (
    CAPITAL,
    CASH,
    INVENTORY,
    RECEIVABLE,
    RENT,
    SALES,
    bill,
    codes,
    entry,
    invoice,
)
from workbook_templates.schema import Cells

ACCOUNTS, PARTIES, TAX_CODES = "ledger.accounts", "ledger.parties", "ledger.tax_codes"


def account(code: str, type_: str = "expense", **cells: str) -> list[Cells]:
    return [{"code": code, "name": f"Account {code}", "type": type_, **cells}]


def posted(company: KnownRows) -> KnownRows:
    rows = entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))
    return accepted(company, "ledger.journal", rows)


def test_an_account_does_not_stand_under_itself(company: KnownRows) -> None:
    company = accepted(company, ACCOUNTS, account("62000", parent=RENT))
    company = accepted(company, ACCOUNTS, account("62100", parent="62000"))
    assert codes(company, ACCOUNTS, account(RENT, parent="62100")) == ["parent_cycle"]
    assert codes(company, ACCOUNTS, account(RENT, parent=RENT)) == ["parent_cycle"]


def test_an_account_with_postings_does_not_become_a_parent(company: KnownRows) -> None:
    rows = account("11105", "asset", parent=CASH)
    assert codes(posted(company), ACCOUNTS, rows) == ["parent_has_postings"]
    assert codes(company, ACCOUNTS, rows) == []


def test_a_used_account_keeps_its_type(company: KnownRows) -> None:
    changed = account(CAPITAL, "income")
    assert codes(posted(company), ACCOUNTS, changed) == ["type_of_used_account"]
    assert codes(company, ACCOUNTS, changed) == []


def test_a_used_account_keeps_its_role(company: KnownRows) -> None:
    changed = account(CASH, "asset")
    assert codes(posted(company), ACCOUNTS, changed) == ["role_of_used_account"]
    assert codes(company, ACCOUNTS, changed) == []


@pytest.mark.parametrize("role", ["receivable", "inventory"])
def test_a_used_account_gets_no_role_whose_details_it_lacks(company: KnownRows, role: str) -> None:
    holder = "11300" if role == "receivable" else INVENTORY
    company = accepted(company, ACCOUNTS, account(holder, "asset"))
    company = accepted(company, ACCOUNTS, account("11990", "asset"))
    given = account("11990", "asset", role=role)
    assert codes(company, ACCOUNTS, given) == []
    rows = entry("2", "2026-05-03", ("11990", 5, 0), (CAPITAL, 0, 5))
    used = accepted(company, "ledger.journal", rows)
    assert codes(used, ACCOUNTS, given) == ["role_for_used_account"]


def test_a_used_account_may_be_renamed_and_closed(company: KnownRows) -> None:
    changed = [{"code": CASH, "name": "Till", "type": "asset", "role": "cash", "closed": "true"}]
    assert codes(posted(company), ACCOUNTS, changed) == []


def test_a_used_account_is_not_deleted(company: KnownRows) -> None:
    assert codes(posted(company), ACCOUNTS, [], CASH) == ["account_in_use"]
    assert without(company, ACCOUNTS, CASH).row(ACCOUNTS, CASH) is None


def test_a_parent_is_not_deleted(company: KnownRows) -> None:
    company = accepted(company, ACCOUNTS, account("62000", parent=RENT))
    assert codes(company, ACCOUNTS, [], RENT) == ["account_in_use"]


def test_the_account_of_a_tax_code_is_not_deleted(company: KnownRows) -> None:
    assert codes(company, ACCOUNTS, [], "21450") == ["account_in_use"]


def test_a_role_belongs_to_one_account(company: KnownRows) -> None:
    rows = account("11205", "asset", role="bank")
    assert codes(company, ACCOUNTS, rows) == ["role_taken"]


def test_a_role_is_for_accounts_of_its_type(company: KnownRows) -> None:
    company = accepted(company, ACCOUNTS, account(RECEIVABLE, "asset"))
    rows = account("29000", "liability", role="receivable")
    assert codes(company, ACCOUNTS, rows) == ["role_does_not_fit"]


def test_a_group_is_for_accounts_of_its_type(company: KnownRows) -> None:
    rows = account("62000", "expense", group="revenue")
    assert codes(company, ACCOUNTS, rows) == ["group_does_not_fit"]


def test_a_party_with_an_invoice_is_not_deleted(company: KnownRows) -> None:
    billed = accepted(company, "ledger.sales_invoices", invoice("1", "2026-05-03", 100))
    assert codes(billed, PARTIES, [], "C1") == ["party_in_use"]
    assert codes(billed, PARTIES, [], "C2") == []


def test_a_party_with_only_a_free_sample_is_not_deleted(company: KnownRows) -> None:
    given = accepted(company, "ledger.sales_invoices", invoice("1", "2026-05-03", 0))
    assert codes(given, PARTIES, [], "C1") == ["party_in_use"]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("01.234.567.8-901.000", []),
        ("0012345678901000", []),
        ("1234567890", ["not_an_npwp"]),
        ("DE123456789", []),
    ],
)
def test_an_indonesian_tax_number_has_15_or_16_digits(
    company: KnownRows, number: str, found: list[str]
) -> None:
    rows = [{"code": "X", "name": "X", "kind": "supplier", "tax_id": number}]
    assert codes(company, PARTIES, rows) == found


def tax_row(rate: str, first: str, last: str | None = None, **cells: str) -> Cells:
    return {
        "code": "T",
        "name": "Tax",
        "kind": "output",
        "rate": rate,
        "account": "21450",
        "from": first,
        "to": last,
        **cells,
    }


def test_the_rows_of_a_tax_code_do_not_overlap(company: KnownRows) -> None:
    older, newer = tax_row("10", "2020-01-01"), tax_row("11", "2022-04-01")
    assert codes(company, TAX_CODES, [older, newer]) == ["dates_overlap"]
    assert codes(company, TAX_CODES, [newer, older]) == ["dates_overlap"]
    ended = {**older, "to": "2022-03-31"}
    assert codes(company, TAX_CODES, [newer, ended]) == []


def test_a_tax_row_does_not_end_before_it_begins(company: KnownRows) -> None:
    rows = [tax_row("10", "2026-01-01", "2025-12-31")]
    assert codes(company, TAX_CODES, rows) == ["ends_before_it_begins"]


@pytest.mark.parametrize("part", ["12/11", "0/1", "1/0", "eleven", "-1/2", "5e-1"])
def test_the_taxed_part_is_a_part_of_the_price(company: KnownRows, part: str) -> None:
    rows = [tax_row("10", "2026-01-01", base_fraction=part)]
    assert codes(company, TAX_CODES, rows) == ["bad_fraction"]


def test_a_used_rate_does_not_change_but_a_new_one_may_follow(company: KnownRows) -> None:
    company = accepted(company, TAX_CODES, [tax_row("10", "2026-01-01")])
    sold = invoice("1", "2026-05-03", 100, tax_code="T")
    company = accepted(company, "ledger.sales_invoices", sold)
    assert codes(company, TAX_CODES, [tax_row("11", "2026-01-01")]) == ["tax_code_in_use"]
    assert codes(company, TAX_CODES, [], "T") == ["tax_code_in_use"]
    followed = [tax_row("10", "2026-01-01", "2026-06-30"), tax_row("11", "2026-07-01")]
    assert codes(company, TAX_CODES, followed) == []


def test_an_account_named_on_a_bill_is_not_deleted(company: KnownRows) -> None:
    company = accepted(company, "ledger.purchase_bills", bill("1", "2026-05-03", 5, account=RENT))
    assert codes(company, ACCOUNTS, [], RENT) == ["account_in_use"]
    assert codes(company, ACCOUNTS, [], SALES) == []
