"""Balance sheet (neraca) and income statement (laba rugi), captioned as SAK EMKM and SAK EP do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.groups import BY_KEY
from workbook_templates.books.ledger.reports.balances import balances, earned, result
from workbook_templates.books.ledger.reports.lines import (
    AMOUNT,
    COLUMNS,
    Amounts,
    Balances,
    Caption,
    Entry,
    Statement,
    Total,
    columns_at,
    columns_over,
    entries_of,
    requests_of,
)
from workbook_templates.charts import Chart
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import day_before
from workbook_templates.words import Words

Parts = tuple[Caption | Total, ...]

CURRENT_EARNINGS = Words(id="Laba (rugi) tahun berjalan", en="Earnings of the current year")
EARLIER_EARNINGS = Words(
    id="Laba (rugi) tahun lalu yang belum dipindahkan", en="Earnings of earlier years, not closed"
)
BALANCE_SHEET_PARTS: Parts = (
    Caption("current_asset", ("cash",)),
    Caption("fixed_asset"),
    Total("assets", Words(id="Jumlah aset", en="Total assets"), ("current_asset", "fixed_asset")),
    Caption("current_liability"),
    Caption("long_term_liability", ("employee_benefit",)),
    Total(
        "liabilities",
        Words(id="Jumlah liabilitas", en="Total liabilities"),
        ("current_liability", "long_term_liability"),
    ),
    Caption("equity"),
    Total(
        "both",
        Words(id="Jumlah liabilitas dan ekuitas", en="Total liabilities and equity"),
        ("liabilities", "equity"),
    ),
)
INCOME_PARTS: Parts = (
    Caption("revenue"),
    Caption("cost_of_sales"),
    Total(
        "gross",
        Words(id="Laba (rugi) bruto", en="Gross profit (loss)"),
        ("revenue", "-cost_of_sales"),
    ),
    Caption("operating_expense"),
    Total(
        "operating",
        Words(id="Laba (rugi) usaha", en="Operating profit (loss)"),
        ("gross", "-operating_expense"),
    ),
    Caption("other_income", ("disposal_gain",)),
    Caption("other_expense"),
    Total(
        "before_tax",
        Words(id="Laba (rugi) sebelum pajak penghasilan", en="Profit (loss) before income tax"),
        ("operating", "other_income", "-other_expense"),
    ),
    Caption("income_tax"),
    Total(
        "result",
        Words(id="Laba (rugi) setelah pajak penghasilan", en="Profit (loss) after income tax"),
        ("before_tax", "-income_tax"),
    ),
)


def balance_sheet_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """Assets, then liabilities and equity; the result of the calendar year stands in equity."""
    days = [asked.as_of for asked in requests_of(request)]
    posted = [balances(known, day) for day in days]
    return _rows(known, BALANCE_SHEET_PARTS, posted, list(_earnings(known, days, posted)))


def income_statement_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """Income and expenses by caption, with the result after each step; without closing entries."""
    moved = [earned(known, asked.first, asked.last) for asked in requests_of(request)]
    return _rows(known, INCOME_PARTS, moved)


def _rows(
    known: Known, parts: Parts, posted: Sequence[Balances], equity: Sequence[Entry] = ()
) -> list[Cells]:
    def entries(part: Caption) -> list[Entry]:
        own = entries_of(known, part, posted)
        return [*own, *equity] if part.group == "equity" else own

    return filled(Statement(known.company.language, len(posted)), parts, entries)


def filled(
    statement: Statement, parts: Parts, entries: Callable[[Caption], Iterable[Entry]]
) -> list[Cells]:
    """The rows of a statement whose captions have these entries."""
    for part in parts:
        if isinstance(part, Total):
            statement.total(part)
        else:
            statement.caption(part.group, BY_KEY[part.group].words, entries(part))
    return statement.rows


def _earnings(known: Known, days: Sequence[str], posted: Sequence[Balances]) -> Iterator[Entry]:
    """Income less expenses of the calendar year, and of the years before if not closed yet."""
    earlier: Amounts = tuple(
        result(known, balances(known, day_before(f"{day[:4]}-01-01"))) for day in days
    )
    now = tuple(result(known, sums) - before for sums, before in zip(posted, earlier, strict=True))
    language, account = known.company.language, account_of_role(known, "current_earnings")
    yield Entry(EARLIER_EARNINGS[language], earlier)
    yield Entry(CURRENT_EARNINGS[language], now, account.text("code") if account else None)


BALANCE_SHEET = Report(
    key="balance_sheet",
    title=Words(id="Neraca", en="Balance Sheet"),
    help=Words(id="Laporan posisi keuangan.", en="Statement of financial position."),
    columns=(*COLUMNS, AMOUNT),
    build=balance_sheet_rows,
    columns_for=columns_at,
    chart=Chart(("amount", "compared"), "name", ("subtotal",)),
)
INCOME_STATEMENT = Report(
    key="income_statement",
    title=Words(id="Laba Rugi", en="Income Statement"),
    spans="period",
    columns=(*COLUMNS, AMOUNT),
    build=income_statement_rows,
    columns_for=columns_over,
    chart=Chart(("amount", "compared"), "name", ("subtotal", "total")),
)
