"""Reading back the payslips of posted runs, for the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.payroll.choices import POSTED
from workbook_templates.packs.pay import ZERO
from workbook_templates.schema import Known, Line, ReportRequest


def slip_lines(known: Known, request: ReportRequest) -> Iterator[Line]:
    """The payslip lines of the periods asked for, by period and then employee.

    The parameter `run` asks for one run instead, be it a draft.
    """
    for run in _runs(known, request):
        document = known.document("payroll.payslips", run.text("run"))
        lines = document.lines if document else ()
        yield from sorted(lines, key=lambda line: line.text("employee"))


def employee_names(known: Known) -> dict[str, str]:
    """The names of employees by number."""
    return {row.text("employee"): row.text("name") for row in known.rows("hr.employees")}


def sums(lines: Iterator[Line]) -> dict[str, dict[str, Decimal]]:
    """Employee -> kind of line -> sum of its amounts; "taxable" is the taxable gross."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for line in lines:
        of = found[line.text("employee")]
        of[line.text("kind")] += line["amount"]
        of["taxable"] += line["taxable"] or ZERO
    return dict(found)


def _runs(known: Known, request: ReportRequest) -> list[Line]:
    wanted = request.parameters.get("run")
    if wanted:
        row = known.row("payroll.pay_runs", wanted)
        return [row] if row else []
    first, last = request.first[:7], request.last[:7]
    runs = (
        row
        for row in known.rows("payroll.pay_runs")
        if row.text("status") == POSTED and first <= row.text("period") <= last
    )
    return sorted(runs, key=lambda row: row.text("period"))
