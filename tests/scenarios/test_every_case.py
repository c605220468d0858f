"""Every worked case of the ledger is played through a workbook, or a decision says why not."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import shared_json

HERE = Path(__file__).parent
DECISIONS = HERE.parents[1] / "docs" / "decisions"
PEERS = ("assets", "closing", "currency", "payments", "statements", "tax")
FILES = (
    *(f"cases/peers/ledger-{topic}.json" for topic in PEERS),
    *(f"cases/id/{topic}.json" for topic in ("accounting", "vat", "identifiers")),
)


def named(prefix: str, *numbers: int) -> list[str]:
    """Cases of one prefix by their numbers."""
    return [f"{prefix}-{number:03}" for number in numbers]


# The test that plays each case, as file::function in this folder.
ASSETS = "test_assets.py::test_the_published_schedules_and_sale_come_out"
VAT = "test_taxes.py::test_the_worked_cases_of_value_added_tax_come_out_of_a_workbook"
IDENTIFIERS = "test_taxes.py::test_published_numbers_are_taken_or_refused"
RECEIPTS = "test_taxes.py::test_receipts_spell_the_published_amounts"
INVOICES = "test_trade_documents.py::test_a_published_invoice_comes_to_its_figures"
CURRENCIES = "test_currencies.py::test_the_published_case_comes_out_of_a_workbook"
WORKED = "test_worked_cases.py"
OVERPAID = f"{WORKED}::test_an_overpayment_is_written_off_or_kept"
TURNOVER = f"{WORKED}::test_the_final_tax_on_turnover_comes_out"
FISCAL = f"{WORKED}::test_the_fiscal_depreciation_is_the_published_one"
NOTATION = f"{WORKED}::test_amounts_are_read_and_written_the_indonesian_way"
PLAYED = {
    **dict.fromkeys(named("ledger-assets", 2, 4, 5, 14), ASSETS),
    "ledger-closing-003": "test_closing.py::test_no_entry_into_a_closed_year",
    "ledger-closing-004": "test_closing.py::test_cumulative_balances_are_kept_at_two_year_ends",
    **dict.fromkeys(named("ledger-currency", 2, 9), CURRENCIES),
    **dict.fromkeys(named("ledger-payments", 7, 8), OVERPAID),
    "ledger-payments-013": f"{WORKED}::test_an_invoice_is_due_in_four_parts",
    "ledger-payments-015": f"{WORKED}::test_instalments_are_settled_as_they_fall_due",
    "ledger-payments-019": f"{WORKED}::test_later_payments_leave_it_open_until_then",
    "ledger-statements-010": f"{WORKED}::test_a_year_is_spread_over_its_months",
    "ledger-statements-011": f"{WORKED}::test_who_may_not_goes_no_rupiah_beyond_the_budget",
    "ledger-statements-012": f"{WORKED}::test_the_percentages_of_food_and_leisure_come_out",
    "ledger-statements-013": f"{WORKED}::test_a_statement_is_imported_with_its_rule",
    "ledger-tax-002": f"{WORKED}::test_a_chain_of_taxes_comes_to_its_figures",
    **dict.fromkeys(named("ledger-tax", 4, 6), INVOICES),
    **dict.fromkeys(named("acc-dep", 1, 2, 102), FISCAL),
    **dict.fromkeys(named("acc-trb", 4, 5, 7, 11, 12, 13, 18), RECEIPTS),
    **dict.fromkeys(named("acc-num", 1, 2, 4), NOTATION),
    **dict.fromkeys(named("vat", 5, 11, 12, 102), VAT),
    "wht-003": VAT,
    "vat-103": f"{WORKED}::test_tax_is_of_the_other_base_in_full_rupiah",
    **dict.fromkeys(named("umkm", 1, 3, 5), TURNOVER),
    **dict.fromkeys(named("idn", 3, 7, 9, 10, 11, 14, 20, 21), IDENTIFIERS),
}
DECIDED_OTHERWISE = {"ledger-tax-014": "0026-instalments-deposits-and-orders.md"}


@cache
def functions_of(file: str) -> frozenset[str]:
    """The tests of a file of scenarios."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    found = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def test_every_case_is_played_through_a_workbook_or_decided_otherwise() -> None:
    cases = [case["id"] for path in FILES for case in shared_json(path)["cases"]]
    assert sorted([*PLAYED, *DECIDED_OTHERWISE]) == sorted(cases)


@pytest.mark.parametrize("played", sorted(set(PLAYED.values())))
def test_what_plays_a_case_is_a_test(played: str) -> None:
    file, _, function = played.partition("::")
    assert function in functions_of(file)


@pytest.mark.parametrize("name", DECIDED_OTHERWISE)
def test_the_decision_names_the_case(name: str) -> None:
    assert name in (DECISIONS / DECIDED_OTHERWISE[name]).read_text(encoding="utf-8")
