"""What a batch must hold: each bill once, no more than is open, approved before it is paid."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.approvals import waits_for_approval
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payment_batches import (
    BATCHES,
    by_supplier,
    is_open,
    supplier_of,
    total_of,
)
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
    applied_to,
    balance_of,
    leaves_open,
    party_of,
    settled_document,
)
from workbook_templates.books.ledger.posting import asks_for_posting, number_of
from workbook_templates.books.ledger.rules.payments import DOCUMENT_OF_ANOTHER_PARTY, OVER_APPLIED
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

IN_ANOTHER_BATCH = Message(
    "in_another_batch",
    Words(
        id="{document} sudah ada di daftar {batch} yang belum dibayar. Hapus dari salah satunya.",
        en="{document} already stands in batch {batch}, which is not paid yet. Take it out of one "
        "of them.",
    ),
)
ADDS_TO_WHAT_IS_OPEN = Message(
    "adds_to_what_is_open",
    Words(
        id="Jumlah {amount} tidak mengurangi sisa {document}. Isi jumlah positif untuk tagihan, "
        "negatif untuk nota kredit pemasok.",
        en="{amount} does not lessen what is open on {document}. Fill in an amount above zero for "
        "a bill, below zero for a supplier credit note.",
    ),
)
NOTHING_TO_TRANSFER = Message(
    "nothing_to_transfer",
    Words(
        id="Jumlah untuk {party} menjadi {amount}, jadi tidak ada yang ditransfer. Kurangi nota "
        "kreditnya.",
        en="The total for {party} is {amount}, so there is nothing to transfer. Take off less by "
        "credit notes.",
    ),
)
BATCH_WAITS = Message(
    "batch_waits",
    Words(
        id="Daftar {batch} menunggu persetujuan, jadi belum dapat dibukukan sebagai terbayar. "
        "Kosongkan Bukukan, minta persetujuan, lalu isi lagi.",
        en="Batch {batch} waits for approval, so it cannot be posted as paid yet. Blank Post, have "
        "it approved, then fill it in again.",
    ),
)


def bills_fit_the_batch(batch: Document, known: Known) -> Iterator[Problem]:
    """Each bill is its supplier's own and gets no more than is open; what is posted stays."""
    if number_of(batch.before) or not all(map(known.has, (*TRADES, PAYMENTS))):
        return
    lines: dict[str, list[Line]] = {}
    for line in batch.lines:
        lines.setdefault(line.text("document"), []).append(line)
    for its in lines.values():
        bill = settled_document(known, its[0])
        if bill is not None:
            yield from _problems_of(its, bill, known)


def _problems_of(lines: list[Line], bill: Document, known: Known) -> Iterator[Problem]:
    first, party = lines[0], lines[0].text("party")
    if party and party != party_of(bill):
        yield DOCUMENT_OF_ANOTHER_PARTY(
            column="document",
            row_id=first.id,
            document=bill.key,
            other=party_of(bill),
            party=party,
        )
        return
    left, amount = balance_of(bill, known) + applied_to(bill, known), total_of(lines)
    if leaves_open(left, amount):
        return
    message = ADDS_TO_WHAT_IS_OPEN if left * amount >= 0 and left else OVER_APPLIED
    yield message(
        column="amount",
        row_id=first.id,
        document=bill.key,
        open=abs(left),
        applied=abs(amount),
        amount=amount,
    )


def bill_is_in_one_batch(batch: Document, known: Known) -> Iterator[Problem]:
    """A bill waits to be paid in one batch only: the commonest way to pay it twice."""
    if number_of(batch.before):
        return
    for line in batch.lines:
        for other in known.where(BATCHES, "document", line.text("document")):
            same = supplier_of(other, known) == supplier_of(line, known)
            if other.text("batch") != batch.key and is_open(other) and same:
                yield IN_ANOTHER_BATCH(
                    column="document",
                    row_id=line.id,
                    document=line.text("document"),
                    batch=other.text("batch"),
                )
                break


def suppliers_are_paid(batch: Document, known: Known) -> Iterator[Problem]:
    """Each supplier is transferred something."""
    if not all(map(known.has, TRADES)):
        return
    for party, lines in by_supplier(batch, known).items():
        if party and total_of(lines) <= 0:
            yield NOTHING_TO_TRANSFER(
                column="amount", row_id=lines[0].id, party=party, amount=total_of(lines)
            )


def batch_is_approved_before_it_is_posted(batch: Document, known: Known) -> Iterator[Problem]:
    """Nothing is paid while somebody else has to decide."""
    if asks_for_posting(batch.lines) and waits_for_approval(batch, known):
        yield BATCH_WAITS(column="post", row_id=batch.lines[0].id, batch=batch.key)
