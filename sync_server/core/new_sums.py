"""Sums that a newer version of a book declares, laid over the rows that are there already."""

from __future__ import annotations

from sync_server.core.port import Batch, Transaction
from sync_server.core.sums import Sums, add_up, adder
from workbook_templates.schema import Book


def lay_new_sums(held: Transaction, book: Book) -> int:
    """Adds up all live rows under totals of which nothing is kept yet; how many sums it made.

    Before the rows themselves are brought forward: what changes then adds to what is kept.
    """
    found: dict[str, Sums] = {}
    for sheet in book.sheets:
        fresh = [adder(totals) for totals in sheet.totals if not held.all_totals(totals.key)]
        if fresh:
            sums: dict[str, Sums] = {of.key: {} for of in fresh}
            add_up(fresh, [(row.cells, 1) for row in held.rows_of(sheet.table)], sums)
            found |= {key: added for key, added in sums.items() if added}
    if found:
        held.keep(Batch(held.head, totals=found))
    return sum(map(len, found.values()))
