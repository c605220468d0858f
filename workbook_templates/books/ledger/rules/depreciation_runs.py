"""Month-end runs: in open months, and before their months close."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.depreciation_runs import first_open
from workbook_templates.periods import NO_PERIOD, PERIOD_CLOSED, PERIODS, is_locked
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

DEPRECIATION_OPEN = Message(
    "depreciation_open",
    Words(
        id="Penyusutan dan pengakuan bulan {period} belum dijalankan. Tambahkan baris bulan itu di "
        "lembar Penyusutan Bulanan, lalu tutup.",
        en="Depreciation and deferrals of {period} have not been run. Add a row for that month on "
        "Depreciation Runs, then close.",
    ),
)


def run_is_in_an_open_month(document: Document, known: Known) -> Iterator[Problem]:
    """A run is added to a month, or taken from it, while it is there and open."""
    if not known.has(PERIODS) or (document.lines and document.before):
        return
    month, row_id = document.key, document.lines[0].id if document.lines else None
    if is_locked(known, month, "ledger"):
        yield PERIOD_CLOSED(column="period", row_id=row_id, period=month)
    elif document.lines and known.row(PERIODS, month) is None:
        yield NO_PERIOD(column="period", row_id=row_id, period=month)


def month_closes_depreciated(document: Document, known: Known) -> Iterator[Problem]:
    """A period closes when its depreciation, and that of every month before it, has been run."""
    yield from _undone(document, known, document.key)


def year_closes_depreciated(document: Document, known: Known) -> Iterator[Problem]:
    """A year closes when its depreciation has been run to the last month."""
    yield from _undone(document, known, f"{document.key}-12")


def _undone(document: Document, known: Known, until: str) -> Iterator[Problem]:
    if not _is_closed(document.lines) or _is_closed(document.before):
        return
    month = first_open(known, until)
    if month is not None:
        yield DEPRECIATION_OPEN(column="status", row_id=document.lines[0].id, period=month)


def _is_closed(lines: tuple[Line, ...]) -> bool:
    return any(line.text("status") == "closed" for line in lines)
