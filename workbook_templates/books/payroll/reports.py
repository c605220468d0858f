"""Reports of the payroll book: the pay register, contributions to BPJS, tax withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.payroll.slips import employee_names, slip_lines, sums
from workbook_templates.columns import Code, Integer, Money, Month, Percent, Text
from workbook_templates.packs.pay import ZERO, statutory
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

REGISTER_KINDS = (
    ("gross", "earning", Words(id="Upah bruto", en="Gross pay")),
    ("contributions", "contribution", Words(id="Iuran karyawan", en="Own contributions")),
    ("deductions", "deduction", Words(id="Potongan", en="Deductions")),
    ("tax", "tax", Words(id="PPh 21", en="Tax")),
    ("net", "net", Words(id="Upah bersih", en="Net pay")),
    ("benefits", "benefit", Words(id="Natura", en="Benefits in kind")),
    (
        "employer_contributions",
        "employer_contribution",
        Words(id="Iuran pemberi kerja", en="Employer contributions"),
    ),
)


def pay_register(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """What each employee earned, had kept back and got; sums of the payslips of the period."""
    names = employee_names(known)
    for employee, of in sorted(sums(slip_lines(known, request)).items()):
        figures = {column: money.text(of.get(kind, ZERO)) for column, kind, _ in REGISTER_KINDS}
        yield {
            "employee": employee,
            "name": names.get(employee),
            **figures,
            "taxable_gross": money.text(of["taxable"]),
        }


def bpjs_list(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Contributions of each employee by programme; the sum of a programme is what is remitted."""
    names = employee_names(known)
    for (programme, employee), (wage, employer, own) in _contributions(known, request).items():
        yield {
            "programme": programme,
            "employee": employee,
            "name": names.get(employee),
            "wage": money.text(wage),
            **_parts(employer, own),
        }


def bpjs_totals(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """What is remitted to each programme: the sums of the list."""
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for (programme, _), (_, employer, own) in _contributions(known, request).items():
        count, total_employer, total_own = totals[programme]
        totals[programme] = [count + 1, total_employer + employer, total_own + own]
    for programme, (count, employer, own) in totals.items():
        yield {"programme": programme, "employees": str(count), **_parts(employer, own)}


def pph21_list(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Tax of each employee and period, also where it is nothing: each of them has a slip."""
    people = {row.text("employee"): row for row in known.rows("hr.employees")}
    gross: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    taxes: list[Line] = []
    for line in slip_lines(known, request):
        gross[line.text("period"), line.text("employee")] += line["taxable"] or ZERO
        if line.text("kind") == "tax":
            taxes.append(line)
    for line in taxes:
        period, employee = line.text("period"), line.text("employee")
        row = people.get(employee)
        yield {
            "period": period,
            "employee": employee,
            "name": row.text("name") if row else None,
            "tax_id": (row.text("npwp") or row.text("nik") or None) if row else None,
            "status": line.text("status"),
            "category": line.text("category"),
            "gross": money.text(gross[period, employee]),
            "base": line.text("base") or None,
            "rate": line.text("rate") or None,
            "tax": line.text("amount"),
        }


_Contributions = dict[tuple[str, str], tuple[Decimal, Decimal, Decimal]]


def _contributions(known: Known, request: ReportRequest) -> _Contributions:
    """(programme, employee) -> wage, employer's part, own part; wages of several months add up."""
    law = statutory(known.company.pack)
    found: _Contributions = {}
    wages: dict[tuple[str, str, str], Decimal] = {}
    for line in slip_lines(known, request):
        programme = law[line.text("component")].programme if line.text("component") in law else ""
        if not programme:
            continue
        key = (programme, line.text("employee"))
        _, employer, own = found.get(key, (ZERO, ZERO, ZERO))
        is_own = line.text("kind") == "contribution"
        part: Decimal = line["amount"]
        wages[*key, line.text("period")] = line["base"] or ZERO
        found[key] = (ZERO, employer + (ZERO if is_own else part), own + (part if is_own else ZERO))
    for (programme, employee, _), wage in wages.items():
        before, employer, own = found[programme, employee]
        found[programme, employee] = (before + wage, employer, own)
    order = list(dict.fromkeys(one.programme for one in law.values()))
    return dict(sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0])))


def _parts(employer: Decimal, own: Decimal) -> dict[str, str | None]:
    return {
        "employer": money.text(employer),
        "employee_part": money.text(own),
        "total": money.text(employer + own),
    }


EMPLOYEE = (
    Code("employee", Words(id="Karyawan", en="Employee")),
    Text("name", Words(id="Nama", en="Name"), width=28),
)
PROGRAMME = Code("programme", Words(id="Program", en="Programme"))
PARTS = (
    Money("employer", Words(id="Pemberi kerja", en="Employer"), width=16),
    Money("employee_part", Words(id="Karyawan (iuran)", en="Employee's part"), width=16),
    Money("total", Words(id="Jumlah", en="Total"), width=16),
)
REPORTS = (
    Report(
        "pay_register",
        Words(id="Daftar upah", en="Pay register"),
        (
            *EMPLOYEE,
            *(Money(key, words, width=16) for key, _, words in REGISTER_KINDS),
            Money("taxable_gross", Words(id="Bruto PPh 21", en="Taxable gross"), width=16),
        ),
        pay_register,
        spans="period",
        help=Words(
            id="Jumlah slip per karyawan. Parameter run: satu penggajian, juga yang masih draf.",
            en="Sums of the payslips by employee. Parameter run: one pay run, also a draft.",
        ),
    ),
    Report(
        "bpjs_list",
        Words(id="Daftar iuran BPJS", en="BPJS contributions"),
        (PROGRAMME, *EMPLOYEE, Money("wage", Words(id="Upah", en="Wage"), width=16), *PARTS),
        bpjs_list,
        spans="period",
    ),
    Report(
        "bpjs_totals",
        Words(id="Setoran BPJS", en="BPJS remittance"),
        (PROGRAMME, Integer("employees", Words(id="Peserta", en="Employees")), *PARTS),
        bpjs_totals,
        spans="period",
    ),
    Report(
        "pph21_list",
        Words(id="Daftar PPh 21", en="PPh 21 withheld"),
        (
            Month("period", Words(id="Masa", en="Period"), width=11),
            *EMPLOYEE,
            Code("tax_id", Words(id="NPWP/NIK", en="NPWP/NIK"), width=20),
            Code("status", Words(id="Status PTKP", en="PTKP status"), width=12),
            Code("category", Words(id="Kategori", en="Category"), width=12),
            Money("gross", Words(id="Bruto", en="Gross"), width=16),
            Money("base", Words(id="Dasar pengenaan", en="Tax base"), width=16),
            Percent("rate", Words(id="Tarif %", en="Rate %"), width=9),
            Money("tax", Words(id="PPh 21", en="Tax"), width=16),
        ),
        pph21_list,
        spans="period",
    ),
)
