"""Leave requests: work days, overlaps, the balance of annual leave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books.hr.staff import codes, employee, request, staff
from tests.books.known import KnownRows, refusals, without
from workbook_templates.books.hr import leave
from workbook_templates.books.hr.work_days import add_months, calendar_of

REQUESTS = "hr.leave_requests"


def refused(known: KnownRows, **cells: str) -> list[str]:
    row = dict(request("R1", "2026-06-08", "2026-06-12")) | cells
    return codes(refusals(known, REQUESTS, [row]))


def remaining(known: KnownRows, day: str) -> Decimal:
    on = date.fromisoformat(day)
    person = known.row("hr.employees", "E")
    assert person is not None
    return leave.balance(leave.ledger(person, known, on), date(on.year, 1, 1), on).closing


def test_a_week_of_leave_is_five_days() -> None:
    assert refused(staff(), days="5") == []


def test_days_may_stay_blank() -> None:
    assert refused(staff()) == []


def test_half_a_day_may_be_taken() -> None:
    assert refused(staff(), to="2026-06-08", days="0.5") == []


def test_days_that_differ_from_the_calendar_are_refused_with_the_right_number() -> None:
    row = request("R1", "2026-06-08", "2026-06-12", days="6")
    problem = refusals(staff(), REQUESTS, [row])[0]
    assert (problem.code, problem.column, problem.hint) == ("leave_days_differ", "days", "5")
    assert "5 hari kerja, bukan 6" in problem.words.id


def test_national_holidays_and_weekends_are_no_leave_days() -> None:
    # Thursday 2026-05-14 is Ascension Day.
    assert refused(staff(), **{"from": "2026-05-14", "to": "2026-05-18", "days": "2"}) == []


def test_a_six_day_week_counts_saturday() -> None:
    known = staff(employees=[employee(week="6")])
    assert refused(known, to="2026-06-14", days="6") == []


def test_a_holiday_of_the_company_is_no_leave_day() -> None:
    known = staff(calendar=[{"date": "2026-06-10", "kind": "holiday"}])
    assert refused(known, days="4") == []


def test_a_national_holiday_on_which_the_company_works_is_a_leave_day() -> None:
    known = staff(calendar=[{"date": "2026-05-14", "kind": "work"}])
    assert refused(known, **{"from": "2026-05-14", "to": "2026-05-15", "days": "2"}) == []


def test_leave_on_a_weekend_is_refused() -> None:
    assert refused(staff(), **{"from": "2026-06-13", "to": "2026-06-14"}) == [
        "leave_without_work_days"
    ]


def test_leave_that_ends_before_it_starts_is_refused() -> None:
    assert refused(staff(), to="2026-06-01") == ["ends_before_start"]


@pytest.mark.parametrize("last", ["2026-06-08", "2026-06-10", "2026-06-30"])
def test_overlapping_requests_are_refused(last: str) -> None:
    known = staff(leave_requests=[request("R0", "2026-06-05", last, kind="sick")])
    assert refused(known, kind="unpaid") == ["leave_overlaps"]


@pytest.mark.parametrize("status", ["refused", "cancelled"])
def test_a_request_without_effect_does_not_overlap(status: str) -> None:
    known = staff(leave_requests=[request("R0", "2026-06-08", "2026-06-12", status=status)])
    assert refused(known) == []


def test_leave_outside_the_employment_is_refused() -> None:
    known = staff(employees=[employee(left="2026-06-10")])
    assert "outside_employment" in refused(known, kind="sick")


def test_annual_leave_begins_after_twelve_months() -> None:
    known = staff(employees=[employee(joined="2025-06-09")])
    assert refused(known, to="2026-06-08") == ["leave_not_yet_due"]
    assert refused(known, **{"from": "2026-06-09"}) == []


def test_the_thirteenth_day_of_a_year_of_service_is_refused() -> None:
    taken = [request("R0", "2026-01-07", "2026-01-22")]
    known = staff(leave_requests=taken)
    assert remaining(known, "2026-01-31") == 1  # 16 January is a holiday: 11 days were taken
    assert refused(known) == ["leave_balance"]
    assert refused(known, to="2026-06-08") == []


def test_the_refusal_says_how_many_days_are_available() -> None:
    known = staff(leave_requests=[request("R0", "2026-01-07", "2026-01-22")])
    row = request("R1", "2026-06-08", "2026-06-12")
    assert refusals(known, REQUESTS, [row])[0].facts["available"] == "1"


def test_sick_leave_needs_no_balance() -> None:
    known = staff(employees=[employee(joined="2026-06-01")])
    assert refused(known, kind="sick") == []


def test_unused_days_lapse_with_the_year_of_service() -> None:
    assert remaining(staff(), "2026-01-05") == 12
    assert remaining(staff(), "2026-01-06") == 12
    assert remaining(staff(), "2020-12-31") == 0


def test_a_yearly_grant_replaces_the_legal_days_and_carried_days_add_to_them() -> None:
    year = {"employee": "E", "from": "2026-01-06", "to": "2027-01-05"}
    yearly = {"grant": "G1", "basis": "yearly", "days": "15", **year}
    carried = {"grant": "G2", "basis": "carried", "days": "3", **year}
    assert remaining(staff(leave_grants=[yearly]), "2026-06-01") == 15
    assert remaining(staff(leave_grants=[carried]), "2026-06-01") == 15
    assert remaining(staff(leave_grants=[yearly, carried]), "2026-06-01") == 18


def test_a_correction_may_take_days_back() -> None:
    row = {"grant": "G", "employee": "E", "basis": "correction", "from": "2026-02-01"}
    row |= {"to": "2026-02-01", "days": "-4"}
    assert codes(refusals(staff(), "hr.leave_grants", [row])) == []
    assert codes(refusals(staff(), "hr.leave_grants", [row | {"basis": "carried"}])) == [
        "leave_grant_of_nothing"
    ]
    assert remaining(staff(leave_grants=[row]), "2026-03-01") == 8


def test_a_grant_that_was_taken_is_not_cut() -> None:
    grant = {"grant": "G", "employee": "E", "basis": "carried", "days": "3"}
    grant |= {"from": "2020-02-01", "to": "2020-12-31"}
    known = staff(leave_grants=[grant], leave_requests=[request("R", "2020-03-02", "2020-03-04")])
    cut = refusals(known, "hr.leave_grants", [grant | {"days": "1"}])
    assert codes(cut) == ["leave_grant_taken"]
    assert cut[0].facts["days"] == "2"
    assert codes(refusals(known, "hr.leave_grants", [], key="G")) == ["leave_grant_taken"]


def test_collective_leave_takes_a_day_from_who_stays_away() -> None:
    known = staff(calendar=[{"date": "2026-12-24", "kind": "collective"}])
    assert remaining(known, "2026-12-24") == 11
    came = staff(
        calendar=[{"date": "2026-12-24", "kind": "collective"}],
        attendance=[{"date": "2026-12-24", "employee": "E", "in": "08:00"}],
    )
    assert remaining(came, "2026-12-24") == 12


def test_a_deleted_request_gives_its_days_back() -> None:
    known = staff(leave_requests=[request("R0", "2026-06-08", "2026-06-12")])
    assert remaining(known, "2026-07-01") == 7
    assert remaining(without(known, REQUESTS, "R0"), "2026-07-01") == 12


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 600))
def test_months_later_is_never_beyond_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@given(
    st.lists(
        st.tuples(st.integers(0, 700), st.integers(0, 6), st.booleans()), min_size=0, max_size=12
    )
)
def test_the_ledger_adds_up_whatever_was_taken(spans: list[tuple[int, int, bool]]) -> None:
    """Granted = taken + lapsed + left, and no more is taken than was granted or is short."""
    start = date(2024, 1, 1).toordinal()
    rows = [
        request(f"R{place}", str(date.fromordinal(start + first)),
                str(date.fromordinal(start + first + length)),
                status="approved" if live else "cancelled")
        for place, (first, length, live) in enumerate(spans)
    ]  # fmt: skip
    known = staff(leave_requests=rows)
    person = known.row("hr.employees", "E")
    assert person is not None
    entries = leave.ledger(person, known, date(2026, 12, 31))
    sums = {
        kind: sum((e.days for e in entries if e.kind == kind), Decimal(0))
        for kind in ("granted", "taken", "expired", "short")
    }
    assert sums["granted"] == sums["taken"] + sums["expired"]
    counted = sum(
        len(leave.counted_days(line, person, calendar_of(known)))
        for line in known.rows(REQUESTS)
        if leave.is_live(line)
    )
    assert sums["taken"] + sums["short"] == counted
