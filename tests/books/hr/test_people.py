"""Employees, posts on any date, contracts, documents, attendance, and the reports."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.books.hr.staff import codes, employee, request, staff
from tests.books.known import KnownRows, laid, refusals
from workbook_templates.books import book
from workbook_templates.books.hr.posts import Post, post_on
from workbook_templates.schema import Cells, ReportRequest

SAMPLE = Path(__file__).parents[3] / "workbook_templates/books/hr/sample"
SHEETS = ("departments", "employees", "assignments", "contracts", "calendar", "leave_grants")
IN_ORDER = (*SHEETS, "leave_requests", "attendance", "documents")


def report(known: KnownRows, key: str, day: str, **parameters: str) -> list[Cells]:
    found = next(r for r in book("hr").reports if r.key == key)
    asked = ReportRequest(as_of=day, first=f"{day[:4]}-01-01", last=day, parameters=parameters)
    return list(found.build(known, asked))


def sample() -> dict[str, list[Cells]]:
    return {
        f"hr.{sheet}": json.loads((SAMPLE / f"{sheet}.json").read_text("utf-8"))
        for sheet in IN_ORDER
    }


def test_the_sample_rows_are_accepted_one_by_one() -> None:
    known = laid(KnownRows({}), sample())
    assert len(known.rows("hr.employees")) == 4


def test_every_sheet_has_sample_rows() -> None:
    assert {s.key for s in book("hr").sheets} == {f.stem for f in SAMPLE.glob("*.json")}


def test_a_row_with_only_a_name_and_a_first_day_is_an_employee() -> None:
    row = {"employee": "E", "name": "Siti", "joined": "2026-01-05"}
    assert codes(refusals(KnownRows({}), "hr.employees", [row])) == []


def test_a_leaver_leaves_after_joining() -> None:
    row = employee(left="2019-01-01")
    assert codes(refusals(KnownRows({}), "hr.employees", [row])) == ["left_before_joining"]


def test_one_nik_is_not_employed_twice_at_a_time() -> None:
    known = staff(employees=[employee("A", nik="3174015203850001", left="2021-12-31")])
    again = employee("B", nik="3174015203850001", joined="2021-06-01")
    assert codes(refusals(known, "hr.employees", [again])) == ["employed_twice"]
    back = again | {"joined": "2022-01-03"}
    assert codes(refusals(known, "hr.employees", [back])) == []


@pytest.mark.parametrize(
    ("day", "post"),
    [
        ("2020-01-05", None),
        ("2020-01-06", ("KEU", "Staf")),
        ("2021-12-31", ("KEU", "Staf")),
        ("2022-01-01", ("KEU", "Kepala")),
        ("2024-01-01", ("SDM", "Direktur")),
        ("2025-07-01", None),
    ],
)
def test_the_post_of_any_date_is_known(day: str, post: tuple[str, str] | None) -> None:
    known = staff(
        employees=[employee(department="KEU", position="Staf", left="2025-06-30")],
        assignments=[
            {"employee": "E", "from": "2023-05-01", "department": "SDM", "position": "Direktur"},
            {"employee": "E", "from": "2022-01-01", "position": "Kepala"},
        ],
    )
    person = known.row("hr.employees", "E")
    assert person is not None
    found = post_on(person, date.fromisoformat(day), known.where("hr.assignments", "employee", "E"))
    assert (found and (found.department, found.position)) == post
    assert found is None or isinstance(found, Post)


def test_a_post_before_joining_is_refused() -> None:
    row = {"employee": "E", "from": "2019-12-31", "position": "Kepala"}
    assert codes(refusals(staff(), "hr.assignments", [row])) == ["outside_employment"]


def test_a_department_is_not_below_itself() -> None:
    known = staff(departments=[{"department": "A", "name": "A", "parent": "B"}])
    known = laid(known, {"hr.departments": [{"department": "B", "name": "B"}]})
    row = {"department": "B", "name": "B", "parent": "A"}
    assert codes(refusals(known, "hr.departments", [row])) == ["department_below_itself"]


def contract(code: str, kind: str, first: str, last: str | None, **cells: str) -> Cells:
    return {"contract": code, "employee": "E", "kind": kind, "from": first, "to": last, **cells}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (contract("C", "pkwt", "2020-01-06", None), "contract_end"),
        (contract("C", "pkwtt", "2020-01-06", "2022-01-05"), "contract_end"),
        (contract("C", "pkwt", "2020-01-06", "2025-01-06"), "fixed_term_too_long"),
        (
            contract("C", "pkwt", "2020-01-06", "2021-01-05", probation_end="2020-02-01"),
            "probation_not_allowed",
        ),
        (
            contract("C", "pkwtt", "2020-01-06", None, probation_end="2020-04-06"),
            "probation_too_long",
        ),
    ],
)
def test_a_contract_against_the_law_is_refused(row: Cells, code: str) -> None:
    assert codes(refusals(staff(), "hr.contracts", [row])) == [code]


@pytest.mark.parametrize(
    "row",
    [
        contract("C", "pkwt", "2020-01-06", "2025-01-05"),
        contract("C", "pkwtt", "2020-01-06", None, probation_end="2020-04-05"),
    ],
)
def test_a_contract_at_the_limits_is_accepted(row: Cells) -> None:
    assert codes(refusals(staff(), "hr.contracts", [row])) == []


def test_fixed_terms_in_a_row_are_counted_together() -> None:
    known = staff(contracts=[contract("C1", "pkwt", "2020-01-06", "2023-01-05")])
    row = contract("C2", "pkwt", "2023-01-06", "2025-02-01")
    problem = refusals(known, "hr.contracts", [row])[0]
    assert (problem.code, problem.hint) == ("fixed_term_too_long", "2025-01-05")


def test_contracts_at_the_same_time_are_refused() -> None:
    known = staff(contracts=[contract("C1", "pkwtt", "2020-01-06", None)])
    row = contract("C2", "pkwt", "2021-01-06", "2022-01-05")
    assert codes(refusals(known, "hr.contracts", [row])) == ["contracts_overlap"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"out": "17:00"}, "out_without_in"),
        ({"in": "17:00", "out": "16:00"}, "shift_too_long"),
        ({"in": "08:00", "out": "08:30", "break_minutes": "60"}, "shift_too_long"),
        ({"in": "08:00", "status": "absent"}, "status_against_times"),
        ({"date": "2019-05-04", "in": "08:00"}, "outside_employment"),
    ],
)
def test_attendance_that_cannot_be_is_refused(cells: Cells, code: str) -> None:
    row = {"date": "2026-05-04", "employee": "E", **cells}
    assert codes(refusals(staff(), "hr.attendance", [row])) == [code]


def test_a_night_shift_ends_the_next_morning() -> None:
    row = {"date": "2026-05-04", "employee": "E", "in": "22:00", "out": "06:00"}
    assert codes(refusals(staff(), "hr.attendance", [row])) == []


def test_nobody_is_present_on_approved_leave() -> None:
    known = staff(leave_requests=[request("R", "2026-06-08", "2026-06-12", status="approved")])
    row = {"date": "2026-06-09", "employee": "E", "in": "08:00"}
    assert codes(refusals(known, "hr.attendance", [row])) == ["present_on_leave"]
    half = staff(
        leave_requests=[request("R", "2026-06-09", "2026-06-09", status="approved", days="0.5")]
    )
    assert codes(refusals(half, "hr.attendance", [row])) == []


def test_nobody_takes_leave_on_a_day_of_presence() -> None:
    came = {"employee": "E", "in": "08:00"}
    known = staff(attendance=[came | {"date": "2026-06-09"}, came | {"date": "2026-06-13"}])
    row = request("R", "2026-06-08", "2026-06-12", status="approved")
    assert codes(refusals(known, "hr.leave_requests", [row])) == ["present_on_leave"]
    asked = row | {"status": "requested"}
    assert codes(refusals(known, "hr.leave_requests", [asked])) == []
    over_saturday = request("R", "2026-06-12", "2026-06-15", status="approved")
    assert codes(refusals(known, "hr.leave_requests", [over_saturday])) == []


def test_a_document_expires_after_its_issue() -> None:
    row = {"document": "D", "employee": "E", "kind": "passport"}
    row |= {"issued": "2026-01-02", "expires": "2026-01-01"}
    assert codes(refusals(staff(), "hr.documents", [row])) == ["expires_before_issue"]


def test_headcount_is_of_the_posts_on_the_day() -> None:
    known = KnownRows(sample())
    assert report(known, "headcount", "2026-05-31") == [
        {"department": "GDG", "name": "Gudang", "employees": "2", "women": "0", "men": "2"},
        {"department": "KEU", "name": "Keuangan", "employees": "1", "women": "1", "men": "0"},
        {
            "department": "SDM",
            "name": "Sumber Daya Manusia",
            "employees": "1",
            "women": "1",
            "men": "0",
        },
    ]
    assert [row["employees"] for row in report(known, "headcount", "2019-12-31")] == ["1", "1"]


def test_leave_balances_are_those_of_the_day() -> None:
    rows = {
        row["employee"]: row for row in report(KnownRows(sample()), "leave_balances", "2026-05-31")
    }
    assert {code: row["remaining"] for code, row in rows.items()} == {
        "K001": "9",
        "K002": "12",
        "K003": "15",
        "K004": "0",
    }
    assert rows["K001"]["taken"] == "3"


def test_what_expires_within_sixty_days_is_listed() -> None:
    known = KnownRows(sample())
    assert [r["number"] for r in report(known, "expiring_documents", "2026-05-31")] == ["C1234567"]
    assert report(known, "expiring_documents", "2026-04-30") == []
    year = report(known, "expiring_documents", "2026-05-31", days="365")
    assert [(r["number"], r["days_left"]) for r in year] == [
        ("C1234567", "30"),
        ("SK-014/2026", "246"),
    ]


def test_a_fixed_term_that_is_followed_does_not_expire() -> None:
    first = contract("C1", "pkwt", "2020-01-06", "2021-01-05")
    known = staff(contracts=[first, contract("C2", "pkwt", "2021-01-06", "2022-01-05")])
    assert report(known, "expiring_documents", "2020-12-31") == []
