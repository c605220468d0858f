"""The tax report tied to the tax accounts: each difference, and the lines that explain it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    NOTHING,
    amount_text,
    movements,
    names,
)
from workbook_templates.books.ledger.reports.tax_documents import (
    TAX_KINDS,
    UNIT,
    tax_accounts,
    taxed,
)
from workbook_templates.columns import Code, Date, Money, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words


def tax_tie_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an account, and below it each line that no invoice or bill stands behind.

    Amounts are debit less credit. Unexplained is zero in every row, or something is wrong.
    """
    stated: dict[str, int] = defaultdict(int)
    for each in taxed(known, request.first, request.last):
        stated[each.tax.account] += each.effect
    posted, called = movements(known, request.first, request.last), names(known)
    for account in tax_accounts(known, TAX_KINDS):
        moved = posted.get(account, NOTHING).balance
        others = other_lines(known, account, request.first, request.last)
        explained = sum(map(_units, others))
        yield {
            "account": account,
            "name": called.get(account),
            "stated": amount_text(stated[account]),
            "posted": amount_text(moved),
            "difference": amount_text(moved - stated[account]),
            "unexplained": amount_text(moved - stated[account] - explained),
        }
        for line in others:
            yield {
                "account": account,
                "entry": line.text("entry"),
                "date": line.text("date"),
                "description": line.text("description") or None,
                "difference": amount_text(_units(line)),
            }


def other_lines(known: Known, account: str, first: str, last: str) -> list[Line]:
    """The lines of a tax account in a span that do not follow from an invoice or a bill."""
    found = [
        line
        for line in known.where(JOURNAL, "account", account)
        if first <= line.text("date") <= last
        and (line.source or line.text("source")).partition("/")[0] not in TRADES
    ]
    return sorted(found, key=lambda line: (line.text("date"), line.text("entry")))


def _units(line: Line) -> int:
    return int(((line["debit"] or 0) - (line["credit"] or 0)) * UNIT)


TAX_TIE = Report(
    key="tax_tie",
    title=Words(id="Rekonsiliasi Pajak", en="Tax Reconciliation"),
    help=Words(
        id="Pajak menurut faktur dan tagihan terhadap mutasi akun pajak dalam suatu masa.",
        en="Tax by invoices and bills against the movement of the tax accounts in a period.",
    ),
    columns=(
        ACCOUNT,
        Text("name", Words(id="Nama", en="Name"), width=30),
        Money("stated", Words(id="Menurut dokumen", en="By documents"), width=18),
        Money("posted", Words(id="Mutasi akun", en="Movement"), width=18),
        Money("difference", Words(id="Selisih", en="Difference"), width=18),
        Money("unexplained", Words(id="Tak terjelaskan", en="Unexplained"), width=18),
        Code("entry", Words(id="Jurnal", en="Entry"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Text("description", Words(id="Uraian", en="Description"), width=34),
    ),
    build=tax_tie_rows,
    spans="period",
)
