"""What payments settle: the document a payment names, and how much of it stays open.

A document is an invoice, a bill, a credit note, a payment of before whose rest is moved, or an
open item of the opening balances.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.corrections import corrections_of, reversals_of
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, TRADES, amounts_of
from workbook_templates.books.ledger.opening import CONTROL
from workbook_templates.schema import Document, Known, Line

PAYMENTS = "ledger.payments"
OPENING = "ledger.opening_balances"
NOTHING = Decimal(0)


def settled_document(
    known: Known, payment_line: Line, seen: Document | None = None
) -> Document | None:
    """What a line of a payment settles; None where it is unknown.

    Where several share the number, that of the payment's party counts; then an invoice for money
    in, a bill for money out. `seen` stands for what is kept of it: perhaps as it was before.
    """
    party, first = payment_line.text("party"), None
    for document in _named(known, payment_line, seen):
        if party_of(document) == party:
            return document
        first = first or document
    return first


def _named(known: Known, payment_line: Line, seen: Document | None) -> Iterator[Document]:
    number = payment_line.text("document")
    trades = (SALES, PURCHASES) if _settles_sales(payment_line) else (PURCHASES, SALES)
    for table in (*(trade.table for trade in trades), PAYMENTS):
        is_seen = seen is not None and (seen.sheet.table, seen.key) == (table, number)
        if found := seen if is_seen else known.document(table, number):
            yield found
    items: dict[str, list[Line]] = {}
    for line in known.where(OPENING, "document", number) if known.has(OPENING) else ():
        items.setdefault(line.text("party"), []).append(line)
    for lines in items.values():
        yield Document(lines[0].sheet, number, tuple(lines))


def party_of(document: Document) -> str:
    """The customer of an invoice, the supplier of a bill, the party of a payment."""
    trade = TRADES.get(document.sheet.table)
    return document.text(trade.party if trade else "party")


def control_of(document: Document, known: Known) -> str:
    """The role of the account on which a document is open."""
    if trade := TRADES.get(document.sheet.table):
        return trade.control
    if document.sheet.table == OPENING:
        return CONTROL.get(document.text("kind"), "receivable")
    party = known.row("ledger.parties", document.text("party"))
    return control_role(document, party.text("kind") if party else "")


def balance_of(document: Document, known: Known) -> Decimal:
    """What a document adds to its control account, debit positive, before any payment."""
    if trade := TRADES.get(document.sheet.table):
        side = trade.side * (-1 if document.text("kind") == "credit_note" else 1)
        return side * amounts_of(document, known).total
    if document.sheet.table == OPENING:
        sides = (
            (line["debit"] or NOTHING) - (line["credit"] or NOTHING) for line in document.lines
        )
        return sum(sides, NOTHING)
    rest = on_account(document)
    return -rest if document.text("direction") == "in" else rest


def corrected_balance(document: Document, known: Known) -> Decimal:
    """What a document and all that takes from it add to the control account, before any payment."""
    balance = balance_of(document, known)
    if document.sheet.table == OPENING:
        return balance
    takes = corrections_of if document.sheet.table in TRADES else reversals_of
    return balance + sum((balance_of(found, known) for found in takes(document, known)), NOTHING)


def nearer_to_nothing(before: Decimal, after: Decimal) -> bool:
    """Whether a payment settled some of what was left and no more: of a credit too."""
    return after * before >= 0 and abs(after) < abs(before)


def applied_to(document: Document, known: Known) -> Decimal:
    """What all payments together add to the control account for a document, debit positive."""
    return sum((effect(line) for line in payment_lines(document, known)), NOTHING)


def _settles_sales(payment: Document | Line) -> bool:
    """Money in settles what was sold; a reversal is of what it takes back."""
    return (payment.text("direction") == "in") != bool(payment.text("reverses"))


def leaves_open(balance: Decimal, applied: Decimal) -> bool:
    """Whether what is left of a balance lies between nothing and the whole of it."""
    left = balance + applied
    return left * balance >= 0 and abs(left) <= abs(balance)


def payment_lines(document: Document, known: Known) -> Iterator[Line]:
    """The lines of payments that settle a document, or settled it before it changed."""
    for line in known.where(PAYMENTS, "document", document.key):
        settled = settled_document(known, line, document)
        if settled is None or _is_same(settled, document):
            yield line


def _is_same(one: Document, other: Document) -> bool:
    if one.sheet.table != other.sheet.table:
        return False
    return one.sheet.table != OPENING or party_of(one) == party_of(other)


def effect(payment_line: Line) -> Decimal:
    """What a line of a payment adds to the control account: money in credits it, and so does what
    is written off with it.
    """
    settled: Decimal = (payment_line["applied"] or NOTHING) + written_off(payment_line)
    return -settled if payment_line.text("direction") == "in" else settled


def written_off(payment_line: Line) -> Decimal:
    """What a line settles without money; negative where too much was paid and is kept."""
    amount: Decimal = payment_line["written_off"] or NOTHING
    return amount


def on_account(payment: Document) -> Decimal:
    """The part of a payment that names no document."""
    amount: Decimal = payment["amount"] or NOTHING
    return amount - sum((line["applied"] or NOTHING for line in payment.lines), NOTHING)


def control_role(payment: Document, party_kind: str) -> str:
    """The control account of what a payment leaves without a document."""
    if party_kind == "both":
        return "receivable" if _settles_sales(payment) else "payable"
    return "payable" if party_kind == "supplier" else "receivable"
