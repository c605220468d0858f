"""The trial balance (neraca saldo): what was debited and credited on each account up to a date."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    BALANCE,
    CREDIT,
    DEBIT,
    NAME,
    amount_text,
    balances,
    names,
)
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def trial_balance_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """One row an account that was ever posted to, in order of codes; balance = debit - credit."""
    named = names(known)
    for code, sums in sorted(balances(known, request.as_of).items()):
        if sums.debit or sums.credit:
            yield {
                "account": code,
                "name": named.get(code, ""),
                "debit": amount_text(sums.debit),
                "credit": amount_text(sums.credit),
                "balance": amount_text(sums.balance),
            }


TRIAL_BALANCE = Report(
    key="trial_balance",
    title=Words(id="Neraca Saldo", en="Trial Balance"),
    help=Words(
        id="Jumlah debit dan kredit setiap akun sampai tanggal laporan.",
        en="Debits and credits of each account up to the date of the report.",
    ),
    columns=(ACCOUNT, NAME, DEBIT, CREDIT, BALANCE),
    build=trial_balance_rows,
    sums=("debit", "credit", "balance"),
)
