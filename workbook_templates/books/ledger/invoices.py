"""The amounts of an invoice, a bill or a credit note: net by account, tax by code, total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbook_templates import money
from workbook_templates.books.ledger.opposite import reversed_document
from workbook_templates.schema import Document, Known, Line

CENT = Decimal("0.01")
STEPS = {"unit": Decimal(1), "cent": CENT}


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
class Tax:
    """One tax of a document; `amount` is negative where the tax is withheld from what is paid."""

    account: str
    base: Decimal
    amount: Decimal


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


def tax_day(document: Document, known: Known) -> str:
    """The day whose tax rates count: what takes a document back does so at that one's rates."""
    return (reversed_document(document, known) or document).text("date")


def rate_on(known: Known, code: str, day: str) -> Line | None:
    """The row of a tax code that is valid on a day ("YYYY-MM-DD"); None where there is none."""
    found = known.document("ledger.tax_codes", code)
    return valid_on(found.lines, day) if found else None


def valid_on(rows: Iterable[Line], day: str) -> Line | None:
    """Of dated rows, the one that holds on a day; both its first and its last day included."""
    for row in rows:
        if row.text("from") <= day <= (row.text("to") or "9999-12-31"):
            return row
    return None


def tax(net: Decimal, rate: Line) -> Tax:
    """The tax on a net amount by one row of a tax code, rounded half up to the code's step."""
    step = STEPS[rate.text("rounding") or "unit"]
    base = Fraction(net) * fraction(rate.text("base_fraction"))
    amount = _rounded(base * Fraction(_or_zero(rate["rate"])) / 100, step)
    sign = -1 if rate.text("kind") == "withholding" else 1
    return Tax(rate.text("account"), _rounded(base, step), sign * amount)


def fraction(text: str) -> Fraction:
    """The part of the price that is taxed: "11/12"; a blank is the whole. Raises ValueError."""
    part = Fraction(text or 1)
    if not 0 < part <= 1:
        raise ValueError(f"{text} is not a part of a price")
    return part


def _rounded(amount: Fraction, step: Decimal) -> Decimal:
    """Half up, away from zero, to a multiple of `step`."""
    count = (abs(amount) / Fraction(step) + Fraction(1, 2)).__floor__()
    return step * (count if amount >= 0 else -count)


def _or_zero(amount: Any) -> Decimal:
    return Decimal(0) if amount is None else amount
