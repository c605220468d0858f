"""Everybody whom a pay run pays, with all that their payslips depend on, read from the company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook_templates.books.payroll import pay_items, staff
from workbook_templates.books.payroll.components import components
from workbook_templates.books.payroll.payslip import Component, Item, Person
from workbook_templates.books.payroll.periods import month
from workbook_templates.books.payroll.staff import by_employee
from workbook_templates.books.payroll.year_to_date import Finished, years_to_date
from workbook_templates.packs.pay import PayRules, YearToDate, pay_rules
from workbook_templates.schema import Known, Line

CENT = Decimal("0.01")
LAST_MONTH = "12"


@dataclass(frozen=True, slots=True)
class Paid:
    """An employee who is on the run: the row of the employee file, and what is agreed."""

    row: Line
    items: tuple[Item, ...]
    is_last: bool

    @property
    def employee(self) -> str:
        """The employee's number."""
        return self.row.text("employee")


def rules_of(known: Known, period: str) -> PayRules | None:
    """The law at the end of a period; None where the company's pack has none.

    Raises `NoRowOnDay`.
    """
    return pay_rules(known.company.pack, month(period).last)


def paid_employees(known: Known, period: str) -> list[Paid]:
    """The employees of a period who get anything in it, by number.

    The last tax period is December, or the month of leaving.
    """
    rules = rules_of(known, period)
    unit = rules.unit if rules else CENT
    days, found = month(period), components(known)
    recurring = by_employee(known.rows("payroll.employee_pay"))
    inputs = by_employee(known.where("payroll.pay_inputs", "period", period))
    paid = []
    for row in sorted(known.rows(staff.EMPLOYEES), key=lambda row: row.text("employee")):
        employed, name = staff.employment(row, days), row.text("employee")
        if not employed.days:
            continue
        items = pay_items.recurring_items(recurring.get(name, ()), found, days, employed, unit)
        items += pay_items.input_items(inputs.get(name, ()), found)
        if items:
            left = row["left"]
            is_last = period.endswith(LAST_MONTH) or (left is not None and left <= days.last)
            paid.append(Paid(row, tuple(sorted(items, key=_place)), is_last))
    return paid


def roster(known: Known, period: str) -> list[Person]:
    """Everybody on the run, ready to be computed.

    Whoever has no tax status that the law knows is left out: a rule refuses to post without it.
    """
    rules = rules_of(known, period)
    stated = staff.tax_rows(known, period[:4])
    insured = staff.insurances(known, month(period).last)
    paid = paid_employees(known, period)
    if rules is None:
        return [Person(one.employee, one.items) for one in paid]
    finished = [Finished(p.row, stated.get(p.employee)) for p in paid if p.is_last]
    years = years_to_date(known, period, finished, rules.unit)
    people = (_person(one, stated, years) for one in paid)
    return [
        replace(person, insurance=insured.get(person.employee, insured[""]))
        for person in people
        if rules.knows_status(person.tax.status)
    ]


def _person(one: Paid, stated: Mapping[str, Line], years: Mapping[str, YearToDate]) -> Person:
    terms = staff.tax_terms(one.row, stated.get(one.employee))
    return Person(one.employee, one.items, terms, year=years.get(one.employee))


_ORDER = {"earning": 0, "benefit": 1, "deduction": 2, "employer_contribution": 3}


def _place(item: Item) -> tuple[int, str]:
    component: Component = item.component
    return _ORDER.get(component.kind, len(_ORDER)), component.code


__all__ = ["Paid", "paid_employees", "roster", "rules_of"]
