"""Stated balances beside the books: the difference, and the first day from which it exists.

Both are in the currency in which the account is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_templates.books.ledger.bank_lines import JOURNAL, LINES, posted
from workbook_templates.books.ledger.currencies import kept_in
from workbook_templates.books.ledger.foreign_items import FIRST_DAY
from workbook_templates.books.ledger.reports.balances import NOTHING, amount_text, balances
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Known, Line
from workbook_templates.words import Words

STATED = "ledger.stated_balances"
UNITS = 10_000
BOOKS_DIFFER = Message(
    "stated_balance_differs",
    Words(
        id="Menurut {source}, saldo akun {account} pada {date} adalah {stated}, sedangkan di "
        "pembukuan {found}: selisih {difference} sejak {since}. Lihat laporan Rekonsiliasi Bank.",
        en="According to {source} account {account} stood at {stated} on {date}, in the books at "
        "{found}: a difference of {difference} since {since}. See the report Bank Reconciliation.",
    ),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated balance and that of the books, in 1/10,000; `since` is "" where they agree."""

    row: Line
    amount: int
    found: int
    since: str = ""

    @property
    def difference(self) -> int:
        """What the books have more than was stated."""
        return self.found - self.amount


def stated_of(known: Known, as_of: str, account: str | None = None) -> Iterator[Stated]:
    """The stated balances up to a day, by account and date; of one account or of all."""
    rows: dict[str, list[Line]] = defaultdict(list)
    for row in known.rows(STATED) if account is None else known.where(STATED, "account", account):
        if row.text("date") <= as_of:
            rows[row.text("account")].append(row)
    for code in sorted(rows):
        yield from _of_account(known, code, sorted(rows[code], key=lambda row: row.text("date")))


def warnings(known: Known, as_of: str) -> Iterator[Problem]:
    """A sentence at each stated balance that the books do not have."""
    for stated in stated_of(known, as_of):
        if stated.difference:
            yield BOOKS_DIFFER(
                column="amount",
                row_id=stated.row.id,
                source=stated.row.text("source") or "—",
                account=stated.row.text("account"),
                date=stated.row["date"],
                stated=stated.row["amount"],
                found=Decimal(amount_text(stated.found)),
                difference=Decimal(amount_text(stated.difference)),
                since=date.fromisoformat(stated.since),
            )


def with_accounts_under(known: Known, account: str) -> list[str]:
    """An account and all that stand under it."""
    found = [account]
    for code in found:
        found += [row.text("code") for row in known.where("ledger.accounts", "parent", code)]
    return found


def book_balance(known: Known, account: str, day: str) -> int:
    """The balance of an account with those under it at the end of a day, in 1/10,000 of the
    currency in which it is kept.
    """
    if currency := kept_in(account, known):
        return sum(_foreign_days(known, account, currency, ("", day)).values())
    codes = with_accounts_under(known, account)
    return sum(balances(known, day, code).get(code, NOTHING).balance for code in codes)


def _of_account(known: Known, account: str, rows: Iterable[Line]) -> Iterator[Stated]:
    agreed, since = "", ""
    for row in rows:
        day = row.text("date")
        stated = Stated(row, int(row["amount"] * UNITS), book_balance(known, account, day))
        if not stated.difference:
            agreed, since = day, ""
        elif not since:
            since = _since(known, account, (agreed, day), stated.difference)
        yield Stated(row, stated.amount, stated.found, since)


def _since(known: Known, account: str, span: tuple[str, str], difference: int) -> str:
    """The first day of a span after which books and bank were apart until its end.

    Bank lines tell it to the day, where they account for the difference. Without them it is the
    first day with a posting after the books last agreed: no earlier one is in question.
    """
    posted, lines = _posted(known, account, span), _at_bank(known, account, span)
    apart = {day: posted.get(day, 0) - lines.get(day, 0) for day in sorted({*posted, *lines})}
    if lines and sum(apart.values()) == difference:
        return _last_beginning(apart) or span[1]
    return min(posted, default=span[1])


def _last_beginning(apart: Mapping[str, int]) -> str:
    running, since = 0, ""
    for day, moved in apart.items():
        running += moved
        since = (since or day) if running else ""
    return since


def _posted(known: Known, account: str, span: tuple[str, str]) -> dict[str, int]:
    """What was posted on each day after the first and up to the last of a span."""
    if currency := kept_in(account, known):
        return _foreign_days(known, account, currency, span)
    after, last = span
    found: dict[str, int] = defaultdict(int)
    for code in with_accounts_under(known, account):
        sums = known.totals(
            "ledger.days",
            ("date",),
            equal={"account": code},
            first={"date:month": after[:7]},
            last={"date:month": last[:7], "date": last},
        )
        for (day,), (debit, credit) in sums.items():
            if day > after and debit != credit:
                found[day] += debit - credit
    return found


def _foreign_days(
    known: Known, account: str, currency: str, span: tuple[str, str]
) -> dict[str, int]:
    """The same of an account in another currency, from its lines: no sums are kept of those."""
    after, last = span
    found: dict[str, int] = defaultdict(int)
    for code in with_accounts_under(known, account):
        if kept_in(code, known) == currency:
            for row in known.between(JOURNAL, "account", code, after or FIRST_DAY, last):
                if row.text("date") > after:
                    found[row.text("date")] += int(posted(row, currency) * UNITS)
    return {day: units for day, units in found.items() if units}


def _at_bank(known: Known, account: str, span: tuple[str, str]) -> dict[str, int]:
    after, last = span
    found: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    for row in known.where(LINES, "bank_account", account):
        if after < row.text("date") <= last and row.text("line") not in seen:
            seen.add(row.text("line"))
            found[row.text("date")] += int(row["amount"] * UNITS)
    return found
