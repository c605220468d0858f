"""Assets are depreciated month by month, leave with a gain or loss, and agree with the accounts."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.asset_rows import (
    ACCUMULATED,
    ASSETS,
    CATEGORIES,
    DEPRECIATION,
    DISPOSAL,
    JOURNAL,
    MACHINES,
    PERIODS,
    RUNS,
    asset,
    balance,
    category,
    closed,
    lines_of,
    run,
)
from tests.books.ledger.rows import BANK, RECEIVABLE, at, codes, entry, invoice, new_company, span
from workbook_templates.books.ledger.reports.asset_register import ASSET_REGISTER
from workbook_templates.books.ledger.reports.books_agree import BOOKS_AGREE
from workbook_templates.books.ledger.reports.depreciation_schedule import DEPRECIATION_SCHEDULE

YEARS = "ledger.years"


@pytest.fixture
def bought(company: KnownRows) -> KnownRows:
    """A machine of 100,000 that was bought and registered."""
    known = accepted(
        company, JOURNAL, entry("1", "2026-01-01", (MACHINES, 100_000, 0), (BANK, 0, 100_000))
    )
    return laid(known, {CATEGORIES: category(), ASSETS: asset()})


def agree(known: KnownRows, day: str) -> bool:
    rows = BOOKS_AGREE.build(known, at(day))
    return {row["difference"] for row in rows} == {"0.00"}


def registered(known: KnownRows, day: str) -> dict[str | None, tuple[str | None, str | None]]:
    rows = ASSET_REGISTER.build(known, at(day))
    return {r["asset"]: (r["cost"], r["accumulated"]) for r in rows if r["level"] == "account"}


def test_a_run_depreciates_its_month_and_no_other(bought: KnownRows) -> None:
    assert balance(bought, DEPRECIATION) == 0
    known = run(bought, "2026-01", "2026-02")
    assert lines_of(known, "DE:2026-02") == {DEPRECIATION: 9000, ACCUMULATED: -9000}
    assert registered(known, "2026-02-27") == {"M1": ("100000.00", "9000.00")}
    assert registered(known, "2026-02-28") == {"M1": ("100000.00", "18000.00")}
    assert all(agree(known, day) for day in ("2025-12-31", "2026-01-15", "2026-02-28"))
    assert balance(without(known, RUNS, "2026-02"), DEPRECIATION) == 9000


def test_a_run_follows_the_register_until_its_month_is_closed(bought: KnownRows) -> None:
    known = closed(run(bought, "2026-01", "2026-02"), "2026-01")
    known = accepted(known, ASSETS, asset("M2", 10_000, acquired="2026-02-10", residual=""))
    assert balance(known, DEPRECIATION) == 9000 + 9000 + 1000
    known = accepted(known, ASSETS, asset(cost_centre="PABRIK"))
    centres = {
        line.text("cost_centre")
        for key in ("DE:2026-01", "DE:2026-02")
        for line in known.document(JOURNAL, key).lines  # type: ignore[union-attr]  # they are there
        if line.text("account") == DEPRECIATION and line["debit"] == 9000
    }
    assert centres == {"", "PABRIK"}


@pytest.mark.parametrize(
    "changed",
    [{"cost": "90000.00"}, {"residual": ""}, {"life": "12"}, {"in_use": "2026-02-01"}],
)
def test_what_a_closed_month_was_depreciated_stays(
    bought: KnownRows, changed: dict[str, str]
) -> None:
    known = closed(run(bought, "2026-01"), "2026-01")
    assert codes(known, ASSETS, asset(**changed)) == ["settled_month_stays"]
    assert codes(known, ASSETS, [], "M1") == ["settled_month_stays"]
    assert codes(known, CATEGORIES, category(life="12")) == ["settled_month_stays"]
    assert codes(known, ASSETS, asset(name="Mesin bubut", cost_centre="PABRIK")) == []
    assert codes(known, ASSETS, asset("M2")) == ["settled_month_stays"]


def test_a_period_and_a_year_close_once_depreciation_is_run(bought: KnownRows) -> None:
    closing = [{"period": "2026-02", "status": "closed"}]
    assert codes(bought, PERIODS, closing) == ["depreciation_open"]
    assert codes(run(bought, "2026-02"), PERIODS, closing) == ["depreciation_open"]
    assert codes(run(bought, "2026-01", "2026-02"), PERIODS, closing) == []
    assert codes(bought, PERIODS, [{"period": "2025-12", "status": "closed"}]) == []
    year = [{"year": "2026", "status": "closed"}]
    assert codes(bought, YEARS, year) == ["depreciation_open"]
    assert codes(run(bought, *(f"2026-{n:02}" for n in range(1, 11))), YEARS, year) == []


def test_a_run_is_of_an_open_month(bought: KnownRows) -> None:
    known = closed(run(bought, "2026-01"), "2026-01")
    assert codes(known, RUNS, [], "2026-01") == ["period_closed"]
    assert codes(closed(bought, "2025-12"), RUNS, [{"period": "2025-12"}]) == ["period_closed"]
    assert codes(known, RUNS, [{"period": "2031-01"}]) == ["no_period"]


def test_a_sale_takes_the_asset_off_the_books(bought: KnownRows) -> None:
    sold = asset(
        disposed_on="2026-03-31", disposal="sale", proceeds="80000.00", proceeds_account=BANK
    )
    known = accepted(run(bought, "2026-01", "2026-02"), ASSETS, sold)
    assert lines_of(known, "FA:M1") == {
        MACHINES: -100_000, ACCUMULATED: 18_000, DEPRECIATION: 9000, BANK: 80_000, DISPOSAL: -7000,
    }  # fmt: skip
    assert registered(known, "2026-03-30") == {"M1": ("100000.00", "18000.00")}
    assert registered(known, "2026-03-31") == {}
    known = run(known, "2026-03")
    assert lines_of(known, "DE:2026-03") == {}
    assert all(agree(known, day) for day in ("2026-03-30", "2026-03-31", "2026-04-30"))
    assert balance(accepted(known, ASSETS, asset()), DISPOSAL) == 0


def test_a_disposal_follows_runs_that_come_after_it(bought: KnownRows) -> None:
    known = accepted(bought, ASSETS, asset(disposed_on="2026-03-15", disposal="scrap"))
    assert balance(known, DISPOSAL) == 100_000
    known = run(known, "2026-01", "2026-02")
    assert balance(known, DISPOSAL) == 82_000
    assert agree(known, "2026-03-15")


def test_an_invoice_may_bring_the_proceeds(bought: KnownRows) -> None:
    sold = asset(disposed_on="2026-03-10", disposal="sale", proceeds="25000.00")
    known = accepted(run(bought, "2026-01", "2026-02"), ASSETS, sold)
    known = accepted(
        known, "ledger.sales_invoices", invoice("7", "2026-03-10", 25_000, account=DISPOSAL)
    )
    assert balance(known, DISPOSAL) == 57_000
    assert balance(known, RECEIVABLE) == 25_000


def test_days_count_where_the_category_counts_them(company: KnownRows) -> None:
    known = accepted(company, CATEGORIES, category(life="12", counted="day"))
    known = accepted(known, ASSETS, asset(cost=36_500, residual="", in_use="2026-01-30"))
    known = run(known, "2026-01", "2026-02")
    assert [balance(known, DEPRECIATION, day) for day in ("2026-01-31", "2026-02-28")] == [
        200,
        3000,
    ]
    known = accepted(known, ASSETS, asset(
        cost=36_500, residual="", in_use="2026-01-30", disposed_on="2026-03-10", disposal="scrap",
    ))  # fmt: skip
    assert balance(known, DEPRECIATION) == 4000


def test_a_part_comes_out_of_the_whole_and_nothing_else_moves(bought: KnownRows) -> None:
    known = closed(run(bought, "2026-01", "2026-02"), "2026-01")
    part = asset("M1-B", 33_333, split_from="M1", residual="")
    split = accepted(known, ASSETS, part)
    assert registered(split, "2026-02-28") == {
        "M1": ("66667.00", "12000.06"), "M1-B": ("33333.00", "5999.94"),
    }  # fmt: skip
    assert balance(split, ACCUMULATED) == balance(known, ACCUMULATED)
    gone = [{**part[0], "disposed_on": "2026-03-31", "disposal": "scrap"}]
    sold = run(accepted(split, ASSETS, gone), "2026-03")
    assert balance(sold, DISPOSAL) == Decimal("24333.09")
    assert agree(sold, "2026-03-31")
    assert codes(split, ASSETS, [], "M1") == ["asset_has_parts", "settled_month_stays"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"cost": "100001.00"}, "parts_cost_more"),
        ({"life": "20"}, "split_differs"),
        ({"acquired": "2026-02-01"}, "split_differs"),
        ({"split_from": "M2"}, "split_of_part"),
    ],
)
def test_a_part_that_does_not_fit_its_whole_is_told(
    bought: KnownRows, cells: dict[str, str], code: str
) -> None:
    known = accepted(bought, ASSETS, asset("M2", 10, split_from="M1", residual=""))
    part = asset("M3", **{"cost": "5", "split_from": "M1", "residual": ""} | cells)
    assert code in codes(known, ASSETS, part)


def test_an_asset_that_is_taken_over_goes_on_from_there(company: KnownRows) -> None:
    opening = entry(
        "OB", "2025-12-31", (MACHINES, 100_000, 0), (ACCUMULATED, 0, 60_000), ("31000", 0, 40_000)
    )
    known = accepted(new_company(first="2025-12"), JOURNAL, opening)
    old = {"acquired": "2025-06-01", "accumulated": "60000.00", "accumulated_until": "2025-12"}
    known = laid(known, {CATEGORIES: category(), ASSETS: asset(**old)})
    known = run(known, "2026-01", "2026-02", "2026-03")
    assert balance(known, ACCUMULATED) == -90_000
    assert all(agree(known, day) for day in ("2025-12-30", "2025-12-31", "2026-02-28"))
    assert codes(known, ASSETS, asset("M2", acquired="2025-06-01")) == ["settled_month_stays"]


def test_a_new_life_is_a_row_that_replaces_the_old_one(bought: KnownRows) -> None:
    known = closed(run(bought, "2026-01", "2026-02"), "2026-01")
    known = accepted(known, ASSETS, asset(disposed_on="2026-03-31", disposal="replaced"))
    later = {"acquired": "2026-01-01", "accumulated": "27000.00", "accumulated_until": "2026-03"}
    known = run(accepted(known, ASSETS, asset("M1-2", life="24", **later)), "2026-03", "2026-04")
    assert lines_of(known, "FA:M1") == {DEPRECIATION: 9000, ACCUMULATED: -9000}
    assert lines_of(known, "DE:2026-04") == {DEPRECIATION: 3000, ACCUMULATED: -3000}
    assert all(agree(known, day) for day in ("2026-03-30", "2026-03-31", "2026-04-30"))


def test_land_is_not_depreciated(company: KnownRows) -> None:
    land = category(
        "TANAH", life="", accumulated_account="", expense_account="", asset_account="12100"
    )
    known = accepted(company, CATEGORIES, [{k: t for k, t in land[0].items() if t}])
    known = accepted(known, ASSETS, asset("T1", category="TANAH", residual=""))
    assert codes(known, PERIODS, [{"period": "2026-01", "status": "closed"}]) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"residual": "100001.00"}, "more_than_cost"),
        ({"in_use": "2025-12-31"}, "in_use_before_acquired"),
        ({"accumulated": "1.00"}, "required"),
        ({"method": "declining"}, "rate_missing"),
        ({"life": "1201"}, "too_many_months_of_life"),
        ({"fiscal_group": "9"}, "fiscal_group_unknown"),
        ({"disposed_on": "2026-02-01"}, "required"),
        ({"disposal": "sale", "disposed_on": "2026-02-01"}, "required"),
        ({"disposal": "scrap", "disposed_on": "2025-12-31"}, "left_before_it_came"),
        ({"disposal": "scrap", "disposed_on": "2031-12-31"}, "no_period"),
        (
            {
                "disposal": "sale",
                "disposed_on": "2026-02-01",
                "proceeds": "1.00",
                "proceeds_account": RECEIVABLE,
            },
            "control_account",
        ),
    ],
)
def test_what_is_wrong_with_an_asset_is_told(
    company: KnownRows, cells: dict[str, str], code: str
) -> None:
    known = accepted(company, CATEGORIES, category())
    assert codes(known, ASSETS, asset(**cells)) == [code]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"expense_account": ""}, "required"),
        ({"method": "declining"}, "rate_missing"),
        ({"asset_account": "11500"}, "stock_account"),
        ({"life": "2000"}, "too_many_months_of_life"),
    ],
)
def test_what_is_wrong_with_a_category_is_told(
    company: KnownRows, cells: dict[str, str], code: str
) -> None:
    row = {k: t for k, t in {**category()[0], **cells}.items() if t}
    assert codes(company, CATEGORIES, [row]) == [code]


def test_a_category_with_assets_stays(bought: KnownRows) -> None:
    assert codes(bought, CATEGORIES, [], "MESIN") == ["category_in_use"]
    row = {**category()[0], "disposal_account": ""}
    assert codes(bought, CATEGORIES, [{k: t for k, t in row.items() if t}]) == []
    bare = accepted(bought, CATEGORIES, [{k: t for k, t in row.items() if t}])
    gone = asset(disposed_on="2026-02-01", disposal="scrap")
    assert codes(bare, ASSETS, gone) == ["no_disposal_account"]


def test_the_schedule_shows_what_is_run_and_what_is_to_come(bought: KnownRows) -> None:
    rows = list(
        DEPRECIATION_SCHEDULE.build(run(bought, "2026-01"), span("2026-01-01", "2026-12-31"))
    )
    assert [row["run"] for row in rows] == ["true", *["false"] * 9]
    assert (rows[-1]["month"], rows[-1]["book_value"]) == ("2026-10", "10000.00")


def test_rows_that_are_typed_by_half_are_told_what_they_miss(company: KnownRows) -> None:
    for table, whole in ((CATEGORIES, category()[0]), (ASSETS, asset()[0])):
        known = company if table == CATEGORIES else accepted(company, CATEGORIES, category())
        for column in whole:
            half = {key: text for key, text in whole.items() if key != column}
            assert set(codes(known, table, [half])) <= {"required", "more_than_cost"}
    assert codes(company, RUNS, [{"note": "Mei"}]) == ["no_period", "required"]


def test_what_is_left_of_a_whole_may_be_a_cent(company: KnownRows) -> None:
    known = laid(company, {CATEGORIES: category(life="7"), ASSETS: asset(cost="0.03", residual="")})
    known = accepted(known, ASSETS, asset("M1-B", "0.02", split_from="M1", residual=""))
    known = run(known, *(f"2026-{month:02}" for month in range(1, 8)))
    assert registered(known, "2026-07-31") == {"M1": ("0.01", "0.01"), "M1-B": ("0.02", "0.02")}
    assert balance(known, ACCUMULATED) == Decimal("-0.03")


def test_a_part_stays_when_its_whole_has_left(bought: KnownRows) -> None:
    known = accepted(bought, ASSETS, asset("M1-B", 40_000, split_from="M1", residual=""))
    known = run(
        accepted(known, ASSETS, asset(disposed_on="2026-01-31", disposal="scrap")), "2026-01"
    )
    known = closed(run(known, "2026-02"), "2026-01")
    known = closed(known, "2026-02")
    assert registered(known, "2026-02-28") == {"M1-B": ("40000.00", "7200.00")}
    assert agree(known, "2026-02-28")
    longer = asset(disposed_on="2026-01-31", disposal="scrap", life="20")
    assert "settled_month_stays" in codes(known, ASSETS, longer)


def test_a_part_of_what_was_taken_over_came_with_it() -> None:
    known = new_company(first="2025-12")
    old = {"acquired": "2025-06-01", "accumulated": "60000.00", "accumulated_until": "2025-12"}
    known = laid(known, {CATEGORIES: category(), ASSETS: asset(**old)})
    part = asset("M1-B", 50_000, acquired="2025-06-01", split_from="M1", residual="")
    known = accepted(known, ASSETS, part)
    assert registered(known, "2025-12-30") == {}
    assert registered(known, "2025-12-31")["M1-B"] == ("50000.00", "30000.00")
