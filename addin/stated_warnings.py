"""Balances that somebody stated and the books do not have: asked of the server after each sync.

They stop nothing. Balances that a bank statement brought are left out: books and bank are rarely
on one day, and `lajur bank-match` tells of those.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from addin.bank_proposals import row_id
from addin.copies import Copy, Found
from addin.errors import AddinError
from addin.server import Server
from workbook_templates.books.ledger.stated_balances import BOOKS_DIFFER, STATED
from workbook_templates.schema import Cells

END_OF_TIME = "2199-12-31"


def stated_warnings(copy: Copy, server: Server) -> list[Found]:
    """A warning at each such balance; none from a server that has or tells no such report."""
    if STATED not in copy.pages or not len(copy.base(STATED)):
        return []
    by_key = {
        copy.key_of(STATED, rid): rid
        for rid in copy.pages[STATED].rows
        if rid != row_id(copy, STATED, copy.key_of(STATED, rid))
    }
    try:
        rows = server.report("stated_balances", {"as_of": END_OF_TIME}) if by_key else []
    except AddinError:
        return []
    return [
        _found(key, by_key[key], row)
        for row in rows
        if (key := f"{row.get('account')}|{row.get('date')}") in by_key and row.get("since")
    ]


def _found(key: str, rid: str, row: Cells) -> Found:
    problem = BOOKS_DIFFER(
        column="amount",
        row_id=rid,
        source=row.get("source") or "—",
        account=row["account"],
        date=date.fromisoformat(row["date"] or ""),
        since=date.fromisoformat(row["since"] or ""),
        stated=Decimal(row["stated"] or 0),
        found=Decimal(row["balance"] or 0),
        difference=Decimal(row["difference"] or 0),
    )
    return Found(STATED, key, problem, stops=False)
