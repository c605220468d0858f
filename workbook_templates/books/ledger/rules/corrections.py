"""A credit note that names an invoice: of the same party, not before it, and not more than it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.approvals import waits_for_approval
from workbook_templates.books.ledger.corrections import (
    CORRECTS,
    corrected_key,
    corrections_of,
    origin,
)
from workbook_templates.books.ledger.invoices import TRADES, amounts_of
from workbook_templates.books.ledger.payments import PAYMENTS, party_of, payment_lines
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

ONLY_CREDIT_NOTES_CORRECT = Message(
    "only_credit_notes_correct",
    Words(
        id="Hanya nota kredit mengoreksi dokumen lain. Ubah jenisnya, atau kosongkan Mengoreksi.",
        en="Only a credit note corrects another document. Change its kind, or blank Corrects.",
    ),
)
CORRECTS_NO_INVOICE = Message(
    "corrects_no_invoice",
    Words(
        id="{corrects} adalah nota kredit. Sebutkan faktur yang dikoreksi.",
        en="{corrects} is a credit note itself. Name the invoice that is corrected.",
    ),
)
CORRECTS_ANOTHERS = Message(
    "corrects_anothers",
    Words(
        id="{corrects} adalah milik {other}, bukan {party}. Pilih dokumen dari {party}.",
        en="{corrects} belongs to {other}, not to {party}. Choose a document of {party}.",
    ),
)
CORRECTS_WAITING = Message(
    "corrects_waiting",
    Words(
        id="{corrects} belum masuk pembukuan karena menunggu persetujuan. Ubah saja dokumennya.",
        en="{corrects} is not in the books yet: it waits for approval. Change it itself.",
    ),
)
CORRECTS_LATER = Message(
    "corrects_later",
    Words(
        id="Nota kredit bertanggal {date}, sebelum {corrects} ({first}). Perbaiki tanggalnya.",
        en="The credit note is dated {date}, before {corrects} ({first}). Correct its date.",
    ),
)
CORRECTS_TOO_MUCH = Message(
    "corrects_too_much",
    Words(
        id="Dari {corrects} tinggal {left} yang dapat dikreditkan, di sini {total}. Kurangi, atau "
        "kosongkan Mengoreksi.",
        en="Of {corrects} only {left} is left to credit, here {total}. Credit less, or blank "
        "Corrects.",
    ),
)
CORRECTION_IS_SETTLED = Message(
    "correction_is_settled",
    Words(
        id="{document} sudah dipotong dalam {payment}. Hapus potongan itu dulu; nota kredit yang "
        "menyebut fakturnya mengurangi faktur itu sendiri.",
        en="{document} is set off in {payment} already. Take that line out first; a credit note "
        "that names its invoice lowers the invoice by itself.",
    ),
)
CORRECTED_STAYS = Message(
    "corrected_stays",
    Words(
        id="{document} dikoreksi oleh {note}, jadi tidak dapat dihapus, dialihkan ke mitra lain, "
        "diberi tanggal sesudahnya atau dijadikan kurang dari yang dikreditkan. Hapus dulu "
        "koreksinya.",
        en="{document} is corrected by {note}, so it cannot be deleted, moved to another party, "
        "dated after it or made less than was credited. Delete the correction first.",
    ),
)


def correction_names_an_invoice(document: Document, known: Known) -> Iterator[Problem]:
    """Only a credit note corrects, and it corrects an earlier invoice of the same party."""
    key = document.text(CORRECTS)
    if not key:
        return
    first = document.lines[0].id
    if document.text("kind") != "credit_note":
        yield ONLY_CREDIT_NOTES_CORRECT(column=CORRECTS, row_id=first)
    original = known.document(document.sheet.table, key)
    if original is None:  # the reference is refused by itself
        return
    party, other = party_of(document), party_of(original)
    if key == document.key or original.text("kind") == "credit_note":
        yield CORRECTS_NO_INVOICE(column=CORRECTS, row_id=first, corrects=key)
    if party != other:
        yield CORRECTS_ANOTHERS(
            column=CORRECTS, row_id=first, corrects=key, other=other, party=party
        )
    if waits_for_approval(original, known):
        yield CORRECTS_WAITING(column=CORRECTS, row_id=first, corrects=key)
    if document.text("date") < original.text("date"):
        yield CORRECTS_LATER(
            column="date",
            row_id=first,
            date=document["date"],
            corrects=key,
            first=original["date"],
        )


def correction_fits(document: Document, known: Known) -> Iterator[Problem]:
    """All that takes from a document together is not more than the document."""
    key = corrected_key(document.lines)
    original = origin(document, known)
    if not key or original.key == document.key:
        return
    left = amounts_of(original, known).total - _credited(original, known)
    here = amounts_of(document, known).total
    if left < 0 and document.text("kind") == "credit_note":
        yield CORRECTS_TOO_MUCH(
            column="reverses" if document.text("reverses") else CORRECTS,
            row_id=document.lines[0].id,
            corrects=original.key,
            left=max(left + here, Decimal(0)),
            total=here,
        )
    if not known.has(PAYMENTS):
        return
    for line in payment_lines(document, known):
        yield CORRECTION_IS_SETTLED(
            column=CORRECTS,
            row_id=document.lines[0].id,
            document=document.key,
            payment=line.text("payment"),
        )
        return


def corrected_document_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A corrected document is not deleted, given to another party, or made less than credited."""
    if not document.before:
        return
    kept = Document(document.sheet, document.key, document.lines or document.before)
    notes = sorted(corrections_of(kept, known), key=lambda found: found.text("date"))
    if not notes or corrected_key(kept.lines):
        return
    note = notes[0]
    party = TRADES[document.sheet.table].party
    moved = document.text(party) != document.before[0].text(party)
    moved = moved or document.text("date") > note.text("date")
    if moved or amounts_of(document, known).total < _credited(document, known):
        yield CORRECTED_STAYS(
            row_id=document.lines[0].id if document.lines else None,
            document=document.key,
            note=note.key,
        )


def _credited(document: Document, known: Known) -> Decimal:
    """What all corrections together take from a document."""
    found = Decimal(0)
    for correction in corrections_of(document, known):
        sign = 1 if correction.text("kind") == "credit_note" else -1
        found += sign * amounts_of(correction, known).total
    return found
