"""Proposals for the payments of a workbook that name no document: typed beside them, unsent.

Only blank cells are filled in. What is sure enough stands under Document and Applied, to be looked
at before the next sync; a guess is only told under Proposal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from addin.copies import Copy, put_row
from addin.known import LocalKnown
from workbook_templates import money
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.matching import (
    ONE_OF_MANY,
    Match,
    Money,
    OpenDocument,
    matches,
)
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
    applied_to,
    corrected_balance,
    on_account,
)
from workbook_templates.books.ledger.posting import number_of
from workbook_templates.books.ledger.reports.payment_proposals import (
    SIDES,
    as_seen,
    in_words,
    open_documents,
)
from workbook_templates.schema import Document

JOURNAL = "ledger.journal"
EVER = "9999-12-31"
LONGEST = 500  # characters of a text in a cell


@dataclass
class Proposed:
    """What was typed, by payment: with documents, and as a guess in words only."""

    filled: dict[str, str] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)


def propose(copy: Copy) -> Proposed:
    """Types the best match of each payment that names no document and can still be changed.

    A workbook that shows only some months gets none: what it lacks would mislead.
    """
    done, known = Proposed(), LocalKnown(copy)
    if not known.has(JOURNAL):
        return done
    rids: dict[str, list[str]] = {}
    for rid in copy.pages[PAYMENTS].rows:
        rids.setdefault(copy.key_of(PAYMENTS, rid), []).append(rid)
    opened: dict[str, list[OpenDocument]] = {}
    for key, (first, *others) in rids.items():
        payment = known.document(PAYMENTS, key)
        if payment is None or others or not _is_undecided(payment, known):
            continue
        currency = currency_of(payment, known)
        if currency not in opened:
            found = open_documents(known, EVER, currency)
            opened[currency] = [d for d in found if not known.row(PAYMENTS, d.document)]
        match = _best(payment, opened[currency])
        if match is None:
            continue
        said = in_words(match, copy.language)[:LONGEST]
        is_sure = match.score >= ONE_OF_MANY
        (done.filled if is_sure else done.guessed)[key] = said
        _lay(copy, key, first, match if is_sure else None, said)
        if is_sure:
            opened[currency] = _without(opened[currency], match)
    return done


def _is_undecided(payment: Document, known: LocalKnown) -> bool:
    """Whether nobody said what a payment settles, and somebody still may."""
    if payment.text("document") or payment.text("reverses") or number_of(payment.lines):
        return False
    is_open = on_account(payment) > 0 and corrected_balance(payment, known) != 0
    return is_open and not applied_to(payment, known)


def _best(payment: Document, opened: list[OpenDocument]) -> Match | None:
    party, side = payment.text("party"), SIDES[payment.text("direction") or "in"]
    paid = Money(on_account(payment), party, payment.text("description"))
    found = matches(paid, [as_seen(document, side) for document in opened], most=1)
    return found[0] if party and found else None


def _without(opened: list[OpenDocument], match: Match) -> list[OpenDocument]:
    """What is left of the documents for the payments that come next."""
    taken = dict(match.settles)
    left = []
    for document in opened:
        part = Decimal(0)
        if document.party == match.party and document.document in taken:
            most = min(abs(document.left), abs(taken[document.document]))
            taken[document.document] -= most.copy_sign(taken[document.document])
            part = most.copy_sign(document.left)
        if document.left != part:
            left.append(replace(document, left=document.left - part))
    return left


def _lay(copy: Copy, key: str, rid: str, match: Match | None, said: str) -> None:
    """Types a proposal into the row of a payment; further documents get rows of their own."""
    head = {**copy.pages[PAYMENTS].rows[rid].cells, "proposal": said}
    if match is None:
        put_row(copy, PAYMENTS, rid, head)
        return
    for n, (document, part) in enumerate(match.settles):
        settles = {"document": document, "applied": money.text(part)}
        if n:
            name = f"{copy.meta.get('company', '')}|{PAYMENTS}|{key}|{document}"
            rid = str(uuid5(NAMESPACE_URL, name))
        put_row(copy, PAYMENTS, rid, {**head, **settles})
