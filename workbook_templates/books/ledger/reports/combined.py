"""Statements over several companies: a column for each of them, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbook_templates.books.ledger.groups import BY_KEY
from workbook_templates.books.ledger.reports.balances import ACCOUNT, NAME, amount_text
from workbook_templates.books.ledger.reports.combined_remarks import remarks
from workbook_templates.books.ledger.reports.combining import (
    Part,
    matched,
    part_at,
    part_over,
)
from workbook_templates.books.ledger.reports.lines import (
    ADDS,
    AMOUNT,
    COLUMNS,
    LEVEL,
    Amounts,
    Caption,
    Entry,
    Statement,
)
from workbook_templates.books.ledger.reports.statements import (
    BALANCE_SHEET,
    BALANCE_SHEET_PARTS,
    CURRENT_EARNINGS,
    EARLIER_EARNINGS,
    INCOME_PARTS,
    INCOME_STATEMENT,
    filled,
)
from workbook_templates.books.ledger.reports.trial_balance import TRIAL_BALANCE
from workbook_templates.columns import Column, Money
from workbook_templates.report_rows import TOTAL, part_key
from workbook_templates.schema import Cells, CombinedReport, Report
from workbook_templates.words import Words

TRANSLATION = Words(
    id="Selisih kurs penjabaran laporan keuangan", en="Translation difference of foreign companies"
)
SUM = Words(id="Gabungan", en="Combined")
REMARKS = Words(id="Catatan", en="Remarks")
WIDTH = 18
TITLES = {
    TRIAL_BALANCE.key: Words(id="Neraca Saldo Gabungan", en="Combined Trial Balance"),
    BALANCE_SHEET.key: Words(id="Neraca Gabungan", en="Combined Balance Sheet"),
    INCOME_STATEMENT.key: Words(id="Laba Rugi Gabungan", en="Combined Income Statement"),
}

Combined = tuple[Report, list[Cells]]


def combined_trial_balance(parts: Sequence[Part]) -> Combined:
    """Debit less credit of each account in each company; every column comes to zero."""
    entries = [Entry(each.name, each.amounts, each.code) for each in matched(parts)]
    entries += [each for each in (_translation(parts, 1),) if any(each.amounts)]
    rows: list[Cells] = [
        {"level": "account", "account": account, "name": name, **_cells(parts, amounts)}
        for name, amounts, account in entries
    ]
    if rows:
        sums = tuple(map(sum, zip(*(each.amounts for each in entries), strict=True)))
        total = {"level": "total", "name": TOTAL[_language(parts)], "adds": f"1..{len(rows)}"}
        rows.append({**total, **_cells(parts, sums)})
    return _report(TRIAL_BALANCE, parts, (LEVEL, ACCOUNT, NAME, ADDS), rows)


def combined_balance_sheet(parts: Sequence[Part]) -> Combined:
    """As the balance sheet of one company; what translation leaves stands in equity."""

    def entries(caption: Caption) -> list[Entry]:
        own = _entries(parts, caption)
        return (
            [*own, *_earnings(parts), _translation(parts, -1)] if caption.group == "equity" else own
        )

    rows = filled(_statement(parts), BALANCE_SHEET_PARTS, entries)
    return _report(BALANCE_SHEET, parts, COLUMNS, rows)


def combined_income_statement(parts: Sequence[Part]) -> Combined:
    """As the income statement of one company."""
    rows = filled(_statement(parts), INCOME_PARTS, lambda caption: _entries(parts, caption))
    return _report(INCOME_STATEMENT, parts, COLUMNS, rows)


def _entries(parts: Sequence[Part], caption: Caption) -> list[Entry]:
    sign = BY_KEY[caption.group].sign
    return [
        Entry(each.name, tuple(sign * units for units in each.amounts), each.code)
        for each in matched(parts)
        if each.caption in caption.groups
    ]


def _earnings(parts: Sequence[Part]) -> Iterator[Entry]:
    """What every company earned in the calendar year, and before it if that is not closed yet."""
    language = _language(parts)
    yield Entry(EARLIER_EARNINGS[language], _with_sum(part.earlier for part in parts))
    now = _with_sum(part.result - part.earlier for part in parts)
    yield Entry(CURRENT_EARNINGS[language], now, parts[0].earnings)


def _translation(parts: Sequence[Part], sign: int) -> Entry:
    differences = _with_sum(sign * part.difference for part in parts)
    return Entry(TRANSLATION[_language(parts)], differences)


def _with_sum(amounts: Iterable[int]) -> Amounts:
    each = tuple(amounts)
    return (*each, sum(each))


def _statement(parts: Sequence[Part]) -> Statement:
    return Statement(_language(parts), len(parts) + 1, lambda amounts: _cells(parts, amounts))


def _report(
    like: Report, parts: Sequence[Part], columns: Sequence[Column], rows: Sequence[Cells]
) -> Combined:
    """A report like that of one company, with these rows and what is to be remarked below them."""
    language = _language(parts)
    report = replace(
        like,
        title=TITLES[like.key],
        columns=(*columns, *_amounts(parts)),
        columns_for=None,
        sums=(),
        chart=replace(like.chart, values=(AMOUNT.key,)) if like.chart else None,
    )
    told = [{"level": "text", "name": words[language]} for words in remarks(parts)]
    headed = [{"level": "heading", "name": REMARKS[language]}, *told] if told else []
    return report, [*rows, *headed]


def _amounts(parts: Sequence[Part]) -> Iterator[Column]:
    for part in parts:
        name = part.company.name
        yield Money(part_key(AMOUNT.key, part.company.code), Words(name, name), width=WIDTH)
    yield replace(AMOUNT, heading=SUM, width=WIDTH)


def _cells(parts: Sequence[Part], amounts: Amounts) -> Cells:
    keys = (*(part_key(AMOUNT.key, part.company.code) for part in parts), AMOUNT.key)
    return dict(zip(keys, map(amount_text, amounts), strict=True))


def _language(parts: Sequence[Part]) -> str:
    return parts[0].company.language


COMBINED = (
    CombinedReport(TRIAL_BALANCE.key, part_at, combined_trial_balance),
    CombinedReport(BALANCE_SHEET.key, part_at, combined_balance_sheet),
    CombinedReport(INCOME_STATEMENT.key, part_over, combined_income_statement),
)
