"""What payments settle: the document a payment names, and how much of it stays open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.invoices import PURCHASES, SALES, TRADES, Trade, amounts_of
from workbook_templates.schema import Document, Known, Line

PAYMENTS = "ledger.payments"


def settled_document(known: Known, payment_line: Line) -> Document | None:
    """The invoice or bill that a line of a payment names; None where it is unknown.

    Where an invoice and a bill share the number, that of the payment's party counts, and then the
    invoice for money in, the bill for money out.
    """
    number, party = payment_line.text("document"), payment_line.text("party")
    trades = (SALES, PURCHASES) if _settles_sales(payment_line) else (PURCHASES, SALES)
    found = [d for trade in trades if (d := known.document(trade.table, number))]
    return next((d for d in found if party_of(d) == party), found[0] if found else None)


def trade_of(document: Document) -> Trade:
    """Whether a document sells or buys."""
    return TRADES[document.sheet.table]


def party_of(document: Document) -> str:
    """The customer of an invoice, the supplier of a bill."""
    return document.text(trade_of(document).party)


def balance_of(document: Document, known: Known) -> Decimal:
    """What a document adds to its control account, debit positive, before any payment."""
    side = trade_of(document).side * (-1 if document.text("kind") == "credit_note" else 1)
    return side * amounts_of(document, known).total


def applied_to(document: Document, known: Known) -> Decimal:
    """What all payments together add to the control account for a document, debit positive."""
    return sum((effect(line) for line in payment_lines(document, known)), Decimal(0))


def _settles_sales(payment: Document | Line) -> bool:
    """Money in settles what was sold; a reversal is of what it takes back."""
    return (payment.text("direction") == "in") != bool(payment.text("reverses"))


def leaves_open(balance: Decimal, applied: Decimal) -> bool:
    """Whether what is left of a balance lies between nothing and the whole of it."""
    left = balance + applied
    return left * balance >= 0 and abs(left) <= abs(balance)


def payment_lines(document: Document, known: Known) -> Iterator[Line]:
    """The lines of payments that settle a document."""
    for line in known.where(PAYMENTS, "document", document.key):
        settled = settled_document(known, line)
        if settled is None or settled.sheet.table == document.sheet.table:
            yield line


def effect(payment_line: Line) -> Decimal:
    """What a line of a payment adds to the control account: money in credits it."""
    applied: Decimal = payment_line["applied"] or Decimal(0)
    return -applied if payment_line.text("direction") == "in" else applied


def on_account(payment: Document) -> Decimal:
    """The part of a payment that names no document."""
    amount: Decimal = payment["amount"] or Decimal(0)
    applied = sum((line["applied"] or Decimal(0) for line in payment.lines), Decimal(0))
    return amount - applied


def control_role(payment: Document, party_kind: str) -> str:
    """The control account of what a payment leaves without a document."""
    if party_kind == "both":
        return "receivable" if _settles_sales(payment) else "payable"
    return "payable" if party_kind == "supplier" else "receivable"
