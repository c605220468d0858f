"""A document that meets a lock: the workbook says until when, and who may open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync_server.companies import add_person
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell, reviewed
from tests.scenarios.office import entry, put, seen, type_rows

PERIODS = "ledger.periods"
TOLD = {
    "id": " Terkunci sampai dengan 30/06/2026. Yang dapat membukanya: ",
    "en": " Locked up to and including 2026-06-30. Who may open it: ",
}
STATUS = {"id": "✗ periode ditutup", "en": "✗ locked"}


def clerk(desk: Desk, name: str, role: str) -> str:
    """The token of a person of that role."""
    return add_person(desk.served, f"{name} of {desk.company}", role, desk.company)


def lock(desk: Desk, file: Path, status: str, *months: str, **cells: Any) -> None:
    """Puts months in that state and synchronises the file, as the company's owner."""
    found = desk.served.catalogue.sheets[PERIODS].column("status").cell(status, desk.language)
    rows = {row["period"]: row["row"] for row in seen(file, PERIODS)}
    for month in months:
        put(file, PERIODS, rows[month], status=str(found), **cells)
    assert desk.sync(file).status == 0


def test_a_closed_month_says_until_when_and_who_may_open_it(desk: Desk) -> None:
    accountant = clerk(desk, "budi", "accountant")
    hers, file = desk.new(name="hers"), desk.new()
    assert desk.sync(hers).status == desk.sync(file, token=accountant).status == 0
    lock(desk, hers, "closed", "2026-05", "2026-06")
    type_rows(file, JOURNAL, entry("A", 100))
    said = desk.sync(file, token=accountant)
    assert (said.reply["groups"]["locked"], said.reply["groups"]["invalid"]) == (1, 0)
    problem = said.problems[0]
    assert problem["code"] == "period_closed"
    assert TOLD[desk.language] + f"rina of {desk.company}." in problem["message"]
    assert_told_at_the_cell(file, JOURNAL, problem, desk.language)
    assert reviewed(file)[0]["status"] == STATUS[desk.language]
    clerk(desk, "sari", "controller")
    type_rows(file, JOURNAL, entry("B", 100))
    told = [p["message"] for p in desk.sync(file, token=accountant).problems]
    assert any(text.endswith(f"sari of {desk.company}.") for text in told)
    lock(desk, hers, "open", "2026-05", reason="Late invoice")
    assert desk.sync(file, token=accountant).status == 0
    assert desk.keys(JOURNAL) == {"A", "B"}
    assert not reviewed(file)


def test_a_month_on_hold_takes_the_entry_when_its_controller_syncs_the_same_file(
    english_desk: Desk,
) -> None:
    desk = english_desk
    accountant, controller = clerk(desk, "budi", "accountant"), clerk(desk, "sari", "controller")
    file = desk.new()
    desk.sync(file)
    lock(desk, file, "held", "2026-05")
    type_rows(file, JOURNAL, entry("A", 100))
    said = desk.sync(file, token=accountant)
    assert said.reply["groups"]["locked"] == 1
    assert said.problems[0]["message"].endswith(f"open it: sari of {desk.company}.")
    assert desk.sync(file, token=controller).status == 0
    assert desk.keys(JOURNAL) == {"A"}


def test_what_is_wrong_besides_is_told_too_and_mended_first(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new()
    desk.sync(file)
    lock(desk, file, "closed", "2026-05")
    first = type_rows(file, JOURNAL, entry("A", 100, other=90))
    said = desk.sync(file)
    assert said.reply["groups"]["invalid"] == 1
    assert {p["code"] for p in said.problems} == {"unbalanced", "period_closed"}
    assert sum("Who may open it: " in p["message"] for p in said.problems) == 1
    put(file, JOURNAL, first + 1, credit=100)
    said = desk.sync(file)
    assert said.reply["groups"]["locked"] == 1
    put(file, JOURNAL, first, date="2026-06-01")
    put(file, JOURNAL, first + 1, date="2026-06-01")
    assert desk.sync(file).status == 0


def test_the_dry_run_calls_it_locked_and_without_the_server_nobody_is_named(
    english_desk: Desk,
) -> None:
    desk = english_desk
    file = desk.new()
    desk.sync(file)
    lock(desk, file, "closed", "2026-05")
    type_rows(file, JOURNAL, entry("A", 100))
    assert desk.sync(file, "--dry-run").reply["groups"]["locked"] == 1
    (offline, *_) = desk.run("status", str(file), "--json").problems
    assert offline["code"] == "period_closed"
    assert "Who may open it" not in offline["message"]
