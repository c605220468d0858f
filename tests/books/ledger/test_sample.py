"""The sample rows and the opening charts satisfy every rule."""

import json
from importlib.resources import files

import pytest

from tests.books.known import KnownRows, laid
from tests.books.ledger.rows import at
from workbook_templates.books import book, sheet_of
from workbook_templates.books.ledger.choices import ROLES
from workbook_templates.books.ledger.reports.trial_balance import trial_balance_rows
from workbook_templates.check import document_problems, text_problems
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells, Company

ORDER = (
    "accounts", "payment_terms", "dunning_levels", "parties", "tax_codes", "journal",
    "sales_invoices", "purchase_orders", "purchase_bills", "payments", "payment_batches",
    "bank_mappings", "bank_texts", "bank_lines", "stated_balances",
    "asset_categories", "assets", "deferrals", "depreciation_runs", "budgets", "exchange_rates",
    "revaluations",
)  # fmt: skip
OTHERS = (
    "periods", "tax_registration", "recurring_entries", "opening_balances", "years",
    "document_kinds",
)  # fmt: skip

OF_APPROVALS = ("draft_entries", "approvals", "approval_rules")


def sample(sheet: str) -> list[Cells]:
    folder = files("workbook_templates.books.ledger").joinpath("sample")
    rows: list[Cells] = json.loads(folder.joinpath(f"{sheet}.json").read_text(encoding="utf-8"))
    return rows


def test_each_sheet_has_sample_rows() -> None:
    typed = {sheet.key for sheet in book("ledger").sheets if not sheet.read_only}
    assert typed == {*ORDER, *OTHERS, *OF_APPROVALS}
    assert all(map(sample, typed))


def test_the_sample_month_is_accepted_document_by_document() -> None:
    company = Company("contoh", "PT Lajur Contoh")
    known = KnownRows({"ledger.periods": sample("periods")}, company)
    known = laid(known, {f"ledger.{sheet}": sample(sheet) for sheet in ORDER})
    balances = [row["balance"] for row in trial_balance_rows(known, at("2026-05-31"))]
    assert len(balances) > 15


@pytest.mark.parametrize("pack", ["id", "plain"])
def test_what_a_new_company_starts_with_satisfies_every_rule(pack: str) -> None:
    rows = opening_rows(pack, "en", "2026-01", "2026-12")
    known = KnownRows(rows, Company("c", "C", pack=pack))
    assert len(rows["ledger.periods"]) == 12
    for table in rows:
        for line in known.rows(table):
            assert list(text_problems(sheet_of(table), line.id, line.cells)) == []
            document = known.document(table, line.sheet.key_of(line.cells, line.id))
            assert document is not None
            assert document_problems(document, known) == []


@pytest.mark.parametrize("pack", ["id", "plain"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_chart_has_every_role_in_both_languages(pack: str, language: str) -> None:
    accounts = opening_rows(pack, language, "2026-01", "2026-01")["ledger.accounts"]
    roles = [row["role"] for row in accounts if row.get("role")]
    assert sorted(roles, key=str) == sorted(option.key for option in ROLES)
    assert all(row["name"] for row in accounts)


def test_periods_run_over_the_turn_of_a_year() -> None:
    periods = opening_rows("plain", "en", "2026-11", "2027-02")["ledger.periods"]
    assert [row["period"] for row in periods] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_periods_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before they begin"):
        opening_rows("plain", "en", "2026-02", "2026-01")
