"""The pay of the month: contracts and leave, pay components, what is agreed, inputs, the run."""

from __future__ import annotations

from datetime import date
from random import Random

from docs.examples.contoh.masters import DEPARTMENTS, HEADCOUNT, POSITIONS, joined
from docs.examples.contoh.rows import PERIOD, YEAR, Row, Sheets, day, rupiah

COMPONENTS: tuple[Row, ...] = (
    {"code": "GAJI", "name": "Gaji pokok", "kind": "earning"},
    {"code": "TUNJ_JABATAN", "name": "Tunjangan jabatan", "kind": "earning"},
    {"code": "TRANSPOR", "name": "Uang transpor", "kind": "earning", "insured": "false"},
    {"code": "LEMBUR", "name": "Upah lembur", "kind": "earning", "account": "61120"},
    {"code": "MANGKIR", "name": "Potongan mangkir", "kind": "deduction", "taxable": "true"},
    {"code": "PINJAMAN", "name": "Cicilan pinjaman", "kind": "deduction"},
)
SALARY = {"Staf": 5_600_000, "Staf senior": 8_250_000, "Kepala bagian": 14_500_000}
RUN = f"GAJI-{PERIOD}"
BEGIN = date(YEAR, 1, 1)


def pay(random: Random, employees: list[Row]) -> Sheets:
    """The rows of the payroll book."""
    agreed = [row for n, employee in enumerate(employees, 1) for row in _agreed(n, employee)]
    inputs = [*_overtime(random, employees), *_absence(employees)]
    return {
        "payroll.components": list(COMPONENTS),
        "payroll.insurance": [
            {"from": BEGIN, "risk_class": "II", "wage_floor": rupiah(5_396_761)},
        ],
        "payroll.employee_pay": agreed,
        "payroll.pay_inputs": inputs,
        "payroll.pay_runs": [{"run": RUN, "period": PERIOD, "pay_date": day(29)}],
    }


def staff() -> Sheets:
    """What the hr book has beyond departments and employees: contracts and leave."""
    return {
        "hr.contracts": [_contract(n) for n in range(1, HEADCOUNT + 1)],
        "hr.leave_requests": [_leave(n, who) for n, who in enumerate(_entitled()[:10], 1)],
    }


def _agreed(n: int, employee: Row) -> list[Row]:
    salary = SALARY[str(employee["position"])] + n * 35_000
    rows = [_every_month(employee, "GAJI", salary), _every_month(employee, "TRANSPOR", 440_000)]
    if employee["position"] != POSITIONS[0]:
        rows.append(_every_month(employee, "TUNJ_JABATAN", salary // 10_000 * 1_000))
    if n % 12 == 0:
        rows.append(_every_month(employee, "PINJAMAN", 500_000))
    return rows


def _every_month(employee: Row, component: str, amount: int) -> Row:
    return {
        "employee": employee["employee"],
        "component": component,
        "amount": rupiah(amount),
        "from": BEGIN,
    }


def _overtime(random: Random, employees: list[Row]) -> list[Row]:
    """People of the warehouse worked longer."""
    warehouse, _ = DEPARTMENTS[2]
    return [
        {
            "period": PERIOD,
            "employee": employee["employee"],
            "component": "LEMBUR",
            "amount": rupiah(random.randint(4, 20) * 48_500),
        }
        for employee in employees
        if employee["department"] == warehouse
    ]


def _absence(employees: list[Row]) -> list[Row]:
    return [
        {
            "period": PERIOD,
            "employee": employee["employee"],
            "component": "MANGKIR",
            "amount": rupiah(254_545),
            "note": "1 hari",
        }
        for employee in employees[4::20]
    ]


def _contract(n: int) -> Row:
    begin = joined(n)
    return {
        "contract": f"SK-{n:03d}/{begin.year}",
        "employee": f"K{n:03d}",
        "kind": "pkwtt",
        "from": begin,
    }


def _entitled() -> list[int]:
    """Every fourth of those who have worked a year, after which annual leave is due."""
    return [n for n in range(1, HEADCOUNT + 1) if joined(n).year < YEAR - 1][::4]


def _leave(n: int, who: int) -> Row:
    """Two days of annual leave in the week of the 18th."""
    return {
        "request": f"CT-2605-{n:02d}",
        "employee": f"K{who:03d}",
        "kind": "annual",
        "from": day(18 + n % 2),
        "to": day(19 + n % 2),
        "status": "approved",
    }
