"""The journal entry of a pay run: by account and cost centre, never by employee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from workbook_templates import money
from workbook_templates.books.payroll.accounts import Sides, sides
from workbook_templates.books.payroll.periods import month
from workbook_templates.books.payroll.staff import departments
from workbook_templates.packs.pay import ZERO, PayLine
from workbook_templates.schema import Cells, Document, Known, Proposal
from workbook_templates.words import Words

JOURNAL = "ledger.journal"
DESCRIPTION = Words(id="Penggajian", en="Payroll")

Slips = Mapping[str, tuple[PayLine, ...]]
Sums = dict[tuple[str, str], Decimal]  # (account, cost centre) -> debit less credit


def pay_entry(run: Document, slips: Slips, known: Known) -> Proposal:
    """Costs by department to net pay, tax and contributions payable.

    Dated on the day of payment, or on the nearest day of the period: a cost belongs to its month.
    """
    period = run.text("period")
    days = month(period)
    head = {
        "entry": f"PR:{run.key}",
        "date": days.holds(run["pay_date"]).isoformat(),
        "description": f"{DESCRIPTION[known.company.language]} {period} ({run.key})",
        "source": run.source,
    }
    sums = posted(slips, departments(known, days.last), known)
    rows = tuple(_row(head, place, amount) for place, amount in sums.items() if amount)
    return Proposal(JOURNAL, head["entry"], rows)


def posted(slips: Slips, centres: Mapping[str, str], known: Known) -> Sums:
    """Sums by account and cost centre; costs have the centre of the employee's department."""

    @cache
    def accounts(component: str, kind: str) -> Sides:
        return sides(known, PayLine(component, kind, ZERO))

    sums: Sums = defaultdict(lambda: ZERO)
    for employee, lines in slips.items():
        centre = centres.get(employee, "")
        for line in lines:
            found = accounts(line.component, line.kind)
            if found.debit:
                sums[found.debit, centre] += line.amount
            if found.credit:
                # An absence lowers the cost of the same department.
                reduces_cost = line.kind == "deduction" and line.taxable
                sums[found.credit, centre if reduces_cost else ""] -= line.amount
    return _ordered(sums)


def _ordered(sums: Sums) -> Sums:
    """Debits first, then credits, each by account and cost centre."""
    return dict(sorted(sums.items(), key=lambda item: (item[1] < 0, item[0])))


def _row(head: Mapping[str, str], place: tuple[str, str], amount: Decimal) -> Cells:
    account, centre = place
    row = {**head, "account": account, "debit" if amount > 0 else "credit": money.text(abs(amount))}
    return {**row, "cost_centre": centre} if centre else row
