"""Years: closed in their order, opened again from the last one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_templates.books.ledger.closing import balances_until
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.periods import last_closed_year
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

NOT_A_YEAR = Message(
    "not_a_year",
    Words(
        id="“{text}” bukan tahun. Tulis empat angka, misalnya 2026.",
        en="“{text}” is not a year. Write four digits, for example 2026.",
    ),
)
EARLIER_YEAR_OPEN = Message(
    "earlier_year_open",
    Words(
        id="Pendapatan dan beban sebelum {year} belum dipindahkan ke saldo laba. Tutup dulu tahun "
        "{earlier}.",
        en="Income and expenses before {year} are not in retained earnings yet. Close the year "
        "{earlier} first.",
    ),
)
LATER_YEAR_CLOSED = Message(
    "later_year_closed",
    Words(
        id="Tahun {later} sudah ditutup sesudah {year}. Buka dulu tahun {later}.",
        en="The year {later} was closed after {year}. Open {later} first.",
    ),
)
YEAR_STAYS = Message(
    "year_stays",
    Words(
        id="Tahun {year} sudah ditutup, jadi barisnya tidak dapat dihapus. Kembalikan barisnya.",
        en="The year {year} is closed, so its row cannot be deleted. Put the row back.",
    ),
)


def year_has_four_digits(document: Document, known: Known) -> Iterator[Problem]:
    """A year is named by four digits, as dates begin."""
    for line in document.lines:
        text = line.text("year")
        if text and not re.fullmatch(r"[12][0-9]{3}", text):
            yield NOT_A_YEAR(column="year", row_id=line.id, text=text)


def years_close_in_order(document: Document, known: Known) -> Iterator[Problem]:
    """A year closes when the earlier ones have, into an account that is there."""
    year = document.key
    if not _is_closed(document.lines) or _is_closed(document.before) or not year.isdecimal():
        return
    row_id = document.lines[0].id
    yield from no_account(known, "retained_earnings", row_id)
    earlier = f"{int(year) - 1:04}"
    if any(balances_until(known, f"{earlier}-12").values()):
        yield EARLIER_YEAR_OPEN(column="status", row_id=row_id, year=year, earlier=earlier)


def years_open_in_order(document: Document, known: Known) -> Iterator[Problem]:
    """A closed year stays while a later one is closed, and is never deleted."""
    if not _is_closed(document.before) or _is_closed(document.lines):
        return
    if not document.lines:
        yield YEAR_STAYS(year=document.key)
        return
    later = last_closed_year(known)
    if later > document.key:
        row_id = document.lines[0].id
        yield LATER_YEAR_CLOSED(column="status", row_id=row_id, later=later, year=document.key)


def _is_closed(lines: tuple[Line, ...]) -> bool:
    return any(line.text("status") == "closed" for line in lines)
