"""Recurring entries: each month has a period, and closed months keep theirs."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.recurring import (
    JOURNAL,
    MOST_MONTHS,
    days_of,
    entry_of,
)
from workbook_templates.periods import PERIODS, is_locked
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

TOO_MANY_MONTHS = Message(
    "too_many_months",
    Words(
        id="Paling banyak {most} bulan dalam satu pola. Kurangi jumlahnya.",
        en="A template goes over at most {most} months. Lower the number.",
    ),
)
MONTH_WITHOUT_PERIOD = Message(
    "month_without_period",
    Words(
        id="Periode {period} belum ada. Tambahkan di lembar Periode, atau kurangi jumlah bulannya.",
        en="There is no period {period}. Add it on the Periods sheet, or take fewer months.",
    ),
)
MONTH_LOCKED = Message(
    "month_locked",
    Words(
        id="Periode {period} sudah ditutup, jadi jurnalnya tidak dapat dibuat. Mulai sesudahnya.",
        en="Period {period} is closed, so it gets no entry any more. Begin after it.",
    ),
)
LOCKED_MONTH_STAYS = Message(
    "locked_month_stays",
    Words(
        id="Pola {template} sudah mencatat jurnal di periode {period} yang ditutup. Tanggal "
        "pertamanya tetap; untuk berhenti, kurangi jumlah bulan sampai bulan yang masih terbuka.",
        en="The template {template} has an entry in the closed period {period}. Leave its first "
        "date as it was; to stop it, lower the number of months as far as open ones go.",
    ),
)


def months_have_periods(document: Document, known: Known) -> Iterator[Problem]:
    """Every month of a template has a period, closed only where its entry is there already."""
    if not document.lines or not known.has(PERIODS):
        return
    row_id = document.lines[0].id
    if int(document.text("months") or 0) > MOST_MONTHS:
        yield TOO_MANY_MONTHS(column="months", row_id=row_id, most=MOST_MONTHS)
    for month, _ in days_of(document):
        if known.row(PERIODS, month) is None:
            yield MONTH_WITHOUT_PERIOD(column="months", row_id=row_id, period=month)
            return
        if is_locked(known, month, "ledger") and not _has_entry(document, month, known):
            yield MONTH_LOCKED(column="date", row_id=row_id, period=month)
            return


def locked_months_stay(document: Document, known: Known) -> Iterator[Problem]:
    """A template is not deleted, moved or shortened so that a closed month would lose its entry."""
    if not document.before:
        return
    now = {month for month, _ in days_of(document)} if document.lines else set()
    before = Document(document.sheet, document.key, document.before)
    for month, _ in days_of(before):
        locked = month not in now and is_locked(known, month, "ledger")
        if locked and _has_entry(document, month, known):
            row_id = document.lines[0].id if document.lines else None
            yield LOCKED_MONTH_STAYS(
                column="months" if row_id else None,
                row_id=row_id,
                template=document.key,
                period=month,
            )
            return


def _has_entry(template: Document, month: str, known: Known) -> bool:
    return known.document(JOURNAL, entry_of(template, month)) is not None
