"""The Indonesian worked cases, month by month through pay runs; the rest is listed with a reason.

`packs` runs the other cases against the calculations themselves.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.books.known import KnownRows
from tests.books.payroll.pay_rows import (
    company,
    employee,
    given,
    paid,
    pay,
    slip,
    slip_lines,
    text,
)
from tests.conftest import shared_json
from workbook_templates.books.payroll.periods import month
from workbook_templates.packs.id.bpjs import bpjs_rules
from workbook_templates.schema import Cells

CASES: list[Any] = shared_json("cases/id/pph21.json")["cases"]
BPJS: list[Any] = shared_json("cases/id/bpjs.json")["cases"]
YEAR = 2025  # TER, occupational cost and article 17 are the same in all years of the cases
NOT_AN_EMPLOYEE = {
    "gross_day": "paid by the day",
    "recipient": "not an employee",
    "wages_third_party": "not an employee",
    "instalments": "severance, taxed at its own final rate",
    "contract_fixed_regular": "tax borne by the government",
    "category": "a property of the gross-up, no payslip",
}


def is_year(case: Any) -> bool:
    return {"ptkp_status", "gross_by_month"} <= case["inputs"].keys()


def is_month(case: Any) -> bool:
    return {"ptkp_status", "gross"} <= case["inputs"].keys()


def is_left_out(case: Any) -> bool:
    """Without a PTKP status a case is about somebody who gets no payslip."""
    inputs = case["inputs"].keys()
    return (
        not is_year(case)
        and not is_month(case)
        and (bool(inputs & NOT_AN_EMPLOYEE.keys()) or inputs == {"gross"})
    )


def name_of(case: Any) -> str:
    return str(case["id"])


def test_every_case_is_run_or_left_out_for_a_reason() -> None:
    for case in CASES:
        assert is_year(case) or is_month(case) or is_left_out(case), case["id"]


@pytest.mark.parametrize("case", [c for c in CASES if is_month(c)], ids=name_of)
def test_an_ordinary_month_is_taxed_as_printed(case: Any) -> None:
    inputs = case["inputs"]
    staff = [employee(ptkp=inputs["ptkp_status"])]
    known = company(uninsured=True, hr__employees=staff, employee_pay=[pay(inputs["gross"])])
    assert slip(paid(known, f"{YEAR}-05"), f"{YEAR}-05")["PPH21"] == case["recomputed"]["tax"]


@pytest.mark.parametrize("case", [c for c in CASES if is_year(c)], ids=name_of)
def test_a_whole_year_of_pay_runs_is_taxed_as_printed(case: Any) -> None:
    months = months_of(case)
    known = paid(year_of(case), *months)
    taxes = [slip(known, period)["PPH21"] for period in months]
    printed = case["expected"].get("monthly_tax", case["recomputed"].get("monthly_tax"))
    monthly = printed if isinstance(printed, list) else [printed] * (len(months) - 1)
    assert taxes[:-1] == monthly
    assert taxes[-1] == case["expected"]["tax_last_period"]


def months_of(case: Any) -> list[str]:
    first = case["inputs"].get("first_month", 1)
    count = len(case["inputs"]["gross_by_month"])
    return [f"{YEAR}-{number:02}" for number in range(first, first + count)]


def year_of(case: Any) -> KnownRows:
    """Each month's gross as an input, deductions shared by the months."""
    inputs, months = case["inputs"], months_of(case)
    rows = [
        given(period, gross) for period, gross in zip(months, inputs["gross_by_month"], strict=True)
    ]
    if deductions := inputs.get("deductions_year"):
        share = Decimal(deductions) / len(months)
        rows += [given(period, share, "ZAKAT") for period in months]
    dates = {} if months[0].endswith("01") else {"joined": f"{months[0]}-01"}
    staff = [employee(ptkp=inputs["ptkp_status"], **dates)]
    stated = [stated_of(inputs, len(months))]
    return company(uninsured=True, hr__employees=staff, pay_inputs=rows, tax_years=stated)


def stated_of(inputs: Any, months: int) -> Cells:
    row = {"employee": "E", "year": str(YEAR)}
    if inputs.get("subjective_partial"):
        row["resident_months"] = str(months)
    if inputs.get("pensioner"):
        row["pensioner"] = "true"
    for key, column in (("prev_net", "previous_net"), ("prev_tax", "previous_tax")):
        if key in inputs:
            row[column] = text(inputs[key])
    return row


@pytest.mark.parametrize("case", BPJS, ids=name_of)
def test_contributions_stand_on_the_payslip_as_printed(case: Any) -> None:
    period, insurance = terms_of(case["inputs"])
    known = company(insurance=[insurance], employee_pay=[pay(case["inputs"]["wage"])])
    known = paid(known, period)
    found = slip(known, period)
    shown = {name: found.get(code, Decimal(0)) for name, code in FIGURES.items()}
    lines = slip_lines(known, period)
    employer = [line for line in lines if line.text("kind") == "employer_contribution"]
    own = [line for line in lines if line.text("kind") == "contribution"]
    shown["taxable_employer"] = sum(
        (line["taxable"] or Decimal(0) for line in employer), Decimal(0)
    )
    shown["deductible_employee"] = sum(
        (line["deductible"] or Decimal(0) for line in own), Decimal(0)
    )
    shown["employee_total"] = sum((line["amount"] for line in own), Decimal(0))
    printed = {**case["recomputed"], **case["expected"]}
    assert {name: amount for name, amount in shown.items() if name in printed} == printed


FIGURES = {
    "kesehatan_employer": "BPJS_KES_ER",
    "kesehatan_employee": "BPJS_KES_EE",
    "jkk": "JKK",
    "jkm": "JKM",
    "jht_employer": "JHT_ER",
    "jht_employee": "JHT_EE",
    "jp_employer": "JP_ER",
    "jp_employee": "JP_EE",
}


def terms_of(inputs: Any) -> tuple[str, Cells]:
    """A month in which the case's ceiling and rates are the law, and the risk class of it."""
    for period in PERIODS:
        rules = bpjs_rules(month(period).last)
        if rules.programmes["jp"].wage_cap != inputs["jp_cap"]:
            continue
        for classes, relief in ((rules.jkk_classes, "false"), (rules.jkk_relief or {}, "true")):
            for name, programme in classes.items():
                if programme.employer_percent == inputs["jkk_percent"]:
                    return period, {"from": "2020-01-01", "risk_class": name, "risk_relief": relief}
    raise AssertionError(f"no month has these rates: {inputs}")


PERIODS = [f"{year}-{number:02}" for year in (2024, 2025, 2026) for number in range(1, 12)]
