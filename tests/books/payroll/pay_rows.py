"""Rows as the payroll person types them: a company with its staff, pay, inputs and runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tests.books.known import KnownRows, accepted, refusals
from workbook_templates import money
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells, Company, Line, ReportRequest

COMPONENTS: tuple[Cells, ...] = (
    {"code": "BASIC", "name": "Basic pay", "kind": "earning"},
    {"code": "ALLOWANCE", "name": "Fixed allowance", "kind": "earning"},
    {"code": "OVERTIME", "name": "Overtime", "kind": "earning"},
    {"code": "BONUS", "name": "Bonus", "kind": "earning", "one_off": "true"},
    {"code": "ABSENCE", "name": "Absence", "kind": "deduction", "taxable": "true"},
    {"code": "LOAN", "name": "Loan", "kind": "deduction"},
    {"code": "ZAKAT", "name": "Zakat", "kind": "deduction", "deductible": "true"},
    {"code": "HOUSE", "name": "House", "kind": "benefit", "taxable": "true"},
    {"code": "FUND", "name": "Pension fund", "kind": "employer_contribution"},
)
UNINSURED: Cells = {"from": "2020-01-01"} | dict.fromkeys(
    ("health", "accident", "death", "old_age", "pension"), "false"
)


def employee(code: str = "E", **cells: str) -> Cells:
    """An employee since 2020, single, with a NIK."""
    row = {"employee": code, "name": f"Name {code}", "ptkp": "TK/0", "joined": "2020-01-06"}
    return row | {"week": "5"} | cells


def pay(amount: object, component: str = "BASIC", who: str = "E", **cells: str) -> Cells:
    """Recurring pay since 2020."""
    row = {"employee": who, "component": component, "amount": text(amount), "from": "2020-01-01"}
    return row | cells


def given(period: str, amount: object, component: str = "BONUS", who: str = "E") -> Cells:
    """An input of one month."""
    return {"period": period, "employee": who, "component": component, "amount": text(amount)}


def run(period: str, pay_date: str | None = None, **cells: str) -> Cells:
    """A pay run, named by its period, posted unless `status` says otherwise."""
    return {"run": period, "period": period, "pay_date": pay_date or f"{period}-25"} | cells


def company(pack: str = "id", uninsured: bool = False, **sheets: Iterable[Cells]) -> KnownRows:
    """A company of employee E unless "hr__employees" is given; other sheets are of payroll."""
    rows: dict[str, Iterable[Cells]] = {
        **opening_rows(pack, "en", "2023-01", "2027-12"),
        "hr.employees": [employee()],
        "payroll.components": COMPONENTS,
        "payroll.insurance": [UNINSURED] if uninsured else [],
    }
    for sheet, cells in sheets.items():
        rows[sheet.replace("__", ".") if "__" in sheet else f"payroll.{sheet}"] = cells
    return KnownRows(rows, Company("contoh", "PT Lajur Contoh", pack=pack, language="en"))


def paid(known: KnownRows, *periods: str) -> KnownRows:
    """The company after the posted runs of these periods."""
    for period in periods:
        known = accepted(known, "payroll.pay_runs", [run(period)])
    return known


def slip(known: KnownRows, period: str, who: str = "E") -> dict[str, Decimal]:
    """The amounts of one payslip by component."""
    return {line.text("component"): line["amount"] for line in slip_lines(known, period, who)}


def slip_lines(known: KnownRows, period: str, who: str = "E") -> list[Line]:
    document = known.document("payroll.payslips", period)
    return [line for line in document.lines if line.text("employee") == who] if document else []


def entry(known: KnownRows, period: str) -> dict[tuple[str, str], Decimal]:
    """The run's journal entry: (role of the account, cost centre) -> debit less credit."""
    document = known.document("ledger.journal", f"PR:{period}")
    assert document is not None
    roles = {row.text("code"): row.text("role") for row in known.rows("ledger.accounts")}
    return {
        (roles[line.text("account")], line.text("cost_centre")): (line["debit"] or 0)
        - (line["credit"] or 0)
        for line in document.lines
    }


def account(known: KnownRows, role: str) -> str:
    """The account that has a role in the opening chart."""
    return known.where("ledger.accounts", "role", role)[0].text("code")


def report(known: KnownRows, key: str, period: str, **parameters: str) -> list[Mapping[str, Any]]:
    """The rows of a report of the payroll book for one month."""
    from workbook_templates.books import book

    asked = ReportRequest(f"{period}-28", f"{period}-01", f"{period}-28", period, parameters)
    found = next(one for one in book("payroll").reports if one.key == key)
    return list(found.build(known, asked))


def refused(known: KnownRows, sheet: str, row: Cells | None, key: str | None = None) -> list[str]:
    """The codes of what is wrong with one row (None: with its deletion)."""
    rows = [] if row is None else [row]
    return [problem.code for problem in refusals(known, f"payroll.{sheet}", rows, key)]


def text(amount: object) -> str:
    """Canonical money."""
    return money.text(Decimal(str(amount)))
