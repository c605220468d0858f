"""Balances of accounts at a date, from the kept sums: months before, days of the date's month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from workbook_templates.columns import Code, Money, Text
from workbook_templates.schema import Known, Line
from workbook_templates.spans import day_before, month_end, months_within
from workbook_templates.words import Words

ACCOUNT = Code("account", Words(id="Akun", en="Account"), width=12)
NAME = Text("name", Words(id="Nama", en="Name"), width=40)
DEBIT = Money("debit", Words(id="Debit", en="Debit"), width=18)
CREDIT = Money("credit", Words(id="Kredit", en="Credit"), width=18)
BALANCE = Money("balance", Words(id="Saldo", en="Balance"), width=18)


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits of an account, in 1/10,000."""

    debit: int = 0
    credit: int = 0

    @property
    def balance(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit

    def __sub__(self, other: Sums) -> Sums:
        return Sums(self.debit - other.debit, self.credit - other.credit)


NOTHING = Sums()


def balances(known: Known, as_of: str, account: str | None = None) -> dict[str, Sums]:
    """Everything posted up to and including a day, by account."""
    equal = {} if account is None else {"account": account}
    month, at_month_end = as_of[:7], as_of == month_end(as_of)
    months = known.totals(
        "ledger.balances",
        ("account",),
        equal=equal,
        last={"date:month": month if at_month_end else _month_before(month)},
    )
    if at_month_end:
        return {code: Sums(*amounts) for (code,), amounts in months.items()}
    days = known.totals(
        "ledger.days",
        ("account",),
        equal={**equal, "date:month": month},
        last={"date": as_of},
    )
    found: dict[str, Sums] = {}
    for part in (months, days):
        for (code,), (debit, credit) in part.items():
            before = found.get(code, NOTHING)
            found[code] = Sums(before.debit + debit, before.credit + credit)
    return found


def movements(known: Known, first: str, last: str) -> dict[str, Sums]:
    """Everything posted from the first to the last day, by account."""
    before = balances(known, day_before(first))
    found: dict[str, Sums] = defaultdict(Sums)
    for code, sums in balances(known, last).items():
        found[code] = sums - before.get(code, NOTHING)
    return found


def adjusting(known: Known, first: str, last: str) -> dict[str, Sums]:
    """What adjusting entries posted in the months that end within a span, by account."""
    return _of_kind(known, "adjusting", first, last)


def earned(known: Known, first: str, last: str) -> dict[str, Sums]:
    """As `movements`, without what closes a year (an entry of its last day): by account."""
    found = movements(known, first, last)
    for code, sums in _of_kind(known, "closing", first, last).items():
        found[code] = found.get(code, NOTHING) - sums
    return found


def closing(known: Known, first: str, last: str) -> dict[str, Sums]:
    """What the entries that close a year moved in the months that end within a span."""
    return _of_kind(known, "closing", first, last)


def result(known: Known, posted: Mapping[str, Sums]) -> int:
    """Income less expenses, in 1/10,000."""
    return -sum(
        posted.get(row.text("code"), NOTHING).balance
        for row in known.rows("ledger.accounts")
        if row.text("type") in ("income", "expense")
    )


def _of_kind(known: Known, kind: str, first: str, last: str) -> dict[str, Sums]:
    months = months_within(first, last)
    if months is None:
        return {}
    found = known.totals(
        "ledger.entry_kinds",
        ("account",),
        equal={"kind": kind},
        first={"date:month": months[0]},
        last={"date:month": months[1]},
    )
    return {code: Sums(*amounts) for (code,), amounts in found.items()}


def units_of(line: Line) -> int:
    """What a posting adds to its account, debit less credit, in 1/10,000."""
    return _units(line.cells.get("debit")) - _units(line.cells.get("credit"))


def _units(text: str | None) -> int:
    return int(text.replace(".", "")) * 100 if text else 0


def amount_text(units: int) -> str:
    """Canonical text of an amount in 1/10,000 whose last two digits are zero."""
    cents = abs(units) // 100
    return f"{'-' if units < 0 and cents else ''}{cents // 100}.{cents % 100:02}"


def names(known: Known) -> dict[str, str]:
    """The names of all accounts, by code in order."""
    rows = sorted(known.rows("ledger.accounts"), key=lambda row: row.text("code"))
    return {row.text("code"): row.text("name") for row in rows}


def _month_before(month: str) -> str:
    return day_before(f"{month}-01")[:7]
