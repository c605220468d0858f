"""The entry that closes a year: income and expenses, by account and cost centre, go to retained
earnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.schema import Cells, Document, Known, Proposal
from workbook_templates.words import Words

JOURNAL = "ledger.journal"
WHOLE, CENTRES = "ledger.balances", "ledger.centre_balances"
UNITS = 10_000
CLOSING_OF = Words(id="Penutupan tahun buku {year}", en="Closing of the year {year}")
Balances = dict[tuple[str, str], int]  # by (account, cost centre), debit positive, in 1/10,000


def closing_entry(year: Document, known: Known) -> Iterator[Proposal]:
    """Entry "CL:2026" of 31 December, while the year's status is closed."""
    retained = account_of_role(known, "retained_earnings")
    if year.text("status") != "closed" or retained is None:
        return
    head = {
        "entry": f"CL:{year.key}",
        "date": f"{year.key}-12-31",
        "kind": "closing",
        "description": CLOSING_OF[known.company.language].format(year=year.key),
        "source": year.source,
    }
    rows, kept = [], dict[str, int]()
    for (account, centre), balance in sorted(result_balances(known, year).items()):
        if balance:
            rows.append(_line(head, account, centre, -balance))
            kept[centre] = kept.get(centre, 0) + balance
    code = retained.text("code")
    rows += [_line(head, code, centre, units) for centre, units in sorted(kept.items()) if units]
    if rows:
        yield Proposal(JOURNAL, head["entry"], tuple(rows))


def result_balances(known: Known, year: Document) -> Balances:
    """What stands on the accounts of income and expenses at the end of a year without the entry
    that closes it."""
    found = balances_until(known, f"{year.key}-12")
    own = known.document(JOURNAL, f"CL:{year.key}")
    for line in own.lines if own else ():
        units = int(((line["debit"] or 0) - (line["credit"] or 0)) * UNITS)
        if (key := (line.text("account"), line.text("cost_centre"))) in found:
            found[key] -= units
    return found


def balances_until(known: Known, month: str) -> Balances:
    """Balances of all accounts of income and expenses at the end of a month."""
    results = {
        row.text("code")
        for row in known.rows(ACCOUNTS)
        if row.text("type") in ("income", "expense")
    }
    until = {"date:month": month}
    found: Balances = defaultdict(int)
    for (account,), (debit, credit) in known.totals(WHOLE, ("account",), last=until).items():
        if account in results:
            found[account, ""] = debit - credit
    sums = known.totals(CENTRES, ("account", "cost_centre"), last=until)
    for (account, centre), (debit, credit) in sums.items():
        if account in results and centre:  # lines without a cost centre are the rest
            found[account, centre] = debit - credit
            found[account, ""] -= debit - credit
    return found


def _line(head: Cells, account: str, centre: str, units: int) -> Cells:
    """A line of the entry; debit positive."""
    side = "debit" if units > 0 else "credit"
    line = {**head, "account": account, side: money.text(Decimal(abs(units)) / UNITS)}
    return {**line, "cost_centre": centre} if centre else line
