"""The accounts to which a pay run posts: a component's own, else those of the ledger's roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_templates.books.payroll.components import COMPONENTS
from workbook_templates.packs.pay import PayLine, statutory
from workbook_templates.schema import Known, Line
from workbook_templates.words import Words

ACCOUNTS = "ledger.accounts"
SALARIES, PAYABLE = "salaries", "salaries_payable"
# A chart need not split the cost of staff as finely as the law does.
INSTEAD = {
    "bonuses": SALARIES,
    "tax_allowance": SALARIES,
    "employer_health": "employer_contributions",
    "bpjs_health_payable": "bpjs_payable",
}
ROLE_WORDS = {
    SALARIES: Words(id="Beban gaji", en="Salaries"),
    PAYABLE: Words(id="Utang gaji", en="Salaries payable"),
    "employee_loans": Words(id="Piutang karyawan", en="Employee loans"),
    "employer_contributions": Words(
        id="Beban BPJS Ketenagakerjaan", en="Employer social contributions"
    ),
    "bpjs_payable": Words(id="Utang BPJS Ketenagakerjaan", en="Social contributions payable"),
    "tax_payable_pph21": Words(id="Utang PPh 21", en="Payroll tax payable"),
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The accounts that a component debits and credits; "" = the other side is net pay."""

    debit: str = ""
    credit: str = ""


def account_of(known: Known, role: str) -> str:
    """The account of a role, or of the role in its stead; "" where neither has one."""
    for wanted in (role, INSTEAD.get(role)):
        for row in known.where(ACCOUNTS, "role", wanted) if wanted else ():
            return row.text("code")
    return ""


def sides(known: Known, line: PayLine) -> Sides:
    """Where one kind of line posts. A benefit in kind was booked when it was bought."""
    row = known.row(COMPONENTS, line.component)
    law = statutory(known.company.pack).get(line.component)
    debit, credit = roles(line.kind, row)
    if law is not None:
        debit, credit = law.expense, law.payable
    own = row.text("account") if row else ""
    own_payable = row.text("payable_account") if row else ""
    if not debit and own:
        return Sides("", own)
    return Sides(
        (own or account_of(known, debit)) if debit else "",
        (own_payable or account_of(known, credit)) if credit else "",
    )


def roles(kind: str, component: Line | None) -> tuple[str, str]:
    """The roles that a kind of component debits and credits; "" = none."""
    if kind == "earning":
        one_off = component is not None and component["one_off"] is True
        return ("bonuses" if one_off else SALARIES), ""
    if kind == "deduction":
        # Absence makes the salary smaller; whatever else is kept back pays off a loan.
        absence = component is not None and component["taxable"] is True
        return "", SALARIES if absence else "employee_loans"
    if kind == "employer_contribution":
        return "employer_contributions", "bpjs_payable"
    return "", PAYABLE if kind == "net" else ""


def missing_roles(known: Known, is_taxed: bool) -> Iterator[Words]:
    """The roles without an account that a pay run of this company cannot do without."""
    wanted = [SALARIES, PAYABLE]
    if is_taxed:
        wanted += ["employer_contributions", "bpjs_payable", "tax_payable_pph21"]
    if any(_needs_loans(row) for row in known.rows(COMPONENTS)):
        wanted.append("employee_loans")
    for role in wanted:
        if not account_of(known, role):
            yield ROLE_WORDS[role]


def _needs_loans(row: Line) -> bool:
    is_deduction = row.text("kind") == "deduction" and not row.text("account")
    return is_deduction and row["taxable"] is not True
