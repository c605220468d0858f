"""The journal entry that a payment causes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.currencies import (
    EXCHANGE,
    Conversion,
    conversion_of,
    kept_in,
)
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.foreign_items import taken_off
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
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
    stays on the party's account under the payment's own number. In another currency, what a
    document leaves at its own rate and the money at the payment's differ by what is gained or lost.
    """
    party, inward = payment.text("party"), payment.text("direction") == "in"
    entry = Entry(payment, "PY", PAYMENT_WORDS, known)
    conversion, sign = conversion_of(payment, known), 1 if inward else -1
    amount: Decimal = payment["amount"]
    bank = payment.text("bank_account")
    cells = _bank_cells(bank, conversion, amount, known)
    entry.add(bank, sign * conversion.company(amount), **cells)
    for line in sorted(payment.lines, key=lambda line: (line.text("document"), line.id)):
        _settle(entry, line, conversion, known)
    rest = on_account(payment)
    row = known.row("ledger.parties", party)
    control = account_of_role(known, control_role(payment, row.text("kind") if row else ""))
    if control:
        number = origin(payment, known).key
        cells = {"party": party, "document": number, **conversion.cells(rest)}
        entry.add(control.text("code"), -sign * conversion.company(rest), **cells)
    if conversion.currency and (exchange := account_of_role(known, EXCHANGE)):
        entry.add(exchange.text("code"), -entry.balance)
    yield from entry.proposal()


def _settle(entry: Entry, line: Line, conversion: Conversion, known: Known) -> None:
    """What a line takes off its document, and what it writes off with it."""
    settled = settled_document(known, line)
    control = account_of_role(known, control_of(settled, known)) if settled else None
    if settled is None or control is None:
        return
    amount = company = effect(line)
    if conversion.currency:
        company = taken_off(settled, known)[PAYMENTS, line.text("payment"), line.id]
    number, party = line.text("document"), line.text("party")
    cells = {"party": party, "document": number, **conversion.cells(amount)}
    entry.add(control.text("code"), company, **cells)
    difference = conversion.company(written_off(line))
    inward = line.text("direction") == "in"
    entry.add(difference_account(line, known), difference if inward else -difference)


def _bank_cells(bank: str, conversion: Conversion, amount: Decimal, known: Known) -> dict[str, str]:
    """The foreign amount on an account that is kept in the payment's currency."""
    is_foreign = bool(conversion.currency and kept_in(bank, known))
    return conversion.cells(amount) if is_foreign else {}


def difference_account(line: Line, known: Known) -> str:
    """The account of what a line writes off: its own, else the one for rounding; "" for none."""
    if own := line.text("difference_account"):
        return own
    account = account_of_role(known, DIFFERENCES) if written_off(line) else None
    return account.text("code") if account else ""
