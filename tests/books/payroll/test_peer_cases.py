"""Payroll cases of ERPNext and Frappe HR: each runs or is listed with its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.books.known import KnownRows
from tests.books.payroll.pay_rows import company, employee, paid, pay, slip
from tests.conftest import shared_json
from workbook_templates.schema import Cells

CASES: list[Any] = [
    case
    for file in ("payroll-days", "payroll-income-tax", "payroll-pay")
    for case in shared_json(f"cases/peers/{file}.json")["cases"]
]
RUN = {"employee", "payslip"}
# By the first thing that a case does which the book does not do.
LEFT_OUT = {
    "leave": "unpaid leave is entered as a deduction, not computed from the leave sheets",
    "attendance": "absence is entered as a deduction, not computed from the attendance sheet",
    "yearly_tax": "the slabs of another country",
    "taxable_income": "the exemptions of another country",
    "payslip_tax": "the slabs of another country",
    "timesheet": "hours are priced before they are entered",
    "one_time": "spread over the year by the tax of another country",
    "payroll_year": "the slabs of another country",
    "payroll_run": "formulas of components",
    "pay_period": "the period is the calendar month",
    "loan": "loan schedules are not part of the book yet",
    "severance": "severance is not part of the book yet",
    "final_settlement": "severance is not part of the book yet",
    "leave_grant": "paid-out leave is entered as an input",
    "leave_pay_out": "paid-out leave is entered as an input",
    "leave_taken": "paid-out leave is entered as an input",
    "expense_claim": "expense claims are not part of the book yet",
    "pay_claim": "expense claims are not part of the book yet",
    "advance": "advances are not part of the book yet",
    "advance_return": "advances are not part of the book yet",
    "salary_deduction_for_advance": "advances are not part of the book yet",
    "cancel": "a posted run is corrected in the next period, not undone",
}
PORTABLE = [case for case in CASES if case["portability"] == "any"]
COMPARED = {"what", "employee", "event", "after", "gross", "working_days", "payment_days"}
ELSEWHERE = "expects figures that are not on a payslip of the book"
WORKING_DAYS = "proration by working days; the book prorates by calendar days"


def left_out(case: Any) -> str | None:
    """Why a case does not run; None where it does."""
    for event in case["events"]:
        if event["do"] not in RUN:
            return LEFT_OUT[event["do"]]
    if any(expected.keys() - COMPARED for expected in case["expect"]):
        return ELSEWHERE
    part_month = any(event["do"] == "employee" for event in case["events"])
    by_calendar = case.get("settings", {}).get("holidays_are_working_days", False)
    return WORKING_DAYS if part_month and not by_calendar else None


def test_every_case_is_run_or_left_out_for_a_reason() -> None:
    reasons = {case["id"]: left_out(case) for case in PORTABLE}
    assert any(reason is None for reason in reasons.values())
    assert any(reasons.values())


@pytest.mark.parametrize(
    "case", [c for c in PORTABLE if left_out(c) is None], ids=lambda case: str(case["id"])
)
def test_a_worked_case_gives_its_figures(case: Any) -> None:
    month = case["setup"]["calendar"]["month"]
    known = paid(laid_out(case, month), month)
    found = slip(known, month)
    for expected in case["expect"]:
        if "gross" in expected:
            gross = sum(found[item["name"].upper()] for item in items_of(case))
            assert gross == expected["gross"]
        elif "payment_days" in expected:
            assert found["BY_DAY"] == expected["payment_days"]
            assert case["setup"]["calendar"]["days"] == expected["working_days"]


def laid_out(case: Any, month: str) -> KnownRows:
    """The pay of a case, and one unit for each day of the month, which counts the days paid."""
    dates: dict[str, str] = {}
    for event in case["events"]:
        if event["do"] == "employee":
            named = {"joined": event.get("joins"), "left": event.get("leaves")}
            dates = {column: day for column, day in named.items() if day}
    by_day = {"name": "by_day", "amount": case["setup"]["calendar"]["days"]}
    items = [*items_of(case), by_day]
    components: list[Cells] = [
        {"code": item["name"].upper(), "name": item["name"], "kind": "earning"} for item in items
    ]
    return company(
        "plain",
        hr__employees=[employee(**dates)],
        components=components,
        employee_pay=[pay(item["amount"], item["name"].upper()) for item in items],
    )


def items_of(case: Any) -> list[dict[str, Any]]:
    """The components of a case with their amounts; "basic * 0.5" is worked out as typed."""
    found: list[dict[str, Any]] = []
    amounts: dict[str, Decimal] = {}
    for item in case["setup"].get("pay", []):
        amount = item.get("amount")
        if amount is None:
            of, _, factor = item["formula"].partition(" * ")
            amount = amounts[of] * Decimal(factor)
        amounts[item["name"]] = Decimal(amount)
        found.append({"name": item["name"], "amount": amounts[item["name"]]})
    return found
