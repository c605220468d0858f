"""Article 21 income tax (PPh 21) on one payment: monthly and daily rates, other recipients.

The computation of the last tax period is in `pph21_year`, the gross-up in `pph21_gross_up`.
Amounts are rupiah; base and tax are rounded once each, as the slip prints them
(PER-11/PJ/2025 Pasal 129).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.packs.brackets import Brackets
from workbook_templates.packs.id.rules import Pph21Rules

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Withholding:
    """The tax on one payment. `percent` is None where layers apply, `category` outside the TER."""

    gross: Decimal
    base: Decimal
    percent: Decimal | None
    tax: Decimal
    category: str | None = None


def ptkp_status(
    *, married: bool, dependants: int, woman: bool = False, husband_without_income: bool = False
) -> str:
    """The status for withholding on 1 January (PMK 168/2023 Pasal 9).

    A married woman is TK/0 unless a letter of the sub-district says that her husband has no income.
    """
    if married and woman and not husband_without_income:
        return "TK/0"
    return f"{'K' if married else 'TK'}/{min(dependants, 3)}"


def monthly_tax(
    rules: Pph21Rules, status: str, gross: Decimal, *, surcharged: bool = False
) -> Withholding:
    """Tax of a month that is not the last tax period: TER x all gross of the month.

    Permanent employees, pensioners, commissioners, and others who are paid by the month
    (PP 58/2023 Pasal 2; PMK 168/2023 Pasal 12). `gross` includes the employer's premiums for
    JKK, JKM and health. Raises `UnknownStatus`.
    """
    category = rules.category(status)
    base = rules.round_tax(gross)
    percent = rules.ter[category].percent(base)
    return Withholding(
        gross, base, percent, _tax(rules, base * percent / 100, surcharged), category
    )


def daily_tax(rules: Pph21Rules, gross_day: Decimal, *, surcharged: bool = False) -> Withholding:
    """Tax of one working day of a non-permanent employee who is not paid by the month.

    Weekly, piece and lump wages: give the average of a working day. Above the daily table half of
    the gross is taxed by article 17 (PP 58/2023 Lampiran D; PMK 168/2023 Pasal 12 ayat (2)).
    """
    base = rules.round_tax(gross_day)
    if base > rules.daily.limits[-1]:
        return _by_layers(rules, gross_day, gross_day * rules.daily_percent / 100, surcharged)
    percent = rules.daily.percent(base)
    return Withholding(gross_day, base, percent, _tax(rules, base * percent / 100, surcharged))


def non_employee_tax(
    rules: Pph21Rules, gross: Decimal, passed_on: Decimal = ZERO, *, surcharged: bool = False
) -> Withholding:
    """Tax on a payment to a non-employee (bukan pegawai): half of the gross by article 17.

    Each payment by itself, not cumulative since 2024. `passed_on` are wages of others and material
    that the contract and invoices show apart (PMK 168/2023 Pasal 12 and 16, example B-V.4).
    """
    base = (gross - passed_on) * rules.non_employee_percent / 100
    return _by_layers(rules, gross, base, surcharged)


def article17_tax(
    rules: Pph21Rules, gross: Decimal, earlier: Decimal = ZERO, *, surcharged: bool = False
) -> Withholding:
    """Tax on the full gross by article 17: participants, prizes, former employees, and severance
    from the third year, where `earlier` is what the same calendar year already paid
    (PMK 168/2023 Pasal 12 and 16; PP 68/2009 Pasal 6).
    """
    return _by_layers(rules, gross, gross, surcharged, earlier)


def non_resident_tax(rules: Pph21Rules, gross: Decimal) -> Withholding:
    """Final tax on income of a non-resident (PPh 26; PMK 168/2023 Pasal 14)."""
    base, percent = rules.round_tax(gross), rules.non_resident_percent
    return Withholding(gross, base, percent, rules.round_tax(base * percent / 100))


def severance_tax(rules: Pph21Rules, amount: Decimal, earlier: Decimal = ZERO) -> Withholding:
    """Final tax on a severance payment; `earlier` is what was paid within the same two calendar
    years (PP 68/2009 Pasal 4). From the third year it is `article17_tax`.
    """
    return _cumulative(rules, rules.severance, amount, earlier)


def pension_lump_sum_tax(
    rules: Pph21Rules, amount: Decimal, earlier: Decimal = ZERO
) -> Withholding:
    """Final tax on a lump sum of pension or old-age savings (JHT), as `severance_tax`
    (PP 68/2009 Pasal 5).
    """
    return _cumulative(rules, rules.pension_lump_sum, amount, earlier)


def borne_by_government(rules: Pph21Rules, programme: str, contract_month: Decimal) -> bool:
    """Whether a programme ("labour_intensive", "tourism", "internship") bears the tax of an
    employee with this fixed and regular pay a month by contract; what was paid does not matter
    (PMK 10/2025, PMK 72/2025, PMK 105/2025, PMK 6/2026). False on days without the programme.
    """
    rule = rules.government_borne.get(programme)
    return rule is not None and (rule.max_month is None or contract_month <= rule.max_month)


def _by_layers(
    rules: Pph21Rules, gross: Decimal, base: Decimal, surcharged: bool, earlier: Decimal = ZERO
) -> Withholding:
    whole = rules.round_tax(base)
    tax = _increase(rules.article17, whole, earlier)
    return Withholding(gross, whole, None, _tax(rules, tax, surcharged))


def _cumulative(
    rules: Pph21Rules, layers: Brackets, amount: Decimal, earlier: Decimal
) -> Withholding:
    base = rules.round_tax(amount)
    return Withholding(amount, base, None, rules.round_tax(_increase(layers, base, earlier)))


def _increase(layers: Brackets, amount: Decimal, earlier: Decimal) -> Decimal:
    return layers.progressive(earlier + amount) - layers.progressive(earlier)


def _tax(rules: Pph21Rules, tax: Decimal, surcharged: bool) -> Decimal:
    return rules.round_tax(rules.surcharge.on(tax) if surcharged else tax)
