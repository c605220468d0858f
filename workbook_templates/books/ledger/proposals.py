"""The journal entries that invoices and bills cause."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.choices import (
    PURCHASE_KINDS,
    SALES_KINDS,
    words_of,
)
from workbook_templates.books.ledger.company_amounts import in_company_currency
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.currencies import EXCHANGE, conversion_of
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.foreign_items import converted_parts, taken_off
from workbook_templates.books.ledger.invoices import (
    PURCHASES,
    SALES,
    TRADES,
    Trade,
    amounts_of,
)
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
    amounts, conversion = amounts_of(document, known), conversion_of(document, known)
    side = trade.side * (-1 if _kind(document) == "credit_note" else 1)
    entry = Entry(document, trade.prefix, words, known)
    party, corrected = document.text(trade.party), origin(document, known)
    for due, amount, company in _owed(document, corrected, amounts.total, known):
        cells = {"party": party, "document": corrected.key, "due": due}
        cells |= conversion.cells(amount)
        entry.add(control.text("code"), side * company, **cells)
    amounts = in_company_currency(document, amounts, known)
    for (account, cost_centre), booked in amounts.booked():
        entry.add(account, -side * booked, cost_centre=cost_centre)
    for _, tax in sorted(amounts.taxes.items()):
        entry.add(tax.account, -side * (tax.amount - tax.cost))
    if conversion.currency and (exchange := account_of_role(known, EXCHANGE)):
        entry.add(exchange.text("code"), -entry.balance)
    yield from entry.proposal()


def _owed(
    document: Document, corrected: Document, total: Decimal, known: Known
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(due, amount, amount in company currency) on the control account.

    What corrects another settles its instalments and has none of its own.
    """
    conversion, trade = conversion_of(document, known), TRADES[document.sheet.table]
    if corrected is document:
        parts = instalments(document, document.text(trade.party), total, known)
        yield from converted_parts(parts, conversion)
    elif conversion.currency:
        taken = taken_off(corrected, known)[document.sheet.table, document.key, ""]
        yield "", total, abs(taken)
    else:
        yield "", total, total


def _kind(document: Document) -> str:
    return document.text("kind") or "invoice"


__all__ = ["bill_entry", "invoice_entry"]
