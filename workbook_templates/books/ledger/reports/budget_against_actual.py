"""Budget against actual: by account and cost centre, with the part used and what went beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.budgets import (
    BUDGETS,
    UNIT,
    budget_for,
    monthly,
    moved_by_month,
)
from workbook_templates.books.ledger.budgets_sheet import POLICY
from workbook_templates.books.ledger.groups import DEBIT_TYPES
from workbook_templates.books.ledger.reports.balances import ACCOUNT, NAME, amount_text, earned
from workbook_templates.books.ledger.reports.lines import LEVEL
from workbook_templates.columns import Choice, Code, Money, Option, Percent
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.spans import month_end
from workbook_templates.words import Words

TOTALS = {
    "income": Words(id="Jumlah pendapatan", en="Total income"),
    "expense": Words(id="Jumlah beban", en="Total expenses"),
}
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Compared:
    """A budget and what was set against it, in 1/10,000 on the account's own side."""

    account: Line
    centre: str
    budget: int
    actual: int
    policy: str


def budget_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row for each budget of the year and each account that has none; then income, expenses.

    Whole months from the first to the last of one year: that of the last.
    """
    found = sorted(
        _compared(known, request), key=lambda one: (one.account.text("code"), one.centre)
    )
    for one in found:
        named = {"account": one.account.text("code"), "name": one.account.text("name")}
        centre = {"cost_centre": one.centre or None}
        marked = {"policy": one.policy, "mark": _mark(one)} if one.policy else {}
        yield {"level": "account", **named, **centre, **_cells(one.budget, one.actual), **marked}
    for kind, words in TOTALS.items():
        members = [one for one in found if one.account.text("type") == kind]
        if members:
            sums = (sum(one.budget for one in members), sum(one.actual for one in members))
            yield {"level": "total", "name": words[known.company.language], **_cells(*sums)}


def _compared(known: Known, request: ReportRequest) -> Iterator[Compared]:
    year, numbers = request.last[:4], _numbers(request)
    first, last = f"{year}-{numbers[0] + 1:02}-01", month_end(f"{year}-{numbers[-1] + 1:02}")
    moved = {code: sums.balance for code, sums in earned(known, first, last).items()}
    budgets: dict[str, list[Line]] = {}
    for row in known.rows(BUDGETS):
        if row.text("year") == year:
            budgets.setdefault(row.text("account"), []).append(row)
    for account in known.rows("ledger.accounts"):
        code = account.text("code")
        sign = 1 if account.text("type") in DEBIT_TYPES else -1
        rest = sign * moved.get(code, 0)
        rows = budgets.get(code, [])
        for one in _budgeted(known, account, rows, numbers, sign):
            rest -= one.actual
            yield one
        unbudgeted = account.text("type") in TOTALS and budget_for(rows, "") is None
        if unbudgeted and rest:
            yield Compared(account, "", 0, rest, "")


def _budgeted(
    known: Known, account: Line, rows: list[Line], numbers: Sequence[int], sign: int
) -> Iterator[Compared]:
    for row in rows:
        amounts, moved = monthly(row), moved_by_month(known, row, rows)
        budget = sum(int(amounts[number] * UNIT) for number in numbers)
        actual = sign * sum(moved[number] for number in numbers)
        centre, policy = row.text("cost_centre"), row.text("policy")
        yield Compared(account, centre, budget, actual, policy)


def _numbers(request: ReportRequest) -> range:
    """The months asked for, of the year in which they end, counted from 0."""
    same = request.first[:4] == request.last[:4]
    return range(int(request.first[5:7]) - 1 if same else 0, int(request.last[5:7]))


def _mark(one: Compared) -> str:
    """Costs beyond their budget and income short of it are off."""
    costs = one.account.text("type") in DEBIT_TYPES
    off = one.actual > one.budget if costs else one.actual < one.budget
    return "off" if off else "within"


def _cells(budget: int, actual: int) -> Cells:
    percent = None
    if budget:
        exact = (Decimal(actual) * 100 / budget).quantize(Decimal("0.000001"))
        percent = money.plain(money.round_half_up(exact, TENTH))
    return {
        "budget": amount_text(budget),
        "actual": amount_text(actual),
        "difference": amount_text(budget - actual),
        "percent": percent,
    }


BUDGET_AGAINST_ACTUAL = Report(
    key="budget_against_actual",
    title=Words(id="Anggaran dan Realisasi", en="Budget Against Actual"),
    help=Words(
        id="Bulan-bulan penuh dalam satu tahun: anggaran, realisasi, sisa dan persentasenya per "
        "akun dan pusat biaya. Akun tanpa anggaran ikut dalam jumlahnya.",
        en="Of whole months of one year: budget, actual, what is left and the part used, by "
        "account and cost centre. Accounts without a budget count in the totals.",
    ),
    spans="period",
    columns=(
        LEVEL,
        ACCOUNT,
        NAME,
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        Money("budget", Words(id="Anggaran", en="Budget"), width=18),
        Money("actual", Words(id="Realisasi", en="Actual"), width=18),
        Money("difference", Words(id="Sisa", en="Left"), width=18),
        Percent("percent", Words(id="Persen", en="Percent"), width=10),
        Choice(
            "mark",
            Words(id="Tanda", en="Mark"),
            width=16,
            choices=(
                Option("within", Words(id="Sesuai", en="Within")),
                Option("off", Words(id="Meleset", en="Off budget")),
            ),
        ),
        POLICY,
    ),
    build=budget_rows,
)
