"""What is paid or received ahead, through a workbook, month by month to its end."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx2

from tests.scenarios.front_desk import JOURNAL, Desk
from tests.scenarios.office import seen

DEFERRALS, RUNS, PERIODS = "ledger.deferrals", "ledger.depreciation_runs", "ledger.periods"
PREPAID, RENT, BANK, UNEARNED, SALES = "11700", "61200", "11200", "21200", "41000"


def balance(desk: Desk, account: str, until: str = "9999") -> Decimal:
    rows = [r for r in desk.kept(JOURNAL) if r["account"] == account and r["date"] <= until]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def left(desk: Desk, day: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/deferral_balances"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": day}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def laid(desk: Desk) -> Path:
    """Rent of 1,000 for three months and a service of 700 for seven that were paid ahead."""
    file = desk.new()
    desk.sync(file)
    head = {"date": "2026-01-01"}
    rent = {"deferral": "SEWA", "deferred_account": PREPAID, "result_account": RENT}
    work = {"deferral": "JASA", "deferred_account": UNEARNED, "result_account": SALES}
    desk.lay(file, {
        JOURNAL: [
            {"entry": "1", **head, "account": PREPAID, "debit": 1000},
            {"entry": "1", **head, "account": BANK, "credit": 1000},
            {"entry": "2", **head, "account": BANK, "debit": 700},
            {"entry": "2", **head, "account": UNEARNED, "credit": 700},
        ],
        DEFERRALS: [
            {**rent, "kind": "Prepaid expense", "amount": 1000, "first": "2026-01-01", "months": 3},
            {**work, "kind": "Deferred income", "amount": 700, "first": "2026-01-01", "months": 7},
        ],
    })  # fmt: skip
    return file


def test_what_was_paid_ahead_is_cost_month_by_month_and_nothing_is_left(
    english_desk: Desk,
) -> None:
    desk = english_desk
    file = laid(desk)
    desk.lay(file, {RUNS: [{"period": f"2026-{month:02}"} for month in range(1, 9)]})
    ends = [f"2026-{month:02}-31" for month in range(1, 9)]
    assert [balance(desk, PREPAID, day) for day in ends[:3]] == [
        Decimal("666.67"),
        Decimal("333.33"),
        0,
    ]
    earned = [-balance(desk, UNEARNED, day) for day in ends]
    assert [before - after for before, after in pairwise([Decimal(700), *earned])] == [100] * 7 + [
        0
    ]
    assert (balance(desk, PREPAID), balance(desk, UNEARNED)) == (0, 0)
    assert (balance(desk, RENT), -balance(desk, SALES)) == (1000, 700)
    assert {row["deferral"] for row in left(desk, "2026-03-30") if row.get("deferral")}
    assert {row["entry"] for row in seen(file, JOURNAL) if str(row["entry"]).startswith("AM")} == {
        f"AM:2026-{month:02}" for month in range(1, 8)
    }
