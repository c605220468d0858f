"""Periods, as every book meets them: nothing moves in, into or out of a closed one.

A period on hold is open to a controller only. A closed year closes all its months, whatever stands
beside them, to everything but the entry that closes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.senders import CONTROLLER, Sender
from workbook_templates.spans import month_end
from workbook_templates.words import Words

PERIODS, YEARS = "ledger.periods", "ledger.years"
LOCKS = ("", "open", "held", "closed")  # the later, the firmer
BOOKS = ("inventory", "payroll")  # may be locked before the ledger is
PERIOD_CLOSED = Message(
    "period_closed",
    Words(
        id="Periode {period} sudah ditutup. Pakai tanggal di periode yang terbuka, atau minta "
        "periode itu dibuka lagi.",
        en="Period {period} is closed. Use a date in an open period, or ask to have it reopened.",
    ),
)
PERIOD_HELD = Message(
    "period_held",
    Words(
        id="Periode {period} sedang ditahan: hanya pengawas pembukuan (controller) yang dapat "
        "mengisinya. Pakai tanggal di periode yang terbuka, atau minta bantuannya.",
        en="Period {period} is on hold: only a controller can change it. Use a date in an open "
        "period, or ask one.",
    ),
)
YEAR_CLOSED = Message(
    "year_closed",
    Words(
        id="Tahun buku {year} sudah ditutup. Pakai tanggal di tahun berjalan; jurnal tahun itu "
        "dibalik dengan tanggal sekarang.",
        en="The year {year} is closed. Use a date in a later year; an entry of that year is "
        "reversed on a later date.",
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

LOCKED_OUT = frozenset(message.code for message in (PERIOD_CLOSED, PERIOD_HELD, YEAR_CLOSED))


def period_is_open(document: Document, known: Known) -> Iterator[Problem]:
    """A document's date, and the date it had before, are in periods that exist and are open."""
    if not known.has(PERIODS):
        return
    before = {line.text("date")[:7]: None for line in document.before if not closes_a_year(line)}
    days = {
        line.cells.get("date"): line.id
        for line in reversed(document.lines)
        if not closes_a_year(line)
    }
    months = before | {(day or "")[:7]: row_id for day, row_id in days.items()}
    for month, row_id in months.items():
        if month:
            yield from _locked(month, row_id, document.sheet.book, known)


def closes_a_year(line: Line) -> bool:
    """Whether a journal line is of the entry that closes a year."""
    return line.source is not None and line.source.startswith(f"{YEARS}/")


def _locked(month: str, row_id: str | None, book: str, known: Known) -> Iterator[Problem]:
    period = known.row(PERIODS, month)
    if month[:4] <= last_closed_year(known):
        yield YEAR_CLOSED(column="date", row_id=row_id, year=month[:4])
    elif period is None:
        if row_id is not None:
            yield NO_PERIOD(column="date", row_id=row_id, period=month)
    elif (lock := lock_of(period, book)) == "closed":
        yield PERIOD_CLOSED(column="date", row_id=row_id, period=month)
    elif lock == "held" and known.sender is not None and not known.sender.has(CONTROLLER):
        yield PERIOD_HELD(column="date", row_id=row_id, period=month)


def locked_until(known: Known, period: str, book: str) -> str:
    """The last day of the months that begin with a locked month or year and are all locked to the
    sender.
    """
    month = period if "-" in period else f"{period}-12"
    while any(_locked(following := _next(month, known), None, book, known)):
        month = following
    return month_end(month)


def locked_to(known: Known, book: str, sender: Sender) -> str | None:
    """The last day up to which a person can move nothing in a book; None where that is no day.

    A period that is open before it hides none: what is locked behind that is told by its refusals.
    """
    locks = {row.text("period"): lock_of(row, book) for row in known.rows(PERIODS)}
    shut = ("closed",) if sender.has(CONTROLLER) else ("closed", "held")
    year = last_closed_year(known)
    last = f"{year}-12" if year else ""
    for month in sorted(month for month in locks if month > last):
        if locks[month] not in shut:
            break
        last = month
    return month_end(last) if last else None


def _next(month: str, known: Known) -> str:
    """The month after one; a closed year is passed at once."""
    if (closed := last_closed_year(known)) >= month[:4]:
        month = f"{closed}-12"
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def is_locked(known: Known, month: str, book: str) -> bool:
    """Whether nothing moves in a month for anybody: it is closed, or its year is."""
    period = known.row(PERIODS, month)
    closed = period is not None and lock_of(period, book) == "closed"
    return closed or month[:4] <= last_closed_year(known)


def last_closed_year(known: Known) -> str:
    """The last year that is closed, and with it all before; "" where none is."""
    closed = (row for row in known.rows(YEARS) if row.cells.get("status") == "closed")
    return max((row.text("year") for row in closed), default="")


def lock_of(period: Line, book: str) -> str:
    """How firmly a period is locked for a book: its own lock, or that of the whole period."""
    own = period.text(book) if book in BOOKS else ""
    return max(own, period.text("status"), key=LOCKS.index)
