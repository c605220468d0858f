"""A month of pay through workbooks: typed once, payslips come back, the entry is in the ledger."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sync_server.companies import add_person
from tests.scenarios.central_copy import CentralCopy
from tests.scenarios.office import COMPANY, Office, put, seen, type_rows
from workbook_templates.books import all_books
from workbook_templates.packs.opening import opening_rows

JOINED = datetime.date(2020, 1, 6)
SINCE = datetime.date(2026, 1, 1)
STAFF = [
    {"employee": "K1", "name": "Rina", "ptkp": "TK/0", "joined": JOINED, "department": "FIN"},
    {"employee": "K2", "name": "Budi", "ptkp": "K/1", "joined": JOINED, "department": "WH"},
]


@pytest.fixture
def payroll(office: Office) -> Path:
    """A payroll workbook with two employees' pay and a bonus typed; the staff is in the centre."""
    staff = office.workbook("hr")
    type_rows(staff, "hr.departments", [{"department": d, "name": d} for d in ("FIN", "WH")])
    type_rows(staff, "hr.employees", STAFF)
    assert office.sync(staff).issues == []
    file = office.workbook("payroll")
    components = [("BASIC", "Earning"), ("BONUS", "Earning"), ("LOAN", "Deduction")]
    rows = [{"code": code, "name": code, "kind": kind} for code, kind in components]
    type_rows(file, "payroll.components", rows)
    agreed = [("K1", "BASIC", 8_000_000), ("K2", "BASIC", 6_000_000), ("K2", "LOAN", 250_000)]
    pay = [{"employee": e, "component": c, "amount": a, "from": SINCE} for e, c, a in agreed]
    type_rows(file, "payroll.employee_pay", pay)
    bonus = {"employee": "K2", "component": "BONUS", "amount": 500_000}
    type_rows(file, "payroll.pay_inputs", [{"period": "2026-05", **bonus}])
    return file


def type_run(file: Path, period: str, **cells: str) -> None:
    pay_date = datetime.date.fromisoformat(f"{period}-25")
    row = {"run": period, "period": period, "pay_date": pay_date, **cells}
    type_rows(file, "payroll.pay_runs", [row])


def nets(file: Path) -> dict[tuple[str, str], object]:
    """(run, employee) -> net pay, as the file shows it."""
    slips = seen(file, "payroll.payslips")
    return {(s["run"], s["employee"]): s["amount"] for s in slips if s["component"] == "NET"}


def test_one_sync_brings_the_payslips_back_and_the_entry_into_the_ledger(
    office: Office, payroll: Path
) -> None:
    type_run(payroll, "2026-05")
    run = office.sync(payroll)
    assert run.issues == []
    assert nets(payroll)["2026-05", "K1"] == 7_554_552
    lines = [row for row in office.kept("ledger.journal") if row["entry"] == "PR:2026-05"]
    debits = sum(Decimal(row.get("debit", 0)) for row in lines)
    credits = sum(Decimal(row.get("credit", 0)) for row in lines)
    assert debits == credits > 14_500_000
    again = office.sync(payroll)
    assert sum(again.outcome.groups.values()) == again.outcome.received == 0


def test_a_draft_is_looked_at_corrected_and_posted(office: Office, payroll: Path) -> None:
    type_run(payroll, "2026-05", status="Draft")
    office.sync(payroll)
    first = nets(payroll)["2026-05", "K2"]
    assert office.kept("ledger.journal") == []
    put(payroll, "payroll.pay_inputs", 2, amount=700_000)
    office.sync(payroll)
    assert nets(payroll)["2026-05", "K2"] != first
    put(payroll, "payroll.pay_runs", 2, status="Posted")
    assert office.sync(payroll).issues == []
    assert office.kept("ledger.journal") != []


def test_an_input_into_a_posted_month_is_refused_at_its_cell(office: Office, payroll: Path) -> None:
    type_run(payroll, "2026-05")
    office.sync(payroll)
    late = {"employee": "K1", "component": "BONUS", "amount": 1}
    row = type_rows(payroll, "payroll.pay_inputs", [{"period": "2026-05", **late}])
    assert office.sync(payroll).groups["invalid"] == 1
    wrong = next(line for line in seen(payroll, "payroll.pay_inputs") if line["row"] == row)
    assert "next period" in wrong["notes"]["period"]


def test_an_accountant_sees_the_entry_and_nothing_of_payroll(office: Office, payroll: Path) -> None:
    type_run(payroll, "2026-05")
    office.sync(payroll)
    token = add_person(office.served, "Dewi", "accountant", COMPANY)
    client = TestClient(office.app, headers={"Authorization": f"Bearer {token}"})

    def asked(table: str) -> list[dict[str, str | None]]:
        reply = client.get(
            f"/v1/companies/{COMPANY}/changes", params={"tables": table, "limit": 1000}
        )
        rows = reply.json().get("rows", []) if reply.status_code == 200 else []
        return [row["cells"] for row in rows]

    assert asked("ledger.journal") != []
    for table in ("payslips", "employee_pay", "pay_inputs", "components", "tax_years"):
        assert asked(f"payroll.{table}") == []
    report = client.get(f"/v1/companies/{COMPANY}/reports/pay_register?period=2026-05")
    assert report.status_code in (403, 404)


def test_a_year_of_runs_settles_the_tax_and_verifies() -> None:
    company = CentralCopy(*all_books())
    company.lay(opening_rows("id", "id", "2026-01", "2026-12"))
    ptkp = {"employee": "K1", "name": "Rina", "ptkp": "TK/0", "joined": "2020-01-06"}
    company.lay(
        {
            "hr.employees": [ptkp],
            "payroll.components": [{"code": "GAJI", "name": "Gaji", "kind": "earning"}],
            "payroll.insurance": [{"from": "2026-01-01"} | dict.fromkeys(PROGRAMMES, "false")],
            "payroll.employee_pay": [
                {"employee": "K1", "component": "GAJI", "amount": "10000000.00"}
                | {"from": "2026-01-01"}
            ],
        }
    )
    for month in range(1, 13):
        period = f"2026-{month:02}"
        row = {"run": period, "period": period, "pay_date": f"{period}-25"}
        assert company.put("payroll.pay_runs", row).status == "applied"
    listed = company.report("pph21_list", "2026-12-31")
    assert [row["tax"] for row in listed] == ["200000.00"] * 11 + ["800000.00"]
    assert company.findings() == []


PROGRAMMES = ("health", "accident", "death", "old_age", "pension")
