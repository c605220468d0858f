"""What must be posted anew when a document in another currency, or a rate, changes."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.bank_lines import LINES, settled_by
from workbook_templates.books.ledger.corrections import corrections_of, origin
from workbook_templates.books.ledger.currencies import RATES, currency_of, kept_in
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.earlier_bills import later_bills
from workbook_templates.books.ledger.foreign_deposits import deposits_of, uses_of
from workbook_templates.books.ledger.foreign_items import steps_of
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import PAYMENTS, settled_document
from workbook_templates.periods import is_locked
from workbook_templates.schema import Document, Known, Line
from workbook_templates.spans import month_end

REVALUATIONS = "ledger.revaluations"
LAST_DAY = "9999-12-31"
Named = Iterator[tuple[str, str]]  # documents as (table, key)


def foreign_trade(document: Document, known: Known) -> Named:
    """What credits the document, at its day's taxes; in another currency what settles it too, and
    the runs that value it.
    """
    if document.before and document.lines:
        table = document.sheet.table
        yield from ((table, found.key) for found in corrections_of(document, known))
    if lines := _foreign(document, known):
        kept = Document(document.sheet, document.key, document.lines or document.before)
        yield from _steps(origin(kept, known), document, known)
        yield from _uses(document, known)
        yield from runs_from(min(line.text("date") for line in lines), known)


def foreign_bill(document: Document, known: Known) -> Named:
    """As for invoices, with the later bills that share a threshold."""
    yield from later_bills(document, known)
    yield from foreign_trade(document, known)


def foreign_payment(payment: Document, known: Known) -> Named:
    """What else settles the payment's documents, and the runs that value them."""
    lines = _foreign(payment, known)
    for line in lines:
        settled = settled_document(known, line) if line.text("document") else None
        if settled is not None and currency_of(settled, known):
            yield from _steps(settled, payment, known)
    if lines:
        if payment.lines:
            yield from _steps(payment, payment, known)
        yield from runs_from(min(line.text("date") for line in lines), known)


def documents_at_the_rate(rate: Document, known: Known) -> Named:
    """The documents without a rate of their own that took this one, and the runs from then on."""
    line = (rate.lines or rate.before)[0]
    currency, day = line.text("currency"), line.text("date")
    later = (row.text("date") for row in known.where(RATES, "currency", currency))
    until = min((date for date in later if date > day), default=LAST_DAY)
    named = {
        (table, row.sheet.key_of(row.cells, row.id))
        for table in (*TRADES, PAYMENTS)
        for row in known.where(table, "currency", currency)
        if not row.text("rate") and day <= row.text("date") < until
    }
    yield from sorted(named)
    for table, key in sorted(named):
        if document := known.document(table, key):
            yield from _steps(origin(document, known), document, known)
            yield from _uses(document, known)
    yield from _bank_lines(currency, (day, until), known)
    yield from runs_from(day, known)


def foreign_bank_line(line: Document, known: Known) -> Named:
    """What else settles the documents of a bank line in another currency, and the runs."""
    rows = [row for row in _of_foreign_accounts(line, known) if row.text("accept")]
    yield from _settled_together(rows, [settled_by(row, known) for row in rows], known)


def foreign_batch(batch: Document, known: Known) -> Named:
    """What else settles the bills of a batch in another currency, and the runs."""
    rows = _of_foreign_accounts(batch, known)
    yield from _settled_together(rows, [settled_document(known, row) for row in rows], known)


def _of_foreign_accounts(document: Document, known: Known) -> list[Line]:
    """The lines of a document, as it is and as it was, on bank accounts in other currencies."""
    lines = (*document.lines, *document.before)
    return [line for line in lines if kept_in(line.text("bank_account"), known)]


def _settled_together(rows: list[Line], settled: list[Document | None], known: Known) -> Named:
    """Of several payments that follow from one document: the runs come after what settles any of
    their documents. Each payment by itself would name them before the next one had its say.
    """
    for document in settled:
        if document is not None:
            yield from ((step.table, step.key) for step in steps_of(document, known))
    if rows:
        yield from runs_from(min(row.text("date") for row in rows), known)


def _bank_lines(currency: str, span: tuple[str, str], known: Known) -> Named:
    """The accepted bank lines of a span, without its end, that make an entry at the day's rate."""
    first, until = span
    for account in known.rows(ACCOUNTS):
        code = account.text("code")
        rows = known.where(LINES, "bank_account", code) if kept_in(code, known) == currency else ()
        for row in rows:
            is_made = row.text("account") and row.text("accept") == "true"
            if is_made and first <= row.text("date") < until:
                yield LINES, row.text("line")


def runs_from(day: str, known: Known) -> Named:
    """The runs of the month of a day and of later ones, but for locked months."""
    for row in known.rows(REVALUATIONS):
        month = row.text("period")
        if day <= month_end(month) and not is_locked(known, month, "ledger"):
            yield REVALUATIONS, month


def _foreign(document: Document, known: Known) -> list[Line]:
    """The lines of a document in another currency, as it is and as it was."""
    lines = (*document.lines, *document.before)
    return [line for line in lines if line.cells.get("currency") and currency_of(line, known)]


def _steps(settled: Document, changed: Document, known: Known) -> Named:
    """The documents of the steps of an open document, but for the one that changes."""
    own = changed.sheet.table, changed.key
    for step in steps_of(settled, known):
        if (step.table, step.key) != own:
            yield step.table, step.key


def _uses(changed: Document, known: Known) -> Named:
    """What else deducts, gives back or credits the deposits of a document, as it is and was."""
    table = changed.sheet.table
    for lines in (changed.lines, changed.before):
        document = Document(changed.sheet, changed.key, lines)
        found = deposits_of(document, known) if lines and table in TRADES else []
        if lines and document.text("kind") == DEPOSIT:
            found = [document]
        for deposit in found:
            for use in uses_of(deposit, known):
                if use.key != changed.key:
                    yield table, use.key
