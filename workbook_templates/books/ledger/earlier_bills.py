"""The bills of a supplier's year, which thresholds of withholding count together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.pricing import price_lines
from workbook_templates.books.ledger.taxes import rate_on
from workbook_templates.books.ledger.withholding import is_exempt
from workbook_templates.schema import Document, Known

BILLS = "ledger.purchase_bills"


def earlier_nets(document: Document, code: str, known: Known) -> Iterator[Decimal]:
    """What was bought of a bill's supplier under a withholding code earlier in its year.

    Of a sales invoice nothing is known: the customer withholds, and counts all sellers' invoices.
    """
    party = known.row("ledger.parties", document.text("supplier"))
    for bill in _of_year(document, known) if document.sheet.table == BILLS else ():
        day = bill.text("date")
        if _place(bill) < _place(document) and not (party and is_exempt(party, day)):
            net = price_lines(bill, known, day).withheld.get(code, Decimal(0))
            yield -net if bill.text("kind") == "credit_note" else net


def later_bills(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The bills from which another amount may be withheld when this one changes."""
    lines = (*document.lines, *document.before)
    named = {
        (line.text("withholding") or line.text("tax_code"), line.text("date")) for line in lines
    }
    if not any(_counts_by_year(known, code, day) for code, day in named if code):
        return
    before = Document(document.sheet, document.key, document.before)
    for seen in (document, before):
        for bill in _of_year(seen, known) if seen.lines else ():
            if _place(bill) > _place(seen):
                yield bill.sheet.table, bill.key


def _counts_by_year(known: Known, code: str, day: str) -> bool:
    row = rate_on(known, code, day)
    return row is not None and row["yearly_threshold"] is not None


def _of_year(document: Document, known: Known) -> list[Document]:
    """The bills of the same supplier and year, by date and number."""
    lines = known.where(BILLS, "supplier", document.text("supplier"))
    year = document.text("date")[:4]
    keys = {line.text("bill") for line in lines if line.text("date")[:4] == year}
    found = (known.document(BILLS, key) for key in keys)
    return sorted((bill for bill in found if bill), key=_place)


def _place(document: Document) -> tuple[str, str]:
    return document.text("date"), document.key
