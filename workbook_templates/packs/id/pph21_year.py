"""Article 21 income tax of the last tax period: the year's tax less what was withheld."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.packs.brackets import Layer
from workbook_templates.packs.id.rules import IncomeCost, Pph21Rules

ZERO = Decimal(0)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class TaxYear:
    """What a permanent employee or pensioner had from this employer in a calendar year, in rupiah.

    `gross_by_month` has one amount for each month of employment, the last tax period included.
    `deductions` are the employee's own JHT, JP and pension contributions and zakat through the
    employer. `withheld` is the tax of the earlier months, `withheld_for_government` the part of it
    that the government bore. `resident_months` below 12 (arrival in or departure from Indonesia
    for good, death) annualises; a resident who joins or leaves an employer has 12.
    `previous_net` and `previous_tax` come from a former employer's slip of this year.
    """

    status: str
    gross_by_month: tuple[Decimal, ...]
    deductions: Decimal = ZERO
    withheld: Decimal = ZERO
    withheld_for_government: Decimal = ZERO
    previous_net: Decimal = ZERO
    previous_tax: Decimal = ZERO
    resident_months: int = MONTHS
    pensioner: bool = False
    surcharged: bool = False


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The computation of the last tax period, line by line as the slip BPA1 prints it.

    `net_taxed` is the net of both employers, annualised where it must be; `tax_annualised` the tax
    on it. `tax_last_period` below zero is tax that was withheld in excess.
    """

    gross: Decimal
    income_cost: Decimal
    deductions: Decimal
    net: Decimal
    net_taxed: Decimal
    ptkp: Decimal
    pkp: Decimal
    layers: tuple[Layer, ...]
    tax_annualised: Decimal
    tax_year: Decimal
    tax_last_period: Decimal
    refundable: Decimal


def year_end(rules: Pph21Rules, year: TaxYear) -> YearEnd:
    """Tax of December or of the month in which employment ends (PMK 168/2023 Pasal 15).

    Net income less PTKP, rounded down to 1,000, by article 17. An excess goes back to the employee
    by the end of the next month, except what the government bore (Pasal 21).
    Raises `UnknownStatus`.
    """
    gross = rules.round_tax(sum(year.gross_by_month, ZERO))
    cost = _income_cost(rules, year, gross)
    net = gross - cost - year.deductions
    net_taxed = (net + year.previous_net) * MONTHS / year.resident_months
    ptkp = rules.allowance(year.status)
    pkp = rules.round_pkp(max(ZERO, net_taxed - ptkp))
    annual = rules.article17.progressive(pkp)
    if year.surcharged:
        annual = rules.surcharge.on(annual)
    tax = rules.round_tax(annual * year.resident_months / MONTHS)
    due = tax - year.withheld - year.previous_tax
    return YearEnd(
        gross=gross,
        income_cost=cost,
        deductions=year.deductions,
        net=net,
        net_taxed=rules.round_tax(net_taxed),
        ptkp=ptkp,
        pkp=pkp,
        layers=rules.article17.layers(pkp),
        tax_annualised=rules.round_tax(annual),
        tax_year=tax,
        tax_last_period=due,
        refundable=max(ZERO, -due - year.withheld_for_government),
    )


def _income_cost(rules: Pph21Rules, year: TaxYear, gross: Decimal) -> Decimal:
    cost = rules.pension_cost if year.pensioner else rules.occupational_cost
    if cost.capped_by_month:
        found = sum((_share(cost, month, 1) for month in year.gross_by_month), ZERO)
    else:
        found = _share(cost, gross, len(year.gross_by_month))
    return rules.round_tax(min(found, cost.max_year))


def _share(cost: IncomeCost, gross: Decimal, months: int) -> Decimal:
    return min(gross * cost.percent / 100, cost.max_month * months)
