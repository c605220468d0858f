"""A pay run of 1,000 employees with 25 components each: tax, insurance, payslips, journal entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sync_server.api.deps import Served
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT
from tests.benchmarks.company import (
    CODE,
    Group,
    document,
    keep,
    keep_many,
    new_company,
    single_rows,
    sqlite_url,
)
from tests.benchmarks.measuring import Comparison, Way, measure
from workbook_templates.books.payroll.pay_runs import slips_of
from workbook_templates.schema import Cells

COMPONENTS, DEDUCTIONS = 25, 5
DEPARTMENTS = 20
STATUSES = ("TK/0", "K/0", "K/1", "K/3", "TK/2")
PERIODS = ("2026-01", "2026-02", "2026-03")
INSERT = "INSERT INTO payslips VALUES (?, ?, ?, ?, ?)"


def run(employees: int = 1_000) -> Comparison:
    """Ours in its transaction, durable; its calculation alone; the insert of its payslips alone."""
    with (
        TemporaryDirectory(prefix="lajur-payroll-") as folder,
        new_company(sqlite_url(Path(folder)), "2026-01", "2026-12") as served,
    ):
        keep_many(served, _staff(employees))
        runs = iter([_pay_run(period) for period in PERIODS])
        ours = measure("ours, SQLite", lambda: keep(served, [next(runs)]), len(PERIODS))
        slips = _payslips(served)
        assert len({row["employee"] for row in slips}) == employees
        alone = measure("our calculation alone", lambda: _calculate(served), len(PERIODS))
        ways = (ours, alone, _raw_insert(Path(folder), slips))
    return Comparison(
        "pay_run",
        f"Pay run of {employees:,} employees x {COMPONENTS} components, "
        f"{len(slips):,} payslip lines",
        *(employees, "payslips", "< 5 s", ways),
    )


def _staff(employees: int) -> Iterator[Group]:
    numbers = [f"E{n:05}" for n in range(employees)]
    departments = [f"D{n:02}" for n in range(DEPARTMENTS)]
    codes = [f"C{n:02}" for n in range(COMPONENTS)]
    yield from single_rows("hr.departments", {d: {"department": d, "name": d} for d in departments})
    yield from single_rows("payroll.components", {c: _component(n, c) for n, c in enumerate(codes)})
    for n, employee in enumerate(numbers):
        yield document("hr.employees", employee, [_employee(n, employee)])
        for m, code in enumerate(codes):
            amount = 20_000 + n * 100 if m >= COMPONENTS - DEDUCTIONS else 500_000 + n * 500
            agreed = {"employee": employee, "component": code, "amount": f"{amount}.00"}
            yield document(
                "payroll.employee_pay",
                f"{employee}|{code}|2025-01-01",
                [{**agreed, "from": "2025-01-01"}],
            )


def _component(n: int, code: str) -> Cells:
    kind = "deduction" if n >= COMPONENTS - DEDUCTIONS else "earning"
    return {"code": code, "name": f"Component {code}", "kind": kind}


def _employee(n: int, number: str) -> Cells:
    return {
        "employee": number,
        "name": f"Employee {number}",
        "ptkp": STATUSES[n % len(STATUSES)],
        "joined": "2020-01-06",
        "department": f"D{n % DEPARTMENTS:02}",
        "week": "5",
    }


def _pay_run(period: str) -> Group:
    cells = {"run": period, "period": period, "pay_date": f"{period}-25", "status": "posted"}
    return document("payroll.pay_runs", period, [cells])


def _payslips(served: Served) -> list[dict[str, str]]:
    with served.store.reading(CODE) as held:
        rows = held.rows_where("payroll.payslips", DOCUMENT, PERIODS[-1:])
    return [row.cells for row in rows]


def _calculate(served: Served) -> None:
    with served.store.reading(CODE) as held:
        slips_of(Draft(held, served.catalogue), PERIODS[-1])


def _raw_insert(folder: Path, slips: list[dict[str, str]]) -> Way:
    """The floor: the finished payslip lines with sqlite3 alone, in one durable transaction."""
    columns = ("run", "employee", "component", "amount")
    records = [(*map(row.get, columns), msgspec.json.encode(row).decode()) for row in slips]
    with closing(sqlite3.connect(folder / "raw.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"CREATE TABLE payslips ({', '.join(columns)}, cells)")
        connection.execute("CREATE INDEX by_run ON payslips (run, employee)")

        def insert() -> None:
            with connection:
                connection.executemany(INSERT, records)

        return measure("floor: sqlite3 executemany of its lines", insert)
