"""Article 21 income tax against the worked examples of the regulations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import shared_json
from workbook_templates.packs import NoRowOnDay
from workbook_templates.packs.id.pph21 import (
    article17_tax,
    borne_by_government,
    daily_tax,
    monthly_tax,
    non_employee_tax,
    non_resident_tax,
    pension_lump_sum_tax,
    ptkp_status,
    severance_tax,
)
from workbook_templates.packs.id.pph21_gross_up import consistent_percents, gross_up
from workbook_templates.packs.id.pph21_year import TaxYear, YearEnd, year_end
from workbook_templates.packs.id.rules import UnknownStatus, pph21_rules

Figures = dict[str, Any]
CASES = {case["id"]: case for case in shared_json("cases/id/pph21.json")["cases"]}
RULES = pph21_rules(date(2026, 11, 30))
ZERO = Decimal(0)


def of_a_month(inputs: Figures) -> Figures:
    found = monthly_tax(RULES, inputs["ptkp_status"], Decimal(inputs["gross"]))
    return {"ter_category": found.category, "rate_percent": found.percent, "tax": found.tax}


def tax_year(inputs: Figures) -> tuple[TaxYear, list[Decimal], list[Decimal | None]]:
    """The year of a case, with the tax and the percents of its months but the last."""
    gross = tuple(map(Decimal, inputs["gross_by_month"]))
    months = [monthly_tax(RULES, inputs["ptkp_status"], amount) for amount in gross[:-1]]
    year = TaxYear(
        inputs["ptkp_status"],
        gross,
        deductions=Decimal(inputs.get("deductions_year", 0)),
        withheld=sum((month.tax for month in months), ZERO),
        previous_net=Decimal(inputs.get("prev_net", 0)),
        previous_tax=Decimal(inputs.get("prev_tax", 0)),
        resident_months=len(gross) if inputs.get("subjective_partial") else 12,
        pensioner=inputs.get("pensioner", False),
    )
    return year, [month.tax for month in months], [month.percent for month in months]


def layers(end: YearEnd) -> list[Figures]:
    return [
        {"rate_percent": part.rate_percent, "base": part.base, "tax": part.tax}
        for part in end.layers
    ]


def of_a_year(inputs: Figures) -> Figures:
    year, monthly, percents = tax_year(inputs)
    end = year_end(RULES, year)
    annualised = year.resident_months < 12
    return {
        "ter_category": RULES.category(year.status),
        "monthly_rate_percent": percents,
        "monthly_tax": monthly[0] if year.pensioner else monthly,
        "months": len(year.gross_by_month),
        "gross_year": end.gross,
        "biaya_pensiun" if year.pensioner else "biaya_jabatan": end.income_cost,
        "deductions": end.deductions,
        "net_year": end.net,
        "previous_net": year.previous_net,
        "net_annualised": end.net_taxed if annualised else None,
        "ptkp": end.ptkp,
        "pkp": end.pkp,
        "layers": layers(end),
        "tax_annualised": end.tax_annualised if annualised else None,
        "tax_year": end.tax_year,
        "withheld_before": year.withheld,
        "withheld_previous_employer": year.previous_tax,
        "tax_last_period": end.tax_last_period,
    }


def of_a_day(inputs: Figures) -> Figures:
    found = daily_tax(RULES, Decimal(inputs["gross_day"]))
    return {"base": found.base, "tax": found.tax}


def of_a_non_employee(inputs: Figures) -> Figures:
    passed_on = Decimal(inputs.get("wages_third_party", 0)) + Decimal(inputs.get("material", 0))
    found = non_employee_tax(RULES, Decimal(inputs["gross"]), passed_on)
    return {"dpp": found.base, "tax": found.tax}


def by_article_17(inputs: Figures) -> Figures:
    gross = Decimal(inputs["gross"])
    return {
        "tax": article17_tax(RULES, gross).tax,
        "tax_no_npwp": article17_tax(RULES, gross, surcharged=True).tax,
    }


def of_severance(inputs: Figures) -> Figures:
    paid, taxes = ZERO, []
    for instalment in map(Decimal, inputs["instalments"]):
        taxes.append(severance_tax(RULES, instalment, paid).tax)
        paid += instalment
    return {"tax": taxes}


def of_eligibility(inputs: Figures) -> Figures:
    contract = Decimal(inputs["contract_fixed_regular"])
    return {"eligible_dtp": borne_by_government(RULES, "labour_intensive", contract)}


def of_a_scan(inputs: Figures) -> Figures:
    """The stated count leaves the upper end out: 60,000,000 itself fits two brackets as well."""
    status = next(s for s, name in RULES.categories.items() if name == inputs["category"])
    counts = [
        len(consistent_percents(RULES, status, Decimal(base)))
        for base in range(5_000_000, 60_000_000, 1000)
    ]
    return {
        "bases_with_no_exact_solution": counts.count(0),
        "bases_with_multiple_solutions": sum(count > 1 for count in counts),
    }


ADAPTERS: dict[str, Callable[[Figures], Figures]] = {
    "gross_by_month": of_a_year,
    "gross_day": of_a_day,
    "instalments": of_severance,
    "contract_fixed_regular": of_eligibility,
    "category": of_a_scan,
    "ptkp_status": of_a_month,
}


def adapter(case: Figures) -> Callable[[Figures], Figures]:
    """How to compute a case: by the first input that it has, else by what it asks for."""
    for name, compute in ADAPTERS.items():
        if name in case["inputs"]:
            return compute
    return of_a_non_employee if "dpp" in case["expected"] else by_article_17


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["match"]])
def test_a_worked_example_comes_out_as_printed(name: str) -> None:
    case = CASES[name]
    figures = adapter(case)(case["inputs"])
    for wanted in (case["expected"], case["recomputed"]):
        assert {key: figures[key] for key in wanted} == wanted


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case["match"]])
def test_a_misprinted_example_comes_out_as_recomputed_not_as_printed(name: str) -> None:
    case = CASES[name]
    figures = adapter(case)(case["inputs"])
    assert {key: figures[key] for key in case["recomputed"]} == case["recomputed"]
    for key, difference in case["differences"].items():
        assert figures[key] == difference["recomputed"] != difference["document"]


def test_half_a_rupiah_is_rounded_up() -> None:
    """The place of case pph21-160: floor and half-even would both give 13,500."""
    found = monthly_tax(RULES, "TK/0", Decimal(5_400_200))
    assert found.percent == Decimal("0.25")
    assert found.tax == 13_501
    assert monthly_tax(RULES, "TK/0", Decimal(5_400_199)).tax == 13_500


def test_the_limit_of_a_bracket_is_tested_on_the_rounded_base() -> None:
    assert monthly_tax(RULES, "TK/0", Decimal("5400000.49")).tax == 0
    assert monthly_tax(RULES, "TK/0", Decimal("5400000.50")).base == 5_400_001


def test_tax_that_the_government_bore_is_not_refunded() -> None:
    case = CASES["pph21-017"]
    year, monthly, _ = tax_year(case["inputs"])
    borne = TaxYear(
        year.status,
        year.gross_by_month,
        withheld=year.withheld,
        withheld_for_government=sum(monthly[9:], ZERO),
    )
    assert year_end(RULES, borne).refundable == case["inputs"]["refundable"]


def test_programmes_of_government_borne_tax_have_their_months() -> None:
    pay = Decimal(9_000_000)
    months = {date(2025, 9, 30): False, date(2025, 10, 1): True, date(2026, 12, 31): True}
    for day, borne in months.items():
        assert borne_by_government(pph21_rules(day), "tourism", pay) is borne
    assert not borne_by_government(pph21_rules(date(2027, 1, 1)), "labour_intensive", pay)
    assert borne_by_government(RULES, "internship", Decimal(50_000_000))


def test_income_cost_can_be_capped_by_month_as_pmk_10_2025_does() -> None:
    gross = (Decimal(20_000_000), Decimal(4_000_000))
    assert year_end(RULES, TaxYear("TK/0", gross)).income_cost == 1_000_000
    by_month = replace(RULES.occupational_cost, capped_by_month=True)
    rules = replace(RULES, occupational_cost=by_month)
    assert year_end(rules, TaxYear("TK/0", gross)).income_cost == 700_000


def test_taxable_income_is_rounded_down_to_a_thousand_and_never_below_nothing() -> None:
    end = year_end(RULES, TaxYear("TK/0", (Decimal(5_000_999),) * 12))
    assert end.net == 57_011_389
    assert end.pkp == 3_011_000
    poor = year_end(RULES, TaxYear("K/3", (Decimal(5_000_000),) * 12, withheld=Decimal(10)))
    assert poor.pkp == poor.tax_year == 0
    assert poor.layers == ()
    assert -poor.tax_last_period == poor.refundable == 10


def test_the_year_closes_to_the_rupiah() -> None:
    case = CASES["pph21-014"]
    year, _, _ = tax_year(case["inputs"])
    end = year_end(RULES, year)
    assert year.withheld + end.tax_last_period == end.tax_year


def test_the_surcharge_is_a_fifth_of_month_day_and_year() -> None:
    gross = Decimal(10_000_000)
    assert monthly_tax(RULES, "TK/0", gross, surcharged=True).tax == 240_000
    assert daily_tax(RULES, Decimal(1_000_000), surcharged=True).tax == 6_000
    assert non_employee_tax(RULES, gross, surcharged=True).tax == 300_000
    plain = year_end(RULES, TaxYear("TK/0", (gross,) * 12)).tax_year
    assert (
        year_end(RULES, TaxYear("TK/0", (gross,) * 12, surcharged=True)).tax_year == plain * 6 / 5
    )


@pytest.mark.parametrize(
    ("day", "npwp", "nik", "applies"),
    [
        (date(2024, 6, 30), False, True, True),
        (date(2024, 7, 1), False, True, False),
        (date(2024, 7, 1), False, False, True),
        (date(2024, 1, 1), True, False, False),
    ],
)
def test_a_validated_nik_spares_the_surcharge_since_july_2024(
    day: date, npwp: bool, nik: bool, applies: bool
) -> None:
    surcharge = pph21_rules(day).surcharge
    assert surcharge.applies(npwp=npwp, validated_nik=nik) is applies


@pytest.mark.parametrize(
    ("gross", "tax"), [(450_000, 0), (450_001, 2_250), (2_500_000, 12_500), (2_500_001, 62_500)]
)
def test_daily_wages_at_the_limits(gross: int, tax: int) -> None:
    assert daily_tax(RULES, Decimal(gross)).tax == tax


def test_other_final_taxes() -> None:
    assert non_resident_tax(RULES, Decimal(10_000_000)).tax == 2_000_000
    assert pension_lump_sum_tax(RULES, Decimal(150_000_000)).tax == 5_000_000
    assert pension_lump_sum_tax(RULES, Decimal(50_000_000), Decimal(50_000_000)).tax == 2_500_000


def test_severance_from_the_third_year_adds_up_within_its_calendar_year() -> None:
    first = article17_tax(RULES, Decimal(50_000_000))
    second = article17_tax(RULES, Decimal(50_000_000), earlier=Decimal(50_000_000))
    assert first.tax + second.tax == article17_tax(RULES, Decimal(100_000_000)).tax


@pytest.mark.parametrize(
    ("family", "status"),
    [
        ({"married": False, "dependants": 0}, "TK/0"),
        ({"married": True, "dependants": 5}, "K/3"),
        ({"married": True, "dependants": 2, "woman": True}, "TK/0"),
        (
            {"married": True, "dependants": 2, "woman": True, "husband_without_income": True},
            "K/2",
        ),
        ({"married": False, "dependants": 2, "woman": True}, "TK/2"),
    ],
)
def test_a_married_woman_is_withheld_as_single_unless_her_husband_has_no_income(
    family: dict[str, Any], status: str
) -> None:
    assert ptkp_status(**family) == status


def test_a_joint_status_has_an_allowance_but_no_monthly_rate() -> None:
    assert RULES.allowance("K/I/3") == 126_000_000
    with pytest.raises(UnknownStatus, match="K/I/3"):
        monthly_tax(RULES, "K/I/3", Decimal(10_000_000))
    with pytest.raises(UnknownStatus, match="XX/0"):
        year_end(RULES, TaxYear("XX/0", (ZERO,)))


def test_days_before_the_effective_rates_are_not_guessed() -> None:
    with pytest.raises(NoRowOnDay, match="2023-12-31"):
        pph21_rules(date(2023, 12, 31))


def test_a_gross_up_near_a_limit_takes_the_smallest_allowance() -> None:
    found = gross_up(RULES, "TK/0", Decimal(5_387_000))
    assert found.allowance == 0
    assert found.consistent_percents == (Decimal(0), Decimal("0.25"))
