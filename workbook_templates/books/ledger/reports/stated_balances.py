"""Stated balances beside the books: each with its difference and since when."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.currencies import kept_in
from workbook_templates.books.ledger.currency_columns import IN_CURRENCY
from workbook_templates.books.ledger.reports.balances import ACCOUNT, NAME, amount_text, names
from workbook_templates.books.ledger.stated_balances import stated_of
from workbook_templates.columns import Date, Money, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def stated_balance_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a stated balance up to the day; the parameter `account` narrows it to one."""
    named = names(known)
    for stated in stated_of(known, request.as_of, request.parameters.get("account")):
        account = stated.row.text("account")
        yield {
            "account": account,
            "name": named.get(account, ""),
            "date": stated.row.text("date"),
            "source": stated.row.text("source") or None,
            "currency": kept_in(account, known) or known.company.currency,
            "stated": amount_text(stated.amount),
            "balance": amount_text(stated.found),
            "difference": amount_text(stated.difference),
            "since": stated.since or None,
        }


STATED_BALANCES_REPORT = Report(
    key="stated_balances",
    takes=("account",),
    title=Words(id="Saldo Pernyataan", en="Stated Balances"),
    help=Words(
        id="Saldo menurut bank atau hitung kas, di samping saldo pembukuan hari itu.",
        en="What the bank or a cash count says, beside the books on that day.",
    ),
    columns=(
        ACCOUNT,
        NAME,
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Text("source", Words(id="Menurut", en="According to"), width=32),
        IN_CURRENCY,
        Money("stated", Words(id="Saldo dinyatakan", en="Stated balance"), width=18),
        Money("balance", Words(id="Saldo buku", en="Book balance"), width=18),
        Money(
            "difference",
            Words(id="Selisih", en="Difference"),
            Words(id="Pembukuan dikurangi yang dinyatakan.", en="The books less what is stated."),
            width=18,
        ),
        Date(
            "since",
            Words(id="Sejak", en="Since"),
            Words(
                id="Hari pertama sejak selisih ada; tanpa mutasi bank, hari pertama yang mungkin.",
                en="The first day of the difference; without bank lines, the first possible one.",
            ),
            width=12,
        ),
    ),
    build=stated_balance_rows,
)
