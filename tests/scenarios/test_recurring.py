"""Entries that come back every month, through workbooks, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, seen

SHEET, PERIODS = "ledger.recurring_entries", "ledger.periods"


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger with a year of rent."""
    made = desk.new()
    desk.sync(made)
    first = {"template": "SEWA", "date": "2026-01-31"}
    rent = {**first, "account": "61200", "description": "Sewa", "debit": 500}
    desk.lay(made, {SHEET: [rent, {**first, "account": "11200", "credit": 500}]})
    return made


def rents(desk: Desk) -> dict[str, str]:
    return {row["date"]: row["debit"] for row in desk.kept(JOURNAL) if "debit" in row}


def test_the_year_ahead_comes_once_and_closed_months_keep_theirs(desk: Desk, file: Path) -> None:
    assert len(rents(desk)) == 12
    assert {row["entry"] for row in seen(file, JOURNAL)} == {
        f"RE:SEWA:2026-{month:02}" for month in range(1, 13)
    }
    assert desk.sync(file).status == 0
    assert len(desk.kept(JOURNAL)) == 24
    assert not any({"post", "number"} & row.keys() for row in desk.kept(JOURNAL))  # drafts

    january = next(row["row"] for row in seen(file, PERIODS) if row["period"] == "2026-01")
    put(file, PERIODS, january, status={"id": "Ditutup", "en": "Closed"}[desk.language])
    assert desk.sync(file).status == 0
    put(file, SHEET, 2, debit=600)
    put(file, SHEET, 3, credit=600)
    assert desk.sync(file).status == 0
    assert (rents(desk)["2026-01-31"], rents(desk)["2026-02-28"]) == ("500.00", "600.00")

    put(file, SHEET, 2, date="2026-02-28")
    put(file, SHEET, 3, date="2026-02-28")
    put(file, SHEET, 2, months=11)
    put(file, SHEET, 3, months=11)
    said = desk.sync(file)
    assert {p["code"] for p in said.problems} == {"locked_month_stays"}
    assert_told_at_the_cell(file, SHEET, said.problems[0], desk.language)
