"""What stands on a payslip: who is on the run, proration, contributions, tax, net pay."""

from decimal import Decimal

import pytest

from tests.books.payroll.pay_rows import (
    UNINSURED,
    company,
    employee,
    given,
    paid,
    pay,
    slip,
    slip_lines,
)
from workbook_templates.schema import Cells

MAY = "2026-05"


def of_may(uninsured: bool = True, **sheets: list[Cells]) -> dict[str, Decimal]:
    return slip(paid(company(uninsured=uninsured, **sheets), MAY), MAY)


def test_a_wage_of_eight_million_pays_the_published_contributions_and_tax() -> None:
    found = of_may(uninsured=False, employee_pay=[pay(8_000_000)])
    assert found == {
        "BASIC": 8_000_000,
        "BPJS_KES_ER": 320_000,
        "JKK": 19_200,
        "JKM": 24_000,
        "JHT_ER": 296_000,
        "JP_ER": 160_000,
        "BPJS_KES_EE": 80_000,
        "JHT_EE": 160_000,
        "JP_EE": 80_000,
        "PPH21": 125_448,
        "NET": 7_554_552,
    }


def test_the_tax_line_shows_how_the_tax_was_found() -> None:
    known = paid(company(employee_pay=[pay(8_000_000)]), MAY)
    line = next(one for one in slip_lines(known, MAY) if one.text("component") == "PPH21")
    shown = [line.text(column) for column in ("base", "rate", "status", "category", "withheld")]
    assert shown == ["8363200.00", "1.5", "TK/0", "A", "125448.00"]


def test_what_is_not_paid_in_money_is_taxed_and_not_in_net_pay() -> None:
    found = of_may(employee_pay=[pay(35_000_000)], pay_inputs=[given(MAY, 20_000_000, "HOUSE")])
    assert found["PPH21"] == 55_000_000 * Decimal("0.19")
    assert found["NET"] == 35_000_000 - found["PPH21"]


def test_absence_lowers_gross_income_and_a_loan_does_not() -> None:
    absent = of_may(employee_pay=[pay(6_000_000)], pay_inputs=[given(MAY, 500_000, "ABSENCE")])
    assert (absent["PPH21"], absent["NET"]) == (13_750, 5_486_250)  # 0.25 % of 5,500,000
    lent = of_may(employee_pay=[pay(6_000_000)], pay_inputs=[given(MAY, 500_000, "LOAN")])
    assert (lent["PPH21"], lent["NET"]) == (45_000, 5_455_000)  # 0.75 % of 6,000,000


def test_an_input_is_taxed_but_is_no_part_of_the_insured_wage() -> None:
    known = paid(company(employee_pay=[pay(8_000_000)], pay_inputs=[given(MAY, 1_000_000)]), MAY)
    assert slip(known, MAY)["JHT_EE"] == 160_000
    assert slip(known, MAY)["PPH21"] == Decimal("163856")  # 1.75 % of 9,363,200


def test_the_insured_wage_is_what_a_component_says() -> None:
    components: list[Cells] = [
        {"code": "BASIC", "name": "Basic pay", "kind": "earning"},
        {"code": "MEAL", "name": "Meals", "kind": "earning", "insured": "false"},
        {"code": "SHIFT", "name": "Shifts", "kind": "earning", "insured": "true"},
    ]
    found = of_may(
        uninsured=False,
        components=components,
        employee_pay=[pay(5_000_000), pay(1_000_000, "MEAL")],
        pay_inputs=[given(MAY, 2_000_000, "SHIFT")],
    )
    assert found["JHT_EE"] == 140_000


@pytest.mark.parametrize(
    ("dates", "amount"),
    [
        ({"joined": "2026-05-16"}, 3_200_000),
        ({"left": "2026-05-01"}, 200_000),
        ({"joined": "2026-05-31"}, 200_000),
    ],
)
def test_whoever_joins_or_leaves_within_the_month_is_paid_by_calendar_days(
    dates: dict[str, str], amount: int
) -> None:
    found = of_may(hr__employees=[employee(**dates)], employee_pay=[pay(6_200_000)])
    assert found["BASIC"] == amount


def test_a_share_of_a_wage_is_rounded_to_the_rupiah() -> None:
    found = of_may(hr__employees=[employee(joined="2026-05-02")], employee_pay=[pay(5_000_000)])
    assert found["BASIC"] == 4_838_710  # 4,838,709.68


def test_contributions_of_a_joiner_are_due_on_the_wage_of_a_whole_month() -> None:
    staff = [employee(joined="2026-05-16")]
    found = of_may(uninsured=False, hr__employees=staff, employee_pay=[pay(6_200_000)])
    assert (found["BASIC"], found["JHT_EE"]) == (3_200_000, 124_000)


def test_a_raise_within_the_month_is_shared_by_days_and_ends_the_older_row() -> None:
    raised = {"from": "2026-05-11"}
    rows = [pay(3_100_000), pay(6_200_000, **raised)]
    known = company(uninsured=True, employee_pay=rows)
    known = paid(known, "2026-04", MAY, "2026-06")
    assert slip(known, "2026-04")["BASIC"] == 3_100_000
    assert slip(known, MAY)["BASIC"] == 1_000_000 + 4_200_000
    assert slip(known, "2026-06")["BASIC"] == 6_200_000


def test_a_recurring_deduction_is_taken_whole_and_ends_with_its_last_day() -> None:
    loan = pay(500_000, "LOAN", to="2026-05-10")
    known = company(uninsured=True, employee_pay=[pay(6_000_000), loan])
    known = paid(known, MAY, "2026-06")
    assert slip(known, MAY)["LOAN"] == 500_000
    assert "LOAN" not in slip(known, "2026-06")


def test_who_is_not_employed_in_the_month_is_not_on_the_run() -> None:
    staff = [employee(), employee("GONE", left="2026-04-30"), employee("NEXT", joined="2026-06-01")]
    rows = [pay(6_000_000, who=who) for who in ("E", "GONE", "NEXT")]
    known = paid(company(hr__employees=staff, employee_pay=rows), MAY)
    assert {line.text("employee") for line in known.rows("payroll.payslips")} == {"E"}


def test_who_gets_nothing_has_no_payslip() -> None:
    known = company(hr__employees=[employee(), employee("UNPAID")], employee_pay=[pay(6_000_000)])
    assert slip(paid(known, MAY), MAY, "UNPAID") == {}


def test_an_employee_is_insured_as_the_newest_rows_state() -> None:
    insurance: list[Cells] = [
        {"from": "2025-01-01", "risk_class": "III", "wage_floor": "5400000.00"},
        {"employee": "E", "from": "2026-01-01", "pension": "false", "extra_family": "2"},
        {"employee": "E", "from": "2026-06-01", "pension": "true"},
    ]
    known = company(insurance=insurance, employee_pay=[pay(5_000_000)])
    found = slip(paid(known, MAY), MAY)
    assert found["JKK"] == 44_500
    assert found["BPJS_KES_EE"] == 54_000
    assert found["BPJS_KES_FAM"] == 108_000
    assert "JP_EE" not in found
    assert slip(paid(known, "2026-06"), "2026-06")["JP_EE"] == 50_000


def test_the_ceiling_of_the_pension_programme_rises_in_march() -> None:
    known = paid(company(employee_pay=[pay(20_000_000)]), "2026-02", "2026-03")
    assert slip(known, "2026-02")["JP_EE"] == 105_474
    assert slip(known, "2026-03")["JP_EE"] == 110_863


def test_who_leaves_has_the_year_settled_in_the_last_month() -> None:
    staff = [employee(left="2026-03-31")]
    known = company(uninsured=True, hr__employees=staff, employee_pay=[pay(10_000_000)])
    known = paid(known, "2026-01", "2026-02", "2026-03")
    assert slip(known, "2026-01")["PPH21"] == 200_000
    assert slip(known, "2026-03")["PPH21"] == -400_000  # 28,500,000 net is below 54,000,000
    assert slip(known, "2026-03")["NET"] == 10_400_000


def test_december_settles_the_year_to_the_rupiah() -> None:
    months = [f"2026-{number:02}" for number in range(1, 13)]
    inputs = [given("2026-03", 12_345_678), given("2026-12", 7_654_321)]
    known = company(employee_pay=[pay(12_000_000)], pay_inputs=inputs)
    known = paid(known, *months)
    lines = [line for month in months for line in slip_lines(known, month)]
    gross = sum(line["taxable"] or 0 for line in lines)
    own = sum(line["deductible"] or 0 for line in lines)
    taxable = (gross - 6_000_000 - own - 54_000_000) // 1000 * 1000
    year = 3_000_000 + (taxable - 60_000_000) * Decimal("0.15")
    assert sum(slip(known, month)["PPH21"] for month in months) == year


def test_a_year_that_began_elsewhere_is_settled_with_its_opening_figures() -> None:
    opened = {"opening_gross": "60000000.00", "opening_tax": "1200000.00"}
    stated = [{"employee": "E", "year": "2026", **opened}]
    known = company(uninsured=True, employee_pay=[pay(10_000_000)], tax_years=stated)
    halves = [f"2026-{number:02}" for number in range(7, 13)]
    whole_year = company(uninsured=True, employee_pay=[pay(10_000_000)])
    months = [f"2026-{number:02}" for number in range(1, 13)]
    settled = slip(paid(known, *halves), "2026-12")["PPH21"]
    assert settled == slip(paid(whole_year, *months), "2026-12")["PPH21"] == 800_000


def test_an_employer_who_bears_the_tax_pays_an_allowance_that_equals_it() -> None:
    borne = [{"employee": "E", "year": "2026", "tax_borne": "employer"}]
    known = company(uninsured=True, employee_pay=[pay(15_000_000)], tax_years=borne)
    found = slip(paid(known, MAY), MAY)
    assert found["PPH21_ALLOWANCE"] == found["PPH21"] > 0
    assert found["NET"] == 15_000_000


def test_an_employer_who_bears_the_tax_bears_the_settled_year_too() -> None:
    borne = [{"employee": "E", "year": "2026", "tax_borne": "employer"}]
    known = company(uninsured=True, employee_pay=[pay(15_000_000)], tax_years=borne)
    months = [f"2026-{number:02}" for number in range(1, 13)]
    known = paid(known, *months)
    assert all(slip(known, month)["NET"] == 15_000_000 for month in months[:-1])
    assert slip(known, "2026-12")["NET"] >= 15_000_000


def test_without_a_tax_number_the_tax_is_a_fifth_higher() -> None:
    stated = [{"employee": "E", "year": "2026", "surcharged": "true"}]
    found = of_may(employee_pay=[pay(10_000_000)], tax_years=stated)
    assert found["PPH21"] == 240_000


def test_the_status_of_the_year_goes_before_that_of_the_employee_file() -> None:
    stated = [{"employee": "E", "year": "2026", "status": "K/3"}]
    found = of_may(employee_pay=[pay(10_000_000)], tax_years=stated)
    assert found["PPH21"] == 150_000


def test_a_country_without_rules_pays_what_is_agreed() -> None:
    known = company("plain", employee_pay=[pay("1000.55"), pay("200.05", "LOAN")])
    found = slip(paid(known, MAY), MAY)
    assert found == {
        "BASIC": Decimal("1000.55"),
        "LOAN": Decimal("200.05"),
        "NET": Decimal("800.50"),
    }


def test_an_employer_contribution_of_the_company_itself_is_not_net_pay() -> None:
    found = of_may(employee_pay=[pay(5_000_000), pay(250_000, "FUND")])
    assert (found["FUND"], found["NET"]) == (250_000, 5_000_000)


def test_uninsured_means_that_no_contribution_is_due() -> None:
    assert set(of_may(insurance=[UNINSURED], employee_pay=[pay(5_000_000)])) == {
        "BASIC",
        "PPH21",
        "NET",
    }
