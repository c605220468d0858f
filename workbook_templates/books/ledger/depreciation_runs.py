"""Month-end runs: the entries of depreciation and of deferrals, once a month.

A row for the month is what makes them: before it there are none, and while the month is open they
follow what changes in the registers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.assets import (
    ASSETS,
    JOURNAL,
    all_assets,
    months_run,
)
from workbook_templates.books.ledger.deferrals import all_deferrals, recognition
from workbook_templates.books.ledger.depreciation import NONE
from workbook_templates.periods import PERIODS, is_locked
from workbook_templates.schema import Cells, Document, Known, Proposal
from workbook_templates.spans import month_end
from workbook_templates.words import Words

DEPRECIATION = Words(id="Penyusutan {month}", en="Depreciation {month}")
ENTRIES = ("DE", "AM")  # depreciation, amortisation of deferrals
Sums = dict[tuple[str, str], Decimal]  # by (account, cost centre)


def run_entries(run: Document, known: Known) -> Iterator[Proposal]:
    """Entries "DE:2026-05" and "AM:2026-05" of the month's last day; a locked month keeps its."""
    month = run.key
    if is_locked(known, month, "ledger"):
        for prefix in ENTRIES:
            kept = known.document(JOURNAL, f"{prefix}:{month}")
            if kept is not None:
                yield Proposal(JOURNAL, kept.key, tuple(line.cells for line in kept.lines))
        return
    head = {"date": month_end(month), "kind": "adjusting", "source": run.source}
    words = DEPRECIATION[known.company.language].format(month=month)
    lines = ({"description": words, **line} for line in _depreciation(month, known))
    yield from _entry(f"DE:{month}", head, lines)
    yield from _entry(f"AM:{month}", head, _recognition(month, known))


def disposed_after(run: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The assets that left after the month: their entries take off what was depreciated."""
    if known.has(ASSETS):
        left = (row for row in known.rows(ASSETS) if row.text("disposed_on")[:7] > run.key)
        yield from ((ASSETS, row.text("asset")) for row in left)


def settled_before(known: Known) -> str:
    """The first month that has a period; what lies before it is not booked here."""
    return min((row.text("period") for row in known.rows(PERIODS)), default="")


def first_open(known: Known, until: str) -> str | None:
    """The first month up to another that has something to depreciate or recognise, and no run."""
    done, first = months_run(known), settled_before(known)
    months = {
        month
        for amounts in _all_planned(known)
        for month, amount in amounts
        if amount and first <= month <= until and month not in done
    }
    return min(months, default=None)


def _all_planned(known: Known) -> Iterator[Iterator[tuple[str, Decimal]]]:
    for asset in all_assets(known):
        yield ((month, asset.in_run(month)) for month in asset.planned)
    for _, planned in all_deferrals(known):
        yield iter(planned.items())


def _depreciation(month: str, known: Known) -> Iterator[Cells]:
    """Cost by account and cost centre, then accumulated depreciation by account."""
    costs: Sums = defaultdict(lambda: NONE)
    accumulated: Sums = defaultdict(lambda: NONE)
    for asset in all_assets(known):
        if amount := asset.in_run(month):
            centre = asset.row.text("cost_centre")
            costs[asset.category.text("expense_account"), centre] += amount
            accumulated[asset.category.text("accumulated_account"), ""] += amount
    for sums, sign in ((costs, 1), (accumulated, -1)):
        for (account, centre), amount in sorted(sums.items()):
            if amount:
                side = "debit" if amount * sign > 0 else "credit"
                line = {"account": account, side: money.text(abs(amount))}
                yield {**line, "cost_centre": centre} if centre else line


def _recognition(month: str, known: Known) -> Iterator[Cells]:
    for row, planned in all_deferrals(known):
        if amount := planned.get(month):
            yield from recognition(row, amount)


def _entry(key: str, head: Cells, lines: Iterator[Cells]) -> Iterator[Proposal]:
    rows = tuple({"entry": key, **head, **line} for line in lines)
    if rows:
        yield Proposal(JOURNAL, key, rows)
