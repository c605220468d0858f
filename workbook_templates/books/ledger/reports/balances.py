"""Balances of accounts at a date, from the kept sums: months before, days of the date's month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from workbook_templates.columns import Code, Money, Text
from workbook_templates.schema import Known
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
    month, at_month_end = as_of[:7], day_after(as_of).endswith("-01")
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


def amount_text(units: int) -> str:
    """Canonical text of an amount in 1/10,000 whose last two digits are zero."""
    cents = abs(units) // 100
    return f"{'-' if units < 0 and cents else ''}{cents // 100}.{cents % 100:02}"


def names(known: Known) -> dict[str, str]:
    """The names of all accounts, by code in order."""
    rows = sorted(known.rows("ledger.accounts"), key=lambda row: row.text("code"))
    return {row.text("code"): row.text("name") for row in rows}


def day_before(day: str) -> str:
    """The day before a day, both "YYYY-MM-DD"."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The day after a day, both "YYYY-MM-DD"."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _month_before(month: str) -> str:
    return day_before(f"{month}-01")[:7]
