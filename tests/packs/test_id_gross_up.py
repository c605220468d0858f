"""Gross-up: allowances that pay the tax on themselves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workbook_templates.packs.id.pph21 import monthly_tax
from workbook_templates.packs.id.pph21_gross_up import gross_up, gross_up_last_period
from workbook_templates.packs.id.pph21_year import TaxYear, year_end
from workbook_templates.packs.id.rules import pph21_rules

RULES = pph21_rules(date(2026, 11, 30))
STATUSES = st.sampled_from(sorted(RULES.categories))
AMOUNTS = st.integers(0, 3_000_000_000).map(Decimal)


@given(STATUSES, AMOUNTS, st.booleans())
def test_the_allowance_is_the_tax_on_gross_with_it(
    status: str, base: Decimal, surcharged: bool
) -> None:
    found = gross_up(RULES, status, base, surcharged=surcharged)
    tax = monthly_tax(RULES, status, base + found.allowance, surcharged=surcharged)
    assert found.allowance == tax.tax == found.withholding.tax
    assert found.withholding.gross == base + found.allowance


@given(STATUSES, AMOUNTS)
def test_the_allowance_lies_in_the_smallest_consistent_bracket(status: str, base: Decimal) -> None:
    found = gross_up(RULES, status, base)
    assert found.withholding.percent == found.consistent_percents[0]
    assert list(found.consistent_percents) == sorted(set(found.consistent_percents))


@given(STATUSES, st.integers(5_380_000, 5_800_000).map(Decimal))
def test_no_smaller_allowance_pays_its_own_tax(status: str, base: Decimal) -> None:
    found = gross_up(RULES, status, base).allowance
    smaller = map(Decimal, range(int(found)))
    assert all(monthly_tax(RULES, status, base + one).tax != one for one in smaller)


@given(STATUSES, st.lists(AMOUNTS, min_size=1, max_size=12), st.integers(0, 400_000_000))
def test_the_last_period_grosses_up_the_whole_year(
    status: str, months: list[Decimal], withheld: int
) -> None:
    year = TaxYear(status, tuple(months), withheld=Decimal(withheld))
    allowance, end = gross_up_last_period(RULES, year)
    assert end.gross == sum(months) + allowance
    assert allowance == max(0, end.tax_last_period)


def test_an_excess_of_the_year_leaves_no_allowance() -> None:
    year = TaxYear("K/1", (Decimal(8_000_000),) * 12, withheld=Decimal(5_000_000))
    allowance, end = gross_up_last_period(RULES, year)
    assert allowance == 0
    assert end == year_end(RULES, year)
    assert end.tax_last_period < 0


def test_a_gross_up_of_the_last_period_needs_more_than_the_tax_without_it() -> None:
    year = TaxYear("TK/0", (Decimal(30_000_000),) * 12)
    without = year_end(RULES, year).tax_last_period
    allowance, _ = gross_up_last_period(RULES, year)
    assert allowance > without
    assert gross_up_last_period(RULES, replace(year, surcharged=True))[0] > allowance
