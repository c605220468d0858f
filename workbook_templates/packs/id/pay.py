"""The statutory lines of an Indonesian payslip: BPJS contributions and PPh 21."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_templates.packs.id.bpjs import (
    EXTRA_FAMILY,
    JHT,
    JKK,
    JKM,
    JP,
    KESEHATAN,
    BpjsRules,
    Contributions,
    Enrolment,
    bpjs_rules,
    contributions,
)
from workbook_templates.packs.id.pph21 import monthly_tax
from workbook_templates.packs.id.pph21_gross_up import gross_up, gross_up_last_period
from workbook_templates.packs.id.pph21_year import TaxYear, year_end
from workbook_templates.packs.id.rules import Pph21Rules, pph21_rules
from workbook_templates.packs.pay import (
    ZERO,
    Insurance,
    PayLine,
    PayMonth,
    Statutory,
    YearToDate,
)
from workbook_templates.words import Words

EMPLOYER, EMPLOYEE = "employer_contribution", "contribution"
TAX, ALLOWANCE = "PPH21", "PPH21_ALLOWANCE"
ARTICLE_17 = "Pasal 17"  # in place of a TER category, where the year is settled

PROGRAMMES = {
    "health": KESEHATAN,
    "accident": JKK,
    "death": JKM,
    "old_age": JHT,
    "pension": JP,
}


def _insurance(code: str, name: Words, kind: str, programme: str) -> Statutory:
    health = programme == KESEHATAN
    expense = "employer_health" if health else "employer_contributions"
    payable = "bpjs_health_payable" if health else "bpjs_payable"
    return Statutory(code, name, kind, expense if kind == EMPLOYER else "", payable, programme)


STATUTORY = (
    Statutory(
        ALLOWANCE,
        Words(id="Tunjangan PPh 21", en="PPh 21 allowance"),
        "earning",
        expense="tax_allowance",
    ),
    _insurance(
        "BPJS_KES_ER",
        Words(id="BPJS Kesehatan, pemberi kerja", en="BPJS health, employer"),
        EMPLOYER,
        KESEHATAN,
    ),
    _insurance("JKK", Words(id="BPJS JKK", en="BPJS work accident (JKK)"), EMPLOYER, JKK),
    _insurance("JKM", Words(id="BPJS JKM", en="BPJS death (JKM)"), EMPLOYER, JKM),
    _insurance(
        "JHT_ER", Words(id="BPJS JHT, pemberi kerja", en="BPJS old age, employer"), EMPLOYER, JHT
    ),
    _insurance(
        "JP_ER", Words(id="BPJS JP, pemberi kerja", en="BPJS pension, employer"), EMPLOYER, JP
    ),
    _insurance(
        "BPJS_KES_EE",
        Words(id="BPJS Kesehatan, karyawan", en="BPJS health, employee"),
        EMPLOYEE,
        KESEHATAN,
    ),
    _insurance(
        "BPJS_KES_FAM",
        Words(id="BPJS Kesehatan, keluarga tambahan", en="BPJS health, further family"),
        EMPLOYEE,
        KESEHATAN,
    ),
    _insurance(
        "JHT_EE", Words(id="BPJS JHT, karyawan", en="BPJS old age, employee"), EMPLOYEE, JHT
    ),
    _insurance("JP_EE", Words(id="BPJS JP, karyawan", en="BPJS pension, employee"), EMPLOYEE, JP),
    Statutory(TAX, Words(id="PPh 21", en="PPh 21"), "tax", payable="tax_payable_pph21"),
)
_CODES = {
    (KESEHATAN, EMPLOYER): "BPJS_KES_ER",
    (JKK, EMPLOYER): "JKK",
    (JKM, EMPLOYER): "JKM",
    (JHT, EMPLOYER): "JHT_ER",
    (JP, EMPLOYER): "JP_ER",
    (KESEHATAN, EMPLOYEE): "BPJS_KES_EE",
    (EXTRA_FAMILY, EMPLOYEE): "BPJS_KES_FAM",
    (JHT, EMPLOYEE): "JHT_EE",
    (JP, EMPLOYEE): "JP_EE",
}


@dataclass(frozen=True, slots=True)
class IndonesianPay:
    """The law in the month of `day`, in whole rupiah."""

    tax: Pph21Rules
    insurance: BpjsRules
    unit: Decimal = Decimal(1)

    def knows_status(self, status: str) -> bool:
        """A PTKP status with a TER category; K/I statuses belong to the yearly return only."""
        return status in self.tax.categories

    def lines(self, month: PayMonth) -> tuple[PayLine, ...]:
        """Contributions on the wage, and PPh 21 on gross pay with the employer's taxable premiums
        (PMK 168/2023 Pasal 5): by TER, or of the whole year in the last tax period.
        """
        paid = Contributions(())
        if month.wage:
            paid = contributions(self.insurance, month.wage, _enrolment(month.insurance))
        gross = month.gross + paid.taxable_employer
        deductible = month.deductible + paid.deductible_employee
        if month.year is None:
            taxed = self._monthly(month, gross)
        else:
            taxed = self._last_period(month, month.year, gross, deductible)
        return (*_contribution_lines(paid), *taxed)

    def _monthly(self, month: PayMonth, gross: Decimal) -> Iterator[PayLine]:
        terms = month.tax
        if terms.borne:
            raised = gross_up(self.tax, terms.status, gross, surcharged=terms.surcharged)
            yield from _allowance(raised.allowance)
            found = raised.withholding
        else:
            found = monthly_tax(self.tax, terms.status, gross, surcharged=terms.surcharged)
        yield PayLine(
            TAX,
            "tax",
            found.tax,
            withheld=found.tax,
            base=found.base,
            rate=found.percent,
            status=terms.status,
            category=found.category or "",
        )

    def _last_period(
        self, month: PayMonth, before: YearToDate, gross: Decimal, deductible: Decimal
    ) -> Iterator[PayLine]:
        terms = month.tax
        year = TaxYear(
            status=terms.status,
            gross_by_month=(*before.gross_by_month, gross),
            deductions=before.deductible + deductible,
            withheld=before.withheld,
            previous_net=before.previous_net,
            previous_tax=before.previous_tax,
            resident_months=before.resident_months,
            pensioner=terms.pensioner,
            surcharged=terms.surcharged,
        )
        if terms.borne:
            allowance, end = gross_up_last_period(self.tax, year)
            yield from _allowance(allowance)
        else:
            end = year_end(self.tax, year)
        yield PayLine(
            TAX,
            "tax",
            end.tax_last_period,
            withheld=end.tax_last_period,
            base=end.pkp,
            status=terms.status,
            category=ARTICLE_17,
        )


def pay_rules(day: date) -> IndonesianPay:
    """The law on a day. Raises `NoRowOnDay` where it is not known (before 2024)."""
    return IndonesianPay(pph21_rules(day), bpjs_rules(day))


def _allowance(amount: Decimal) -> Iterator[PayLine]:
    if amount:
        yield PayLine(ALLOWANCE, "earning", amount, taxable=amount)


def _contribution_lines(paid: Contributions) -> Iterator[PayLine]:
    for one in paid.lines:
        if one.employer:
            taxable = one.employer if one.taxable else ZERO
            code = _CODES[one.programme, EMPLOYER]
            yield PayLine(code, EMPLOYER, one.employer, taxable=taxable, base=one.wage)
    for one in paid.lines:
        if one.employee:
            deductible = one.employee if one.deductible else ZERO
            code = _CODES[one.programme, EMPLOYEE]
            yield PayLine(code, EMPLOYEE, one.employee, deductible=deductible, base=one.wage)


def _enrolment(insurance: Insurance) -> Enrolment:
    kept = (name for ours, name in PROGRAMMES.items() if ours not in insurance.without)
    return Enrolment(
        jkk_class=insurance.risk_class,
        jkk_relief=insurance.risk_relief,
        programmes=frozenset(kept),
        wage_floor=insurance.wage_floor,
        extra_family=insurance.extra_family,
    )
