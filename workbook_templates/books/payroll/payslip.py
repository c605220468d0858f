"""One payslip: a pure function of what an employee gets in a month and of the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_templates.books.payroll.choices import NET, NET_SIGN
from workbook_templates.packs.pay import (
    ZERO,
    Insurance,
    PayLine,
    PayMonth,
    PayRules,
    TaxTerms,
    YearToDate,
)


@dataclass(frozen=True, slots=True)
class Component:
    """A pay component as the calculation sees it, blanks resolved (`components.read`).

    `insured` None: counted for contributions where it recurs, not where it is paid once.
    """

    code: str
    kind: str
    taxable: bool
    deductible: bool
    prorated: bool
    insured: bool | None


@dataclass(frozen=True, slots=True)
class Item:
    """What is paid of a component; `wage` is its part of the wage for contributions."""

    component: Component
    amount: Decimal
    wage: Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """One employee in one month; `year` is None unless it is the last tax period."""

    employee: str
    items: tuple[Item, ...]
    tax: TaxTerms = field(default_factory=TaxTerms)
    insurance: Insurance = field(default_factory=Insurance)
    year: YearToDate | None = None


def payslip(person: Person, rules: PayRules | None) -> tuple[PayLine, ...]:
    """The lines of a payslip, net pay last. Without `rules`: agreed pay and deductions only."""
    agreed = [_line(item) for item in person.items]
    lines = [*agreed, *(rules.lines(_month(person, agreed)) if rules else ())]
    return (*lines, PayLine(NET, "net", net_pay(lines)))


def net_pay(lines: Iterable[PayLine]) -> Decimal:
    """What an employee gets in money: earnings less deductions, own contributions and tax."""
    return sum((line.amount * NET_SIGN.get(line.kind, 0) for line in lines), ZERO)


def _line(item: Item) -> PayLine:
    """A deduction that is taxable lowers gross income (absence), others come out of net pay."""
    component, amount = item.component, item.amount
    sign = -1 if component.kind == "deduction" else 1
    return PayLine(
        component.code,
        component.kind,
        amount,
        taxable=amount * sign if component.taxable else ZERO,
        deductible=amount if component.deductible else ZERO,
    )


def _month(person: Person, agreed: Iterable[PayLine]) -> PayMonth:
    gross = deductible = ZERO
    for line in agreed:
        gross += line.taxable
        deductible += line.deductible
    return PayMonth(
        wage=sum((item.wage for item in person.items), ZERO),
        gross=gross,
        deductible=deductible,
        tax=person.tax,
        insurance=person.insurance,
        year=person.year,
    )
