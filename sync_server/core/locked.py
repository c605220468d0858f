"""What is told of closed and held periods: of all of them, and of one in a document's way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync_server.core.access import Author
from sync_server.core.draft import Draft
from workbook_templates import wire
from workbook_templates.periods import BOOKS, LOCKED_OUT, PERIODS, locked_to, locked_until
from workbook_templates.problems import Problem


def locked_periods(draft: Draft, author: Author) -> wire.LockedPeriods:
    """Up to which day a person can move nothing, before they try."""
    if PERIODS not in draft.catalogue.sheets:
        return wire.LockedPeriods()
    day = locked_to(draft, "", author)
    theirs = (b.key for b in draft.catalogue.books if b.key in BOOKS and author.may_read(b))
    later = {key: until for key in theirs if (until := locked_to(draft, key, author))}
    return wire.LockedPeriods(day, {key: until for key, until in later.items() if until != day})


def status_of(problems: Iterable[Problem]) -> str:
    """Of a refused document: locked where nothing but a period stands in its way, else invalid."""
    return wire.LOCKED if all(p.code in LOCKED_OUT for p in problems) else wire.INVALID


def lock_on(draft: Draft, table: str, told: Sequence[Problem]) -> wire.Lock | None:
    """The lock that the first of some problems tells of; None where none of them tells of one."""
    shut = next((p for p in told if p.code in LOCKED_OUT and p.facts), None)
    if shut is None:
        return None
    period = shut.facts.get("period") or shut.facts["year"]
    return wire.Lock(period, locked_until(draft, period, draft.catalogue.book_of[table].key))
