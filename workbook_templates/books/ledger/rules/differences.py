"""What a payment writes off goes to an account that can take it."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS, is_control
from workbook_templates.books.ledger.choices import STOCK_ROLE
from workbook_templates.books.ledger.payment_entry import DIFFERENCES, difference_account
from workbook_templates.books.ledger.payments import written_off
from workbook_templates.books.ledger.rules.postable import (
    CONTROL_ACCOUNT,
    STOCK_ACCOUNT,
    unpostable,
)
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

DIFFERENCE_MISSING = Message(
    "difference_missing",
    Words(
        id="Akun selisih diisi, tetapi Selisih kosong. Isi jumlahnya, atau kosongkan akunnya.",
        en="Difference account is filled in, but Difference is blank. Fill in the amount, or blank "
        "the account.",
    ),
)


def differences_can_be_posted(payment: Document, known: Known) -> Iterator[Problem]:
    """The account is open, none that follows from documents or stock, and stands by an amount."""
    if not known.has(ACCOUNTS):
        return
    yield from unpostable(payment, known, "difference_account")
    for line in payment.lines:
        account = known.row(ACCOUNTS, line.text("difference_account"))
        if account and not written_off(line):
            yield DIFFERENCE_MISSING(column="written_off", row_id=line.id)
        if account and (is_control(account) or account.text("role") == STOCK_ROLE):
            message = CONTROL_ACCOUNT if is_control(account) else STOCK_ACCOUNT
            code, name = account.text("code"), account.text("name")
            yield message(column="difference_account", row_id=line.id, account=code, name=name)
        if written_off(line) and not difference_account(line, known):
            yield from no_account(known, DIFFERENCES, line.id)
