"""Who is on a pay run, in which department, and under which insurance and tax terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from workbook_templates.books.payroll.periods import Span
from workbook_templates.packs.pay import Insurance, TaxTerms
from workbook_templates.schema import Known, Line

EMPLOYEES, ASSIGNMENTS = "hr.employees", "hr.assignments"
INSURANCE, TAX_YEARS = "payroll.insurance", "payroll.tax_years"
PROGRAMMES = ("health", "accident", "death", "old_age", "pension")


def employment(employee: Line, month: Span) -> Span:
    """The days of a month on which an employee is employed; empty for none."""
    joined = employee["joined"]
    return month.cut(joined, employee["left"]) if joined else Span(month.last, month.first)


def departments(known: Known, day: date) -> dict[str, str]:
    """Employee -> department of the post held on a day; "" where none is written."""
    found = {row.text("employee"): row.text("department") for row in known.rows(EMPLOYEES)}
    moves = [row for row in known.rows(ASSIGNMENTS) if row.text("department")]
    for move in sorted(moves, key=lambda row: row.text("from")):
        if move.text("from") <= day.isoformat():
            found[move.text("employee")] = move.text("department")
    return found


def insurances(known: Known, day: date) -> dict[str, Insurance]:
    """Employee -> insurance on a day; "" is the company's own, for whoever has no row.

    The newest row of an employee fills in what it states; the company's newest row states the rest.
    """
    newest: dict[str, dict[str, Any]] = defaultdict(dict)
    rows = [row for row in known.rows(INSURANCE) if row.text("from") <= day.isoformat()]
    for row in sorted(rows, key=lambda row: row.text("from")):
        newest[row.text("employee")] = {
            c.key: row[c.key] for c in row.sheet.columns if row.cells.get(c.key) is not None
        }
    company = newest.pop("", {})
    found = {employee: _insurance({**company, **stated}) for employee, stated in newest.items()}
    return {"": _insurance(company), **found}


def tax_rows(known: Known, year: str) -> dict[str, Line]:
    """Employee -> what is stated of the tax of a year."""
    return {row.text("employee"): row for row in known.where(TAX_YEARS, "year", year)}


def tax_terms(employee: Line, stated: Line | None) -> TaxTerms:
    """The tax terms of an employee, from the employee file and the year's row if there is one."""
    status = employee.text("ptkp")
    if stated is None:
        return TaxTerms(status)
    return TaxTerms(
        status=stated.text("status") or status,
        surcharged=stated["surcharged"] is True,
        pensioner=stated["pensioner"] is True,
        borne=stated.text("tax_borne") == "employer",
    )


def by_employee(rows: Sequence[Line]) -> dict[str, list[Line]]:
    """Rows grouped by employee."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        groups[row.text("employee")].append(row)
    return groups


def _insurance(stated: dict[str, Any]) -> Insurance:
    return Insurance(
        risk_class=stated.get("risk_class", "I"),
        risk_relief=stated.get("risk_relief", False),
        wage_floor=stated.get("wage_floor", Decimal(0)),
        extra_family=stated.get("extra_family", 0),
        without=frozenset(name for name in PROGRAMMES if stated.get(name) is False),
    )
