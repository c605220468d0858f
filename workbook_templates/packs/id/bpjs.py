"""Social security contributions of one employee and month (BPJS), in rupiah."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from workbook_templates.packs.dated import PackError
from workbook_templates.packs.id import indonesia
from workbook_templates.packs.rounding import Rounding, rounding

ZERO = Decimal(0)
KESEHATAN, JKK, JKM, JHT, JP = PROGRAMMES = ("kesehatan", "jkk", "jkm", "jht", "jp")
EXTRA_FAMILY = "kesehatan_extra_family"


class UnknownRiskClass(PackError, LookupError):
    """A JKK risk class that is none of I to V."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Percents of the contribution wage, its ceiling a month, and what PPh 21 makes of them."""

    name: str
    employer_percent: Decimal
    employee_percent: Decimal
    wage_cap: Decimal | None
    taxable: bool
    deductible: bool


@dataclass(frozen=True, slots=True)
class BpjsRules:
    """The contributions that are the rule on `day`; `jkk_relief` is None outside its months."""

    day: date
    programmes: Mapping[str, Programme]
    extra_family: Programme
    jkk_classes: Mapping[str, Programme]
    jkk_relief: Mapping[str, Programme] | None
    round: Rounding


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an employee is insured for.

    `jkk_relief` marks an employer that the relief of 2025 covers (labour-intensive industry); it
    counts only while the relief runs. `wage_floor` is the local minimum wage, the least wage for
    health. `extra_family` are persons beyond spouse and three children, paid by the employee.
    """

    jkk_class: str = "I"
    jkk_relief: bool = False
    programmes: frozenset[str] = frozenset(PROGRAMMES)
    wage_floor: Decimal = ZERO
    extra_family: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """One programme's part of employer and employee; taxable: the employer's part is gross income,
    deductible: the employee's part lowers the year's net income.
    """

    programme: str
    wage: Decimal
    employer: Decimal
    employee: Decimal
    taxable: bool
    deductible: bool


@dataclass(frozen=True, slots=True)
class Contributions:
    """All contributions of one employee and month, in the order of the payslip."""

    lines: tuple[Contribution, ...]

    def __getitem__(self, programme: str) -> Contribution:
        return next(line for line in self.lines if line.programme == programme)

    @property
    def taxable_employer(self) -> Decimal:
        """What adds to gross income: JKK, JKM and health (PMK 168/2023 Pasal 5)."""
        return sum((line.employer for line in self.lines if line.taxable), ZERO)

    @property
    def deductible_employee(self) -> Decimal:
        """What the last tax period deducts: JHT and JP (PMK 168/2023 Pasal 10 ayat (1))."""
        return sum((line.employee for line in self.lines if line.deductible), ZERO)

    @property
    def employer_total(self) -> Decimal:
        """All that the employer pays."""
        return sum((line.employer for line in self.lines), ZERO)

    @property
    def employee_total(self) -> Decimal:
        """All that is taken from the wage."""
        return sum((line.employee for line in self.lines), ZERO)


@lru_cache(maxsize=512)
def bpjs_rules(day: date) -> BpjsRules:
    """The rules on a day of the contribution month. Raises `NoRowOnDay` (before March 2022)."""
    pack = indonesia()
    rows = {name: pack.table(f"bpjs_{name}").at(day) for name in (KESEHATAN, JKM, JHT, JP)}
    health = _programme(KESEHATAN, rows[KESEHATAN])
    relief = pack.table("bpjs_jkk_relief").find(day)
    return BpjsRules(
        day=day,
        programmes={name: _programme(name, value) for name, value in rows.items()},
        extra_family=replace(
            health,
            name=EXTRA_FAMILY,
            employer_percent=ZERO,
            employee_percent=Decimal(rows[KESEHATAN]["extra_family_percent"]),
            taxable=False,
        ),
        jkk_classes=_jkk(pack.table("bpjs_jkk").at(day)),
        jkk_relief=None if relief is None else _jkk(relief.value),
        round=rounding(pack.table("bpjs_rounding").at(day)),
    )


def contributions(rules: BpjsRules, wage: Decimal, enrolment: Enrolment) -> Contributions:
    """The contributions on a wage (base wage + fixed allowances) of one month.

    Each part is rounded by itself. Raises `UnknownRiskClass`.
    """
    insured = [
        _jkk_programme(rules, enrolment) if name == JKK else rules.programmes[name]
        for name in PROGRAMMES
        if name in enrolment.programmes
    ]
    if KESEHATAN in enrolment.programmes and enrolment.extra_family:
        insured.append(_extra_family(rules, enrolment))
    return Contributions(tuple(_contribution(rules, one, wage, enrolment) for one in insured))


def _contribution(
    rules: BpjsRules, programme: Programme, wage: Decimal, enrolment: Enrolment
) -> Contribution:
    if programme.name in (KESEHATAN, EXTRA_FAMILY):
        wage = max(wage, enrolment.wage_floor)
    if programme.wage_cap is not None:
        wage = min(wage, programme.wage_cap)
    return Contribution(
        programme.name,
        wage,
        rules.round(wage * programme.employer_percent / 100),
        rules.round(wage * programme.employee_percent / 100),
        programme.taxable,
        programme.deductible,
    )


def _extra_family(rules: BpjsRules, enrolment: Enrolment) -> Programme:
    each = rules.extra_family
    return replace(each, employee_percent=each.employee_percent * enrolment.extra_family)


def _jkk_programme(rules: BpjsRules, enrolment: Enrolment) -> Programme:
    relieved = rules.jkk_relief if enrolment.jkk_relief else None
    classes = rules.jkk_classes if relieved is None else relieved
    try:
        return classes[enrolment.jkk_class]
    except KeyError:
        raise UnknownRiskClass(f"{enrolment.jkk_class} is no JKK class on {rules.day}") from None


def _jkk(percents: Mapping[str, str]) -> dict[str, Programme]:
    return {
        name: Programme(JKK, Decimal(percent), ZERO, None, True, False)
        for name, percent in percents.items()
    }


def _programme(name: str, value: Mapping[str, Any]) -> Programme:
    cap = value["wage_cap"]
    return Programme(
        name,
        Decimal(value["employer_percent"]),
        Decimal(value["employee_percent"]),
        None if cap is None else Decimal(cap),
        value["employer_part"] == "taxable",
        value["employee_part"] == "deductible",
    )
