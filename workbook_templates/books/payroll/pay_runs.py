"""A pay run: its payslips, and what follows from them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.payroll.choices import DRAFT, POSTED, computed_names
from workbook_templates.books.payroll.components import COMPONENTS
from workbook_templates.books.payroll.entry import pay_entry
from workbook_templates.books.payroll.payslip import payslip
from workbook_templates.books.payroll.roster import roster, rules_of
from workbook_templates.packs.pay import PayLine
from workbook_templates.schema import Cells, Document, Known, Proposal

RUNS, PAYSLIPS = "payroll.pay_runs", "payroll.payslips"


def slips_of(known: Known, period: str) -> dict[str, tuple[PayLine, ...]]:
    """The payslips of a period by employee, computed from what the company knows now."""
    rules = rules_of(known, period)
    return {person.employee: payslip(person, rules) for person in roster(known, period)}


def run_proposals(run: Document, known: Known) -> Iterator[Proposal]:
    """The payslips of a run and, once it is posted, its journal entry."""
    period = run.text("period")
    slips = slips_of(known, period)
    names = names_of(known)
    rows = tuple(
        _cells(run, employee, line, names) for employee, lines in slips.items() for line in lines
    )
    yield Proposal(PAYSLIPS, run.key, rows)
    if run.text("status") == POSTED:
        yield pay_entry(run, slips, known)


def drafts(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The draft runs: they follow whatever they were computed from."""
    for run in known.where(RUNS, "status", DRAFT):
        yield RUNS, run.text("run")


def drafts_of_the_period(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The draft runs of the periods that an input has, and had."""
    periods = {line.text("period") for line in (*document.lines, *document.before)}
    for run in known.where(RUNS, "status", DRAFT):
        if run.text("period") in periods:
            yield RUNS, run.text("run")


def names_of(known: Known) -> dict[str, str]:
    """The name of every component that a payslip may show, in the company's language."""
    computed = computed_names(known.company.pack)
    names = {code: words[known.company.language] for code, words in computed.items()}
    return names | {row.text("code"): row.text("name") for row in known.rows(COMPONENTS)}


def _cells(run: Document, employee: str, line: PayLine, names: Mapping[str, str]) -> Cells:
    cells: dict[str, str | None] = {
        "run": run.key,
        "period": run.text("period"),
        "employee": employee,
        "component": line.component,
        "name": names.get(line.component),
        "kind": line.kind,
        "amount": money.text(line.amount),
        "taxable": _nonzero(line.taxable),
        "deductible": _nonzero(line.deductible),
        "withheld": _nonzero(line.withheld),
        "base": None if line.base is None else money.text(line.base),
        "rate": None if line.rate is None else money.plain(line.rate),
        "status": line.status or None,
        "category": line.category or None,
    }
    return {column: text for column, text in cells.items() if text is not None}


def _nonzero(amount: Decimal) -> str | None:
    return money.text(amount) if amount else None
