"""The journal entries that invoices, bills and payments cause."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.choices import (
    PURCHASE_KINDS,
    SALES_KINDS,
    words_of,
)
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, Trade, amounts_of
from workbook_templates.books.ledger.payments import (
    control_role,
    effect,
    on_account,
    settled_document,
    trade_of,
)
from workbook_templates.schema import Cells, Document, Known, Proposal
from workbook_templates.words import Words

JOURNAL = "ledger.journal"
PAYMENT_WORDS = Words(id="Pembayaran", en="Payment")


def invoice_entry(invoice: Document, known: Known) -> Iterator[Proposal]:
    """A sale: receivable to income and output tax; a credit note the other way round."""
    yield from _trade_entry(invoice, known, SALES, words_of(SALES_KINDS, _kind(invoice)))


def bill_entry(bill: Document, known: Known) -> Iterator[Proposal]:
    """A purchase: expenses and input tax to payable; a credit note the other way round."""
    yield from _trade_entry(bill, known, PURCHASES, words_of(PURCHASE_KINDS, _kind(bill)))


def payment_entry(payment: Document, known: Known) -> Iterator[Proposal]:
    """Money in: bank to receivable, one line a settled document; money out: payable to bank.

    What names no document stays on the party's account under the payment's own number.
    """
    party, direction = payment.text("party"), payment.text("direction")
    entry = _Entry(payment, "PY", PAYMENT_WORDS, known)
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


def _trade_entry(
    document: Document, known: Known, trade: Trade, words: Words
) -> Iterator[Proposal]:
    control = account_of_role(known, trade.control)
    if control is None:  # the rule `no_account_for_role` refuses the document
        return
    amounts = amounts_of(document, known)
    side = trade.side * (-1 if _kind(document) == "credit_note" else 1)
    entry = _Entry(document, trade.prefix, words, known)
    entry.add(
        control.text("code"),
        side * amounts.total,
        party=document.text(trade.party),
        document=document.key,
        due=document.text("due") or document.text("date"),
    )
    for (account, cost_centre), net in sorted(amounts.net.items()):
        entry.add(account, -side * net, cost_centre=cost_centre)
    for _, tax in sorted(amounts.taxes.items()):
        entry.add(tax.account, -side * tax.amount)
    yield from entry.proposal()


def _kind(document: Document) -> str:
    return document.text("kind") or "invoice"


class _Entry:
    """A journal entry in the making: lines are added with debit positive, zero is left out."""

    def __init__(self, source: Document, prefix: str, words: Words, known: Known) -> None:
        self.key = f"{prefix}:{source.key}"
        self._head = {
            "entry": self.key,
            "date": source.text("date"),
            "description": f"{words[known.company.language]} {source.key}",
            "source": source.source,
        }
        self._rows: list[Cells] = []

    def add(self, account: str, amount: Decimal, **cells: str) -> None:
        """A line of `amount`, debit positive; `cells` are more columns, blanks left out."""
        if amount:
            side = "debit" if amount > 0 else "credit"
            more = {column: text for column, text in cells.items() if text}
            line = {"account": account, side: money.text(abs(amount))}
            self._rows.append({**self._head, **line, **more})

    def proposal(self) -> Iterator[Proposal]:
        """The entry; nothing when all of it was zero."""
        if self._rows:
            yield Proposal(JOURNAL, self.key, tuple(self._rows))


__all__ = ["bill_entry", "invoice_entry", "payment_entry"]
