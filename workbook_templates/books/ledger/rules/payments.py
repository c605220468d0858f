"""What payments must hold: the right party and direction, and never more than is open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import ACCOUNTS, is_control
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
    applied_to,
    balance_of,
    control_of,
    control_role,
    corrected_balance,
    effect,
    leaves_open,
    nearer_to_nothing,
    on_account,
    party_of,
    payment_lines,
    settled_document,
)
from workbook_templates.books.ledger.rules.postable import unpostable
from workbook_templates.books.ledger.rules.trade import (
    DOCUMENT_HAS_PAYMENTS,
    LESS_THAN_PAID,
    no_account,
)
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

INCOMPLETE_APPLICATION = Message(
    "incomplete_application",
    Words(
        id="Isi Dokumen bersama Dialokasikan atau Selisih, atau kosongkan semuanya.",
        en="Fill in Document together with Applied or Difference, or leave all of them blank.",
    ),
)
SETTLES_ITSELF = Message(
    "settles_itself",
    Words(
        id="Pembayaran {document} tidak dapat melunasi dirinya sendiri. Kosongkan Dokumen agar "
        "sisanya tetap sebagai pembayaran yang belum dialokasikan.",
        en="Payment {document} cannot settle itself. Leave Document blank, so that the rest stays "
        "on account.",
    ),
)
MORE_THAN_AMOUNT = Message(
    "more_than_amount",
    Words(
        id="Yang dialokasikan {applied} melebihi jumlah pembayaran {amount}. Kurangi alokasinya.",
        en="The applied {applied} is more than the payment's amount {amount}. Apply less.",
    ),
)
DOCUMENT_OF_ANOTHER_PARTY = Message(
    "document_of_another_party",
    Words(
        id="{document} adalah milik {other}, bukan {party}. Pilih dokumen dari {party}.",
        en="{document} belongs to {other}, not to {party}. Choose a document of {party}.",
    ),
)
OVER_APPLIED = Message(
    "over_applied",
    Words(
        id="Sisa {document} hanya {open}, tetapi dialokasikan {applied}. Kurangi alokasinya; "
        "selebihnya tetap sebagai pembayaran yang belum dialokasikan.",
        en="{document} has only {open} open, but {applied} is applied. Apply less; the rest stays "
        "on account.",
    ),
)
WRONG_DIRECTION = Message(
    "wrong_direction",
    Words(
        id="Pembayaran ini menambah saldo {document}, bukan melunasinya. Periksa Arah, atau tulis "
        "tanda minus di Dialokasikan.",
        en="This payment adds to what is open on {document}, it does not settle it. Check the "
        "direction, or put a minus sign before Applied.",
    ),
)
SETTLES_A_CORRECTION = Message(
    "settles_a_correction",
    Words(
        id="{document} sudah mengurangi {corrected}. Sebutkan {corrected} di sini.",
        en="{document} lowers {corrected} by itself. Name {corrected} here.",
    ),
)
NUMBER_OF_A_DOCUMENT = Message(
    "number_of_a_document",
    Words(
        id="Sisa pembayaran ini akan tercampur dengan {document} milik {party} yang bernomor sama. "
        "Beri pembayaran ini nomor lain, atau alokasikan seluruhnya.",
        en="What this payment leaves on account would be mixed with {document} of {party}, which "
        "has the same number. Give the payment another number, or apply all of it.",
    ),
)
NOT_A_BANK_ACCOUNT = Message(
    "not_a_bank_account",
    Words(
        id="Akun {account} {name} bukan akun kas atau bank. Pilih akun kas atau bank.",
        en="Account {account} {name} is not a cash or bank account. Choose one that is.",
    ),
)


def bank_account_can_be_used(payment: Document, known: Known) -> Iterator[Problem]:
    """Money moves on an open asset or liability account that is not receivables or payables."""
    yield from unpostable(payment, known, "bank_account")
    account = known.row(ACCOUNTS, payment.text("bank_account"))
    if account and (account.text("type") not in ("asset", "liability") or is_control(account)):
        yield NOT_A_BANK_ACCOUNT(
            column="bank_account",
            row_id=payment.lines[0].id,
            account=account.text("code"),
            name=account.text("name"),
        )


def applied_is_within_amount(payment: Document, known: Known) -> Iterator[Problem]:
    """Document and applied go together, and all that is applied fits in the amount."""
    for line in payment.lines:
        settles = line.text("applied") or line.text("written_off")
        if bool(line.text("document")) != bool(settles):
            column = "applied" if line.text("document") else "document"
            yield INCOMPLETE_APPLICATION(column=column, row_id=line.id)
    amount, rest = payment["amount"], on_account(payment)
    if amount is not None and rest < 0:
        yield MORE_THAN_AMOUNT(
            column="applied", row_id=payment.lines[-1].id, applied=amount - rest, amount=amount
        )


def documents_fit_the_payment(payment: Document, known: Known) -> Iterator[Problem]:
    """Each document is the party's own, and the payment leaves it between open and settled."""
    if not all(map(known.has, (*TRADES, PAYMENTS))):
        return
    seen: set[tuple[str, str]] = set()
    for line in payment.lines:
        document = settled_document(known, line) if line.text("document") else None
        if document is None or (document.sheet.table, document.key) in seen:
            continue
        seen.add((document.sheet.table, document.key))
        if (document.sheet.table, document.key) == (PAYMENTS, payment.key):
            yield SETTLES_ITSELF(column="document", row_id=line.id, document=payment.key)
            continue
        yield from _application_problems(line, payment, document, known)


def _application_problems(
    line: Line, payment: Document, document: Document, known: Known
) -> Iterator[Problem]:
    if party_of(document) != line.text("party"):
        yield DOCUMENT_OF_ANOTHER_PARTY(
            column="document",
            row_id=line.id,
            document=document.key,
            other=party_of(document),
            party=line.text("party"),
        )
        return
    corrected = origin(document, known)
    if corrected.key != document.key:
        names = {"document": document.key, "corrected": corrected.key}
        yield SETTLES_A_CORRECTION(column="document", row_id=line.id, **names)
        return
    balance = corrected_balance(document, known)
    here = _applied_here(payment, document)
    applied = applied_to(document, known)
    left = balance + applied
    if leaves_open(balance, applied) or nearer_to_nothing(left - here, left):
        return
    if left * balance <= 0:
        yield OVER_APPLIED(
            column="applied",
            row_id=line.id,
            document=document.key,
            open=abs(left - here),
            applied=abs(here),
        )
    else:
        yield WRONG_DIRECTION(column="direction", row_id=line.id, document=document.key)


def _applied_here(payment: Document, document: Document) -> Decimal:
    """What this payment adds to the control account for a document, debit positive."""
    lines = (line for line in payment.lines if line.text("document") == document.key)
    return sum((effect(line) for line in lines), Decimal(0))


def payment_accounts_exist(payment: Document, known: Known) -> Iterator[Problem]:
    """There are accounts on which to post what is settled and what stays on account."""
    if not payment.lines or not known.has(ACCOUNTS):
        return
    roles = {
        control_of(settled, known)
        for line in payment.lines
        if line.text("document") and (settled := settled_document(known, line))
    }
    party = known.row("ledger.parties", payment.text("party"))
    if party and on_account(payment):
        roles.add(control_role(payment, party.text("kind")))
    for role in sorted(roles):
        yield from no_account(known, role, payment.lines[0].id)


def rest_has_its_own_number(payment: Document, known: Known) -> Iterator[Problem]:
    """What stays on account is open under the payment's number, which then is no invoice's."""
    if not payment.lines or not on_account(payment) or not all(map(known.has, TRADES)):
        return
    if origin(payment, known).key != payment.key:
        return
    for table in TRADES:
        other = known.document(table, payment.key)
        if other is not None and _open_at(other, known) == _open_at(payment, known):
            yield NUMBER_OF_A_DOCUMENT(
                column="payment",
                row_id=payment.lines[0].id,
                document=payment.key,
                party=party_of(payment),
            )


def _open_at(document: Document, known: Known) -> tuple[str, str]:
    """By what an open item is told from another of its number."""
    return party_of(document), control_of(document, known)


def rest_that_was_moved_stays(payment: Document, known: Known) -> Iterator[Problem]:
    """What a payment left on account and another moved is not taken away again."""
    if not payment.before or not known.has(PAYMENTS):
        return
    kept = Document(payment.sheet, payment.key, payment.lines or payment.before)
    lines = payment_lines(kept, known)
    moving = [line for line in lines if line.text("payment") != payment.key]
    if not moving:
        return
    first = payment.lines[0].id if payment.lines else None
    if not payment.lines or payment.text("party") != payment.before[0].text("party"):
        column = "party" if payment.lines else None
        mover = moving[0].text("payment")
        yield DOCUMENT_HAS_PAYMENTS(
            column=column, row_id=first, document=payment.key, payment=mover
        )
        return
    rest, moved = balance_of(payment, known), applied_to(payment, known)
    if not leaves_open(rest, moved):
        yield LESS_THAN_PAID(
            column="amount", row_id=first, document=payment.key, total=abs(rest), paid=abs(moved)
        )
