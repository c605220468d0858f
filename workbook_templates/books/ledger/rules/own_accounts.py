"""Accounts that registers post to by themselves: open, and kept by no other document."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS, is_control
from workbook_templates.books.ledger.choices import STOCK_ROLE
from workbook_templates.books.ledger.rules.postable import (
    CONTROL_ACCOUNT,
    STOCK_ACCOUNT,
    unpostable,
)
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Known


def own_accounts(document: Document, known: Known, column: str) -> Iterator[Problem]:
    """Problems of an account column: closed or parent accounts, control accounts, the stock's."""
    if not known.has(ACCOUNTS):
        return
    yield from unpostable(document, known, column)
    for line in document.lines:
        account = known.row(ACCOUNTS, line.text(column))
        if account is None:
            continue
        facts = {"account": account.text("code"), "name": account.text("name")}
        if is_control(account):
            yield CONTROL_ACCOUNT(column=column, row_id=line.id, **facts)
        elif account.text("role") == STOCK_ROLE:
            yield STOCK_ACCOUNT(column=column, row_id=line.id, **facts)
