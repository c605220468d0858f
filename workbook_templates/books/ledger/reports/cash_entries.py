"""What a span of days did to each account, and how much of it in entries that moved cash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbook_templates.books.ledger.groups import CASH, group_of
from workbook_templates.books.ledger.reports.balances import earned, units_of
from workbook_templates.books.ledger.reports.paid_for import Purposes, moved_to_purposes
from workbook_templates.schema import Document, Known, Line, ReportRequest

JOURNAL = "ledger.journal"


@dataclass(slots=True)
class Moved:
    """What a span did to an account, in 1/10,000.

    `balance`: debit less credit in all, without what closes a year; `with_cash`: the part of it in
    entries that moved cash, of a bill's payment for the accounts of the bill. `received` and
    `spent`: the money of these, gross; all that one entry did to investing (or financing) counts
    for the account that it moved most, so that the sale of an asset is what was paid for it.
    """

    balance: int = 0
    with_cash: int = 0
    received: int = 0
    spent: int = 0

    @property
    def without_cash(self) -> int:
        """Debit less credit in entries that moved no cash."""
        return self.balance - self.with_cash


@dataclass(frozen=True, slots=True)
class AccountFlow:
    """An account that is not cash, and what each span did to it."""

    account: Line
    spans: tuple[Moved, ...]

    @property
    def flow(self) -> str:
        """The part of the cash flow statement to which the account belongs."""
        return group_of(self.account).flow

    @property
    def is_nominal(self) -> bool:
        """Whether it is an account of income or expense."""
        return self.account.text("type") in ("income", "expense")


def account_flows(known: Known, spans: Sequence[ReportRequest]) -> list[AccountFlow]:
    """Every account that is not cash by code, with what each span did to it."""
    cash = cash_accounts(known)
    moved = [_moved(known, cash, span) for span in spans]
    return [
        AccountFlow(account, tuple(of[account.text("code")] for of in moved))
        for account in sorted(known.rows("ledger.accounts"), key=lambda row: row.text("code"))
        if account.text("code") not in cash
    ]


def _moved(known: Known, cash: frozenset[str], span: ReportRequest) -> dict[str, Moved]:
    found: dict[str, Moved] = defaultdict(Moved)
    for code, sums in earned(known, span.first, span.last).items():
        found[code].balance = sums.balance
    flows = {row.text("code"): group_of(row).flow for row in known.rows("ledger.accounts")}
    for entry in _entries(known, cash, span.first, span.last):
        sums_of = _sums(entry)
        if sum(sums_of[code] for code in cash & sums_of.keys()):  # else between two cash accounts
            _add(found, {code: n for code, n in sums_of.items() if code not in cash}, flows)
    for moved in moved_to_purposes(known, Purposes(flows, cash), span.first, span.last):
        _add(found, moved, flows)
    return found


def _add(found: dict[str, Moved], sums: Mapping[str, int], flows: Mapping[str, str]) -> None:
    """Adds one entry that moved cash, or what of it was for something else."""
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    for code, units in sums.items():
        found[code].with_cash += units
        parts[flows[code]][code] = units
    for of in parts.values():
        most, net = max(of, key=lambda code: abs(of[code])), sum(of.values())
        found[most].received += max(-net, 0)
        found[most].spent += max(net, 0)


def _sums(entry: Document) -> dict[str, int]:
    """Debit less credit by account."""
    sums: dict[str, int] = defaultdict(int)
    for line in entry.lines:
        sums[line.text("account")] += units_of(line)
    return sums


def cash_accounts(known: Known) -> frozenset[str]:
    """The codes of the accounts that are cash and its equivalents."""
    rows = known.rows("ledger.accounts")
    return frozenset(row.text("code") for row in rows if group_of(row).flow == CASH)


def _entries(known: Known, cash: frozenset[str], first: str, last: str) -> Iterator[Document]:
    """The entries of a span with a line on a cash account."""
    keys = {
        line.text("entry"): None
        for code in sorted(cash)
        for line in known.between(JOURNAL, "account", code, first, last)
    }
    for key in keys:
        entry = known.document(JOURNAL, key)
        if entry is not None:
            yield entry
