"""Periods, as every book meets them: nothing moves in, into or out of a closed one."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

PERIODS = "ledger.periods"
PERIOD_CLOSED = Message(
    "period_closed",
    Words(
        id="Periode {period} sudah ditutup. Pakai tanggal di periode yang terbuka, atau minta "
        "periode itu dibuka lagi.",
        en="Period {period} is closed. Use a date in an open period, or ask to have it reopened.",
    ),
)
NO_PERIOD = Message(
    "no_period",
    Words(
        id="Periode {period} belum ada. Periksa tanggalnya, atau minta periode itu ditambahkan di "
        "lembar Periode pada buku besar.",
        en="There is no period {period}. Check the date, or have the period added on the Periods "
        "sheet of the ledger.",
    ),
)


def period_is_open(document: Document, known: Known) -> Iterator[Problem]:
    """A document's date, and the date it had before, are in periods that exist and are open."""
    if not known.has(PERIODS):
        return
    before = {line.text("date")[:7]: None for line in document.before}
    days = {line.cells.get("date"): line.id for line in reversed(document.lines)}
    months = before | {(day or "")[:7]: row_id for day, row_id in days.items()}
    for month, row_id in months.items():
        if not month:
            continue
        period = known.row(PERIODS, month)
        if period is not None and period.cells.get("status") == "closed":
            yield PERIOD_CLOSED(column="date", row_id=row_id, period=month)
        elif period is None and row_id is not None:
            yield NO_PERIOD(column="date", row_id=row_id, period=month)
