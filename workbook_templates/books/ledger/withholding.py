"""Withholding: what is kept back of a net amount, by rate, thresholds and the party's papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from workbook_templates.books.ledger.taxes import HUNDRED, Tax, or_zero, rounded
from workbook_templates.schema import Line

LAST_DAY = "9999-12-31"


def withheld(
    row: Line,
    net: Decimal,
    party: Line | None,
    day: str,
    earlier: Callable[[], Iterable[Decimal]],
    step: Decimal,
) -> Tax:
    """The tax that one row of a code keeps back of a net amount, rounded to `step`.

    `earlier` gives the net amounts of the same code and party before this document in its year, in
    order; it is asked only where the row has a threshold for the year. Below a threshold, and while
    the party has a certificate of exemption, nothing is kept back but the base is stated all the
    same (PER-11/PJ/2025 Pasal 8).
    """
    rate = rate_for(row, party, day)
    due = Fraction(_due(row, net, earlier) if rate else net)
    amount = rounded(due * Fraction(rate) / 100, step)
    shown = net if not rate or not due else due
    return Tax(row.text("account"), rounded(Fraction(shown), step), -amount, amount, rate)


def part_of(tax: Tax, share: Fraction, step: Decimal) -> Tax:
    """What is taken back of a tax with a share of its document."""
    stated = rounded(Fraction(tax.stated) * share, step)
    base = rounded(Fraction(tax.base) * share, step)
    return replace(tax, base=base, amount=-stated, stated=stated)


def has_threshold(row: Line) -> bool:
    """Whether nothing is withheld of small amounts."""
    return row["threshold"] is not None or row["yearly_threshold"] is not None


def rate_for(row: Line, party: Line | None, day: str) -> Decimal:
    """The rate in percent for a party on a day: more without a tax number, none when exempt."""
    if party is not None and is_exempt(party, day):
        return Decimal(0)
    rate, more = or_zero(row["rate"]), or_zero(row["without_tax_id"])
    if more and not (party is not None and has_tax_number(party, day)):
        return rate * (HUNDRED + more) / HUNDRED
    return rate


def is_exempt(party: Line, day: str) -> bool:
    """Whether a certificate of exemption of the party holds on a day."""
    named = any(party.text(column) for column in ("exempt_no", "exempt_from", "exempt_to"))
    last = party.text("exempt_to") or LAST_DAY
    return named and party.text("exempt_from") <= day <= last


def has_tax_number(party: Line, day: str) -> bool:
    """Whether the party had handed over its tax number on a day."""
    return bool(party.text("tax_id")) and party.text("tax_id_from") <= day


def _due(row: Line, net: Decimal, earlier: Callable[[], Iterable[Decimal]]) -> Decimal:
    """The part of what was bought on which tax is due with this document.

    The document that reaches the year's threshold makes up for the earlier ones, or pays on the
    excess alone where the row says so.
    """
    single, yearly = row["threshold"], row["yearly_threshold"]
    if single is None and yearly is None:
        return net
    free = or_zero(yearly) if row["on_excess"] else Decimal(0)
    bought = taxed = due = Decimal(0)
    for amount in (*(earlier() if yearly is not None else ()), net):
        bought += amount
        if yearly is not None and bought >= yearly:
            due = max(bought - free - taxed, Decimal(0))
        else:
            due = amount if single is not None and amount >= single else Decimal(0)
        taxed += due
    return due
