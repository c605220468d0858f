"""Balance sheet (neraca) and income statement (laba rugi), captioned as SAK EMKM and SAK EP do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.choices import words_of
from workbook_templates.books.ledger.groups import GROUPS, TYPE_OF_GROUP, group_of
from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    NAME,
    NOTHING,
    Sums,
    amount_text,
    balances,
    day_before,
    movements,
)
from workbook_templates.columns import Choice, Money, Option, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

Balances = Mapping[str, Sums]

CURRENT_EARNINGS = Words(id="Laba (rugi) tahun berjalan", en="Earnings of the current year")
EARLIER_EARNINGS = Words(
    id="Laba (rugi) tahun lalu yang belum dipindahkan", en="Earnings of earlier years, not closed"
)
TOTAL_ASSETS = Words(id="Jumlah aset", en="Total assets")
TOTAL_LIABILITIES = Words(id="Jumlah liabilitas", en="Total liabilities")
TOTAL_EQUITY = Words(id="Jumlah ekuitas", en="Total equity")
TOTAL_BOTH = Words(id="Jumlah liabilitas dan ekuitas", en="Total liabilities and equity")
# After these captions the income statement draws a line.
RESULTS = {
    "cost_of_sales": Words(id="Laba (rugi) bruto", en="Gross profit (loss)"),
    "operating_expense": Words(id="Laba (rugi) usaha", en="Operating profit (loss)"),
    "other_expense": Words(
        id="Laba (rugi) sebelum pajak penghasilan", en="Profit (loss) before income tax"
    ),
    "income_tax": Words(
        id="Laba (rugi) setelah pajak penghasilan", en="Profit (loss) after income tax"
    ),
}
INCOME_ORDER = (
    "revenue", "cost_of_sales", "operating_expense", "other_income", "disposal_gain", "other_expense", "income_tax",
)  # fmt: skip
DEBIT_TYPES = ("asset", "expense")


def balance_sheet_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """Assets, then liabilities and equity; the result of the calendar year stands in equity."""
    language, posted = known.company.language, balances(known, request.as_of)
    assets, held = _sections(known, posted, ("cash", "current_asset", "fixed_asset"))
    liabilities, owed = _sections(known, posted, ("current_liability", "long_term_liability", "employee_benefit"))
    equity, own = _sections(known, posted, ("equity",))
    for row, units in _earnings(known, request.as_of, posted):
        equity.append(row)
        own += units
    return [
        *assets,
        _total(TOTAL_ASSETS[language], held),
        *liabilities,
        _total(TOTAL_LIABILITIES[language], owed),
        *equity,
        _total(TOTAL_EQUITY[language], own),
        _total(TOTAL_BOTH[language], owed + own),
    ]


def income_statement_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Income and expenses by caption, with the result after each step."""
    moved, result = movements(known, request.first, request.last), 0
    for group in INCOME_ORDER:
        rows, units = _sections(known, moved, (group,))
        yield from rows
        result += units if TYPE_OF_GROUP[group] == "income" else -units
        if group in RESULTS:
            yield _total(RESULTS[group][known.company.language], result)


def _sections(known: Known, posted: Balances, groups: tuple[str, ...]) -> tuple[list[Cells], int]:
    """The rows of some captions, each with its subtotal, and their sum (natural side positive)."""
    rows: list[Cells] = []
    total = 0
    for group in groups:
        caption = words_of(GROUPS, group)[known.company.language]
        sign = 1 if TYPE_OF_GROUP[group] in DEBIT_TYPES else -1
        amounts = [
            (account, sign * posted.get(account.text("code"), NOTHING).balance)
            for account in _accounts_of(known, group)
        ]
        rows += [_row(caption, account, units) for account, units in amounts if units]
        subtotal = sum(units for _, units in amounts)
        if group != "equity" and any(units for _, units in amounts):  # earnings follow there
            rows.append(_row(caption, None, subtotal))
        total += subtotal
    return rows, total


def _accounts_of(known: Known, group: str) -> list[Line]:
    rows = (row for row in known.rows("ledger.accounts") if _group(row) == group)
    return sorted(rows, key=lambda row: row.text("code"))


def _group(account: Line) -> str:
    return group_of(account).key


def _earnings(known: Known, as_of: str, posted: Balances) -> Iterator[tuple[Cells, int]]:
    """Income less expenses of this calendar year, and of the years before if not closed yet."""
    before = balances(known, day_before(f"{as_of[:4]}-01-01"))
    earlier = _result(known, before)
    current = _result(known, posted) - earlier
    caption = words_of(GROUPS, "equity")[known.company.language]
    if earlier:
        yield _earned(caption, EARLIER_EARNINGS[known.company.language], earlier, None), earlier
    account = account_of_role(known, "current_earnings")
    yield _earned(caption, CURRENT_EARNINGS[known.company.language], current, account), current


def _earned(caption: str, name: str, units: int, account: Line | None) -> Cells:
    code = account.text("code") if account else None
    return {
        "level": "account",
        "section": caption,
        "account": code,
        "name": name,
        "amount": amount_text(units),
    }


def _result(known: Known, posted: Balances) -> int:
    """Income less expenses, in 1/10,000."""
    return -sum(
        posted.get(row.text("code"), NOTHING).balance
        for row in known.rows("ledger.accounts")
        if row.text("type") in ("income", "expense")
    )


def _row(caption: str, account: Line | None, units: int) -> Cells:
    return {
        "level": "account" if account else "subtotal",
        "section": caption,
        "account": account.text("code") if account else None,
        "name": account.text("name") if account else caption,
        "amount": amount_text(units),
    }


def _total(name: str, units: int) -> Cells:
    return {"level": "total", "name": name, "amount": amount_text(units)}


COLUMNS = (
    Choice(
        "level",
        Words(id="Tingkat", en="Level"),
        width=10,
        choices=(
            Option("account", Words(id="Akun", en="Account")),
            Option("subtotal", Words(id="Subjumlah", en="Subtotal")),
            Option("total", Words(id="Jumlah", en="Total")),
        ),
    ),
    Text("section", Words(id="Bagian", en="Section"), width=28),
    ACCOUNT,
    NAME,
    Money("amount", Words(id="Jumlah", en="Amount"), width=20),
)
BALANCE_SHEET = Report(
    key="balance_sheet",
    title=Words(id="Neraca", en="Balance Sheet"),
    help=Words(id="Laporan posisi keuangan.", en="Statement of financial position."),
    columns=COLUMNS,
    build=balance_sheet_rows,
)
INCOME_STATEMENT = Report(
    key="income_statement",
    title=Words(id="Laba Rugi", en="Income Statement"),
    spans="period",
    columns=COLUMNS,
    build=income_statement_rows,
)
