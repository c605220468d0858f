"""Fixed assets and deferrals through workbooks: the register, the runs, closing, sale."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, seen, type_rows

CATEGORIES, ASSETS, RUNS = "ledger.asset_categories", "ledger.assets", "ledger.depreciation_runs"
DEFERRALS, PERIODS, PARTIES = "ledger.deferrals", "ledger.periods", "ledger.parties"
YEARS = "ledger.years"
INVOICES = "ledger.sales_invoices"
ACCOUNTS = {
    "asset": "12400", "accumulated_depreciation": "12490", "depreciation": "61800",
    "loss_on_disposal": "72000", "receivable": "11300",
}  # fmt: skip
CATEGORY = {
    "asset_account": "12400",
    "accumulated_account": "12490",
    "expense_account": "61800",
    "disposal_account": "72000",
}


def words(desk: Desk, table: str, column: str, key: str) -> str:
    """A choice as its drop-down says it."""
    found = desk.served.catalogue.sheets[table].column(column)
    return str(found.cell(key, desk.language))


def reported(desk: Desk, name: str, **asked: str) -> list[dict[str, Any]]:
    """The rows of a report."""
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    reply = httpx2.get(url, params=asked, headers=signed, timeout=60)
    rows: list[dict[str, Any]] = reply.json()["rows"]
    return rows


def balance(desk: Desk, account: str) -> Decimal:
    rows = [row for row in desk.kept(JOURNAL) if row["account"] == account]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


@pytest.fixture
def ledger(desk: Desk) -> Path:
    """A ledger with a machine of 100,000 from January on, and a year of rent that was prepaid."""
    file = desk.new()
    desk.sync(file)
    bought = {"entry": "1", "date": "2026-01-02"}
    lines = (("12400", 100_000), ("11700", 1200))
    paid = [{**bought, "account": account, "debit": amount} for account, amount in lines]
    machine = {"asset": "M1", "name": "Mesin", "category": "MESIN", "acquired": "2026-01-02"}
    rent = {"deferral": "SEWA", "deferred_account": "11700", "result_account": "61200"}
    tables = {
        JOURNAL: [*paid, {**bought, "account": "11200", "credit": 101_200}],
        CATEGORIES: [{"category": "MESIN", **CATEGORY, "life": 10, "fiscal_group": "1"}],
        ASSETS: [{**machine, "cost": 100_000, "residual": 10_000}],
        DEFERRALS: [{**rent, "amount": 1200, "first": "2026-01-01", "months": 12}],
    }
    desk.lay(file, tables)
    return file


def test_a_month_is_run_then_closed_and_the_machine_is_sold(desk: Desk, ledger: Path) -> None:
    january = next(row["row"] for row in seen(ledger, PERIODS) if row["period"] == "2026-01")
    put(ledger, PERIODS, january, status=words(desk, PERIODS, "status", "closed"))
    type_rows(ledger, YEARS, [{"year": 2026, "status": words(desk, YEARS, "status", "closed")}])
    said = desk.sync(ledger)
    assert [p["code"] for p in said.problems] == ["depreciation_open"] * 2
    assert {p["sheet"] for p in said.problems} == {"periods", "years"}
    told = next(p for p in said.problems if p["sheet"] == "periods")
    assert_told_at_the_cell(ledger, PERIODS, told, desk.language)
    put(ledger, YEARS, 2, year=None, status=None)

    desk.lay(ledger, {RUNS: [{"period": "2026-01"}]})
    entries = {row["entry"] for row in seen(ledger, JOURNAL)}
    assert {"DE:2026-01", "AM:2026-01"} <= entries
    assert [balance(desk, account) for account in ("61800", "61200")] == [9000, 100]

    put(ledger, ASSETS, 2, cost=110_000)
    said = desk.sync(ledger)
    assert [p["code"] for p in said.problems] == ["settled_month_stays"]
    assert_told_at_the_cell(ledger, ASSETS, said.problems[0], desk.language)
    put(ledger, ASSETS, 2, cost=100_000)

    desk.lay(ledger, {RUNS: [{"period": "2026-02"}]})
    sold = {"disposed_on": "2026-03-15", "proceeds": 85_000, "proceeds_account": "11200"}
    put(ledger, ASSETS, 2, disposal=words(desk, ASSETS, "disposal", "sale"), **sold)
    assert desk.sync(ledger).status == 0
    assert balance(desk, "72000") == -3000
    register = reported(desk, "asset_register", as_of="2026-03-14")
    assert [row["book_value"] for row in register] == ["82000.00"] * 3
    for day in ("2026-01-31", "2026-03-14", "2026-03-31"):
        rows = reported(desk, "books_agree", as_of=day)
        assert {row["difference"] for row in rows} == {"0.00"}


# --- the worked cases ---------------------------------------------------------------------------


CASES = {case["id"]: case for case in shared_json("cases/peers/ledger-assets.json")["cases"]}
METHODS = {"straight_line": "Straight line", "declining": "Declining balance",
           "double_declining": "Double declining balance"}  # fmt: skip


def months(first: str, last: str) -> list[str]:
    count = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(count[0], count[1] + 1)]


def category_of(name: str, event: dict[str, Any]) -> dict[str, Any]:
    terms = {"method": METHODS[event["method"]], "life": event["periods"] * event["months_each"]}
    days = event["in_use"][8:] != "01"
    rate = {"rate": event["percent"]} if "percent" in event else {}
    return {"category": name, **CATEGORY, **terms, **rate, "counted": "By days" if days else None}


def asset_of(name: str, event: dict[str, Any]) -> dict[str, Any]:
    bought = {"acquired": event["in_use"], "cost": event["value"], "residual": event["residual"]}
    return {"asset": name, "name": name, "category": name, "cost_centre": name, **bought}


@pytest.fixture
def worked(english_desk: Desk) -> Desk:
    """The assets of all cases in one ledger, each on a cost centre of its own, and all runs."""
    file = english_desk.new()
    english_desk.sync(file)
    bought = {name: case["events"][0] for name, case in CASES.items()}
    new = [m for m in months("2025-01", "2033-12") if not m.startswith("2026")]
    english_desk.lay(file, {
        PERIODS: [{"period": month, "status": "Open"} for month in new],
        PARTIES: [{"code": "C1", "name": "C1", "kind": "Customer"}],
        CATEGORIES: [category_of(name, event) for name, event in bought.items()],
        ASSETS: [asset_of(name, event) for name, event in bought.items()],
    })  # fmt: skip
    years = {"2025-01", "2025-02", *months("2030-01", "2033-01")}
    english_desk.lay(file, {RUNS: [{"period": month} for month in sorted(years)]})
    sale = CASES["ledger-assets-014"]["events"][2]
    row = next(r["row"] for r in seen(file, ASSETS) if r["asset"] == "ledger-assets-014")
    put(file, ASSETS, row, disposed_on=sale["date"], disposal="Sold", proceeds=sale["price"])
    invoice = {"invoice": "1", "date": sale["date"], "customer": "C1", "account": "72000"}
    type_rows(file, INVOICES, [{**invoice, "unit_price": sale["price"]}])
    assert english_desk.sync(file).status == 0
    return english_desk


def test_the_published_schedules_and_sale_come_out(worked: Desk) -> None:
    rows = worked.kept(JOURNAL)
    by_year: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        if row["account"] == ACCOUNTS["depreciation"]:
            by_year[row["cost_centre"]][row["date"][:4]] += Decimal(row["debit"])
    for name in ("ledger-assets-002", "ledger-assets-004", "ledger-assets-005"):
        tolerance = Decimal(str(CASES[name]["tolerance"]))
        found = sorted(by_year[name].items())
        totals = accumulate(amount for _, amount in found)
        wanted = CASES[name]["expect"][0]["rows"]
        for (year, amount), total, (day, each, until) in zip(found, totals, wanted, strict=True):
            assert year == day[:4]
            assert abs(amount - Decimal(str(each))) <= tolerance
            assert abs(total - Decimal(str(until))) <= tolerance

    sold = [row for row in rows if row["entry"] in ("FA:ledger-assets-014", "SI:1")]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in sold:
        sums[row["account"]] += Decimal(row.get("debit", 0)) - Decimal(row.get("credit", 0))
    for account, debit, credit in CASES["ledger-assets-014"]["expect"][0]["lines"]:
        # The depreciation of February is in the entry of the sale: both lines of it add up to none.
        of_february = -9000 if account == "accumulated_depreciation" else 0
        assert sums[ACCOUNTS[account]] == debit - credit + of_february
