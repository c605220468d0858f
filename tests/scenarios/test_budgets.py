"""Budgets through workbooks: what goes beyond is refused to an accountant, not to a controller."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from sync_server.companies import add_person
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import entry, put, seen, type_rows
from tests.scenarios.test_assets import reported
from workbook_templates.review import REVIEW

BUDGETS, BILLS, PARTIES = "ledger.budgets", "ledger.purchase_bills", "ledger.parties"


@pytest.fixture
def file(english_desk: Desk) -> Path:
    """A ledger with a budget of 12,000 for the rent of the year."""
    made = english_desk.new()
    english_desk.sync(made)
    supplier = {"code": "S1", "name": "S1", "kind": "Supplier"}
    rent = {"year": "2026", "account": "61200", "amount": 12_000, "policy": "Stop"}
    english_desk.lay(made, {BUDGETS: [rent], PARTIES: [supplier]})
    return made


def person(desk: Desk, role: str) -> str:
    """The token of a person of that role."""
    return add_person(desk.served, f"{role} of {desk.company}", role, desk.company)


def test_what_goes_beyond_a_budget_is_told_with_its_figures(english_desk: Desk, file: Path) -> None:
    desk = english_desk
    accountant = person(desk, "accountant")
    type_rows(file, JOURNAL, entry("A", 3001, "2026-03-10"))
    said = desk.sync(file, token=accountant)
    assert {p["code"] for p in said.problems} == {"budget_exceeded"}
    row = assert_told_at_the_cell(file, JOURNAL, said.problems[0], desk.language)
    assert all(figure in row["notes"]["account"] for figure in ("2026-03", "61200"))

    put(file, JOURNAL, 2, debit=2900)
    put(file, JOURNAL, 3, credit=2900)
    assert desk.sync(file, token=accountant).status == 0
    bill = {"bill": "B1", "date": "2026-03-12", "supplier": "S1", "account": "61200"}
    type_rows(file, BILLS, [{**bill, "unit_price": 101}])
    said = desk.sync(file, token=accountant)
    assert {p["code"] for p in said.problems} == {"budget_exceeded"}
    assert_told_at_the_cell(file, BILLS, said.problems[0], desk.language)

    put(file, BILLS, 2, unit_price=102)
    assert desk.sync(file, token=person(desk, "controller")).status == 0
    assert {row["entry"] for row in seen(file, JOURNAL)} == {"A", "PB:B1"}
    asked = {"period": "2026-01..2026-03"}
    (rent,) = (r for r in reported(desk, "budget_against_actual", **asked) if r.get("account"))
    assert [Decimal(rent[c]) for c in ("budget", "actual", "difference")] == [3000, 3002, -2]
    assert rent["mark"] == "off"


def warned(desk: Desk) -> Path:
    """A ledger with a budget of 12,000 for the rent of the year, beyond which people are warned."""
    made = desk.new()
    desk.sync(made)
    warn = desk.served.catalogue.sheets[BUDGETS].column("policy").cell("warn", desk.language)
    rent = {"year": "2026", "account": "61200", "amount": 12_000, "policy": warn}
    desk.lay(made, {BUDGETS: [rent]})
    return made


def on_review(desk: Desk, file: Path) -> set[object]:
    """All that stands below the headings of Review."""
    rows = openpyxl.load_workbook(file)[REVIEW.title[desk.language]].iter_rows(2, values_only=True)
    return {cell for row in rows for cell in row if cell is not None}


def test_a_warning_reaches_the_person_in_the_file_and_refuses_nothing(desk: Desk) -> None:
    file, accountant = warned(desk), person(desk, "accountant")
    type_rows(file, JOURNAL, [*entry("A", 1000, "2026-01-10"), *entry("B", 500, "2026-01-20")])
    said = desk.sync(file, token=accountant)
    assert (said.status, said.problems, desk.keys(JOURNAL)) == (0, [], {"A", "B"})
    (told,) = said.reply["remarks"]
    assert (told["code"], told["row"], told["column"]) == ("beyond_budget", 4, "account")
    rows = {row["row"]: row for row in seen(file, JOURNAL)}
    assert told["message"] in rows[4]["status"]
    assert rows[4]["status"].startswith("✓")
    assert told["message"] in rows[4]["notes"]["account"]
    assert not rows[2]["notes"]
    assert told["message"] in on_review(desk, file)

    assert desk.sync(file, token=accountant).reply["remarks"] == [told]
    put(file, JOURNAL, 4, debit=0.5)
    put(file, JOURNAL, 5, credit=0.5)
    put(file, JOURNAL, 2, debit=999)
    put(file, JOURNAL, 3, credit=999)
    assert desk.sync(file, token=accountant).reply["remarks"] == []
    assert not seen(file, JOURNAL)[2]["notes"]
    assert on_review(desk, file) == set()


def test_who_may_go_beyond_a_budget_is_told_of_it(english_desk: Desk, file: Path) -> None:
    desk = english_desk
    bill = {"bill": "B1", "date": "2026-03-12", "supplier": "S1", "account": "61200"}
    type_rows(file, BILLS, [{**bill, "unit_price": 3100}])
    said = desk.run("sync", str(file), token=person(desk, "controller"))
    assert said.status == 0
    assert "Accepted, but beyond the budget" in " ".join(said.text.split())
    assert "3,100" in seen(file, BILLS)[0]["notes"]["account"]
