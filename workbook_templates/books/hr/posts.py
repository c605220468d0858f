"""Who is employed, and in which post, on any day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Known, Line
from workbook_templates.words import Words

EMPLOYEES = "hr.employees"
ASSIGNMENTS = "hr.assignments"

OUTSIDE_EMPLOYMENT = Message(
    "outside_employment",
    Words(
        id="Pada {day} karyawan {employee} tidak bekerja di sini (mulai {joined}, berhenti {left})."
        " Periksa tanggal ini atau berkas karyawan.",
        en="On {day} employee {employee} is not employed here (joined {joined}, left {left})."
        " Check this date or the employee file.",
    ),
)


@dataclass(frozen=True, slots=True)
class Post:
    """Department and position that an employee holds since a day; "" where none is written."""

    since: date
    department: str
    position: str


def is_employed(employee: Line, day: date) -> bool:
    """Whether the employee has joined and has not left on that day."""
    joined, left = employee["joined"], employee["left"]
    return joined is not None and joined <= day and (left is None or day <= left)


def post_on(employee: Line, day: date, assignments: Sequence[Line]) -> Post | None:
    """The post of an employee on a day; None before joining and after leaving.

    The employee file has the first post, `assignments` (this employee's) those that followed. A
    blank department in an assignment means that it did not change.
    """
    if not is_employed(employee, day):
        return None
    post = Post(employee["joined"], employee.text("department"), employee.text("position"))
    moves = [line for line in assignments if line["from"] is not None and line["from"] <= day]
    for move in sorted(moves, key=lambda line: line.text("from")):
        department = move.text("department") or post.department
        post = Post(move["from"], department, move.text("position"))
    return post


def employment_problems(line: Line, columns: Sequence[str], known: Known) -> Iterator[Problem]:
    """The first of these date columns whose day lies outside the employment of its employee."""
    employee = known.row(EMPLOYEES, line.text("employee"))
    if employee is None or employee["joined"] is None:
        return
    for column in columns:
        day = line[column]
        if day is not None and not is_employed(employee, day):
            yield OUTSIDE_EMPLOYMENT(
                column=column,
                row_id=line.id,
                day=day,
                employee=line.text("employee"),
                joined=employee["joined"],
                left=employee["left"] or "–",
            )
            return
