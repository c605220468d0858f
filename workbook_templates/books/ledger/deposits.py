"""Deposits: billed with their tax when they are paid, and deducted from later invoices.

What a deposit bills stands on an account of its own until a line of an invoice that names it takes
it off again, under the same tax code, so that its tax is counted once.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from workbook_templates.books.ledger.corrections import corrections_of
from workbook_templates.books.ledger.invoices import PURCHASES, SALES
from workbook_templates.books.ledger.pricing import amount_of_line
from workbook_templates.schema import Document, Known, Line

DEPOSIT = "deposit"  # the kind of document, and the column under which a line names one
ROLES = {SALES.table: "customer_deposits", PURCHASES.table: "supplier_advances"}


def left_of(deposit: Document, known: Known) -> dict[str, Decimal]:
    """What can still be deducted of a deposit, by tax code, before tax as it was typed."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    for document in (deposit, *corrections_of(deposit, known)):
        for line in document.lines:
            left[line.text("tax_code")] += sign_of(document) * amount_of_line(line)
    for code, amount in deducted_of(deposit, known).items():
        left[code] -= amount
    return left


def deducted_of(deposit: Document, known: Known) -> dict[str, Decimal]:
    """What invoices deducted of a deposit and credit notes did not give back, by tax code."""
    deducted: dict[str, Decimal] = defaultdict(Decimal)
    for line in known.where(deposit.sheet.table, DEPOSIT, deposit.key):
        deducted[line.text("tax_code")] -= sign_of(line) * amount_of_line(line)
    return deducted


def sign_of(document: Document | Line) -> int:
    """-1 for a credit note, which gives back what an invoice deducts and takes what one bills."""
    return -1 if document.text("kind") == "credit_note" else 1
