"""Several companies side by side: matched by code, translated at dated rates, told what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, refusals
from tests.books.ledger.rows import BANK, CAPITAL, INVENTORY, PAYABLE, RENT, RETAINED, SALES, entry
from tests.books.ledger.statements import adds_up, amount_of
from workbook_templates.books import book
from workbook_templates.books.ledger.reports.translation import rate_over
from workbook_templates.columns import Money
from workbook_templates.money import plain
from workbook_templates.packs.opening import opening_rows
from workbook_templates.report_files import NotReady
from workbook_templates.report_rows import part_key, parts_of
from workbook_templates.schema import Cells, Company, ReportRequest
from workbook_templates.spans import span_of
from workbook_templates.words import Words

FIRST = Company("A", "PT Awal", language="en")
DOLLARS = Company("B", "Bee Ltd", currency="USD", language="en")
OTHER = Company("C", "PT Cabang", language="id")
KEYS = {each.key: each for each in book("ledger").combined}
TRANSLATION = "Translation difference of foreign companies"
EARLIER = "Earnings of earlier years, not closed"
CURRENT = "Earnings of the current year"


def company(of: Company, *entries: list[Cells], **tables: Sequence[Cells]) -> KnownRows:
    """A company whose journal has these entries, and other tables these rows."""
    laid = opening_rows("id", of.language, "2024-01", "2026-12")
    journal = [row for lines in entries for row in lines]
    named = {f"ledger.{key}": rows for key, rows in tables.items()}
    return KnownRows({**laid, "ledger.journal": journal, **named}, of)


def rates(*dated: tuple[str, object]) -> list[Cells]:
    return [{"currency": "USD", "date": day, "rate": str(rate)} for day, rate in dated]


def combined(name: str, *companies: KnownRows, **asked: str) -> list[Cells]:
    """The rows of a combined report; every cell stands in a declared column."""
    first, last = span_of(asked.get("period", "2026"))
    if day := asked.get("as_of"):
        first, last = f"{day[:4]}-01-01", day
    request = ReportRequest(last, first, last)
    parts: list[Any] = []
    for known in companies:
        parts.append(KEYS[name].read(known, request, parts[0] if parts else None))
    report, rows = KEYS[name].build(parts)
    columns = {column.key: column for column in report.columns}
    for row in rows:
        for column, text in row.items():
            if text is not None:
                columns[column].check(text)
    return list(rows)


def told(rows: list[Cells]) -> list[str]:
    return [row["name"] or "" for row in rows if row["level"] == "text"]


def of_account(rows: list[Cells], code: str, column: str = "amount") -> list[Decimal]:
    return [Decimal(row[column] or 0) for row in rows if row.get("account") == code]


def two_years() -> KnownRows:
    """Bee Ltd sold for 100 dollars in 2025 and for 50 in 2026."""
    return company(
        DOLLARS,
        entry("J1", "2025-01-02", (BANK, 1000, 0), (CAPITAL, 0, 1000)),
        entry("J2", "2025-07-01", (BANK, 100, 0), (SALES, 0, 100)),
        entry("J3", "2026-02-01", (BANK, 50, 0), (SALES, 0, 50)),
    )


# Of 2025 the mean is 12, of 2026 up to March 15; on 31 March it is 16.
RATES = rates(("2025-01-01", 10), ("2025-12-31", 14), ("2026-01-31", 14), ("2026-03-31", 16))


def test_equity_keeps_the_rates_of_its_days_and_each_year_its_average() -> None:
    parent = company(FIRST, exchange_rates=RATES)
    rows = combined("balance_sheet", parent, two_years(), as_of="2026-03-31")
    assert amount_of(rows, "Total assets", "amount.B") == 1150 * 16
    assert of_account(rows, CAPITAL, "amount.B") == [1000 * 10]
    assert amount_of(rows, EARLIER) == 100 * 12
    assert amount_of(rows, CURRENT) == 50 * 15
    assert amount_of(rows, TRANSLATION) == 1150 * 16 - 1000 * 10 - 100 * 12 - 50 * 15


def test_a_year_that_is_closed_moves_its_result_at_its_own_average() -> None:
    parent, daughter = company(FIRST, exchange_rates=RATES), two_years()
    closing = entry("CL:2025", "2025-12-31", (SALES, 100, 0), (RETAINED, 0, 100), kind="closing")
    lines = [line.cells for line in daughter.rows("ledger.journal")]
    closed = replace(daughter, given={**daughter.given, "ledger.journal": [*lines, *closing]})
    for day in ("2025-12-31", "2026-03-31"):
        before = combined("balance_sheet", parent, daughter, as_of=day)
        after = combined("balance_sheet", parent, closed, as_of=day)
        assert of_account(after, RETAINED) == [100 * 12]
        for name in ("Total assets", "Total equity", TRANSLATION):
            assert amount_of(before, name) == amount_of(after, name)
    trial = combined("trial_balance", parent, closed, as_of="2026-03-31")
    assert of_account(trial, SALES) == [-50 * 15]
    assert amount_of(trial, "Total") == 0


def test_an_income_statement_is_at_the_average_of_its_own_span() -> None:
    parent = company(FIRST, exchange_rates=RATES)
    for period, rate in (("2026-01..2026-03", 15), ("2026-02", 14), ("2026-Q1", 15)):
        rows = combined("income_statement", parent, two_years(), period=period)
        assert amount_of(rows, "Total revenue") == 50 * rate


@pytest.mark.parametrize(
    ("span", "rate"),
    [
        (("2026-01-01", "2026-03-31"), "15"),  # 14 and 16
        (("2026-02-01", "2026-02-28"), "14"),  # none within
        (("2026-03-31", "2026-03-31"), "16"),
        (("2025-01-01", "2026-03-31"), "13.5"),
        (("2024-12-01", "2024-12-31"), None),
    ],
)
def test_the_rate_of_a_span_is_the_mean_of_those_within_or_else_the_last_before(
    span: tuple[str, str], rate: str | None
) -> None:
    dated = tuple((row["date"] or "", Decimal(row["rate"] or 0)) for row in RATES)
    assert rate_over(dated, span) == (None if rate is None else Decimal(rate))


def test_a_rate_that_is_wanting_is_told_with_the_day_from_which_it_is() -> None:
    late = company(FIRST, exchange_rates=rates(("2025-06-30", 12)))
    with pytest.raises(NotReady, match=r"Bee Ltd .* USD.* PT Awal .* on or before 2 January 2025"):
        combined("trial_balance", late, two_years())
    spoken = replace(late, company=replace(FIRST, language="id"))
    with pytest.raises(NotReady, match="tidak punya kurs USD pada atau sebelum 2 Januari 2025"):
        combined("trial_balance", spoken, two_years())


def test_a_company_without_postings_needs_no_rate() -> None:
    rows = combined("trial_balance", company(FIRST), company(DOLLARS))
    assert rows == []


def test_the_same_account_in_two_languages_is_no_remark() -> None:
    opened = entry("J1", "2026-01-02", (BANK, 70, 0), (CAPITAL, 0, 70))
    rows = combined("trial_balance", company(FIRST, opened), company(OTHER, opened))
    assert of_account(rows, BANK) == [140]
    assert told(rows) == []


def test_another_name_is_added_up_and_told() -> None:
    opened = entry("J1", "2026-01-02", (BANK, 70, 0), (CAPITAL, 0, 70))
    other = renamed(company(OTHER, opened), BANK, name="Piutang afiliasi")
    rows = combined("balance_sheet", company(FIRST, opened), other)
    assert of_account(rows, BANK) == [140]
    assert told(rows) == [
        "Account 11200 is added up, but its names differ. See whether it is the same:",
        "PT Awal: Bank (giro) (Cash and cash equivalents)",
        "PT Cabang: Piutang afiliasi (Cash and cash equivalents)",
    ]


@pytest.mark.parametrize("name", ["trial_balance", "balance_sheet"])
def test_another_type_or_caption_is_not_added_up_and_told(name: str) -> None:
    opened = entry("J1", "2026-01-02", (BANK, 70, 0), (CAPITAL, 0, 70))
    lent = renamed(company(OTHER, opened), CAPITAL, type="liability", group="long_term_liability")
    rows = combined(name, company(FIRST, opened), lent)
    assert len(of_account(rows, CAPITAL)) == 2
    assert set(map(abs, of_account(rows, CAPITAL))) == {70}
    assert told(rows)[0] == (
        "Account 31000 is not added up, for it stands under different captions:"
    )


def renamed(known: KnownRows, code: str, **cells: str) -> KnownRows:
    """The company with other cells on one of its accounts."""
    rows = [line.cells for line in known.rows("ledger.accounts")]
    changed = [{**row, **cells} if row["code"] == code else row for row in rows]
    return replace(known, given={**known.given, "ledger.accounts": changed})


def test_a_column_adds_up_its_own_parts_whatever_the_codes_of_companies_are() -> None:
    codes = ("pt", "pt.cabang")
    keys = ("name", *(part_key("amount", code) for code in codes), "amount")
    columns = [Money(key, Words(key, key)) for key in keys]
    assert [parts_of(column, columns) for column in columns] == [[], [], [], [1, 2]]


def test_profit_in_stock_is_eliminated_once_the_account_follows_no_stock_moves() -> None:
    eliminated = entry("E1", "2026-01-31", ("51000", 9, 0), (INVENTORY, 0, 9))
    known = company(OTHER)
    assert [p.code for p in refusals(known, "ledger.journal", eliminated)] == ["stock_account"]
    (account,) = [r.cells for r in known.rows("ledger.accounts") if r.text("code") == INVENTORY]
    changed = accepted(known, "ledger.accounts", [{**account, "role": None}])
    assert refusals(changed, "ledger.journal", eliminated) == []


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat)
POSTINGS = st.lists(
    st.tuples(
        DAYS,
        st.permutations([BANK, PAYABLE, CAPITAL, SALES, RENT]),
        st.decimals(Decimal("0.01"), Decimal(10**6), places=2),
    ),
    max_size=8,
)
SOME_RATES = st.dictionaries(DAYS, st.decimals(Decimal("0.01"), Decimal(20_000), places=6))


@settings(max_examples=30, deadline=None)
@given(POSTINGS, POSTINGS, SOME_RATES, DAYS)
def test_whatever_was_posted_each_company_and_all_together_balance(
    here: Any, there: Any, dated: dict[str, Decimal], day: str
) -> None:
    known = {"2023-12-31": Decimal(7), **dated}
    table = [{"currency": "USD", "date": on, "rate": plain(r, 6)} for on, r in known.items()]
    parent = company(FIRST, *posted(here), exchange_rates=table)
    daughter = company(DOLLARS, *posted(there))
    trial = combined("trial_balance", parent, daughter, as_of=day)
    sheet = combined("balance_sheet", parent, daughter, as_of=day)
    earned = combined("income_statement", parent, daughter, as_of=day)
    columns = ("amount.A", "amount.B", "amount")
    for rows in (trial, sheet, earned):
        assert adds_up(rows, columns)
        assert all(across(row) for row in rows if row.get("amount"))
    for column in columns:
        total = {
            row["name"]: Decimal(row[column] or 0) for row in (*trial, *sheet) if row.get(column)
        }
        assert total.get("Total", 0) == 0
        both = total.get("Total liabilities and equity", 0)
        assert total.get("Total assets", 0) == both
        result = [row[column] for row in earned if (row["name"] or "").endswith("after income tax")]
        assert Decimal((result or ["0"])[0] or 0) == total.get(CURRENT, 0)


def posted(rows: Any) -> list[list[Cells]]:
    return [
        entry(f"J{n}", day, (debit, amount, 0), (credit, 0, amount))
        for n, (day, (debit, credit, *_), amount) in enumerate(rows)
    ]


def across(row: Cells) -> bool:
    parts = (Decimal(row[key] or 0) for key in ("amount.A", "amount.B"))
    return Decimal(row["amount"] or 0) == sum(parts)
