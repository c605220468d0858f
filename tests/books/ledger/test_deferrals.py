"""What is prepaid or deferred becomes cost or income month by month, and nothing is left."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, document
from tests.books.ledger.asset_rows import (
    DEFERRALS,
    JOURNAL,
    PERIODS,
    balance,
    closed,
    lines_of,
    months,
    run,
)
from tests.books.ledger.rows import BANK, RENT, SALES, at, codes, entry
from workbook_templates.books.ledger.deferrals import recognised
from workbook_templates.books.ledger.reports.deferral_balances import DEFERRAL_BALANCES
from workbook_templates.schema import Cells

PREPAID, ADVANCES = "11700", "21200"


def rent(amount: str = "1000.00", **cells: str) -> list[Cells]:
    """A year of rent paid before it, of January 2026 on."""
    own = {"deferred_account": PREPAID, "result_account": RENT, "first": "2026-01-01"}
    row = {"deferral": "SEWA", "amount": amount, "months": "12", **own, **cells}
    return [{column: text for column, text in row.items() if text}]


@pytest.fixture
def paid(company: KnownRows) -> KnownRows:
    """A year of rent, paid in January."""
    known = accepted(
        company, JOURNAL, entry("1", "2026-01-01", (PREPAID, 1000, 0), (BANK, 0, 1000))
    )
    return accepted(known, DEFERRALS, rent())


def test_prepaid_rent_becomes_cost_and_nothing_is_left(paid: KnownRows) -> None:
    known = run(paid, "2026-01", "2026-02")
    assert lines_of(known, "AM:2026-02") == {RENT: Decimal("83.34"), PREPAID: Decimal("-83.34")}
    (row,) = DEFERRAL_BALANCES.build(known, at("2026-02-28"))
    assert row["rest"] == f"{balance(known, PREPAID)}" == "833.33"
    known = run(known, *months("2026-03", 10))
    assert [balance(known, account) for account in (PREPAID, RENT)] == [0, 1000]
    assert list(DEFERRAL_BALANCES.build(known, at("2026-12-31"))) == []


def test_income_that_was_paid_before_is_earned_month_by_month(company: KnownRows) -> None:
    fee = rent(kind="income", deferred_account=ADVANCES, result_account=SALES, cost_centre="JASA")
    known = run(accepted(company, DEFERRALS, fee), "2026-01")
    assert lines_of(known, "AM:2026-01") == {SALES: Decimal("-83.33"), ADVANCES: Decimal("83.33")}


def test_days_count_where_it_says_so(company: KnownRows) -> None:
    known = accepted(company, DEFERRALS, rent("365.00", first="2026-01-16", counted="day"))
    known = run(known, "2026-01", "2026-02")
    assert [balance(known, RENT, day) for day in ("2026-01-31", "2026-02-28")] == [16, 44]


def test_what_ends_early_takes_the_rest_with_it(paid: KnownRows) -> None:
    known = accepted(run(paid, "2026-01", "2026-02", "2026-03"), DEFERRALS, rent(ends="2026-03"))
    assert balance(known, RENT, "2026-02-28") == Decimal("166.67")
    assert [balance(known, account) for account in (PREPAID, RENT)] == [0, 1000]


def test_closed_months_keep_their_part_and_close_with_it(paid: KnownRows) -> None:
    closing = [{"period": "2026-01", "status": "closed"}]
    assert codes(paid, PERIODS, closing) == ["depreciation_open"]
    known = closed(run(paid, "2026-01"), "2026-01")
    assert codes(known, DEFERRALS, rent("1200.00")) == ["deferral_settled"]
    assert codes(known, DEFERRALS, rent(result_account=SALES)) == ["deferral_settled"]
    assert codes(known, DEFERRALS, [], "SEWA") == ["deferral_settled"]
    assert codes(known, DEFERRALS, rent(ends="2026-04", description="Sewa kantor")) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"months": "1201"}, "too_many_months_of_life"),
        ({"ends": "2025-12"}, "ends_too_early"),
        ({"deferred_account": "11300"}, "control_account"),
        ({"first": "2024-12-01"}, "deferral_settled"),
    ],
)
def test_what_is_wrong_with_a_deferral_is_told(
    company: KnownRows, cells: dict[str, str], code: str
) -> None:
    assert code in codes(company, DEFERRALS, rent(**cells))


@given(
    cents=st.integers(1, 10**12),
    count=st.integers(1, 60),
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    counted=st.sampled_from(["month", "day"]),
)
def test_the_parts_come_to_the_whole(cents: int, count: int, first: date, counted: str) -> None:
    amount = Decimal(cents).scaleb(-2)
    cells = {"months": str(count), "first": str(first), "counted": counted}
    row = document(KnownRows({}), DEFERRALS, rent(str(amount), **cells)).lines[0]
    assert sum(recognised(row).values()) == amount
    assert all(part > 0 for part in recognised(row).values())
