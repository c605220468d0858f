"""Pricing: what the lines of an invoice or bill come to, net and with the taxes charged on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from workbook_templates import money
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.taxes import (
    HUNDRED,
    WITHHOLDING,
    Share,
    Tax,
    or_zero,
    rounded,
    shares_of,
)
from workbook_templates.schema import Document, Known, Line

CENT = Decimal("0.01")
Place = tuple[str, str]  # account, cost centre


@dataclass(slots=True)
class Priced:
    """The lines of a document priced: net by account and cost centre, taxes charged by code.

    `costs` is the part of the taxes that cannot be credited, by account and cost centre;
    `withheld` the net amount that stands under each withholding code; `deducted` what is in net
    and costs for lines that name a deposit, by deposit and place.
    """

    net: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    taxes: dict[str, Tax] = field(default_factory=dict)
    costs: dict[Place, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    withheld: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    deducted: dict[tuple[str, Place], Decimal] = field(default_factory=lambda: defaultdict(Decimal))


class _Part(NamedTuple):
    """What a line adds: its place, withholding code, the deposit that it names, and its amount."""

    place: Place
    kept: str
    deposit: str
    amount: Decimal


@dataclass(slots=True)
class _Group:
    """Lines whose taxes are rounded together."""

    chain: tuple[Share, ...]
    is_included: bool  # whether the prices hold the taxes
    lines: list[_Part] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """What the lines come to as they are typed."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def net(self) -> Fraction:
        """The lines without taxes, unrounded."""
        if not self.is_included:
            return Fraction(self.gross)
        charged = sum((share.tax for share in self.chain if share.is_charged), Fraction(1))
        return Fraction(self.gross) / charged

    def net_lines(self, taxes: Iterable[Tax]) -> list[_Part]:
        """The lines without the taxes that their prices hold; all together lose nothing."""
        if not (self.is_included and self.gross):
            return self.lines
        net = self.gross - sum((tax.amount for tax in taxes), Decimal(0))
        shares = _shared(net, [line.amount for line in self.lines])
        return [line._replace(amount=n) for line, n in zip(self.lines, shares, strict=True)]


def gross_of_line(line: Line) -> Decimal:
    """Quantity times unit price, to two decimals half up; a blank quantity is one."""
    quantity, price = line["qty"], line["unit_price"]
    if price is None:
        return Decimal(0)
    return money.round_half_up(price if quantity is None else quantity * price, CENT)


def amount_of_line(line: Line) -> Decimal:
    """What a line comes to as typed: quantity times unit price less the discount.

    Negative where it deducts a deposit.
    """
    amount = gross_of_line(line) - (line["discount"] or Decimal(0))
    return -amount if line.cells.get("deposit") else amount


def price_lines(document: Document, known: Known, day: str) -> Priced:
    """The lines of a document by the tax rates of a day; always positive, whatever its kind."""
    priced = Priced()
    together: list[_Group] = []
    for (_, line), group in _grouped(document, known, day).items():
        if line or group.is_included:
            _charge(priced, [group])
        else:
            together.append(group)
    _charge(priced, together)
    return priced


def _grouped(document: Document, known: Known, day: str) -> dict[tuple[str, str], _Group]:
    """By tax code, and by line where the code is rounded line by line."""
    chains: dict[str, tuple[Share, ...]] = {}
    groups: dict[tuple[str, str], _Group] = {}
    for line in document.lines:
        code, kept = line.text("tax_code"), line.text("withholding")
        if code not in chains:
            chains[code] = _shares(document, known, code, day) if code else ()
        chain = chains[code]
        if chain and chain[0].row.text("kind") == WITHHOLDING:
            chain, code, kept = (), "", kept or code
        first = chain[0].row.cells if chain else {}
        name = (code, line.id if first.get("rounded_per") == "line" else "")
        if name not in groups:
            groups[name] = _Group(chain, first.get("included") == "true")
        place = (line.text("account"), line.text("cost_centre"))
        part = _Part(place, kept, line.cells.get("deposit") or "", amount_of_line(line))
        groups[name].lines.append(part)
    return groups


def _shares(document: Document, known: Known, code: str, day: str) -> tuple[Share, ...]:
    """The taxes of a code; a whole unit is one of the company's currency, others have cents."""
    shares = shares_of(known, code, day)
    if not currency_of(document, known):
        return shares
    return tuple(replace(share, in_cents=True) for share in shares)


def _charge(priced: Priced, groups: list[_Group]) -> None:
    """Adds groups whose taxes are rounded together: a code once, whatever code brought it."""
    parts: dict[str, list[tuple[Share, _Group]]] = defaultdict(list)
    for group in groups:
        for share in group.chain:
            parts[share.code].append((share, group))
    taxes = {code: _tax(of_code) for code, of_code in parts.items()}
    for code, tax in taxes.items():
        priced.taxes[code] = _added(priced.taxes[code], tax) if code in priced.taxes else tax
    for group in groups:
        for place, kept, deposit, net in group.net_lines(taxes.values()):
            priced.net[place] += net
            if kept:
                priced.withheld[kept] += net
            if deposit:
                priced.deducted[deposit, place] += net
    for code, tax in taxes.items():
        if tax.cost:
            _bear(priced, tax.cost, [group for _, group in parts[code]])


def _tax(parts: list[tuple[Share, _Group]]) -> Tax:
    """One tax of the groups that bear it, rounded once."""
    share, group = parts[0]
    step, net = share.step, group.net
    base, tax = net * share.base, net * share.tax
    for other, group in parts[1:]:
        net = group.net
        base, tax = base + net * other.base, tax + net * other.tax
    stated = rounded(tax, step)
    amount = stated if share.is_charged else Decimal(0)
    account, rate = share.row.text("account"), or_zero(share.row["rate"])
    return Tax(account, rounded(base, step), amount, stated, rate, _cost(share, amount))


def _cost(share: Share, amount: Decimal) -> Decimal:
    """The part of an input tax that is not credited."""
    if share.creditable == HUNDRED:
        return Decimal(0)
    return amount - rounded(Fraction(amount) * Fraction(share.creditable) / 100, share.step)


def _added(one: Tax, other: Tax) -> Tax:
    return Tax(
        one.account,
        one.base + other.base,
        one.amount + other.amount,
        one.stated + other.stated,
        one.rate,
        one.cost + other.cost,
    )


def _bear(priced: Priced, cost: Decimal, groups: list[_Group]) -> None:
    """Shares a cost out over the lines on which its tax was charged."""
    lines = [line for group in groups for line in group.lines if line.amount]
    shares = _shared(cost, [line.amount for line in lines])
    for (place, _, deposit, _), part in zip(lines, shares, strict=True):
        priced.costs[place] += part
        if deposit:
            priced.deducted[deposit, place] += part


def _shared(amount: Decimal, weights: list[Decimal]) -> tuple[Decimal, ...]:
    """As `money.allocate`, with a part of the other sign for a deposit that is deducted."""
    total = sum(weights, Decimal(0))
    if total < 0:
        return tuple(-part for part in _shared(-amount, [-weight for weight in weights]))
    taken = [
        rounded(Fraction(amount * w) / Fraction(total), CENT) if w < 0 else None for w in weights
    ]
    left = amount - sum((part for part in taken if part is not None), Decimal(0))
    rest = iter(money.allocate(left, [weight for weight in weights if weight >= 0]))
    return tuple(next(rest) if part is None else part for part in taken)
