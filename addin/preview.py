"""What is about to be sent, in numbers: rows by sheet, and the totals of their amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from addin.copies import Copy
from addin.groups import Dirty, Unsent
from workbook_templates.columns import Money


@dataclass(frozen=True)
class Preview:
    """Rows by (table, "new" | "changed" | "deleted"), and sums by (table, money column)."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    totals: dict[tuple[str, str], Decimal] = field(default_factory=dict)

    def __add__(self, other: Preview) -> Preview:
        totals = dict(self.totals)
        for place, amount in other.totals.items():
            totals[place] = totals.get(place, Decimal(0)) + amount
        return Preview(self.rows + other.rows, totals)


def preview(copy: Copy, documents: Iterable[Unsent]) -> Preview:
    """The numbers of these documents; a total is that of the new and changed rows as they stand."""
    rows: Counter[tuple[str, str]] = Counter()
    totals: dict[tuple[str, str], Decimal] = {}
    for unsent in documents:
        sheet = copy.pages[unsent.table].sheet
        money = [c.key for c in sheet.columns if isinstance(c, Money)]
        for dirty in unsent.rows:
            rows[unsent.table, _what(copy, dirty)] += 1
            row = copy.row(unsent.table, dirty.rid)
            for column in money if row else ():
                if row and column in row.cells:
                    place = (unsent.table, column)
                    totals[place] = totals.get(place, Decimal(0)) + Decimal(row.cells[column])
    return Preview(rows, totals)


def _what(copy: Copy, dirty: Dirty) -> str:
    if dirty.deleted:
        return "deleted"
    return "changed" if dirty.rid in copy.base(dirty.table) else "new"
