"""The entry of a list of opening balances: what has details goes through clearing accounts.

The old trial balance states receivables, payables and stock as one figure each; the open items and
the stock moves state them one by one. Each way books against the same clearing account, which is
zero when both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.schema import Cells, Document, Known, Line, Proposal

JOURNAL = "ledger.journal"
# By the role of the account with details: the role of its clearing account.
CLEARING = {
    "receivable": "opening_receivables",
    "payable": "opening_payables",
    "inventory": "opening_balance",
}
CONTROL = {"receivables": "receivable", "payables": "payable"}  # by the kind of list


def opening_entry(opening: Document, known: Known) -> Iterator[Proposal]:
    """Entry "OB:list": a trial balance as it is but for clearing accounts, or open items against
    theirs."""
    head = {
        "entry": f"OB:{opening.key}",
        "date": opening.text("date"),
        "source": opening.source,
    }
    control = CONTROL.get(opening.text("kind"))
    lines = _items(opening, known, control) if control else _balances(opening, known)
    rows = tuple({**head, **{c: text for c, text in line.items() if text}} for line in lines)
    if rows:
        yield Proposal(JOURNAL, head["entry"], rows)


def clearing_balances(known: Known) -> dict[str, Decimal]:
    """What still stands on each clearing account that there is, by account; zeros left out."""
    found = {}
    for role in CLEARING.values():
        account = account_of_role(known, role)
        if account is not None:
            code = account.text("code")
            sums = known.totals("ledger.balances", ("account",), equal={"account": code})
            units = sum(debit - credit for debit, credit in sums.values())
            if units:
                found[code] = Decimal(units) / 10_000
    return found


def _balances(opening: Document, known: Known) -> Iterator[Cells]:
    for line in opening.lines:
        account = known.row(ACCOUNTS, line.text("account"))
        role = CLEARING.get(account.text("role")) if account else None
        clearing = account_of_role(known, role) if role else None
        code = clearing.text("code") if clearing else line.text("account")
        yield {**_amounts(line), "account": code, "cost_centre": line.text("cost_centre")}


def _items(opening: Document, known: Known, role: str) -> Iterator[Cells]:
    control, clearing = account_of_role(known, role), account_of_role(known, CLEARING[role])
    if control is None or clearing is None:  # the rule `opening_accounts_exist` refuses the list
        return
    total = Decimal(0)
    for line in opening.lines:
        more = {column: line.text(column) for column in ("party", "document", "due")}
        yield {**_amounts(line), **more, "account": control.text("code")}
        total += (line["debit"] or 0) - (line["credit"] or 0)
    if total:
        side = "credit" if total > 0 else "debit"
        yield {"account": clearing.text("code"), side: money.text(abs(total))}


def _amounts(line: Line) -> Cells:
    return {column: line.text(column) for column in ("description", "debit", "credit")}
