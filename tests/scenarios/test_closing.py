"""Locks and year closing through workbooks, by people with different roles, in both languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sync_server.companies import add_person
from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import entry, put, seen, type_rows

PERIODS, YEARS = "ledger.periods", "ledger.years"
COLUMNS = ("entry", "date", "description", "account", "debit", "credit")
ACCOUNTS = {"cash": "11110", "sales": "41000", "surplus": "32000"}


def clerk(desk: Desk, role: str) -> str:
    """The token of a person of that role."""
    return add_person(desk.served, f"{role} of {desk.company}", role, desk.company)


def words(desk: Desk, table: str, column: str, key: str) -> str:
    """A choice as its drop-down says it."""
    found = desk.served.catalogue.sheets[table].column(column)
    return str(found.cell(key, desk.language))


def lock(desk: Desk, file: Path, period: str, key: str, **cells: Any) -> None:
    row = next(r["row"] for r in seen(file, PERIODS) if r["period"] == period)
    put(file, PERIODS, row, status=words(desk, PERIODS, "status", key), **cells)


def test_a_month_is_held_then_closed_and_opened_again_by_the_named_role(desk: Desk) -> None:
    accountant, controller = clerk(desk, "accountant"), clerk(desk, "controller")
    file = desk.new()
    desk.sync(file, token=accountant)
    lock(desk, file, "2026-05", "held")
    assert desk.sync(file, token=accountant).status == 0
    type_rows(file, JOURNAL, entry("A", 100))
    held = desk.sync(file, token=accountant)
    assert {p["code"] for p in held.problems} == {"period_held"}
    assert_told_at_the_cell(file, JOURNAL, held.problems[0], desk.language)
    hers = desk.new(name="controller")
    desk.sync(hers, token=controller)
    type_rows(hers, JOURNAL, entry("A", 100))
    assert desk.sync(hers, token=controller).status == 0
    assert desk.keys(JOURNAL) == {"A"}
    put(file, JOURNAL, 2, **dict.fromkeys(COLUMNS))
    put(file, JOURNAL, 3, **dict.fromkeys(COLUMNS))
    lock(desk, file, "2026-05", "closed")
    assert desk.sync(file, token=accountant).status == 0
    assert desk.sync(hers, token=controller).status == 0
    lock(desk, file, "2026-05", "open", reason="Faktur terlambat")
    refused = desk.sync(file, token=accountant)
    assert [p["code"] for p in refused.problems] == ["reopening_not_allowed"]
    lock(desk, hers, "2026-05", "open", reason="Faktur terlambat")
    assert desk.sync(hers, token=controller).status == 0
    assert {row["reason"] for row in desk.kept(PERIODS) if "reason" in row} == {"Faktur terlambat"}


def case(name: str) -> dict[str, Any]:
    found = shared_json("cases/peers/ledger-closing.json")["cases"]
    return next(one for one in found if one["id"] == name)


def typed(event: dict[str, Any]) -> list[dict[str, Any]]:
    """A journal event of a case as rows."""
    head = {"entry": f"J{event['n']}", "date": event["date"]}
    lines = [{**line, "account": ACCOUNTS[line["account"]]} for line in event["lines"]]
    return [{**head, **line} for line in lines]


def close(desk: Desk, file: Path, event: dict[str, Any]) -> None:
    status = words(desk, YEARS, "status", "closed")
    desk.lay(file, {YEARS: [{"year": event["date"][:4], "status": status}]})


@pytest.fixture
def ledger(english_desk: Desk) -> Path:
    """A ledger of a company with the years 2021 and 2022 and two cost centres."""
    file = english_desk.new()
    english_desk.sync(file)
    months = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]
    english_desk.lay(file, {PERIODS: [{"period": month, "status": "Open"} for month in months]})
    return file


def test_no_entry_into_a_closed_year(english_desk: Desk, ledger: Path) -> None:
    closing, journal = case("ledger-closing-003")["events"]
    close(english_desk, ledger, closing)
    type_rows(ledger, JOURNAL, typed(journal))
    said = english_desk.sync(ledger)
    assert {p["code"] for p in said.problems} == {"year_closed"}
    assert english_desk.kept(JOURNAL) == []


def test_cumulative_balances_are_kept_at_two_year_ends(english_desk: Desk, ledger: Path) -> None:
    worked = case("ledger-closing-004")
    for event in worked["events"]:
        if event["do"] == "close_year":
            close(english_desk, ledger, event)
        else:
            english_desk.lay(ledger, {JOURNAL: typed(event)})
    rows = english_desk.kept(JOURNAL)
    for wanted in worked["expect"]:
        account = ACCOUNTS[wanted["account"]]
        of_account = [row for row in rows if row["account"] == account]
        if wanted["what"] == "balance":
            assert balance(of_account) == wanted["amount"]
        else:
            counted = [
                row
                for row in of_account
                if row.get("cost_centre") == wanted["cost_centre"]
                and row["date"] <= wanted["until"]
                and row.get("kind") != "closing"
            ]
            assert sum(Decimal(row.get("credit", 0)) for row in counted) == wanted["credit"]


def balance(rows: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def test_a_year_is_closed_reopened_with_a_reason_and_closed_anew(
    english_desk: Desk, ledger: Path
) -> None:
    english_desk.lay(ledger, {JOURNAL: entry("A", 400, "2021-03-15")})
    close(english_desk, ledger, {"date": "2021-12-31"})
    assert english_desk.keys(JOURNAL) == {"A", "CL:2021"}
    put(ledger, YEARS, 2, status="Under way")
    said = english_desk.sync(ledger)
    assert [p["code"] for p in said.problems] == ["reopening_needs_a_reason"]
    put(ledger, YEARS, 2, reason="The auditor's correction")
    assert english_desk.sync(ledger).status == 0
    assert english_desk.keys(JOURNAL) == {"A"}
    english_desk.lay(ledger, {JOURNAL: entry("B", 50, "2021-12-31")})
    put(ledger, YEARS, 2, status="Closed")
    assert english_desk.sync(ledger).status == 0
    retained = [r for r in english_desk.kept(JOURNAL) if r["account"] == ACCOUNTS["surplus"]]
    assert [(r["date"], r["debit"]) for r in retained] == [("2021-12-31", "450.00")]


def test_an_entry_of_a_closed_year_is_reversed_at_an_open_date(
    english_desk: Desk, ledger: Path
) -> None:
    english_desk.lay(ledger, {JOURNAL: entry("A", 400, "2021-03-15")})
    close(english_desk, ledger, {"date": "2021-12-31"})
    change = seen(ledger, JOURNAL)[0]["status"].split()[1]
    said = english_desk.run("reverse", str(ledger), change, "--date", "2022-01-05")
    assert said.status == 0
    lines = [r for r in english_desk.kept(JOURNAL) if r["entry"] in ("A", "A-R")]
    for account in ("61200", "11110"):
        assert balance([row for row in lines if row["account"] == account]) == 0
    assert {row["reverses"] for row in lines if row["entry"] == "A-R"} == {"A"}
