"""What a payment batch comes to, and the payments that follow when the bank has carried it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.currencies import conversion_on, kept_in
from workbook_templates.books.ledger.payments import PAYMENTS, party_of, settled_document
from workbook_templates.books.ledger.posting import asks_for_posting, number_of
from workbook_templates.schema import Document, Known, Line, Proposal

BATCHES = "ledger.payment_batches"
NOTHING = Decimal(0)


def batch_payments(batch: Document, known: Known) -> Iterator[Proposal]:
    """A payment to each supplier once the batch is posted; nothing until then."""
    if not (asks_for_posting(batch.lines) or number_of(batch.lines)):
        return
    currency = batch_currency(batch, known)
    for party, lines in by_supplier(batch, known).items():
        key = f"{batch.key}-{party}"
        head = {
            "payment": key,
            "date": batch.text("date"),
            "direction": "out",
            "party": party,
            "bank_account": batch.text("bank_account"),
            "amount": money.text(total_of(lines)),
            "currency": currency or None,
        }
        rows = tuple({**head, **_settled(line)} for line in lines)
        yield Proposal(PAYMENTS, key, rows)


def _settled(line: Line) -> dict[str, str]:
    cells = {
        "document": line.text("document"),
        "applied": line.text("amount"),
        "description": line.text("description"),
    }
    return {column: text for column, text in cells.items() if text}


def by_supplier(batch: Document, known: Known) -> dict[str, list[Line]]:
    """The lines of each supplier, by code."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in batch.lines:
        found[supplier_of(line, known)].append(line)
    return dict(sorted(found.items()))


def supplier_of(line: Line, known: Known) -> str:
    """Whom a line pays: as it says, else the supplier of its bill."""
    if own := line.text("party"):
        return own
    bill = settled_document(known, line)
    return party_of(bill) if bill else ""


def total_of(lines: Iterable[Line]) -> Decimal:
    """What lines of batches come to; a credit note takes away."""
    return sum((line["amount"] or NOTHING for line in lines), NOTHING)


def batch_currency(batch: Document, known: Known) -> str:
    """The currency of all that a batch pays; "" for the company's own."""
    return kept_in(batch.text("bank_account"), known)


def batch_total(batch: Document, known: Known) -> Decimal:
    """What the bank is to pay in all, in company currency."""
    conversion = conversion_on(known, batch_currency(batch, known), batch.text("date"))
    return conversion.company(total_of(batch.lines))


def is_open(line: Line) -> bool:
    """Whether the batch of a line is still to be carried out."""
    return not line.text("number")
