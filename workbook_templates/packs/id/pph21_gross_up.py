"""Gross-up: the tax allowance that pays the tax on itself.

The employer-borne ("net") method is the same computation, for the tax that an employer pays is a
taxable benefit (PMK 168/2023 Lampiran B I.4). Near a bracket's limit more than one allowance is
consistent; the smallest is chosen. Tax never falls when the allowance grows, so that climbing from
nothing stops at the smallest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook_templates.packs.id.pph21 import ZERO, Withholding, monthly_tax
from workbook_templates.packs.id.pph21_year import TaxYear, YearEnd, year_end
from workbook_templates.packs.id.rules import Pph21Rules


@dataclass(frozen=True, slots=True)
class GrossUp:
    """The allowance, the tax that it equals, and the percents of all brackets that are consistent.

    More than one percent: the choice of the smallest belongs into the record of the pay run.
    """

    allowance: Decimal
    withholding: Withholding
    consistent_percents: tuple[Decimal, ...]


def gross_up(rules: Pph21Rules, status: str, base: Decimal, *, surcharged: bool = False) -> GrossUp:
    """The smallest allowance T with T = monthly tax on (base + T), in a month that is not the last.

    `base` is all gross income of the month but the allowance.
    """

    def tax(allowance: Decimal) -> Withholding:
        return monthly_tax(rules, status, base + allowance, surcharged=surcharged)

    allowance = _least_fixed_point(lambda amount: tax(amount).tax)
    percents = consistent_percents(rules, status, base, surcharged=surcharged)
    return GrossUp(allowance, tax(allowance), percents)


def consistent_percents(
    rules: Pph21Rules, status: str, base: Decimal, *, surcharged: bool = False
) -> tuple[Decimal, ...]:
    """The percents of the TER brackets in which an allowance in whole rupiah pays its own tax."""
    ter = rules.ter[rules.category(status)]

    def share(percent: Decimal) -> Decimal:
        return (rules.surcharge.on(percent) if surcharged else percent) / 100

    def pays_its_tax(percent: Decimal, allowance: Decimal) -> bool:
        found = monthly_tax(rules, status, base + allowance, surcharged=surcharged)
        return found.tax == allowance and found.percent == percent

    consistent = []
    highest = base / (1 - share(ter.percents[-1]))
    for floor, top, percent in ter.from_to(base, highest):
        exact = base * share(percent) / (1 - share(percent))
        # Rounding moves the allowance by less than a rupiah; most brackets are further away.
        if floor - 2 <= base + exact <= top + 2:
            near = rules.round_tax(exact)
            if any(pays_its_tax(percent, near + one) for one in (-1, 0, 1)):
                consistent.append(percent)
    return tuple(consistent)


def gross_up_last_period(rules: Pph21Rules, year: TaxYear) -> tuple[Decimal, YearEnd]:
    """The smallest allowance of the last tax period, and the computation that contains it.

    The last amount of `gross_by_month` is without the allowance. Where tax was withheld in excess
    the allowance is nothing and the excess stays in `tax_last_period`.
    """
    *earlier, last = year.gross_by_month

    def end(allowance: Decimal) -> YearEnd:
        return year_end(rules, replace(year, gross_by_month=(*earlier, last + allowance)))

    allowance = _least_fixed_point(lambda amount: max(ZERO, end(amount).tax_last_period))
    return allowance, end(allowance)


def _least_fixed_point(tax: Callable[[Decimal], Decimal]) -> Decimal:
    allowance = ZERO
    while (higher := tax(allowance)) != allowance:
        allowance = higher
    return allowance
