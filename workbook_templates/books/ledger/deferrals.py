"""Prepaid expenses and deferred income: an amount that becomes cost or income month by month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.assets import open_runs
from workbook_templates.books.ledger.depreciation import (
    BY_MONTH,
    MOST_MONTHS,
    NONE,
    STRAIGHT,
    Planned,
    Terms,
    schedule,
)
from workbook_templates.schema import Cells, Document, Known, Line

DEFERRALS = "ledger.deferrals"
PREPAID, INCOME = "prepaid", "income"


def recognised(row: Line) -> Planned:
    """What becomes cost or income in each month; all that is left in the month that ends it."""
    amount, months = row["amount"], int(row.text("months") or 0)
    first, ends = row.text("first"), row.text("ends")
    if amount is None or not first or not 0 < months <= MOST_MONTHS:
        return {}
    counted = row.text("counted") or BY_MONTH
    planned = schedule(Terms(amount, NONE, STRAIGHT, months, first, counted=counted))
    if not ends:
        return planned
    kept = {month: part for month, part in planned.items() if month < ends}
    rest = amount - sum(kept.values(), NONE)
    return {**kept, ends: rest} if rest else kept


def all_deferrals(known: Known) -> Iterator[tuple[Line, Planned]]:
    """Every deferral with what becomes of it, in order of codes."""
    rows = known.rows(DEFERRALS) if known.has(DEFERRALS) else ()
    for row in sorted(rows, key=lambda row: row.text("deferral")):
        yield row, recognised(row)


def recognition(row: Line, amount: Decimal) -> Iterator[Cells]:
    """The two lines of a month: cost from what was prepaid, or income from what was deferred."""
    deferred, result = row.text("deferred_account"), row.text("result_account")
    debit, credit = (result, deferred) if row.text("kind") == PREPAID else (deferred, result)
    description = f"{row.text('deferral')} {row.text('description')}".strip()
    for account, side in ((debit, "debit"), (credit, "credit")):
        line = {"account": account, side: money.text(amount), "description": description}
        centre = row.text("cost_centre")
        yield {**line, "cost_centre": centre} if centre and account == result else line


def runs_of_deferral(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The runs of open months in which something of it is recognised, or was."""
    rows = (*document.lines, *document.before)
    yield from open_runs(known, {month for row in rows for month in recognised(row)})
