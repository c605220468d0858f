"""Deferrals: accounts that can be posted, ends after beginnings, settled months as they were."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.deferrals import recognised
from workbook_templates.books.ledger.rules.own_accounts import own_accounts
from workbook_templates.books.ledger.rules.settled import (
    DEFERRAL_SETTLED,
    first_settled,
    too_long,
)
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

ENDS_TOO_EARLY = Message(
    "ends_too_early",
    Words(
        id="{deferral} baru mulai {first}, jadi tidak dapat berakhir lebih awal. Perbaiki salah "
        "satunya.",
        en="{deferral} begins on {first}, so it cannot end earlier. Mend one of them.",
    ),
)
_SHOWN = ("kind", "deferred_account", "result_account")


def deferral_accounts_can_be_posted(document: Document, known: Known) -> Iterator[Problem]:
    """Both accounts are open ones that no other document keeps."""
    for column in ("deferred_account", "result_account"):
        yield from own_accounts(document, known, column)


def months_are_countable(document: Document, known: Known) -> Iterator[Problem]:
    """A deferral goes over at most 1,200 months."""
    yield from too_long(document, "months")


def deferral_ends_after_it_begins(document: Document, known: Known) -> Iterator[Problem]:
    """What is ended early has begun."""
    for line in document.lines:
        if line.text("ends") and line.text("ends") < line.text("first")[:7]:
            facts = {"deferral": document.key, "first": line["first"]}
            yield ENDS_TOO_EARLY(column="ends", row_id=line.id, **facts)


def settled_parts_stay(document: Document, known: Known) -> Iterator[Problem]:
    """No change alters what was recognised in a closed month, or before the books began."""
    month = first_settled(_booked(document.before), _booked(document.lines), known)
    if month:
        row_id = document.lines[0].id if document.lines else None
        column = "first" if row_id else None
        yield DEFERRAL_SETTLED(column=column, row_id=row_id, code=document.key, period=month)


def _booked(rows: tuple[Line, ...]) -> dict[str, tuple[object, ...]]:
    return {
        month: (amount, *(row.text(column) for column in _SHOWN))
        for row in rows
        for month, amount in recognised(row).items()
    }
