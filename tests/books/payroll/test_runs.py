"""What a pay run does: payslips, the journal entry, drafts that follow, slips that stay."""

from decimal import Decimal

from tests.books.known import KnownRows, accepted
from tests.books.payroll.pay_rows import (
    COMPONENTS,
    account,
    company,
    employee,
    entry,
    given,
    paid,
    pay,
    run,
    slip,
)
from workbook_templates.books.payroll.pay_runs import slips_of
from workbook_templates.schema import Cells

MAY = "2026-05"
SALARIES, PAYABLE = "salaries", "salaries_payable"
HEALTH, EMPLOYER = "employer_health", "employer_contributions"
TAX, INSURANCE, HEALTH_PAYABLE = "tax_payable_pph21", "bpjs_payable", "bpjs_health_payable"


def two_departments() -> KnownRows:
    staff = [employee(department="FIN"), employee("W", department="WH", ptkp="K/1")]
    rows = [pay(8_000_000), pay(6_000_000, who="W"), pay(250_000, "LOAN", "W")]
    departments: list[Cells] = [{"department": code, "name": code} for code in ("FIN", "WH", "HR")]
    return company(hr__employees=staff, hr__departments=departments, employee_pay=rows)


def test_three_cells_make_payslips_and_a_journal_entry() -> None:
    known = paid(two_departments(), MAY)
    assert len({line.text("employee") for line in known.rows("payroll.payslips")}) == 2
    document = known.document("ledger.journal", f"PR:{MAY}")
    assert document is not None
    assert {line.source for line in document.lines} == {f"payroll.pay_runs/{MAY}"}


def test_the_entry_has_costs_by_department_and_no_employee() -> None:
    known = paid(two_departments(), MAY)
    found = entry(known, MAY)
    assert found[SALARIES, "FIN"] == 8_000_000
    assert found[SALARIES, "WH"] == 6_000_000
    assert found["employee_loans", ""] == -250_000
    assert found[HEALTH, "WH"] == 240_000
    assert found[INSURANCE, ""] == -sum(contributions(known, ("JKK", "JKM", "JHT", "JP")))
    assert found[HEALTH_PAYABLE, ""] == -sum(contributions(known, ("BPJS",)))
    assert found[TAX, ""] == -sum(slip(known, MAY, who)["PPH21"] for who in ("E", "W"))
    assert found[PAYABLE, ""] == -sum(slip(known, MAY, who)["NET"] for who in ("E", "W"))
    assert sum(found.values()) == 0
    text = str([line.cells for line in known.rows("ledger.journal")])
    assert "Name E" not in text


def contributions(known: KnownRows, starts: tuple[str, ...]) -> list[Decimal]:
    slips = [slip(known, MAY, who) for who in ("E", "W")]
    return [of[code] for of in slips for code in of if code.startswith(starts)]


def test_a_move_takes_the_cost_to_the_new_department() -> None:
    moves: list[Cells] = [
        {"employee": "E", "from": "2026-05-04", "department": "HR", "position": "x"}
    ]
    known = KnownRows({**two_departments().tables, "hr.assignments": moves})
    assert entry(paid(known, MAY), MAY)[SALARIES, "HR"] == 8_000_000


def test_a_one_off_goes_to_bonuses_and_an_own_account_before_any_role() -> None:
    components = [{**row} for row in COMPONENTS]
    components[2]["account"] = account(company(), "overtime")
    inputs = [given(MAY, 100_000), given(MAY, 70_000, "OVERTIME"), given(MAY, 40_000, "ABSENCE")]
    rows = [pay(8_000_000), pay(30_000, "FUND")]
    known = company(uninsured=True, components=components, employee_pay=rows, pay_inputs=inputs)
    found = entry(paid(known, MAY), MAY)
    assert (found["bonuses", ""], found["overtime", ""]) == (100_000, 70_000)
    assert found[SALARIES, ""] == 7_960_000
    assert (found[EMPLOYER, ""], found[INSURANCE, ""]) == (30_000, -30_000)


def test_a_chart_without_the_finer_roles_takes_the_coarser_ones() -> None:
    rows = [line.cells for line in company().tables["ledger.accounts"]]
    fine = ("bonuses", HEALTH, HEALTH_PAYABLE)
    coarse = [row for row in rows if row.get("role") not in fine]
    known = company(
        ledger__accounts=coarse, employee_pay=[pay(8_000_000)], pay_inputs=[given(MAY, 1_000_000)]
    )
    found = entry(paid(known, MAY), MAY)
    assert found[SALARIES, ""] == 9_000_000
    assert sum(found.values()) == 0


def test_the_tax_that_is_paid_back_lowers_the_tax_payable() -> None:
    staff = [employee(left="2026-02-28")]
    known = company(uninsured=True, hr__employees=staff, employee_pay=[pay(10_000_000)])
    found = entry(paid(known, "2026-01", "2026-02"), "2026-02")
    assert (found[TAX, ""], found[PAYABLE, ""]) == (200_000, -10_200_000)


def test_the_entry_belongs_to_the_month_that_is_paid() -> None:
    for pay_date, posted in (
        ("2026-05-28", "2026-05-28"),
        ("2026-06-05", "2026-05-31"),
        ("2026-04-30", "2026-05-01"),
    ):
        known = accepted(two_departments(), "payroll.pay_runs", [run(MAY, pay_date)])
        assert {line.text("date") for line in known.rows("ledger.journal")} == {posted}


def test_a_draft_has_payslips_and_no_entry() -> None:
    known = accepted(two_departments(), "payroll.pay_runs", [run(MAY, status="draft")])
    assert slip(known, MAY)["NET"] > 0
    assert known.rows("ledger.journal") == []


def test_a_draft_follows_what_it_was_computed_from() -> None:
    known = accepted(two_departments(), "payroll.pay_runs", [run(MAY, status="draft")])
    before = slip(known, MAY)
    known = accepted(known, "payroll.pay_inputs", [given(MAY, 1_000_000)])
    assert slip(known, MAY)["BONUS"] == 1_000_000
    known = accepted(known, "payroll.employee_pay", [pay(9_000_000, **{"from": "2026-05-01"})])
    assert slip(known, MAY)["BASIC"] == 9_000_000 > before["BASIC"]
    insured: Cells = {"employee": "E", "from": "2026-05-01", "pension": "false"}
    known = accepted(known, "payroll.insurance", [insured])
    assert "JP_EE" not in slip(known, MAY)


def test_an_input_of_another_month_leaves_the_draft_alone() -> None:
    known = accepted(two_departments(), "payroll.pay_runs", [run(MAY, status="draft")])
    after = accepted(known, "payroll.pay_inputs", [given("2026-06", 1_000_000)])
    assert slip(after, MAY) == slip(known, MAY)


def test_posted_payslips_stay_whatever_changes_later() -> None:
    known = paid(two_departments(), MAY)
    before = slip(known, MAY)
    known = accepted(known, "payroll.employee_pay", [pay(9_000_000, **{"from": "2026-05-01"})])
    assert slip(known, MAY) == before
    assert slip(paid(known, "2026-06"), "2026-06")["BASIC"] == 9_000_000


def test_posting_a_draft_computes_it_from_what_is_known_then() -> None:
    known = accepted(two_departments(), "payroll.pay_runs", [run(MAY, status="draft")])
    staff = [employee(ptkp="K/3", department="FIN"), employee("W", department="WH", ptkp="K/1")]
    known = KnownRows({**known.tables, "hr.employees": staff}, known.company)
    known = paid(known, MAY)
    assert slip(known, MAY)["PPH21"] == Decimal("83632")  # 1 % of 8,363,200 by TER C
    assert entry(known, MAY)[PAYABLE, ""] == -sum(
        slip(known, MAY, who)["NET"] for who in ("E", "W")
    )


def test_a_second_computation_gives_the_same_payslips() -> None:
    known = paid(two_departments(), MAY)
    kept = {
        who: [(line.component, line.amount) for line in lines]
        for who, lines in slips_of(known, MAY).items()
    }
    assert kept == {who: list(slip(known, MAY, who).items()) for who in ("E", "W")}
