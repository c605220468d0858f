"""Runs of the month-end valuation: every currency has its rate, and differences have an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.currencies import EXCHANGE, RATES, rate_on
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.foreign_items import currencies_of, foreign_items
from workbook_templates.books.ledger.rules.currencies import RATE_MISSING
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Known
from workbook_templates.spans import month_end


def revaluation_can_be_posted(run: Document, known: Known) -> Iterator[Problem]:
    """There is a rate at the month's end for each currency with open items, and an account."""
    if not run.lines or not all(map(known.has, (JOURNAL, RATES, ACCOUNTS))):
        return
    first, last = run.lines[0].id, month_end(run.key)
    yield from no_account(known, EXCHANGE, first)
    for currency in currencies_of(foreign_items(known, last, without=run.source)):
        if rate_on(known, currency, last) is None:
            day = date.fromisoformat(last)
            yield RATE_MISSING(column="period", row_id=first, currency=currency, date=day)
