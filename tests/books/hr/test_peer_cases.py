"""Worked cases of Frappe HR, laid into the book: each runs or is listed with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.books.hr.staff import employee, request, staff
from tests.books.known import KnownRows
from tests.conftest import shared_json
from workbook_templates.books.hr import attendance_rules, leave

LEFT_OUT = {
    "hr-leave-005": "carried days are typed, not computed and rounded from the former grant",
    "hr-leave-021": "leave is granted by the year of service, not earned by the month",
    "hr-attendance-reviews-004": "absence below a number of hours is not a rule of the book",
    "hr-attendance-reviews-007": "whether work on a holiday counts is not a setting of the book",
}
CASES: list[Any] = [
    case
    for file in ("hr-leave", "hr-attendance-reviews")
    for case in shared_json(f"cases/peers/{file}.json")["cases"]
]


def test_a_case_left_out_is_still_among_the_cases() -> None:
    assert set(LEFT_OUT) <= {case["id"] for case in CASES}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["id"] not in LEFT_OUT], ids=lambda case: str(case["id"])
)
def test_a_worked_case_gives_its_figures(case: Any) -> None:
    known = laid_out(case)
    for expected in case["expect"]:
        assert EXPECTATIONS[expected["what"]](known, expected) == {
            name: Decimal(str(value)) if isinstance(value, (int, Decimal)) else value
            for name, value in expected.items()
            if name in COMPARED
        }


COMPARED = ("granted", "expired", "taken", "remaining", "opening", "closing", "status", "hours")


def laid_out(case: Any) -> KnownRows:
    """The events of a case as rows; a grant that is carried becomes a row of its own.

    The employee joined so lately that the law itself gives no leave yet.
    """
    settings = case.get("settings", {})
    week = "7" if settings.get("sundays_count") else "5"
    grants: list[dict[str, str]] = []
    requests, days = [], []
    for event in case["events"]:
        if event["do"] == "leave_grant":
            grants += grant_rows(event, grants, settings)
        elif event["do"] == "leave":
            requests.append(request(str(event["n"]), event["from"], event["to"]))
        elif event["do"] == "check":
            days.append(event["at"])
    return staff(
        employees=[employee(joined="2023-12-01", week=week)],
        leave_grants=grants,
        leave_requests=requests,
        attendance=attendance_rows(days),
    )


def grant_rows(event: Any, before: list[dict[str, str]], settings: Any) -> list[dict[str, str]]:
    row = {"grant": str(event["n"]), "employee": "E", "basis": "yearly", "days": str(event["days"])}
    row |= {"from": event["from"], "to": event["to"]}
    if not event.get("carry"):
        return [row]
    until = date.fromisoformat(event["from"]).toordinal()
    until += settings["carried_expires_after_days"] - 1
    carried = {"grant": f"{event['n']}c", "basis": "carried", "days": before[-1]["days"]}
    return [row, row | carried | {"to": date.fromordinal(until).isoformat()}]


def attendance_rows(moments: list[str]) -> list[dict[str, str]]:
    """The first and the last check of each day."""
    days: dict[str, list[str]] = {}
    for moment in sorted(moments):
        day, time = moment.split()
        days.setdefault(day, []).append(time)
    return [
        {"employee": "E", "date": day, "in": times[0], "out": times[-1]}
        for day, times in days.items()
    ]


def leave_at(known: KnownRows, expected: Any) -> dict[str, Any]:
    last = date.fromisoformat(expected["at"])
    found = balance(known, date(last.year, 1, 1), last)
    figures = {
        "granted": found.granted,
        "expired": found.expired,
        "taken": found.taken,
        "remaining": found.closing,
    }
    return {name: figure for name, figure in figures.items() if name in expected}


def leave_report(known: KnownRows, expected: Any) -> dict[str, Any]:
    first, last = date.fromisoformat(expected["from"]), date.fromisoformat(expected["to"])
    found = balance(known, first, last)
    return {
        "opening": found.opening,
        "granted": found.granted,
        "expired": found.expired,
        "taken": found.taken,
        "closing": found.closing,
    }


def balance(known: KnownRows, first: date, last: date) -> leave.Balance:
    person = known.row("hr.employees", "E")
    assert person is not None
    return leave.balance(leave.ledger(person, known, last), first, last)


def attendance(known: KnownRows, expected: Any) -> dict[str, Any]:
    (line,) = (li for li in known.rows("hr.attendance") if li.text("date") == expected["date"])
    return {
        "status": attendance_rules.status_of(line),
        "hours": attendance_rules.hours_worked(line),
    }


EXPECTATIONS = {"leave": leave_at, "leave_report": leave_report, "attendance": attendance}
