"""The journal entry that a payment causes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.payments import (
    control_role,
    effect,
    on_account,
    settled_document,
    trade_of,
)
from workbook_templates.schema import Document, Known, Proposal
from workbook_templates.words import Words

PAYMENT_WORDS = Words(id="Pembayaran", en="Payment")


def payment_entry(payment: Document, known: Known) -> Iterator[Proposal]:
    """Money in: bank to receivable, one line a settled document; money out: payable to bank.

    What names no document stays on the party's account under the payment's own number.
    """
    party, direction = payment.text("party"), payment.text("direction")
    entry = Entry(payment, "PY", PAYMENT_WORDS, known)
    amount: Decimal = payment["amount"]
    entry.add(payment.text("bank_account"), amount if direction == "in" else -amount)
    for line in sorted(payment.lines, key=lambda line: (line.text("document"), line.id)):
        settled = settled_document(known, line)
        control = account_of_role(known, trade_of(settled).control) if settled else None
        if control:
            entry.add(
                control.text("code"), effect(line), party=party, document=line.text("document")
            )
    rest = on_account(payment)
    row = known.row("ledger.parties", party)
    control = account_of_role(known, control_role(payment, row.text("kind") if row else ""))
    if control:
        side = -rest if direction == "in" else rest
        number = payment.text("reverses") or payment.key
        entry.add(control.text("code"), side, party=party, document=number)
    yield from entry.proposal()
