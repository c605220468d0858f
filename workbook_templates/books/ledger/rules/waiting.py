"""What may not be done with a document that waits for approval, or so that one waits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from workbook_templates.books.ledger.approvals import (
    REQUESTS,
    above_limit,
    is_unchanged,
    waits_for_approval,
)
from workbook_templates.books.ledger.corrections import corrections_of
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.opposite import reversed_document, reversed_key
from workbook_templates.books.ledger.payments import PAYMENTS, payment_lines, settled_document
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

NEEDS_APPROVAL = Message(
    "needs_approval",
    Words(
        id="Jurnal {entry} perlu disetujui ({reason}). Pindahkan baris-barisnya ke lembar Jurnal "
        "untuk Disetujui; setelah disetujui, jurnalnya masuk sendiri.",
        en="Entry {entry} needs approval ({reason}). Move its rows to the sheet Entries for "
        "Approval; once approved it comes to the journal by itself.",
    ),
)
SETTLES_WAITING = Message(
    "settles_waiting",
    Words(
        id="{document} belum masuk pembukuan karena menunggu persetujuan, jadi belum dapat dibayar."
        " Minta persetujuannya dulu.",
        en="{document} is not in the books yet: it waits for approval, so it cannot be paid. Have "
        "it approved first.",
    ),
)
USED_WOULD_WAIT = Message(
    "used_would_wait",
    Words(
        id="Dengan perubahan ini {document} menunggu persetujuan, padahal {other} sudah melunasi, "
        "mengoreksi atau memotongnya. Kembalikan isinya, lalu buat nota kredit atau dokumen baru.",
        en="This change would make {document} wait for approval, but {other} settles, corrects or "
        "deducts it. Put back what stood there, then make a credit note or another document.",
    ),
)
REVERSES_WAITING = Message(
    "reverses_waiting",
    Words(
        id="{document} belum masuk pembukuan karena menunggu persetujuan. Ubah atau hapus saja "
        "dokumennya, tidak perlu dibalik.",
        en="{document} is not in the books yet: it waits for approval. Change or delete it; there "
        "is nothing to reverse.",
    ),
)
WAITS_IN_PERIOD = Message(
    "waits_in_period",
    Words(
        id="{document}, bertanggal dalam {key}, masih menunggu persetujuan. Putuskan, ubah "
        "tanggalnya, atau hapus sebelum menutup.",
        en="{document}, dated in {key}, still waits for approval. Decide on it, change its date or "
        "delete it before closing.",
    ),
)


def large_entries_are_approved(document: Document, known: Known) -> Iterator[Problem]:
    """A typed entry above the limit goes by the sheet Entries for Approval.

    Journal rows count in the balances at once, so nothing on this sheet can wait. What takes an
    entry back in full is no new decision about an amount.
    """
    lines = document.lines
    if not lines or lines[0].source is not None or not known.has(REQUESTS):
        return
    reason = above_limit(document, known)
    if reason and not reversed_key(lines) and not is_unchanged(document):
        yield NEEDS_APPROVAL(column="debit", row_id=lines[0].id, entry=document.key, reason=reason)


def settled_documents_are_approved(payment: Document, known: Known) -> Iterator[Problem]:
    """What has no effect in the books yet is not paid."""
    if not known.has(REQUESTS) or not known.rows(REQUESTS):
        return
    for line in payment.lines:
        settled = settled_document(known, line) if line.text("document") else None
        if settled is not None and waits_for_approval(settled, known):
            yield SETTLES_WAITING(column="document", row_id=line.id, document=settled.key)


def used_documents_do_not_wait(document: Document, known: Known) -> Iterator[Problem]:
    """What others settle, correct or deduct stays in the books."""
    if not (document.before and document.lines and known.has(PAYMENTS)):
        return
    if is_unchanged(document) or not waits_for_approval(document, known):
        return
    for other in islice(_using(document, known), 1):
        yield USED_WOULD_WAIT(row_id=document.lines[0].id, document=document.key, other=other)


def _using(document: Document, known: Known) -> Iterator[str]:
    """The keys of the documents whose entries say something of this one."""
    yield from (line.text("payment") for line in payment_lines(document, known))
    if (table := document.sheet.table) in TRADES:
        yield from (found.key for found in corrections_of(document, known))
        deducting = known.where(table, DEPOSIT, document.key)
        yield from (line.sheet.key_of(line.cells, line.id) for line in deducting)


def waiting_documents_are_not_reversed(document: Document, known: Known) -> Iterator[Problem]:
    """A reversal takes back something that is in the books."""
    original = reversed_document(document, known) if reversed_key(document.lines) else None
    if original is not None and waits_for_approval(original, known):
        yield REVERSES_WAITING(
            column="reverses", row_id=document.lines[0].id, document=original.key
        )


def nothing_waits_when_it_closes(document: Document, known: Known) -> Iterator[Problem]:
    """A month or a year closes when no document of it is left to be approved."""
    was = {line.text("status") for line in document.before}
    for line in document.lines:
        if line.text("status") != "closed" or "closed" in was or not known.has(REQUESTS):
            continue
        for request in known.rows(REQUESTS):
            if request.text("date").startswith(document.key):
                name = request.text("document")
                yield WAITS_IN_PERIOD(
                    column="status", row_id=line.id, document=name, key=document.key
                )
