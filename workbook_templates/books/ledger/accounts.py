"""Looking up accounts: by role, in use, and whether they can be posted to."""

from __future__ import annotations

from workbook_templates.books.ledger.choices import CONTROL_ROLES
from workbook_templates.schema import Known, Line

ACCOUNTS = "ledger.accounts"


def account_of_role(known: Known, role: str) -> Line | None:
    """The account that has a role; None where no account has it."""
    return next(iter(known.where(ACCOUNTS, "role", role)), None)


def is_control(account: Line) -> bool:
    """Whether an account is the sum of what parties owe, or are owed."""
    return account.cells.get("role") in CONTROL_ROLES


def is_used(known: Known, code: str) -> bool:
    """Whether any journal line names an account."""
    sums = known.totals("ledger.balances", ("account",), equal={"account": code})
    return any(any(amounts) for amounts in sums.values())


def has_children(known: Known, code: str) -> bool:
    """Whether other accounts stand under an account; it then only adds them up."""
    return bool(known.where(ACCOUNTS, "parent", code))
