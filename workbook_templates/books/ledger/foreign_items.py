"""Open items in other currencies: what settles them takes off at their own rate, to the last cent.

The amount open at any step, times the rate, is what the books hold of it. A step takes the
difference of two such amounts, so that nothing is left when nothing is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.books.ledger.approvals import waits_for_approval
from workbook_templates.books.ledger.choices import CONTROL_ROLES
from workbook_templates.books.ledger.corrections import corrections_of
from workbook_templates.books.ledger.currencies import Conversion, conversion_of, foreign
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import (
    NOTHING,
    PAYMENTS,
    balance_of,
    effect,
    payment_lines,
)
from workbook_templates.schema import Document, Known, Line

FIRST_DAY = "0001-01-01"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """What a correction or a line of a payment adds to an open document, debit positive, in the
    document's currency; in the order in which steps are taken.
    """

    date: str
    table: str
    key: str
    row_id: str
    amount: Decimal


def steps_of(document: Document, known: Known) -> list[Step]:
    """All that credits or settles a document, by date."""
    steps = [
        Step(line.text("date"), PAYMENTS, line.text("payment"), line.id, effect(line))
        for line in payment_lines(document, known)
    ]
    if document.sheet.table in TRADES:
        steps += [
            Step(found.text("date"), found.sheet.table, found.key, "", balance_of(found, known))
            for found in corrections_of(document, known)
        ]
    return sorted(steps)


def taken_off(document: Document, known: Known) -> dict[tuple[str, str, str], Decimal]:
    """What each step adds in company currency, by (table, key, row id).

    What waits for approval comes last: it is not in the books, and the others are as without it.
    """
    conversion, left = conversion_of(document, known), balance_of(document, known)
    taken = {}
    for step in sorted(steps_of(document, known), key=lambda step: _waits(step, known)):
        before, left = left, left + step.amount
        amount = conversion.company(left) - conversion.company(before)
        taken[step.table, step.key, step.row_id] = amount
    return taken


def _waits(step: Step, known: Known) -> bool:
    found = known.document(step.table, step.key)
    return found is not None and bool(waits_for_approval(found, known))


def converted_parts(
    parts: Iterable[tuple[str, Decimal]], conversion: Conversion
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(due, amount, in company currency) of instalments, which come to the total's conversion."""
    if not conversion.currency:
        yield from ((due, amount, amount) for due, amount in parts)
        return
    parts, total, sums = list(parts), NOTHING, [NOTHING]
    for _, amount in parts:
        total += amount
        sums.append(conversion.company(total))
    for (due, amount), (before, after) in zip(parts, pairwise(sums), strict=True):
        yield due, amount, after - before


@dataclass(slots=True)
class ForeignItem:
    """What is open of a document, or stands on a bank account, in another currency.

    `party` and `document` are "" for an account. Amounts are debit positive.
    """

    account: str
    party: str
    document: str
    currency: str = ""
    amount: Decimal = NOTHING
    company: Decimal = NOTHING


def foreign_items(known: Known, as_of: str, without: str = "") -> list[ForeignItem]:
    """All at the end of a day by account, party and document, that are not nothing in both.

    `without`: a source whose lines are left out.
    """
    found: dict[tuple[str, str, str], ForeignItem] = {}
    for role in CONTROL_ROLES:
        control = account_of_role(known, role)
        for line in _lines(known, control.text("code") if control else "", as_of, without):
            number = line.text("document") or line.text("entry")
            _add(found, line, (line.text("account"), line.text("party"), number), "")
    for account in known.rows(ACCOUNTS):
        if currency := foreign(account.text("currency"), known):
            code = account.text("code")
            for line in _lines(known, code, as_of, without):
                _add(found, line, (code, "", ""), currency)
    items = (item for _, item in sorted(found.items()))
    return [item for item in items if item.currency and (item.amount or item.company)]


def currencies_of(items: Iterable[ForeignItem]) -> list[str]:
    """The currencies of items, each once."""
    return sorted({item.currency for item in items})


def _lines(known: Known, account: str, as_of: str, without: str) -> Iterator[Line]:
    if account:
        lines = known.between(JOURNAL, "account", account, FIRST_DAY, as_of)
        yield from (line for line in lines if not without or line.source != without)


def _add(
    found: dict[tuple[str, str, str], ForeignItem],
    line: Line,
    key: tuple[str, str, str],
    currency: str,
) -> None:
    item = found.setdefault(key, ForeignItem(*key, currency))
    item.currency = item.currency or line.text("currency")
    debit, credit = line["debit"] or NOTHING, line["credit"] or NOTHING
    item.company += debit - credit
    if line.text("currency"):
        amount = line["foreign_amount"] or NOTHING
        item.amount += amount if debit else -amount
