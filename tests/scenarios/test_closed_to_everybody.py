"""A closed period through the workbook of each role: entry, change, cancellation and import."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync_server.companies import add_person
from tests.scenarios.front_desk import DONE, JOURNAL, NEEDS_A_PERSON, Desk
from tests.scenarios.office import entry, put, seen, type_rows

PERIODS = "ledger.periods"
COLUMNS = ("entry", "date", "description", "account", "debit", "credit")
WRITERS = ("owner", "accountant", "controller")  # the others may not write to the ledger at all
IMPORTED = "Entry;Date;Account;Debit;Credit\nI;2026-05-03;61200;70;\nI;2026-05-03;11110;;70\n"


@pytest.fixture
def file(english_desk: Desk) -> Path:
    """Three entries of May in a ledger."""
    made = english_desk.new()
    rows = [row for key in ("A", "B", "C") for row in entry(key, 100)]
    english_desk.sync(made)
    english_desk.lay(made, {JOURNAL: rows})
    return made


def locked(desk: Desk, status: str) -> None:
    """May is locked by somebody else, in another workbook."""
    file = desk.new(name="hers")
    desk.sync(file)
    row = next(r["row"] for r in seen(file, PERIODS) if r["period"] == "2026-05")
    put(file, PERIODS, row, status=status)
    assert desk.sync(file).status == DONE


def typed(desk: Desk, file: Path) -> None:
    """A new entry, a changed one, one that is deleted and one from another program's file."""
    put(file, JOURNAL, 2, description="changed")
    type_rows(file, JOURNAL, entry("N", 50))
    source = desk.folder / "entries.csv"
    source.write_text(IMPORTED, encoding="utf-8")
    brought = desk.run("import", str(source), str(file), "--sheet", "journal", "--yes", "--json")
    assert brought.reply["new"] == 1, brought.reply["bad"]
    for row in (4, 5):
        put(file, JOURNAL, row, **dict.fromkeys(COLUMNS))


def token_of(desk: Desk, role: str) -> str:
    return add_person(desk.served, f"{role} of {desk.company}", role, desk.company)


def test_nothing_enters_changes_or_leaves_a_closed_period(english_desk: Desk, file: Path) -> None:
    desk = english_desk
    change = seen(file, JOURNAL)[4]["status"].split()[1]
    typed(desk, file)
    locked(desk, "Closed")
    before = desk.kept(JOURNAL)
    for role in WRITERS:
        said = desk.sync(file, "--yes-delete", token=token_of(desk, role))
        assert (said.reply["groups"]["locked"], said.reply["groups"]["applied"]) == (4, 0), role
        assert {problem["code"] for problem in said.problems} == {"period_closed"}
        reversal = desk.run("reverse", str(file), change, "--json", token=token_of(desk, role))
        assert reversal.status == NEEDS_A_PERSON
        assert desk.kept(JOURNAL) == before
    assert {row["entry"] for row in seen(file, JOURNAL)} >= {"A", "C", "N", "I"}


def test_a_period_on_hold_is_for_the_named_role_alone(english_desk: Desk, file: Path) -> None:
    desk = english_desk
    typed(desk, file)
    locked(desk, "On hold")
    refused = desk.sync(file, "--yes-delete", token=token_of(desk, "accountant"))
    assert (refused.reply["groups"]["locked"], refused.reply["groups"]["applied"]) == (4, 0)
    assert {problem["code"] for problem in refused.problems} == {"period_held"}
    assert desk.keys(JOURNAL) == {"A", "B", "C"}
    taken = desk.sync(file, "--yes-delete", token=token_of(desk, "controller"))
    assert (taken.reply["groups"]["applied"], taken.problems) == (4, [])
    assert desk.keys(JOURNAL) == {"A", "C", "N", "I"}
