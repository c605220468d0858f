"""Taxes: which row of a code holds on a day, and what it makes of a net amount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbook_templates.books.ledger.opposite import reversed_document
from workbook_templates.schema import Document, Known, Line

STEPS = {"unit": Decimal(1), "cent": Decimal("0.01")}


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of a document; `amount` is negative where the tax is withheld from what is paid."""

    account: str
    base: Decimal
    amount: Decimal


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
