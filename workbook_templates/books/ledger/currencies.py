"""Currencies: the rate of a day, and what a document in another currency is in that of the books.

A blank currency is the company's own, and costs nothing: amounts are taken as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.schema import Document, Known, Line

RATES = "ledger.exchange_rates"
EXCHANGE = "exchange_difference"  # the role of the account for gains and losses
CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A currency and its rate in company currency; "" is company currency itself."""

    currency: str = ""
    rate: Decimal = Decimal(1)

    def company(self, amount: Decimal) -> Decimal:
        """An amount in company currency, half up to the cent, the same for either sign."""
        return money.round_half_up(amount * self.rate, CENT) if self.currency else amount

    def cells(self, amount: Decimal) -> dict[str, str]:
        """What a journal line says besides: on the side of its debit or credit."""
        if not self.currency:
            return {}
        return {"currency": self.currency, "foreign_amount": money.text(abs(amount))}


COMPANY_CURRENCY = Conversion()


def foreign(currency: str, known: Known) -> str:
    """A currency as typed; "" for the company's own."""
    return "" if currency == known.company.currency else currency


def currency_of(document: Document | Line, known: Known) -> str:
    """The currency of a document; "" for the company's own."""
    return foreign(document.text("currency"), known)


def kept_in(account: str, known: Known) -> str:
    """The currency in which an account is kept; "" for the company's own."""
    row = known.row(ACCOUNTS, account)
    return foreign(row.text("currency"), known) if row else ""


def conversion_of(document: Document, known: Known) -> Conversion:
    """The currency of a document with its rate: typed, or else that of its day.

    What takes a document back does so at that one's rate. No rate is zero, which
    `currency_has_a_rate` refuses.
    """
    currency = currency_of(document, known)
    if not currency:
        return COMPANY_CURRENCY
    subject = origin(document, known)
    typed: Decimal | None = subject["rate"]
    rate = typed or rate_on(known, currency, subject.text("date"))
    return Conversion(currency, rate or NOTHING)


def conversion_on(known: Known, currency: str, day: str) -> Conversion:
    """A currency at the rate of a day; at none where there is no rate, which rules refuse."""
    if not currency:
        return COMPANY_CURRENCY
    return Conversion(currency, rate_on(known, currency, day) or NOTHING)


def rate_on(known: Known, currency: str, day: str) -> Decimal | None:
    """The last rate of a currency on or before a day; None where there is none."""
    best: Line | None = None
    for row in known.where(RATES, "currency", currency):
        date = row.text("date")
        if date <= day and (best is None or date > best.text("date")):
            best = row
    rate: Decimal | None = best["rate"] if best else None
    return rate
