"""Reports of the hr book: headcount, leave balances, what expires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.hr import choices, leave
from workbook_templates.books.hr.posts import ASSIGNMENTS, EMPLOYEES, is_employed, post_on
from workbook_templates.columns import Choice, Code, Date, Integer, Option, Quantity, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

DAYS_AHEAD = 60  # H1: reminders 60 days before; the report's parameter "days" asks otherwise
CONTRACT = Option("contract", Words(id="Kontrak PKWT", en="Fixed-term contract"))


def headcount(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Who is employed on the day, by the department of the post held on it."""
    day = date.fromisoformat(request.as_of)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for employee in known.rows(EMPLOYEES):
        moves = known.where(ASSIGNMENTS, "employee", employee.text("employee"))
        post = post_on(employee, day, moves)
        if post is not None:
            counts[post.department][employee.text("gender")] += 1
    for department in sorted(counts):
        row = known.row("hr.departments", department)
        genders = counts[department]
        yield {
            "department": department or None,
            "name": row.text("name") if row else None,
            "employees": str(sum(genders.values())),
            "women": str(genders["female"]),
            "men": str(genders["male"]),
        }


def leave_balances(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Annual leave of everyone employed on the day, since 1 January of its year."""
    last = date.fromisoformat(request.as_of)
    first = date(last.year, 1, 1)
    for employee in sorted(known.rows(EMPLOYEES), key=lambda line: line.text("employee")):
        if not is_employed(employee, last):
            continue
        held = leave.balance(leave.ledger(employee, known, last), first, last)
        yield {
            "employee": employee.text("employee"),
            "name": employee.text("name"),
            "opening": _days(held.opening),
            "granted": _days(held.granted),
            "taken": _days(held.taken),
            "expired": _days(held.expired),
            "remaining": _days(held.closing),
        }


def expiring_documents(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Documents and fixed terms of the staff that end within 60 days; those that ended come first.

    A fixed term that a later contract follows is not listed. The parameter `days` asks otherwise.
    """
    day = date.fromisoformat(request.as_of)
    ahead = int(request.parameters.get("days", DAYS_AHEAD))
    found = [*_documents(known, day), *_fixed_terms(known, day)]
    for expires, kind, number, employee in sorted(found, key=lambda row: (row[0], row[2])):
        left = (expires - day).days
        if left <= ahead:
            yield {
                "expires": expires.isoformat(),
                "days_left": str(left),
                "employee": employee.text("employee"),
                "name": employee.text("name"),
                "kind": kind,
                "number": number or None,
            }


_Ending = tuple[date, str, str, Line]


def _documents(known: Known, day: date) -> Iterator[_Ending]:
    for line in known.rows("hr.documents"):
        employee = known.row(EMPLOYEES, line.text("employee"))
        if employee is not None and is_employed(employee, day) and line["expires"]:
            number = line.text("number") or line.text("document")
            yield line["expires"], line.text("kind"), number, employee


def _fixed_terms(known: Known, day: date) -> Iterator[_Ending]:
    for line in known.rows("hr.contracts"):
        employee = known.row(EMPLOYEES, line.text("employee"))
        if employee is None or not is_employed(employee, day) or line["to"] is None:
            continue
        others = known.where("hr.contracts", "employee", line.text("employee"))
        if not any(other["from"] and other["from"] > line["to"] for other in others):
            yield line["to"], CONTRACT.key, line.text("contract"), employee


def _days(amount: Decimal) -> str:
    return money.plain(amount)


EMPLOYEE = (
    Code("employee", Words(id="Karyawan", en="Employee")),
    Text("name", Words(id="Nama", en="Name"), width=28),
)
REPORTS = (
    Report(
        "headcount",
        Words(id="Jumlah karyawan", en="Headcount"),
        (
            Code("department", Words(id="Departemen", en="Department")),
            Text("name", Words(id="Nama", en="Name"), width=28),
            Integer("employees", Words(id="Karyawan", en="Employees")),
            Integer("women", Words(id="Perempuan", en="Women")),
            Integer("men", Words(id="Laki-laki", en="Men")),
        ),
        headcount,
    ),
    Report(
        "leave_balances",
        Words(id="Saldo cuti tahunan", en="Annual leave balances"),
        (
            *EMPLOYEE,
            Quantity("opening", Words(id="Saldo 1 Januari", en="On 1 January")),
            Quantity("granted", Words(id="Hak", en="Granted")),
            Quantity("taken", Words(id="Diambil", en="Taken")),
            Quantity("expired", Words(id="Hangus", en="Lapsed")),
            Quantity("remaining", Words(id="Sisa", en="Remaining")),
        ),
        leave_balances,
    ),
    Report(
        "expiring_documents",
        Words(id="Dokumen yang berakhir", en="Expiring documents"),
        (
            Date("expires", Words(id="Berlaku sampai", en="Expires")),
            Integer("days_left", Words(id="Sisa hari", en="Days left")),
            *EMPLOYEE,
            Choice(
                "kind",
                Words(id="Jenis", en="Kind"),
                choices=(*choices.DOCUMENT_KINDS, CONTRACT),
                width=20,
            ),
            Code("number", Words(id="Nomor", en="Number"), width=24),
        ),
        expiring_documents,
    ),
)
