"""Changes in equity (perubahan ekuitas): what each account of equity began with, got and lost."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    NAME,
    NOTHING,
    amount_text,
    balances,
    closing,
    earned,
    movements,
    result,
)
from workbook_templates.books.ledger.reports.lines import ADDS, LEVEL, accounts_in
from workbook_templates.columns import Money
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import day_before
from workbook_templates.words import Words

KEYS = ("opening", "increase", "decrease", "result", "transferred", "closing")
EARNINGS = Words(id="Laba (rugi) belum dipindahkan", en="Earnings not closed")
TOTAL = Words(id="Jumlah ekuitas", en="Total equity")

Row = tuple[str | None, str, tuple[int, ...]]


def equity_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an account of equity; the profit of the period on the row of current earnings.

    What closes a year moves earnings from that row to another and adds nothing to the total.
    """
    rows = [*_accounts(known, request), _earnings(known, request)]
    shown = [row for row in rows if any(row[2])]
    for code, name, figures in shown:
        yield {"level": "account", "account": code, "name": name, **_texts(figures)}
    sums = tuple(map(sum, zip(*(figures for _, _, figures in shown), strict=True)))
    if shown:
        head = {"level": "total", "name": TOTAL[known.company.language]}
        yield {**head, "adds": f"1..{len(shown)}", **_texts(sums)}


def _accounts(known: Known, request: ReportRequest) -> Iterator[Row]:
    opened = balances(known, day_before(request.first))
    moved = movements(known, request.first, request.last)
    closed = closing(known, request.first, request.last)
    for account in accounts_in(known, ("equity",)):
        code = account.text("code")
        transfer = closed.get(code, NOTHING)
        own = moved.get(code, NOTHING) - transfer
        before = -opened.get(code, NOTHING).balance
        parts = (own.credit, -own.debit, 0, -transfer.balance)
        yield code, account.text("name"), (before, *parts, before + sum(parts))


def _earnings(known: Known, request: ReportRequest) -> Row:
    """What was earned and stands on no account of equity yet."""
    account = account_of_role(known, "current_earnings")
    before = result(known, balances(known, day_before(request.first)))
    profit = result(known, earned(known, request.first, request.last))
    transfer = result(known, closing(known, request.first, request.last))
    ends = before + profit + transfer
    code = account.text("code") if account else None
    name = EARNINGS[known.company.language]
    return code, name, (before, 0, 0, profit, transfer, ends)


def _texts(figures: tuple[int, ...]) -> dict[str, str | None]:
    return {key: amount_text(units) for key, units in zip(KEYS, figures, strict=True)}


HEADINGS = (
    Words(id="Saldo awal", en="Opening balance"),
    Words(id="Penambahan", en="Increases"),
    Words(id="Pengurangan", en="Decreases"),
    Words(id="Laba (rugi) periode ini", en="Profit (loss) of the period"),
    Words(id="Pemindahan laba", en="Earnings transferred"),
    Words(id="Saldo akhir", en="Closing balance"),
)
CHANGES_IN_EQUITY = Report(
    key="changes_in_equity",
    title=Words(id="Perubahan Ekuitas", en="Changes in Equity"),
    help=Words(
        id="Setoran, prive atau dividen, laba dan pemindahannya menurut akun ekuitas.",
        en="Contributions, drawings or dividends, profit and its transfer by account of equity.",
    ),
    spans="period",
    columns=(
        LEVEL,
        ACCOUNT,
        NAME,
        ADDS,
        *(Money(key, words, width=18) for key, words in zip(KEYS, HEADINGS, strict=True)),
    ),
    build=equity_rows,
)
