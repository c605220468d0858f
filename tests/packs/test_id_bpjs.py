"""Social security contributions against the worked cases."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import shared_json
from workbook_templates.packs import NoRowOnDay
from workbook_templates.packs.id.bpjs import (
    Contributions,
    Enrolment,
    UnknownRiskClass,
    bpjs_rules,
    contributions,
)

CASES = {case["id"]: case for case in shared_json("cases/id/bpjs.json")["cases"]}
# A case names the ceiling of its months; this is a day on which that ceiling is the rule.
DAYS = {10_547_400: date(2025, 12, 31), 11_086_300: date(2026, 3, 31)}


def enrolment(day: date, percent: Decimal) -> Enrolment:
    """The risk class, with or without relief, that pays this percent for JKK."""
    rules = bpjs_rules(day)
    for classes, relief in ((rules.jkk_classes, False), (rules.jkk_relief or {}, True)):
        for name, programme in classes.items():
            if programme.employer_percent == percent:
                return Enrolment(name, jkk_relief=relief)
    raise AssertionError(f"no class pays {percent}")


def figures(found: Contributions) -> dict[str, Decimal]:
    return {
        "kesehatan_employer": found["kesehatan"].employer,
        "kesehatan_employee": found["kesehatan"].employee,
        "jkk": found["jkk"].employer,
        "jkm": found["jkm"].employer,
        "jht_employer": found["jht"].employer,
        "jht_employee": found["jht"].employee,
        "jp_employer": found["jp"].employer,
        "jp_employee": found["jp"].employee,
        "taxable_employer": found.taxable_employer,
        "deductible_employee": found.deductible_employee,
        "employee_total": found.employee_total,
    }


def on(day: date, wage: int, **enrolled: Any) -> Contributions:
    return contributions(bpjs_rules(day), Decimal(wage), Enrolment(**enrolled))


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_printed(name: str) -> None:
    case = CASES[name]
    assert case["match"]
    day = DAYS[case["inputs"]["jp_cap"]]
    enrolled = enrolment(day, case["inputs"]["jkk_percent"])
    found = figures(contributions(bpjs_rules(day), Decimal(case["inputs"]["wage"]), enrolled))
    for wanted in (case["expected"], case["recomputed"]):
        assert {key: found[key] for key in wanted} == wanted


def test_the_pension_ceiling_of_march_counts_from_march() -> None:
    assert on(date(2026, 2, 28), 20_000_000)["jp"].employee == 105_474
    assert on(date(2026, 3, 1), 20_000_000)["jp"].employee == 110_863


def test_the_relief_ends_with_january_2026() -> None:
    relieved = {"jkk_class": "V", "jkk_relief": True}
    assert on(date(2026, 1, 31), 10_000_000, **relieved)["jkk"].employer == 87_000
    assert on(date(2026, 2, 1), 10_000_000, **relieved)["jkk"].employer == 174_000
    assert on(date(2026, 1, 31), 10_000_000, jkk_class="V")["jkk"].employer == 174_000


def test_a_wage_below_the_minimum_pays_health_on_the_minimum_only() -> None:
    found = on(date(2026, 5, 31), 2_000_000, wage_floor=Decimal(3_000_000))
    assert found["kesehatan"].employer == 120_000
    assert found["jht"].employer == 74_000


def test_more_family_is_paid_by_the_employee_a_percent_each_under_the_same_ceiling() -> None:
    found = on(date(2026, 5, 31), 15_000_000, extra_family=2)
    extra = found["kesehatan_extra_family"]
    assert extra.employer == 0
    assert extra.employee == 240_000
    assert not extra.deductible
    assert found["kesehatan"].employee == 120_000


def test_who_is_not_enrolled_pays_nothing_for_it() -> None:
    found = on(date(2026, 5, 31), 10_000_000, programmes=frozenset({"jkk", "jkm"}), extra_family=1)
    assert [line.programme for line in found.lines] == ["jkk", "jkm"]
    assert found.employee_total == 0
    assert found.employer_total == found.taxable_employer == 54_000


def test_each_part_is_rounded_half_up_by_itself() -> None:
    found = on(date(2026, 5, 31), 3_333_350)
    assert found["kesehatan"].employee == 33_334
    assert found["jkk"].employer == 8_000


def test_a_risk_class_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownRiskClass, match="VI"):
        on(date(2026, 5, 31), 10_000_000, jkk_class="VI")


def test_months_before_the_first_known_ceiling_are_not_guessed() -> None:
    with pytest.raises(NoRowOnDay, match="bpjs_jp"):
        bpjs_rules(date(2022, 2, 28))
