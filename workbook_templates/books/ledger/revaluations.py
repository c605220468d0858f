"""Month-end valuation of what is open in other currencies, taken back on the next day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.currencies import EXCHANGE, NOTHING, Conversion, rate_on
from workbook_templates.books.ledger.entries import JOURNAL, Entry
from workbook_templates.books.ledger.foreign_items import ForeignItem, foreign_items
from workbook_templates.books.ledger.opposite import SUFFIX
from workbook_templates.periods import is_locked
from workbook_templates.schema import Document, Known, Proposal
from workbook_templates.spans import day_after, month_end
from workbook_templates.words import Words

PREFIX = "RV"
VALUATION = Words(id="Penilaian kurs", en="Valuation of currencies")
TAKEN_BACK = Words(id="Pembalikan penilaian kurs", en="Reversal of the valuation of currencies")


def valued(item: ForeignItem, day: str, known: Known) -> Decimal | None:
    """What an item is worth in company currency on a day; None where there is no rate."""
    rate = rate_on(known, item.currency, day)
    return None if rate is None else Conversion(item.currency, rate).company(item.amount)


def revaluation_entries(run: Document, known: Known) -> Iterator[Proposal]:
    """Entries "RV:2026-05" of the month's last day and "RV:2026-05-R" of the next day.

    Each item by itself, so that open items stay equal to the control accounts. A locked month
    keeps what it has.
    """
    key = f"{PREFIX}:{run.key}"
    if is_locked(known, run.key, "ledger"):
        for name in (key, key + SUFFIX):
            if kept := known.document(JOURNAL, name):
                yield Proposal(JOURNAL, name, tuple(line.cells for line in kept.lines))
        return
    last = month_end(run.key)
    exchange = account_of_role(known, EXCHANGE)
    if exchange is None:  # the rule `revaluation_can_be_posted` refuses the run
        return
    items = foreign_items(known, last, without=run.source)
    for name, day, words, sign in (
        (key, last, VALUATION, 1),
        (key + SUFFIX, day_after(last), TAKEN_BACK, -1),
    ):
        entry = Entry(run, PREFIX, words, known, entry=name, date=day, kind="adjusting")
        for item in items:
            worth = valued(item, last, known)
            difference = NOTHING if worth is None else worth - item.company
            cells = {"party": item.party, "document": item.document}
            entry.add(item.account, sign * difference, **cells)
        entry.add(exchange.text("code"), -entry.balance)
        yield from entry.proposal()
