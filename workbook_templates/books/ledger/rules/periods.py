"""Periods of the ledger; whether one is open is asked by every book (periods.py of the floor)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

PERIOD_IN_USE = Message(
    "period_in_use",
    Words(
        id="Periode {period} sudah berisi jurnal, jadi tidak dapat dihapus. Tutup saja periodenya.",
        en="Period {period} has journal entries, so it cannot be deleted. Close it instead.",
    ),
)


def period_is_not_in_use(document: Document, known: Known) -> Iterator[Problem]:
    """A period with journal entries is not deleted."""
    if document.lines:
        return
    month = {"date:month": document.key}
    sums = known.totals("ledger.balances", ("date:month",), equal=month)
    if any(any(amounts) for amounts in sums.values()):
        yield PERIOD_IN_USE(period=document.key)
