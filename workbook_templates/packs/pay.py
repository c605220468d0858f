"""What payroll asks of a pack: the lines that the law adds to an employee's month of pay.

A pack answers in its module `pay`: `STATUTORY`, the components that the law prescribes, and
`pay_rules(day)`. A pack without that module leaves payroll with what the company itself agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Protocol

from workbook_templates.words import Words

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Statutory:
    """A component that the law prescribes, under a permanent code.

    `expense` and `payable` are the roles of the accounts debited and credited, "" for none;
    `programme` is the insurance to which a contribution goes.
    """

    code: str
    name: Words
    kind: str
    expense: str = ""
    payable: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """One component of one payslip. What it adds to the tax computation stands beside its amount:
    `taxable` to gross income, `deductible` to what the year's net income is lowered by, `withheld`
    to the tax kept back. `base` is the amount on which a contribution or tax was computed.
    """

    component: str
    kind: str
    amount: Decimal
    taxable: Decimal = ZERO
    deductible: Decimal = ZERO
    withheld: Decimal = ZERO
    base: Decimal | None = None
    rate: Decimal | None = None
    status: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Insurance:
    """How an employee is insured; `without` are the programmes in which he is not enrolled, of
    health, accident, death, old_age and pension. `wage_floor`: the local minimum wage.
    """

    risk_class: str = "I"
    risk_relief: bool = False
    wage_floor: Decimal = ZERO
    extra_family: int = 0
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TaxTerms:
    """What the tax of an employee depends on besides pay; `borne`: the employer pays it on top."""

    status: str = ""
    surcharged: bool = False
    pensioner: bool = False
    borne: bool = False


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The calendar year before its last tax period. `gross_by_month` has one amount for each month
    of employment; `previous_*` come from a former employer's slip.
    """

    gross_by_month: tuple[Decimal, ...] = ()
    deductible: Decimal = ZERO
    withheld: Decimal = ZERO
    previous_net: Decimal = ZERO
    previous_tax: Decimal = ZERO
    resident_months: int = 12


@dataclass(frozen=True, slots=True)
class PayMonth:
    """A month of one employee: `wage` is that on which contributions are due, `gross` the taxable
    pay and `deductible` the deductible contributions, each without what the law adds. `year` is
    None unless this is the last tax period, which settles the year.
    """

    wage: Decimal
    gross: Decimal
    deductible: Decimal
    tax: TaxTerms
    insurance: Insurance
    year: YearToDate | None = None


class PayRules(Protocol):
    """The law of one country in one month."""

    @property
    def unit(self) -> Decimal:
        """The step to which parts of a wage are rounded."""

    def knows_status(self, status: str) -> bool:
        """Whether tax can be withheld from an employee of that status."""

    def lines(self, month: PayMonth) -> tuple[PayLine, ...]:
        """The statutory lines of a payslip, in its order; the tax is the last."""


def pay_rules(pack: str, day: date) -> PayRules | None:
    """The law of a pack on a day; None where it has none. Raises `NoRowOnDay`."""
    module = _module(pack)
    rules: PayRules | None = module.pay_rules(day) if module else None
    return rules


def statutory(pack: str) -> dict[str, Statutory]:
    """The components that a pack's law prescribes, by code, in the order of the payslip."""
    module = _module(pack)
    return {found.code: found for found in module.STATUTORY} if module else {}


@cache
def _module(pack: str) -> ModuleType | None:
    name = f"{__package__}.{pack}.pay"
    return import_module(name) if find_spec(name) else None
