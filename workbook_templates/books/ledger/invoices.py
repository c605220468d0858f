"""The amounts of an invoice, a bill or a credit note: net by account, tax by code, total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.taxes import Tax, rate_on, tax, tax_day
from workbook_templates.schema import Document, Known, Line

CENT = Decimal("0.01")


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
    """What a document comes to: net by (account, cost centre), tax by code, and what is owed."""

    net: dict[tuple[str, str], Decimal]
    taxes: dict[str, Tax]

    @property
    def total(self) -> Decimal:
        """What the other party owes, or is owed: net plus taxes charged less taxes withheld."""
        return sum(self.net.values(), Decimal(0)) + sum(
            (tax.amount for tax in self.taxes.values()), Decimal(0)
        )


def gross_of_line(line: Line) -> Decimal:
    """Quantity times unit price, to two decimals half up; a blank quantity is one."""
    quantity, price = line["qty"], line["unit_price"]
    if price is None:
        return Decimal(0)
    return money.round_half_up(price if quantity is None else quantity * price, CENT)


def net_of_line(line: Line) -> Decimal:
    """What a line comes to before tax: quantity times unit price less the discount."""
    discount = line["discount"]
    return gross_of_line(line) - discount if discount else gross_of_line(line)


def amounts_of(document: Document, known: Known) -> Amounts:
    """The amounts of an invoice, bill or credit note; always positive, whatever its kind.

    A tax is computed once a document and code, from the sum of the lines (PER-11/PJ/2025 Pasal 129:
    stated in full rupiah, half up). A code without a rate on the day counts as no tax.
    """
    net: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    bases: dict[str, Decimal] = defaultdict(Decimal)
    for line in document.lines:
        amount = net_of_line(line)
        net[line.text("account"), line.text("cost_centre")] += amount
        if code := line.cells.get("tax_code"):
            bases[code] += amount
    day = tax_day(document, known)
    rates = {code: rate_on(known, code, day) for code in bases}
    return Amounts(
        dict(net), {code: tax(bases[code], rate) for code, rate in rates.items() if rate}
    )
