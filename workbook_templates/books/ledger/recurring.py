"""Entries that come back every month: one template, one entry a month, none of them twice."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from workbook_templates.periods import PERIODS, is_locked
from workbook_templates.schema import Cells, Document, Known, Proposal

JOURNAL = "ledger.journal"
MOST_MONTHS = 60
COPIED = ("account", "description", "debit", "credit", "party", "cost_centre")


def recurring_entries(template: Document, known: Known) -> Iterator[Proposal]:
    """Entry "RE:RENT:2026-05" of each month that has a period; a locked month keeps what it has."""
    for month, day in days_of(template):
        key = entry_of(template, month)
        if is_locked(known, month, "ledger"):
            kept = known.document(JOURNAL, key)
            if kept is not None:
                yield Proposal(JOURNAL, key, tuple(line.cells for line in kept.lines))
        elif known.row(PERIODS, month) is not None:
            yield Proposal(JOURNAL, key, tuple(_rows(template, key, day)))


def days_of(template: Document) -> Iterator[tuple[str, str]]:
    """(month, day) of each entry: the same day of the month, or its last where it is shorter."""
    first, count = template.text("date"), int(template.text("months") or 0)
    if not first:
        return
    year, month, day = int(first[:4]), int(first[5:7]), int(first[8:])
    for n in range(min(count, MOST_MONTHS)):
        y, m = year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1
        last = monthrange(y, m)[1]
        yield f"{y:04}-{m:02}", f"{y:04}-{m:02}-{min(day, last):02}"


def entry_of(template: Document, month: str) -> str:
    """The number of the entry of a month."""
    return f"RE:{template.key}:{month}"


def _rows(template: Document, key: str, day: str) -> Iterator[Cells]:
    head = {"entry": key, "date": day, "source": template.source}
    for line in template.lines:
        yield {**head, **{c: text for c in COPIED if (text := line.text(c))}}
