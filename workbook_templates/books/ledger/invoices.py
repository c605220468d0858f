"""The amounts of an invoice, a bill or a credit note: net by account, tax by code, total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.earlier_bills import earlier_nets
from workbook_templates.books.ledger.pricing import CENT, Place, price_lines
from workbook_templates.books.ledger.taxes import Tax, rate_on, step_of
from workbook_templates.books.ledger.withholding import has_threshold, part_of, withheld
from workbook_templates.schema import Document, Known, Line


@dataclass(frozen=True, slots=True)
class Trade:
    """What differs between selling and buying.

    `side` is +1 where an invoice debits the control account; `party` names the column of the
    customer or supplier; `tax` is the kind of tax code that is charged.
    """

    table: str
    party: str
    control: str
    tax: str
    prefix: str
    side: int


SALES = Trade("ledger.sales_invoices", "customer", "receivable", "output", "SI", 1)
PURCHASES = Trade("ledger.purchase_bills", "supplier", "payable", "input", "PB", -1)
TRADES = {trade.table: trade for trade in (SALES, PURCHASES)}


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a document comes to: net by (account, cost centre), tax by code, and what is owed.

    `costs`: the part of the taxes that is not credited, by (account, cost centre) as `net`.
    `deducted`: what is in both of them for lines that name a deposit, by deposit and place.
    """

    net: dict[Place, Decimal]
    taxes: dict[str, Tax]
    costs: dict[Place, Decimal] = field(default_factory=dict)
    deducted: dict[tuple[str, Place], Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """What the other party owes, or is owed: net plus taxes charged less taxes withheld."""
        return sum(self.net.values(), Decimal(0)) + sum(
            (tax.amount for tax in self.taxes.values()), Decimal(0)
        )

    def booked(self) -> Iterator[tuple[Place, Decimal]]:
        """What goes on each account and cost centre besides the control and tax accounts."""
        for place in sorted({*self.net, *self.costs}):
            yield place, self.booked_at(place)

    def booked_at(self, place: Place) -> Decimal:
        """What goes on one of them."""
        return self.net.get(place, Decimal(0)) + self.costs.get(place, Decimal(0))


def amounts_of(document: Document, known: Known) -> Amounts:
    """The amounts of an invoice, bill or credit note; always positive, whatever its kind.

    A tax is rounded once a document and code, unless its row says once a line (PER-11/PJ/2025
    Pasal 129: stated in full rupiah, half up). A code without a rate on the day counts as no tax.
    What takes a document back is taxed as that one was. In another currency taxes are rounded to
    the cent.
    """
    subject = origin(document, known)
    day = subject.text("date")
    priced = price_lines(document, known, day)
    taxes = dict(priced.taxes)
    for code, net in priced.withheld.items():
        if row := rate_on(known, code, day):
            taxes[code] = _withheld(document, subject, row, net, known)
    return Amounts(dict(priced.net), taxes, dict(priced.costs), dict(priced.deducted))


def _withheld(document: Document, subject: Document, row: Line, net: Decimal, known: Known) -> Tax:
    """What is kept back of a net amount; of a threshold's document the share that is taken back."""
    day, code = subject.text("date"), row.text("code")
    whole = net
    if subject is not document and has_threshold(row):
        whole = price_lines(subject, known, day).withheld.get(code) or net
    party = known.row("ledger.parties", subject.text(TRADES[subject.sheet.table].party))
    step = CENT if currency_of(subject, known) else step_of(row)
    tax = withheld(row, whole, party, day, partial(earlier_nets, subject, code, known), step)
    return tax if whole == net else part_of(tax, Fraction(net) / Fraction(whole), step)
