"""The taxes of the invoices and bills of a span, as the tax reports read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.books.ledger.company_amounts import company_amounts_of
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, Trade
from workbook_templates.books.ledger.taxes import Tax, rate_on, tax_day
from workbook_templates.schema import Document, Known, Line

UNIT = 10_000
TAX_KINDS = ("output", "input", "withholding")


@dataclass(frozen=True, slots=True)
class Taxed:
    """One tax of one document; `sign` is -1 where a credit note takes tax back."""

    document: Document
    trade: Trade
    code: str
    row: Line
    tax: Tax
    sign: int

    @property
    def party(self) -> str:
        """The customer or supplier."""
        return self.document.text(self.trade.party)

    @property
    def effect(self) -> int:
        """What the document does to the tax account, debit positive, in 1/10,000."""
        booked = self.tax.amount - self.tax.cost
        return int(-self.trade.side * self.sign * booked * UNIT)


def taxed(known: Known, first: str, last: str) -> Iterator[Taxed]:
    """The taxes of all documents of a span that are in the books, by date and number."""
    for trade in (SALES, PURCHASES):
        for document in documents(known, trade, first, last):
            day = tax_day(document, known)
            sign = -1 if document.text("kind") == "credit_note" else 1
            for code, tax in sorted(company_amounts_of(document, known).taxes.items()):
                if row := rate_on(known, code, day):
                    yield Taxed(document, trade, code, row, tax, sign)


def documents(known: Known, trade: Trade, first: str, last: str) -> list[Document]:
    """The invoices or bills of a span whose entry is in the journal: what waits is not."""
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in known.rows(trade.table):
        if first <= line.text("date") <= last:
            lines[line.sheet.key_of(line.cells, line.id)].append(line)
    found = (
        Document(members[0].sheet, key, tuple(members), tuple(members))
        for key, members in lines.items()
        if known.row(JOURNAL, f"{trade.prefix}:{key}") is not None
    )
    return sorted(found, key=lambda document: (document.text("date"), document.key))


def tax_accounts(known: Known, kinds: tuple[str, ...]) -> list[str]:
    """The accounts of the tax codes of some kinds, in order."""
    rows = known.rows("ledger.tax_codes")
    return sorted({row.text("account") for row in rows if row.text("kind") in kinds})


def money_text(amount: Decimal) -> str:
    """Canonical text of an amount of money."""
    return f"{amount:.2f}"
