"""The journal entries that invoices and bills cause."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.choices import (
    PURCHASE_KINDS,
    SALES_KINDS,
    words_of,
)
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, Trade, amounts_of
from workbook_templates.books.ledger.terms import instalments
from workbook_templates.schema import Document, Known, Proposal
from workbook_templates.words import Words


def invoice_entry(invoice: Document, known: Known) -> Iterator[Proposal]:
    """A sale: receivable to income and output tax; a credit note the other way round."""
    yield from _trade_entry(invoice, known, SALES, words_of(SALES_KINDS, _kind(invoice)))


def bill_entry(bill: Document, known: Known) -> Iterator[Proposal]:
    """A purchase: expenses and input tax to payable; a credit note the other way round."""
    yield from _trade_entry(bill, known, PURCHASES, words_of(PURCHASE_KINDS, _kind(bill)))


def _trade_entry(
    document: Document, known: Known, trade: Trade, words: Words
) -> Iterator[Proposal]:
    control = account_of_role(known, trade.control)
    if control is None:  # the rule `no_account_for_role` refuses the document
        return
    amounts = amounts_of(document, known)
    side = trade.side * (-1 if _kind(document) == "credit_note" else 1)
    entry = Entry(document, trade.prefix, words, known)
    party = document.text(trade.party)
    corrected = origin(document, known)
    parts = instalments(document, party, amounts.total, known)
    if corrected is not document:  # it settles the other's instalments and has none of its own
        parts = [("", amounts.total)]
    for due, amount in parts:
        cells = {"party": party, "document": corrected.key, "due": due}
        entry.add(control.text("code"), side * amount, **cells)
    for (account, cost_centre), booked in amounts.booked():
        entry.add(account, -side * booked, cost_centre=cost_centre)
    for _, tax in sorted(amounts.taxes.items()):
        entry.add(tax.account, -side * (tax.amount - tax.cost))
    yield from entry.proposal()


def _kind(document: Document) -> str:
    return document.text("kind") or "invoice"


__all__ = ["bill_entry", "invoice_entry"]
