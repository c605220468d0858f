"""A company's balances in the currency of another's books, at dated rates.

Assets and liabilities at the rate of the day, income and expenses at the average of their calendar
year up to it, equity at the rates of the days on which it moved (PSAK 221, formerly PSAK 10, IAS 21
paragraphs 39 to 41). What closes a year moves its result at the average at which it was earned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.currencies import CENT, RATES
from workbook_templates.books.ledger.reports.balances import NOTHING, closing, earned
from workbook_templates.money import round_half_up
from workbook_templates.schema import Known
from workbook_templates.spans import Span, day_before

NOMINAL = ("income", "expense")
UNIT = 10_000
RATE_PLACES = 6

Dated = Sequence[tuple[str, Decimal]]  # the rates of a currency by day, in order
RateTable = Mapping[str, Dated]  # by currency


@dataclass(frozen=True, slots=True)
class Lot:
    """What is on an account (debit less credit, in 1/10,000) and has one rate, that of a span."""

    account: str
    units: int
    span: Span


class NoRate(LookupError):
    """Nothing says what a currency was worth on or before a day."""

    def __init__(self, day: str) -> None:
        super().__init__(day)
        self.day = day


def rate_table(known: Known) -> RateTable:
    """Every rate that a company has, in its own currency."""
    found: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for row in known.rows(RATES):
        found[row.text("currency")].append((row.text("date"), row["rate"]))
    return {currency: tuple(sorted(dated)) for currency, dated in found.items()}


def rate_over(dated: Dated, span: Span) -> Decimal | None:
    """The mean of the rates dated within a span, or else the last before it."""
    first, last = span
    until = [(day, rate) for day, rate in dated if day <= last]
    within = [rate for day, rate in until if day >= first]
    if within:
        return round_half_up(sum(within, Decimal(0)) / len(within), Decimal(1).scaleb(-RATE_PLACES))
    return until[-1][1] if until else None


def translated(lots: Iterable[Lot], dated: Dated) -> list[Lot]:
    """The lots in the other currency, each to the cent. Raises `NoRate` with the day on or before
    which a rate is needed to have all.
    """
    found = list(lots)
    at = {span: rate_over(dated, span) for span in {lot.span for lot in found if lot.units}}
    without = [last for (_, last), rate in at.items() if rate is None]
    if without:
        raise NoRate(min(without))
    return [Lot(lot.account, _at(lot.units, at.get(lot.span)), lot.span) for lot in found]


def _at(units: int, rate: Decimal | None) -> int:
    amount = Decimal(units) / UNIT * (rate or 0)
    return int(round_half_up(amount, CENT) * UNIT)


def lots_over(known: Known, span: Span) -> Iterator[Lot]:
    """What was earned and spent in a span, without what closes a year."""
    moved = earned(known, *span)
    for account in known.rows(ACCOUNTS):
        if account.text("type") in NOMINAL:
            code = account.text("code")
            yield Lot(code, moved.get(code, NOTHING).balance, span)


def lots_at(known: Known, day: str) -> Iterator[Lot]:
    """All that is on the accounts of a company on a day."""
    units = _by_month(known, day)
    years = {month[:4] for months in units.values() for month in months}
    closed = {year: closing(known, *_year(year, day)) for year in sorted(years)}
    for account in known.rows(ACCOUNTS):
        code, type_ = account.text("code"), account.text("type")
        months = units.get(code, {})
        if type_ == "equity":
            yield from _equity(known, code, months, day)
            for year, sums in closed.items():
                result = sums.get(code, NOTHING).balance
                yield Lot(code, result, _year(year, day))
                yield Lot(code, -result, (f"{year}-12-31",) * 2)
        elif type_ in NOMINAL:
            for year in sorted({month[:4] for month in months}):
                of_year = sum(u for month, u in months.items() if month[:4] == year)
                yield Lot(code, of_year, _year(year, day))
        else:
            yield Lot(code, sum(months.values()), (day, day))


def _by_month(known: Known, day: str) -> dict[str, dict[str, int]]:
    """What was posted up to a day, by account and month."""
    month = day[:7]
    before = {"date:month": day_before(f"{month}-01")[:7]}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    months = known.totals("ledger.balances", ("account", "date:month"), last=before)
    for (code, earlier), (debit, credit) in months.items():
        found[code][earlier] = debit - credit
    days = known.totals(
        "ledger.days", ("account",), equal={"date:month": month}, last={"date": day}
    )
    for (code,), (debit, credit) in days.items():
        found[code][month] = debit - credit
    return found


def _equity(known: Known, code: str, months: Iterable[str], day: str) -> Iterator[Lot]:
    for month in months:
        equal = {"date:month": month, "account": code}
        days = known.totals("ledger.days", ("date",), equal=equal, last={"date": day})
        for (on,), (debit, credit) in days.items():
            yield Lot(code, debit - credit, (on, on))


def _year(year: str, day: str) -> Span:
    return f"{year}-01-01", min(f"{year}-12-31", day)
