"""Laws of every pay run, whatever is paid: it balances, adds up, and comes out the same again."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, document
from tests.books.payroll.pay_rows import COMPONENTS, company, employee, pay, run
from workbook_templates.books import book, sheet_of
from workbook_templates.books.payroll.choices import NET_SIGN
from workbook_templates.schema import Cells, Proposal, ReportRequest

STATUSES = ("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3")
CODES = tuple(str(row["code"]) for row in COMPONENTS)
AMOUNTS = st.decimals(0, 99_999_999, places=2)
DAYS = st.dates().map(str)


@st.composite
def staffs(draw: st.DrawFn) -> tuple[list[Cells], list[Cells], list[Cells]]:
    """A few employees, each with pay and inputs, who may join or leave within the month."""
    people, rows, inputs = [], [], []
    for number in range(draw(st.integers(1, 4))):
        who = f"E{number}"
        dates = {"joined": draw(st.sampled_from(["2020-01-06", "2026-05-01", "2026-05-17"]))}
        if left := draw(st.sampled_from([None, "2026-05-20", "2026-05-31", "2026-12-31"])):
            dates["left"] = left
        department = draw(st.sampled_from(["FIN", "WH"]))
        status = draw(st.sampled_from(STATUSES))
        people.append(employee(who, ptkp=status, department=department, **dates))
        for code in draw(st.sets(st.sampled_from(CODES), min_size=1)):
            rows.append(pay(draw(AMOUNTS), code, who))
        for code in draw(st.sets(st.sampled_from(CODES), max_size=3)):
            amount = str(draw(AMOUNTS))
            row = {"period": "2026-05", "employee": who, "component": code}
            inputs.append(row | {"amount": amount})
    return people, rows, inputs


@given(staffs(), st.sampled_from(["id", "plain"]))
@settings(max_examples=60)
def test_every_pay_run_keeps_the_laws(
    staff: tuple[list[Cells], list[Cells], list[Cells]], pack: str
) -> None:
    people, rows, inputs = staff
    known = company(pack, hr__employees=people, employee_pay=rows, pay_inputs=inputs)
    slips, *entries = proposed(known)
    assert proposed(known) == [slips, *entries]
    for entry in entries:
        debits, credits = (total(entry.rows, side) for side in ("debit", "credit"))
        assert debits == credits
    for who in {str(row["employee"]) for row in slips.rows}:
        lines = [row for row in slips.rows if row["employee"] == who]
        net = sum(NET_SIGN.get(str(row["kind"]), 0) * amount(row, "amount") for row in lines)
        assert net == sum(amount(row, "amount") for row in lines if row["kind"] == "net")
    registered = register(known, slips)
    for column, kind in (("net", "net"), ("tax", "tax"), ("gross", "earning")):
        of_kind = [row for row in slips.rows if row["kind"] == kind]
        assert total(registered, column) == total(of_kind, "amount")


def proposed(known: KnownRows) -> list[Proposal]:
    changed = document(known, "payroll.pay_runs", [run("2026-05")])
    propose = sheet_of("payroll.pay_runs").proposes
    assert propose is not None
    return list(propose(changed, known))


def register(known: KnownRows, slips: Proposal) -> list[Cells]:
    kept = {"payroll.pay_runs": [run("2026-05")], "payroll.payslips": slips.rows}
    after = KnownRows({**known.given, **kept}, known.company)
    report = next(one for one in book("payroll").reports if one.key == "pay_register")
    return list(report.build(after, ReportRequest("2026-05-31", "2026-05-01", "2026-05-31")))


def total(rows: list[Cells] | tuple[Cells, ...], column: str) -> Decimal:
    return sum((amount(row, column) for row in rows), Decimal(0))


def amount(row: Cells, column: str) -> Decimal:
    return Decimal(row.get(column) or 0)
