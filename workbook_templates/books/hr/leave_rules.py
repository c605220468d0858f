"""What a leave request and a grant must satisfy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from workbook_templates.books.hr import leave
from workbook_templates.books.hr.posts import employment_problems
from workbook_templates.books.hr.work_days import calendar_of
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

HALF = Decimal("0.5")

ENDS_BEFORE_START = Message(
    "ends_before_start",
    Words(
        id="Tanggal akhir {to} lebih awal daripada tanggal mulai {start}. Perbaiki salah satunya.",
        en="The last day {to} is before the first day {start}. Correct one of them.",
    ),
)
DAYS_DIFFER = Message(
    "leave_days_differ",
    Words(
        id="Dari {start} sampai {to} ada {counted} hari kerja, bukan {days}. Kosongkan kolom Hari "
        "agar dihitung, atau periksa tanggalnya.",
        en="From {start} to {to} there are {counted} work days, not {days}. Leave Days blank to "
        "have it counted, or check the dates.",
    ),
)
NO_WORK_DAYS = Message(
    "leave_without_work_days",
    Words(
        id="Dari {start} sampai {to} tidak ada hari kerja. Periksa tanggal atau lembar Kalender.",
        en="There are no work days from {start} to {to}. Check the dates or the sheet Calendar.",
    ),
)
OVERLAPS = Message(
    "leave_overlaps",
    Words(
        id="Karyawan {employee} sudah tercatat cuti {start}–{to} ({other}). Ubah tanggal atau "
        "batalkan salah satunya.",
        en="Employee {employee} already has leave {start}–{to} ({other}). Change the dates or "
        "cancel one of them.",
    ),
)
TOO_EARLY = Message(
    "leave_not_yet_due",
    Words(
        id="Hak cuti tahunan {employee} baru ada sejak {due} (setelah {months} bulan bekerja). "
        "Catat hak lebih awal di lembar Hak Cuti bila perusahaan memberikannya.",
        en="Employee {employee} has annual leave only from {due} (after {months} months of "
        "service). Record an earlier right in Leave Grants where the company gives one.",
    ),
)
NOT_ENOUGH = Message(
    "leave_balance",
    Words(
        id="Sisa cuti tahunan {employee} tidak cukup: permohonan ini {days} hari, tersedia "
        "{available}. Kurangi hari, pilih jenis lain, atau catat hak di lembar Hak Cuti.",
        en="Employee {employee} does not have enough annual leave: this request takes {days} "
        "days, {available} are available. Ask for fewer, choose another kind, or record a grant.",
    ),
)
GRANT_TAKEN = Message(
    "leave_grant_taken",
    Words(
        id="Hak cuti ini sudah dipakai: perubahan membuat {employee} kurang {days} hari. Batalkan "
        "dulu cuti yang memakainya.",
        en="This leave has been taken: the change leaves employee {employee} {days} days short. "
        "Cancel the leave that uses it first.",
    ),
)
ZERO_GRANT = Message(
    "leave_grant_of_nothing",
    Words(
        id="Jumlah hari tidak boleh 0; hanya Koreksi yang boleh negatif.",
        en="The number of days may not be 0; only a correction may be negative.",
    ),
)


def a_request_lies_in_order(document: Document, known: Known) -> Iterator[Problem]:
    """Leave ends on or after its first day and lies within the employment."""
    for line in document.lines:
        yield from order_problems(line)
        yield from employment_problems(line, ("from", "to"), known)


def leave_days_are_work_days(document: Document, known: Known) -> Iterator[Problem]:
    """Typed days equal the work days of the period; half a day less is a half day."""
    for line in document.lines:
        employee = _employee(line, known)
        if employee is None or not leave.is_live(line):
            continue
        counted = Decimal(len(leave.counted_days(line, employee, calendar_of(known))))
        place = {"row_id": line.id, "start": line["from"], "to": line["to"]}
        if not counted:
            yield NO_WORK_DAYS(column="from", **place)
        elif line["days"] is not None and line["days"] not in (counted, counted - HALF):
            yield DAYS_DIFFER(
                column="days", hint=str(counted), counted=counted, days=line["days"], **place
            )


def requests_do_not_overlap(document: Document, known: Known) -> Iterator[Problem]:
    """One employee is away under one request at a time."""
    for line in filter(leave.is_live, document.lines):
        for other in known.where(leave.REQUESTS, "employee", line.text("employee")):
            if other.id == line.id or not leave.is_live(other):
                continue
            if other["from"] <= line["to"] and line["from"] <= other["to"]:
                yield OVERLAPS(
                    column="from",
                    row_id=line.id,
                    employee=line.text("employee"),
                    start=other["from"],
                    to=other["to"],
                    other=other.text("request"),
                )
                break


def annual_leave_stays_within_the_balance(document: Document, known: Known) -> Iterator[Problem]:
    """Annual leave is taken from granted days that are valid then: 12 days after 12 months.

    UU 13/2003 Pasal 79 ayat (3), in the wording of UU 6/2023. Only what this request adds to a
    shortage is held against it.
    """
    for line in document.lines:
        employee = _employee(line, known)
        if line.text("kind") != "annual" or employee is None or not leave.is_live(line):
            continue
        requests = known.where(leave.REQUESTS, "employee", line.text("employee"))
        others = [other for other in requests if other.id != line.id]
        until = line["to"]
        short = leave.shortage(leave.ledger(employee, known, until, requests))
        short -= leave.shortage(leave.ledger(employee, known, until, others))
        if short > 0:
            yield _not_enough(line, employee, short, known)


def a_grant_lies_in_order(document: Document, known: Known) -> Iterator[Problem]:
    """A grant ends after it starts, gives days, and is not cut below what was taken from it."""
    for line in document.lines:
        yield from order_problems(line)
        days = line["days"]
        if days is not None and (days == 0 or (days < 0 and line.text("basis") != "correction")):
            yield ZERO_GRANT(column="days", row_id=line.id)
    for code in sorted({line.text("employee") for line in (*document.lines, *document.before)}):
        yield from _grants_taken(code, document, known)


def order_problems(line: Line) -> Iterator[Problem]:
    """The problem of a period (`from`, `to`) that ends before it starts."""
    start, end = line["from"], line["to"]
    if start and end and end < start:
        yield ENDS_BEFORE_START(column="to", row_id=line.id, start=start, to=end)


def _grants_taken(code: str, document: Document, known: Known) -> Iterator[Problem]:
    employee = known.row("hr.employees", code)
    if employee is None or employee["joined"] is None:
        return
    now = known.where(leave.GRANTS, "employee", code)
    ours = {line.id for line in (*document.lines, *document.before)}
    earlier: Sequence[Line] = [
        *(line for line in now if line.id not in ours),
        *(line for line in document.before if line.text("employee") == code),
    ]
    until = employee["joined"]
    short = leave.shortage(leave.ledger(employee, known, until, grants=now))
    short -= leave.shortage(leave.ledger(employee, known, until, grants=earlier))
    if short > 0:
        place = document.lines[0].id if document.lines else None
        yield GRANT_TAKEN(column="days", row_id=place, employee=code, days=short)


def _not_enough(line: Line, employee: Line, short: Decimal, known: Known) -> Problem:
    due: date = leave.first_right(employee, known.company.pack)
    days = line["days"] or Decimal(len(leave.counted_days(line, employee, calendar_of(known))))
    code = line.text("employee")
    if short == days and line["from"] < due:
        months = leave.legal_leave(known.company.pack, employee["joined"])["after_months"]
        return TOO_EARLY(column="from", row_id=line.id, employee=code, due=due, months=months)
    return NOT_ENOUGH(
        column="days", row_id=line.id, employee=code, days=days, available=days - short
    )


def _employee(line: Line, known: Known) -> Line | None:
    employee = known.row("hr.employees", line.text("employee"))
    return employee if employee is not None and employee["joined"] else None
