"""Attendance: hours of a shift, the status that follows, and what a row must satisfy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbook_templates.books.hr import leave
from workbook_templates.books.hr.posts import EMPLOYEES, employment_problems
from workbook_templates.books.hr.work_days import calendar_of
from workbook_templates.money import round_half_up
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

DAY_MINUTES = 24 * 60
LONGEST_SHIFT = 16 * 60  # beyond it two times are swapped or of different days

OUT_WITHOUT_IN = Message(
    "out_without_in",
    Words(
        id="Ada jam pulang tanpa jam masuk. Isi jam masuk atau kosongkan jam pulang.",
        en="There is a time out without a time in. Fill in the one or clear the other.",
    ),
)
SHIFT_TOO_LONG = Message(
    "shift_too_long",
    Words(
        id="Dari {start} sampai {end} adalah {hours} jam. Periksa apakah jam masuk dan pulang "
        "tertukar, atau istirahatnya.",
        en="From {start} to {end} is {hours} hours. Check whether the times are swapped, or the "
        "break.",
    ),
)
STATUS_AGAINST_TIMES = Message(
    "status_against_times",
    Words(
        id="Jam masuk terisi, tetapi kehadirannya bukan Hadir. Perbaiki salah satunya.",
        en="A time in is given, but the status is not Present. Correct one of them.",
    ),
)
ON_LEAVE = Message(
    "present_on_leave",
    Words(
        id="Karyawan {employee} hadir pada {day} padahal sedang cuti ({request}). Perbaiki "
        "kehadiran atau tanggal cutinya.",
        en="Employee {employee} is present on {day} but on leave ({request}). Correct the "
        "attendance or the dates of the leave.",
    ),
)


def minutes_worked(line: Line) -> int:
    """Minutes from In to Out less the break; an Out before In is the next morning. 0 if unknown."""
    start, end = line["in"], line["out"]
    if start is None or end is None:
        return 0
    return (_minutes(end) - _minutes(start)) % DAY_MINUTES - (line["break_minutes"] or 0)


def hours_worked(line: Line) -> Decimal:
    """Hours of one row, to two places."""
    return round_half_up(Decimal(minutes_worked(line)) / 60, Decimal("0.01"))


def status_of(line: Line) -> str:
    """The attendance of a row: what is typed; without it, who came in is present."""
    return line.text("status") or ("present" if line["in"] is not None else "")


def times_make_one_shift(document: Document, known: Known) -> Iterator[Problem]:
    """In and Out belong to one shift of at most 16 hours, and agree with the status."""
    for line in document.lines:
        if line["out"] is not None and line["in"] is None:
            yield OUT_WITHOUT_IN(column="in", row_id=line.id)
        minutes = minutes_worked(line)
        if minutes > LONGEST_SHIFT or minutes < 0:
            yield SHIFT_TOO_LONG(
                column="out",
                row_id=line.id,
                start=line.text("in"),
                end=line.text("out"),
                hours=hours_worked(line),
            )
        if line["in"] is not None and status_of(line) != "present":
            yield STATUS_AGAINST_TIMES(column="status", row_id=line.id)


def attendance_is_of_an_employed_day(document: Document, known: Known) -> Iterator[Problem]:
    """A day of attendance lies within the employment."""
    for line in document.lines:
        yield from employment_problems(line, ("date",), known)


def nobody_is_present_on_leave(document: Document, known: Known) -> Iterator[Problem]:
    """Who is present is not on approved leave on that work day; half days are left to people."""
    for line in document.lines:
        if line["date"] is None or status_of(line) != "present":
            continue
        for request in known.where(leave.REQUESTS, "employee", line.text("employee")):
            if _is_away(request, line["date"], known):
                yield _on_leave(line, request, line, "status")


def nobody_takes_leave_while_present(document: Document, known: Known) -> Iterator[Problem]:
    """Approved leave covers no work day on which the employee is recorded as present."""
    for request in filter(_is_whole_and_approved, document.lines):
        for line in known.where(leave.ATTENDANCE, "employee", request.text("employee")):
            present = line["date"] and status_of(line) == "present"
            if present and _is_away(request, line["date"], known):
                yield _on_leave(line, request, request, "from")


def _on_leave(attended: Line, request: Line, place: Line, column: str) -> Problem:
    return ON_LEAVE(
        column=column,
        row_id=place.id,
        employee=attended.text("employee"),
        day=attended["date"],
        request=request.text("request"),
    )


def _is_away(request: Line, day: date, known: Known) -> bool:
    if not (_is_whole_and_approved(request) and request["from"] <= day <= request["to"]):
        return False
    employee = known.row(EMPLOYEES, request.text("employee"))
    week = leave.week_of(employee) if employee else leave.FIVE_DAYS
    return calendar_of(known).is_work_day(day, week)


def _is_whole_and_approved(request: Line) -> bool:
    days = request["days"]
    whole = days is None or days == days.to_integral_value()
    return whole and request.text("status") == "approved" and leave.is_live(request)


def _minutes(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)
