"""Periods of the ledger; whether one is open is asked by every book (periods.py of the floor)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.periods import BOOKS, LOCKS
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.senders import CONTROLLER
from workbook_templates.words import Words

PERIOD_IN_USE = Message(
    "period_in_use",
    Words(
        id="Periode {period} sudah berisi jurnal, jadi tidak dapat dihapus. Tutup saja periodenya.",
        en="Period {period} has journal entries, so it cannot be deleted. Close it instead.",
    ),
)
REOPENING_NOT_ALLOWED = Message(
    "reopening_not_allowed",
    Words(
        id="{key} hanya dapat dibuka lagi oleh pengawas pembukuan (controller). Kembalikan "
        "statusnya, lalu minta bantuannya.",
        en="Only a controller can open {key} again. Put back its status, then ask one.",
    ),
)
REOPENING_NEEDS_A_REASON = Message(
    "reopening_needs_a_reason",
    Words(
        id="Tulis di kolom Alasan mengapa {key} dibuka lagi.",
        en="Write under Reason why {key} is opened again.",
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


def reopening_has_a_reason(document: Document, known: Known) -> Iterator[Problem]:
    """A lock is loosened by a controller, who says why, anew each time."""
    for was, line in zip(document.before, document.lines, strict=False):
        column = _loosened(was, line)
        if column is None:
            continue
        named = {"key": document.key, "row_id": line.id}
        if known.sender is not None and not known.sender.has(CONTROLLER):
            yield REOPENING_NOT_ALLOWED(column=column, **named)
        if line.text("reason") in ("", was.text("reason")):
            yield REOPENING_NEEDS_A_REASON(column="reason", **named)


def _loosened(was: Line, line: Line) -> str | None:
    """The column of a lock that is not as firm as it was."""
    columns = [column for column in ("status", *BOOKS) if column in line.sheet.by_key]
    return next((c for c in columns if _firm(line.text(c)) < _firm(was.text(c))), None)


def _firm(lock: str) -> int:
    return LOCKS.index(lock) if lock in LOCKS else 0
