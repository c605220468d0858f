"""What is about to be sent: rows by sheet, the totals of their amounts, copies, changed cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from addin.copied import CopiedDocument, renumber_copies
from addin.copies import Copy
from addin.groups import Dirty, Unsent
from workbook_templates.columns import Money


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that was typed over since the last sync; `row` is the number that the person sees,
    both values are canonical text, None = blank.
    """

    table: str
    row: int | None
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Preview:
    """Rows by (table, "new" | "changed" | "deleted"), and sums by (table, money column).

    `copied`: documents that were copied whole. `put_back`: rows by table that got their id back,
    because they had lost it or were shuffled. `cells`: those of changed rows.
    """

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    totals: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    copied: tuple[CopiedDocument, ...] = ()
    put_back: Counter[str] = field(default_factory=Counter)
    cells: tuple[ChangedCell, ...] = ()

    def __add__(self, other: Preview) -> Preview:
        totals = dict(self.totals)
        for place, amount in other.totals.items():
            totals[place] = totals.get(place, Decimal(0)) + amount
        put_back, cells = self.put_back | other.put_back, self.cells + other.cells
        return Preview(self.rows + other.rows, totals, self.copied + other.copied, put_back, cells)


def preview(copy: Copy, documents: Iterable[Unsent]) -> Preview:
    """The numbers of these documents; a total is that of the new and changed rows as they stand."""
    rows: Counter[tuple[str, str]] = Counter()
    totals: dict[tuple[str, str], Decimal] = {}
    cells: list[ChangedCell] = []
    for unsent in documents:
        sheet = copy.pages[unsent.table].sheet
        money = [c.key for c in sheet.columns if isinstance(c, Money)]
        for dirty in unsent.rows:
            rows[unsent.table, what := _what(copy, dirty)] += 1
            cells += _changed(copy, dirty) if what == "changed" else ()
            row = copy.row(unsent.table, dirty.rid)
            for column in money if row else ():
                if row and column in row.cells:
                    place = (unsent.table, column)
                    totals[place] = totals.get(place, Decimal(0)) + Decimal(row.cells[column])
    return Preview(rows, totals, cells=tuple(cells))


def _changed(copy: Copy, dirty: Dirty) -> Iterator[ChangedCell]:
    row = copy.row(dirty.table, dirty.rid)
    for column, (before, after) in dirty.changes.items():
        if before != after:
            yield ChangedCell(dirty.table, row.number if row else None, column, before, after)


def mended(copy: Copy) -> Preview:
    """What was put in order before anything is compared: whole copies, rows that lost their ids."""
    back = {t: n for t, page in copy.pages.items() if (n := page.reattached + len(page.shuffled))}
    return Preview(copied=tuple(renumber_copies(copy)), put_back=Counter(back))


def _what(copy: Copy, dirty: Dirty) -> str:
    if dirty.deleted:
        return "deleted"
    return "changed" if dirty.rid in copy.base(dirty.table) else "new"
