"""The ten-column worksheet (neraca lajur): trial balance, adjustments, and the statements."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    NAME,
    NOTHING,
    Sums,
    adjusting,
    amount_text,
    balances,
    closing,
    result,
)
from workbook_templates.books.ledger.reports.lines import ADDS, LEVEL
from workbook_templates.books.ledger.reports.statements import EARLIER_EARNINGS
from workbook_templates.columns import Column, Money
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import day_before, month_end
from workbook_templates.words import Words

PARTS = (
    ("trial", Words(id="Neraca saldo", en="Trial balance")),
    ("adjustments", Words(id="Penyesuaian", en="Adjustments")),
    ("adjusted", Words(id="Neraca saldo disesuaikan", en="Adjusted trial balance")),
    ("income", Words(id="Laba rugi", en="Income statement")),
    ("position", Words(id="Neraca", en="Balance sheet")),
)
SIDES = (("debit", Words(id="debit", en="debit")), ("credit", Words(id="kredit", en="credit")))
KEYS = tuple(f"{part}_{side}" for part, _ in PARTS for side, _ in SIDES)
TOTAL = Words(id="Jumlah", en="Total")
PROFIT = Words(id="Laba (rugi) bersih", en="Net profit (loss)")
BALANCED = Words(id="Jumlah akhir", en="Final total")

Figures = dict[str, int]  # by column, in 1/10,000


def worksheet_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an account; then the sums, the profit that balances the last four columns, the ends.

    Of whole months. Income and expenses are those of the calendar year; what earlier years earned
    and was not closed stands on a row of its own.
    """
    end = month_end(request.last)
    before_year = day_before(f"{end[:4]}-01-01")
    earlier = balances(known, before_year)
    posted, adjusted = balances(known, end), adjusting(known, request.first, end)
    closed = closing(known, f"{end[:4]}-01-01", end)
    rows: list[tuple[str | None, str, Figures]] = []
    sums = dict.fromkeys(KEYS, 0)
    for account in sorted(known.rows("ledger.accounts"), key=lambda row: row.text("code")):
        code, nominal = account.text("code"), account.text("type") in ("income", "expense")
        balance = posted.get(code, NOTHING).balance - closed.get(code, NOTHING).balance
        balance -= earlier.get(code, NOTHING).balance if nominal else 0
        figures = _figures(balance, adjusted.get(code, NOTHING), nominal)
        rows.append((code, account.text("name"), figures))
    unclosed = Sums(credit=result(known, earlier))
    rows.append((None, EARLIER_EARNINGS[known.company.language], _figures(unclosed.balance)))
    shown = [row for row in rows if any(row[2].values())]
    for shown_code, name, figures in shown:
        sums = {key: sums[key] + figures.get(key, 0) for key in KEYS}
        yield {"level": "account", "account": shown_code, "name": name, **_texts(figures)}
    if shown:
        yield from _ends(known, len(shown), sums)


def _figures(balance: int, moved: Sums = NOTHING, nominal: bool = False) -> Figures:
    """The ten columns of an account whose balance after adjustments is this."""
    part = "income" if nominal else "position"
    return {
        **_side("trial", balance - moved.balance),
        "adjustments_debit": moved.debit,
        "adjustments_credit": moved.credit,
        **_side("adjusted", balance),
        **_side(part, balance),
    }


def _side(part: str, balance: int) -> Figures:
    return {f"{part}_{'debit' if balance > 0 else 'credit'}": abs(balance)}


def _ends(known: Known, count: int, sums: Figures) -> Iterator[Cells]:
    language, account = known.company.language, account_of_role(known, "current_earnings")
    adds = f"1..{count}"
    yield {"level": "subtotal", "name": TOTAL[language], "adds": adds, **_texts(sums, zeros=True)}
    profit = sums["income_credit"] - sums["income_debit"]
    sides = (
        ("income_debit", "position_credit") if profit >= 0 else ("income_credit", "position_debit")
    )
    balancing = dict.fromkeys(sides, abs(profit))
    yield {
        "level": "account",
        "account": account.text("code") if account else None,
        "name": PROFIT[language],
        **_texts(balancing, zeros=True),
    }
    ends = {key: sums[key] + balancing.get(key, 0) for key in KEYS}
    adds = f"+{count + 1} +{count + 2}"
    yield {"level": "total", "name": BALANCED[language], "adds": adds, **_texts(ends, zeros=True)}


def _texts(figures: Figures, zeros: bool = False) -> Cells:
    return {key: amount_text(units) for key, units in figures.items() if units or zeros}


def _columns() -> Iterator[Column]:
    for part, words in PARTS:
        for side, named in SIDES:
            heading = Words(f"{words.id}, {named.id}", f"{words.en}, {named.en}")
            yield Money(f"{part}_{side}", heading, width=17)


WORKSHEET = Report(
    key="worksheet",
    title=Words(id="Neraca Lajur", en="Worksheet"),
    help=Words(
        id="Sepuluh lajur, untuk bulan-bulan penuh. Penyesuaian adalah jurnal yang berjenis "
        "Penyesuaian.",
        en="Ten columns, of whole months. Adjustments are the entries of kind Adjusting.",
    ),
    spans="period",
    columns=(LEVEL, ACCOUNT, NAME, ADDS, *_columns()),
    build=worksheet_rows,
)
