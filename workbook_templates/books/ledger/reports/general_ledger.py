"""The general ledger (buku besar): each account's lines in a period, with a running balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    BALANCE,
    CREDIT,
    DEBIT,
    NAME,
    NOTHING,
    amount_text,
    balances,
    names,
)
from workbook_templates.columns import Code, Date, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.spans import day_before
from workbook_templates.words import Words

OPENING = Words(id="Saldo awal", en="Opening balance")


def general_ledger_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The opening balance of each account, then its lines by date and entry.

    The parameter `account` narrows it to one. Accounts without balance and lines are left out.
    """
    account = request.parameters.get("account")
    opening = balances(known, day_before(request.first), account)
    lines = _lines_by_account(known, request, account)
    named = _names(known, account)
    for code in sorted({*opening, *lines}):
        balance = opening.get(code, NOTHING).balance
        if not balance and code not in lines:
            continue
        head = {"account": code, "name": named.get(code, "")}
        opened = OPENING[known.company.language]
        yield {**head, "description": opened, "balance": amount_text(balance)}
        for line in lines.get(code, ()):
            balance += _units(line.cells.get("debit")) - _units(line.cells.get("credit"))
            yield {**head, **_shown(line), "balance": amount_text(balance)}


def _names(known: Known, account: str | None) -> dict[str, str]:
    if account is None:
        return names(known)
    row = known.row("ledger.accounts", account)
    return {account: row.text("name")} if row else {}


def _lines_by_account(
    known: Known, request: ReportRequest, account: str | None
) -> dict[str, list[Line]]:
    rows: Iterable[Line] = (
        known.rows("ledger.journal")
        if account is None
        else known.between("ledger.journal", "account", account, request.first, request.last)
    )
    found: dict[str, list[Line]] = defaultdict(list)
    for line in rows:
        if request.first <= line.text("date") <= request.last:
            found[line.text("account")].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.text("date"), line.text("entry"), line.id))
    return found


def _units(text: str | None) -> int:
    """Canonical money in 1/10,000."""
    return int(text.replace(".", "")) * 100 if text else 0


def _shown(line: Line) -> Cells:
    columns = ("date", "entry", "description", "party", "cost_centre", "debit", "credit", "source")
    return {column: line.cells.get(column) for column in columns}


GENERAL_LEDGER = Report(
    key="general_ledger",
    takes=("account",),
    title=Words(id="Buku Besar", en="General Ledger"),
    help=Words(
        id="Isi parameter account untuk satu akun saja.",
        en="Give the parameter account for one account only.",
    ),
    spans="period",
    columns=(
        ACCOUNT,
        NAME,
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("entry", Words(id="No. jurnal", en="Entry"), width=18),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Code("party", Words(id="Mitra", en="Party")),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        DEBIT,
        CREDIT,
        BALANCE,
        Text("source", Words(id="Sumber", en="Source"), width=26),
    ),
    build=general_ledger_rows,
)
