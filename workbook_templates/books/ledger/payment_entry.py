"""The journal entry that a payment causes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.payments import (
    control_of,
    control_role,
    effect,
    on_account,
    settled_document,
    written_off,
)
from workbook_templates.schema import Document, Known, Line, Proposal
from workbook_templates.words import Words

PAYMENT_WORDS = Words(id="Pembayaran", en="Payment")
DIFFERENCES = "rounding"  # the role of the account where a line names none


def payment_entry(payment: Document, known: Known) -> Iterator[Proposal]:
    """Money in: bank to receivable, one line a settled document; money out: payable to bank.

    What is written off with a document goes to its account for differences. What names no document
    stays on the party's account under the payment's own number.
    """
    party, inward = payment.text("party"), payment.text("direction") == "in"
    entry = Entry(payment, "PY", PAYMENT_WORDS, known)
    amount: Decimal = payment["amount"]
    entry.add(payment.text("bank_account"), amount if inward else -amount)
    for line in sorted(payment.lines, key=lambda line: (line.text("document"), line.id)):
        settled = settled_document(known, line)
        control = account_of_role(known, control_of(settled, known)) if settled else None
        if control:
            number = line.text("document")
            entry.add(control.text("code"), effect(line), party=party, document=number)
            difference = written_off(line)
            entry.add(difference_account(line, known), difference if inward else -difference)
    rest = on_account(payment)
    row = known.row("ledger.parties", party)
    control = account_of_role(known, control_role(payment, row.text("kind") if row else ""))
    if control:
        number = payment.text("reverses") or payment.key
        side = -rest if inward else rest
        entry.add(control.text("code"), side, party=party, document=number)
    yield from entry.proposal()


def difference_account(line: Line, known: Known) -> str:
    """The account of what a line writes off: its own, else the one for rounding; "" for none."""
    if own := line.text("difference_account"):
        return own
    account = account_of_role(known, DIFFERENCES) if written_off(line) else None
    return account.text("code") if account else ""
