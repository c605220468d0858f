"""The pay register, the contributions by programme, the tax withheld; and the sample month."""

import json
from decimal import Decimal
from importlib.resources import files

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.payroll.pay_rows import (
    company,
    employee,
    entry,
    given,
    paid,
    pay,
    report,
    run,
    slip,
)
from workbook_templates.books import book
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells, Report, ReportRequest

MAY = "2026-05"


def staffed() -> KnownRows:
    staff = [employee(npwp="0123456789012345"), employee("W", ptkp="K/1", nik="3174015203850001")]
    rows = [pay(8_000_000), pay(20_000_000, who="W"), pay(500_000, "LOAN", "W")]
    return company(hr__employees=staff, employee_pay=rows, pay_inputs=[given(MAY, 7, "HOUSE")])


def test_the_register_adds_up_each_payslip() -> None:
    known = paid(staffed(), MAY)
    rows = report(known, "pay_register", MAY)
    assert [row["employee"] for row in rows] == ["E", "W"]
    for row in rows:
        figures = {
            key: Decimal(row[key]) for key in ("gross", "contributions", "deductions", "tax")
        }
        net = figures["gross"] - sum(figures.values()) + figures["gross"]
        assert Decimal(row["net"]) == net == slip(known, MAY, row["employee"])["NET"]
    assert (rows[0]["benefits"], rows[0]["taxable_gross"]) == ("7.00", "8363207.00")


def test_the_register_of_two_months_is_the_sum_of_both() -> None:
    known = paid(staffed(), MAY, "2026-06")
    both = ReportRequest("2026-06-30", "2026-05-01", "2026-06-30")
    register = next(one for one in book("payroll").reports if one.key == "pay_register")
    nets = [Decimal(str(row["net"])) for row in register.build(known, both)]
    assert sum(nets) == sum(
        slip(known, month, who)["NET"] for month in (MAY, "2026-06") for who in ("E", "W")
    )


def test_a_draft_is_reported_only_when_it_is_asked_for() -> None:
    known = accepted(staffed(), "payroll.pay_runs", [run(MAY, status="draft")])
    assert report(known, "pay_register", MAY) == []
    assert len(report(known, "pay_register", MAY, run=MAY)) == 2
    assert report(known, "pay_register", MAY, run="unknown") == []


def test_what_is_remitted_is_what_the_payslips_and_the_entry_hold() -> None:
    known = paid(staffed(), MAY)
    listed = report(known, "bpjs_list", MAY)
    totals = report(known, "bpjs_totals", MAY)
    for row in totals:
        members = [one for one in listed if one["programme"] == row["programme"]]
        assert int(row["employees"]) == len(members) == 2
        assert Decimal(row["total"]) == sum(Decimal(one["total"]) for one in members)
    posted = entry(known, MAY)
    payable = posted["bpjs_payable", ""] + posted["bpjs_health_payable", ""]
    assert -payable == sum(Decimal(row["total"]) for row in totals)
    assert [row["programme"] for row in totals] == ["kesehatan", "jkk", "jkm", "jht", "jp"]


def test_the_contributions_of_several_months_add_up_with_their_wages() -> None:
    known = paid(staffed(), MAY, "2026-06")
    both = ReportRequest("2026-06-30", "2026-05-01", "2026-06-30")
    listed = next(one for one in book("payroll").reports if one.key == "bpjs_list")
    health = next(row for row in listed.build(known, both) if row["programme"] == "kesehatan")
    assert (health["wage"], health["total"]) == ("16000000.00", "800000.00")


def test_the_tax_list_shows_status_category_gross_rate_and_tax() -> None:
    rows = report(paid(staffed(), MAY), "pph21_list", MAY)
    assert rows[0] == {
        "period": MAY,
        "employee": "E",
        "name": "Name E",
        "tax_id": "0123456789012345",
        "status": "TK/0",
        "category": "A",
        "gross": "8363207.00",
        "base": "8363207.00",
        "rate": "1.5",
        "tax": "125448.00",
    }
    assert rows[1]["tax_id"] == "3174015203850001"


def test_tax_of_nothing_is_listed_too() -> None:
    known = paid(company(employee_pay=[pay(3_000_000)]), MAY)
    assert [row["tax"] for row in report(known, "pph21_list", MAY)] == ["0.00"]


@pytest.mark.parametrize("found", book("payroll").reports, ids=lambda found: str(found.key))
def test_a_report_runs_on_no_rows(found: Report) -> None:
    request = ReportRequest("2026-05-31", "2026-05-01", "2026-05-31", MAY)
    assert list(found.build(KnownRows({}), request)) == []


def sample(of: str, sheet: str) -> list[Cells]:
    folder = files("workbook_templates.books").joinpath(of, "sample")
    rows: list[Cells] = json.loads(folder.joinpath(f"{sheet}.json").read_text(encoding="utf-8"))
    return rows


def test_the_sample_month_is_accepted_and_paid() -> None:
    staff = {f"hr.{sheet}": sample("hr", sheet) for sheet in ("employees", "departments")}
    known = KnownRows({**opening_rows("id", "id", "2026-01", "2026-12"), **staff})
    order = ("components", "employee_pay", "pay_inputs", "tax_years", "insurance", "pay_runs")
    known = laid(known, {f"payroll.{sheet}": sample("payroll", sheet) for sheet in order})
    assert len(report(known, "pay_register", MAY)) == len(known.rows("hr.employees"))


def test_only_payroll_changes_salaries_and_only_auditors_see_them() -> None:
    assert book("payroll").writers == {"payroll"}
    assert book("payroll").readers == {"auditor"}
