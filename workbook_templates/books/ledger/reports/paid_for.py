"""What the money of paid bills and invoices was for, where their lines are not all operating.

A machine on a bill is investing when the bill is paid: in the proportion of its lines without tax,
so that tax goes along with what it was charged on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.corrections import corrections_of, origin
from workbook_templates.books.ledger.currencies import conversion_of
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.groups import FINANCING, INVESTING
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import NOTHING, PAYMENTS, payment_lines
from workbook_templates.books.ledger.reports.balances import units_of
from workbook_templates.books.ledger.terms import share_step
from workbook_templates.schema import Document, Known, Line

UNITS = 10_000
Sums = Counter[str]  # by account, debit positive


@dataclass(frozen=True, slots=True)
class Purposes:
    """The part of the cash flow statement of each account, and which accounts are cash."""

    flows: Mapping[str, str]
    cash: frozenset[str]

    def elsewhere(self) -> Iterator[str]:
        """The accounts that are neither operating nor cash."""
        return (code for code, flow in self.flows.items() if flow in (INVESTING, FINANCING))


def moved_to_purposes(
    known: Known, purposes: Purposes, first: str, last: str
) -> Iterator[dict[str, int]]:
    """For each payment of such a document within a span: what goes from the control account to the
    accounts of the document's lines, debit positive, in 1/10,000; together it comes to nothing.
    """
    for document in _documents(known, purposes):
        control = account_of_role(known, TRADES[document.sheet.table].control)
        for day, sums in _steps(document, known, purposes, last):
            if control is not None and day >= first:
                yield {**sums, control.text("code"): -sum(sums.values())}


def _documents(known: Known, purposes: Purposes) -> Iterator[Document]:
    """Those with a line that is not operating, each once; a correction as what it corrects."""
    seen: set[tuple[str, str]] = set()
    for account in purposes.elsewhere():
        for table in TRADES:
            for line in known.where(table, "account", account):
                document = known.document(table, line.sheet.key_of(line.cells, line.id))
                document = origin(document, known) if document else None
                if document and (table, document.key) not in seen:
                    seen.add((table, document.key))
                    yield document


def _steps(
    document: Document, known: Known, purposes: Purposes, last: str
) -> Iterator[tuple[str, Sums]]:
    """(day, what a payment adds to the parts of all that was paid until then).

    As a difference of two such parts nothing is lost by rounding, and what is repaid after a credit
    note is for what that credit note took back.
    """
    paid, parts = NOTHING, Sums()
    lines = [line for line in payment_lines(document, known) if _moves_cash(line, known, purposes)]
    for line in sorted(lines, key=lambda line: (line.text("date"), line.text("payment"), line.id)):
        day = line.text("date")
        if day > last:
            return
        paid += _money(line, known)
        before, bought = parts, _bought(document, known, day)
        parts = _shared(paid, bought, purposes, share_step(paid, known.company.currency))
        yield day, Sums({code: parts[code] - before[code] for code in {*parts, *before}})


def _moves_cash(line: Line, known: Known, purposes: Purposes) -> bool:
    """Whether the line's payment is in the books (none that waits is) and moves money."""
    in_books = known.row(JOURNAL, f"PY:{line.text('payment')}") is not None
    return in_books and bool(line["amount"]) and line.text("bank_account") in purposes.cash


def _money(line: Line, known: Known) -> Decimal:
    """The money of a line in company currency, positive when paid."""
    payment = known.document(PAYMENTS, line.text("payment"))
    applied: Decimal = line["applied"] or NOTHING
    amount = conversion_of(payment, known).company(applied) if payment else applied
    return -amount if line.text("direction") == "in" else amount


def _bought(document: Document, known: Known, day: str) -> Sums:
    """What a document and its corrections until a day booked on the accounts of their lines; what
    was credited altogether is shared as the document alone.
    """
    corrections = (found for found in corrections_of(document, known) if found.text("date") <= day)
    own, sums = _booked(document, known), Sums()
    for found in (document, *corrections):
        sums.update(_booked(found, known))
    return sums if sum(sums.values()) else own


def _booked(document: Document, known: Known) -> Sums:
    """The entry of a document without tax and control account; nothing while the document waits.

    A deposit that is deducted was paid before.
    """
    entry = known.document(JOURNAL, f"{TRADES[document.sheet.table].prefix}:{document.key}")
    accounts = {line.text("account") for line in document.lines if not line.text(DEPOSIT)}
    booked = Sums()
    for line in entry.lines if entry else ():
        if line.text("account") in accounts:
            booked[line.text("account")] += units_of(line)
    return booked


def _shared(paid: Decimal, bought: Sums, purposes: Purposes, step: Decimal) -> Sums:
    """The parts of money for what is not operating, in 1/10,000."""
    total, shares = sum(bought.values()), Sums()
    for code in purposes.elsewhere():
        if total and bought[code]:
            share = money.round_half_up(paid * bought[code] / total, step)
            shares[code] = int(share * UNITS)
    return shares
