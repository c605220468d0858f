"""Companies side by side: what each adds in the currency of the first, matched by account codes.

What stands under another caption in another company is another account, and stands on a line of
its own. Eliminations are a company like any other, whose entries somebody typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.books.ledger.groups import BY_KEY, group_of
from workbook_templates.books.ledger.reports.lines import Amounts
from workbook_templates.books.ledger.reports.translation import (
    NOMINAL,
    Dated,
    Lot,
    NoRate,
    RateTable,
    lots_at,
    lots_over,
    rate_over,
    rate_table,
    translated,
)
from workbook_templates.locale import said
from workbook_templates.report_files import NotReady
from workbook_templates.schema import Company, Known, ReportRequest
from workbook_templates.spans import Span, day_in_words
from workbook_templates.words import Words

RATE_WANTING = Words(
    id="{company} memakai {currency}, dan {first} tidak punya kurs {currency} pada atau sebelum "
    "{day}. Tambahkan di lembar Kurs {first}.",
    en="{company} keeps its books in {currency}, and {first} has no rate of {currency} on or "
    "before {day}. Add it on Exchange Rates of {first}.",
)

Place = tuple[str, str]  # an account's code, and the caption under which it stands


@dataclass(frozen=True, slots=True)
class Rates:
    """At which rates a company was translated: that of the day, where balances were, and the mean
    of a span; None where the company has nothing that was.
    """

    closing: Decimal | None
    average: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """What a company adds: amounts (debit less credit, in 1/10,000) by account, `earlier` what it
    earned before the year, `difference` what translation leaves, which is equity.
    """

    company: Company
    table: RateTable
    names: Mapping[Place, str]
    amounts: Mapping[Place, int]
    earlier: int = 0
    difference: int = 0
    earnings: str | None = None  # the account of current earnings
    rates: Rates | None = None

    @property
    def result(self) -> int:
        """Income less expenses."""
        nominal = (u for (_, key), u in self.amounts.items() if BY_KEY[key].type in NOMINAL)
        return -sum(nominal)


@dataclass(frozen=True, slots=True)
class Matched:
    """An account with its amounts in each company and, last, in all."""

    code: str
    caption: str
    name: str
    amounts: Amounts


def part_at(known: Known, request: ReportRequest, first: Part | None) -> Part:
    """A company's balances on a day. Raises `NotReady` where a rate is wanting."""
    day, january = request.as_of, f"{request.as_of[:4]}-01-01"
    lots, dated = list(lots_at(known, day)), _dated(known, first)
    there = _converted(lots, dated, known, first)
    nominal = {row.text("code") for row in known.rows(ACCOUNTS) if row.text("type") in NOMINAL}
    earlier = (lot.units for lot in there if lot.account in nominal and lot.span[1] < january)
    account = account_of_role(known, "current_earnings")
    part = replace(
        _part(known, there),
        earlier=-sum(earlier),
        earnings=account.text("code") if account else None,
    )
    if dated is None:
        return part
    # Nothing, unless the reader does not see all rows: then the rest is no matter of rates.
    (rest,) = _converted([Lot("", sum(lot.units for lot in lots), (day, day))], dated, known, first)
    rates = Rates(rate_over(dated, (day, day)), rate_over(dated, (january, day)), (january, day))
    return replace(part, difference=rest.units - sum(lot.units for lot in there), rates=rates)


def part_over(known: Known, request: ReportRequest, first: Part | None) -> Part:
    """What a company earned and spent in a span. Raises `NotReady` where a rate is wanting."""
    span, dated = (request.first, request.last), _dated(known, first)
    part = _part(known, _converted(lots_over(known, span), dated, known, first))
    return replace(part, rates=Rates(None, rate_over(dated, span), span)) if dated else part


def matched(parts: Sequence[Part]) -> list[Matched]:
    """The accounts that have an amount somewhere, by code; the same code under another caption is
    another account.
    """
    captions = list(BY_KEY)
    places = {place: part.names[place] for part in reversed(parts) for place in part.names}
    found = []
    for code, caption in sorted(places, key=lambda place: (place[0], captions.index(place[1]))):
        each = tuple(part.amounts.get((code, caption), 0) for part in parts)
        if any(each):
            found.append(Matched(code, caption, places[code, caption], (*each, sum(each))))
    return found


def _part(known: Known, lots: Iterable[Lot]) -> Part:
    accounts = known.rows(ACCOUNTS)
    places = {row.text("code"): (row.text("code"), group_of(row).key) for row in accounts}
    names = {places[row.text("code")]: row.text("name") for row in accounts}
    amounts: dict[Place, int] = defaultdict(int)
    for lot in lots:
        amounts[places[lot.account]] += lot.units
    return Part(known.company, rate_table(known), names, amounts)


def _dated(known: Known, first: Part | None) -> Dated | None:
    """The rates of the company's currency in the books of the first; None in the same currency."""
    currency = known.company.currency
    if first is None or first.company.currency == currency:
        return None
    return first.table.get(currency, ())


def _converted(
    lots: Iterable[Lot], dated: Dated | None, known: Known, first: Part | None
) -> list[Lot]:
    """The lots in the currency of the first company."""
    if first is None or dated is None:
        return list(lots)
    try:
        return translated(lots, dated)
    except NoRate as wanting:
        facts = {"company": known.company.name, "currency": known.company.currency}
        day, lender = day_in_words(wanting.day), first.company
        sentence = said(RATE_WANTING, **facts, first=lender.name, day=day)
        raise NotReady([sentence[lender.language]]) from wanting
