"""The amounts of a document in company currency: at its own rate, deposits at theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from workbook_templates.books.ledger.currencies import Conversion, conversion_of
from workbook_templates.books.ledger.foreign_deposits import Held, held_parts
from workbook_templates.books.ledger.invoices import Amounts, amounts_of
from workbook_templates.books.ledger.pricing import Place
from workbook_templates.schema import Document, Known

NOTHING = Decimal(0)


def company_amounts_of(document: Document, known: Known) -> Amounts:
    """The amounts of a document in company currency."""
    return in_company_currency(document, amounts_of(document, known), known)


def in_company_currency(document: Document, amounts: Amounts, known: Known) -> Amounts:
    """A document's amounts in company currency: each tax by itself, the net so that the total is
    the total's conversion.

    What is deducted of a deposit leaves at the rate at which it came, and what is sold or bought
    takes the difference: income and cost are in part of the day of the advance (IFRIC 22.8).
    """
    conversion = conversion_of(document, known)
    if not conversion.currency:
        return amounts
    company = conversion.company
    taxes = {
        code: replace(
            tax,
            base=company(tax.base),
            amount=company(tax.amount),
            stated=company(tax.stated),
            cost=company(tax.cost),
        )
        for code, tax in amounts.taxes.items()
    }
    charged = sum((tax.amount for tax in taxes.values()), NOTHING)
    costs = _placed(amounts.costs, sum((tax.cost for tax in taxes.values()), NOTHING), conversion)
    held = held_parts(document, amounts, known)
    apart = {
        place: company(amounts.booked_at(place) - part.amount)
        + part.company
        - costs.get(place, NOTHING)
        for place, part in held.items()
    }
    rest = company(amounts.total) - charged - sum(apart.values(), NOTHING)
    return Amounts({**_sold(amounts, held, rest, conversion), **apart}, taxes, costs)


def _sold(
    amounts: Amounts, held: Mapping[Place, Held], rest: Decimal, conversion: Conversion
) -> dict[Place, Decimal]:
    """The net of all but deposits, which comes to the rest; a deposit's rate is in all of it."""
    sold = {place: net for place, net in amounts.net.items() if place not in held}
    total = sum(sold.values(), NOTHING)
    if held and total:
        conversion = replace(conversion, rate=rest / total)
    return _placed(sold, rest, conversion)


def _placed(
    parts: Mapping[Place, Decimal], total: Decimal, conversion: Conversion
) -> dict[Place, Decimal]:
    """Parts in company currency that come to a total; the largest takes what rounding leaves."""
    placed = {place: conversion.company(part) for place, part in sorted(parts.items())}
    if placed:
        largest = max(placed, key=lambda place: abs(placed[place]))
        placed[largest] += total - sum(placed.values(), NOTHING)
    return placed
