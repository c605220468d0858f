"""What the payroll book refuses, and how it says so."""

from dataclasses import replace
from typing import Any

import pytest

from tests.books.known import KnownRows, accepted, document, refusals, without
from tests.books.payroll.pay_rows import (
    COMPONENTS,
    company,
    employee,
    given,
    paid,
    pay,
    refused,
    run,
)
from workbook_templates.books import sheet_of
from workbook_templates.check import document_problems, text_problems
from workbook_templates.schema import Cells

MAY, JUNE = "2026-05", "2026-06"


def ready(**sheets: list[Cells]) -> KnownRows:
    return company(employee_pay=[pay(8_000_000)], **sheets)


# --- what is agreed ---------------------------------------------------------------------------


def test_pay_that_ends_before_it_begins_is_refused() -> None:
    row = pay(1, "LOAN", **{"from": "2026-05-10", "to": "2026-05-09"})
    assert refused(ready(), "employee_pay", row) == ["ends_before_it_begins"]


def test_pay_of_one_component_does_not_overlap() -> None:
    known = company(employee_pay=[pay(100, "LOAN", to="2026-05-31")])
    assert refused(known, "employee_pay", pay(5, "LOAN", **{"from": "2026-05-31"})) == [
        "pay_overlaps"
    ]
    assert refused(known, "employee_pay", pay(5, "LOAN", **{"from": "2026-06-01"})) == []
    assert refused(known, "employee_pay", pay(5, "BASIC", **{"from": "2026-05-01"})) == []


def test_a_raise_needs_no_end_of_the_older_row() -> None:
    assert refused(ready(), "employee_pay", pay(9_000_000, **{"from": "2026-05-01"})) == []


def test_an_amount_is_never_negative() -> None:
    for sheet, row in (("employee_pay", pay(-1)), ("pay_inputs", given(MAY, -1))):
        found = text_problems(sheet_of(f"payroll.{sheet}"), "r", row)
        assert [problem.code for problem in found] == ["negative"]


@pytest.mark.parametrize("code", ["PPH21", "JHT_EE", "NET"])
def test_what_is_computed_is_not_typed(code: str) -> None:
    components = [*COMPONENTS, {"code": code, "name": code, "kind": "deduction"}]
    known = ready(components=components)
    assert refused(known, "employee_pay", pay(1, code)) == ["computed_component"]
    assert refused(known, "pay_inputs", given(MAY, 1, code)) == ["computed_component"]


def test_a_component_that_is_used_is_not_deleted() -> None:
    known = ready(pay_inputs=[given(MAY, 1)])
    assert refused(known, "components", None, "BASIC") == ["component_in_use"]
    assert refused(known, "components", None, "BONUS") == ["component_in_use"]
    assert refused(known, "components", None, "LOAN") == []


def test_an_unknown_component_is_refused_with_the_nearest() -> None:
    problem = refusals(ready(), "payroll.pay_inputs", [given(MAY, 1, "BONU")])[0]
    assert (problem.code, problem.hint) == ("unknown_component", "BONUS")


def test_an_input_goes_to_somebody_employed_in_its_period() -> None:
    known = ready(hr__employees=[employee(joined="2026-05-31", left="2026-05-31")])
    assert refused(known, "pay_inputs", given(MAY, 1)) == []
    assert refused(known, "pay_inputs", given("2026-04", 1)) == ["not_employed"]
    assert refused(known, "pay_inputs", given(JUNE, 1)) == ["not_employed"]


def test_an_input_of_a_posted_period_is_refused_and_says_where_to_correct() -> None:
    known = paid(ready(), MAY)
    problem = refusals(known, "payroll.pay_inputs", [given(MAY, 1)])[0]
    assert problem.code == "period_posted"
    assert "next period" in problem.words.en
    assert "periode berikutnya" in problem.words.id
    assert refused(known, "pay_inputs", given(JUNE, 1)) == []


def test_an_input_of_a_posted_period_is_not_deleted() -> None:
    known = paid(ready(pay_inputs=[given(MAY, 1)]), MAY)
    assert refused(known, "pay_inputs", None, f"{MAY}|E|BONUS") == ["period_posted"]


def test_a_year_is_a_year() -> None:
    assert refused(ready(), "tax_years", {"employee": "E", "year": "26"}) == ["not_a_year"]
    row = {"employee": "E", "year": "2026", "resident_months": "13"}
    assert refused(ready(), "tax_years", row) == ["too_many_months"]


# --- runs -------------------------------------------------------------------------------------


def test_a_posted_run_is_neither_changed_nor_deleted() -> None:
    known = paid(ready(), MAY)
    line = known.rows("payroll.pay_runs")[0]
    for cells in ({"pay_date": "2026-05-26"}, {"status": "draft"}, {"period": JUNE}):
        moved: Any = replace(line, cells={**line.cells, **cells})
        found = refusals(known, "payroll.pay_runs", [moved])
        assert "run_posted" in [problem.code for problem in found]
    assert refused(known, "pay_runs", None, MAY) == ["run_posted"]


def test_a_draft_is_changed_posted_or_deleted() -> None:
    known = accepted(ready(), "payroll.pay_runs", [run(MAY, status="draft")])
    assert refused(known, "pay_runs", run(MAY, "2026-05-26", status="draft")) == []
    assert refused(known, "pay_runs", run(MAY)) == []
    assert without(known, "payroll.pay_runs", MAY).rows("payroll.payslips") == []


def test_a_period_is_run_once() -> None:
    known = paid(ready(), MAY)
    assert refused(known, "pay_runs", run(MAY) | {"run": "AGAIN"}) == ["period_run_twice"]


def test_runs_are_made_in_order() -> None:
    known = paid(ready(), MAY)
    assert refused(known, "pay_runs", run("2026-04")) == ["later_period_run"]
    assert refused(known, "pay_runs", run("2026-07")) == []
    drafted = accepted(known, "payroll.pay_runs", [run(JUNE, status="draft")])
    assert refused(drafted, "pay_runs", run("2026-07")) == ["earlier_draft"]


def test_a_run_without_a_period_is_asked_for_one() -> None:
    row = {key: text for key, text in run(MAY).items() if key != "period"}
    assert refused(paid(ready(), "2026-04"), "pay_runs", row) == ["required"]


def test_a_run_of_a_closed_period_is_refused() -> None:
    known = ready(ledger__periods=[{"period": MAY, "status": "closed"}])
    assert refused(known, "pay_runs", run(MAY)) == ["period_closed"]
    assert refused(known, "pay_runs", run(MAY, status="draft")) == []


def test_a_month_without_known_law_is_refused() -> None:
    assert refused(ready(), "pay_runs", run("2023-05")) == ["no_rules_for_period"]


def test_a_run_that_pays_nobody_is_refused() -> None:
    assert refused(company(), "pay_runs", run(MAY)) == ["nobody_is_paid"]
    late = company(employee_pay=[pay(1, **{"from": "2026-06-01"})])
    assert refused(late, "pay_runs", run(MAY)) == ["nobody_is_paid"]


def test_each_employee_without_a_tax_status_is_named() -> None:
    staff = [employee(), employee("A", ptkp=""), employee("B", ptkp="K/I/1")]
    staff = [{k: v for k, v in row.items() if v} for row in staff]
    known = company(hr__employees=staff, employee_pay=[pay(1_000, who=w) for w in ("E", "A", "B")])
    found = refusals(known, "payroll.pay_runs", [run(MAY)])
    assert [problem.code for problem in found] == ["tax_status_missing", "tax_status_unusable"]
    assert "A " in found[0].words.en
    assert "K/I/1" in found[1].words.id


def test_a_country_without_rules_needs_no_tax_status() -> None:
    staff = [{"employee": "E", "name": "E", "joined": "2020-01-06"}]
    known = company("plain", hr__employees=staff, employee_pay=[pay(1_000)])
    assert refused(known, "pay_runs", run(MAY)) == []


def test_deductions_above_pay_are_refused_without_naming_an_amount() -> None:
    known = ready(pay_inputs=[given(MAY, 9_000_000, "LOAN")])
    found = refusals(known, "payroll.pay_runs", [run(MAY)])
    assert [problem.code for problem in found] == ["negative_net_pay"]
    assert "000" not in found[0].words.en + found[0].words.id


def test_an_account_that_is_missing_is_named() -> None:
    rows = company().tables["ledger.accounts"]
    kept = [row.cells for row in rows if row.text("role") != "salaries_payable"]
    found = refusals(ready(ledger__accounts=kept), "payroll.pay_runs", [run(MAY)])
    assert [problem.code for problem in found] == ["no_account_for_role"]
    assert "Salaries payable" in found[0].words.en


def test_a_workbook_without_staff_and_ledger_leaves_the_last_word_to_the_server() -> None:
    whole = company(employee_pay=[])
    absent = frozenset({"hr.employees", "ledger.accounts", "ledger.periods"})
    known = KnownRows(whole.given, whole.company, absent)
    changed = document(known, "payroll.pay_runs", [run(MAY)])
    assert document_problems(changed, known) == []
