"""Somebody who may see one warehouse only: what they get, what leaves, what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync_server.companies import add_person, limit_person
from tests.scenarios.front_desk import DONE, NEEDS_A_PERSON, Desk
from tests.scenarios.office import put, seen, type_rows

MOVES = "inventory.moves"
ONLY_A = f"{MOVES}.warehouse=GD-A"
LAID: Mapping[str, Any] = {
    "inventory.items": [{"code": "K1", "name": "Kopi", "unit": "kg", "costing": "FIFO"}],
    "inventory.warehouses": [{"code": "GD-A", "name": "A"}, {"code": "GD-B", "name": "B"}],
}


def receipt(number: str, warehouse: str, qty: int = 5) -> dict[str, Any]:
    head = {"move": number, "date": "2026-03-01", "kind": "receipt", "item": "K1"}
    return {**head, "warehouse": warehouse, "qty": qty, "unit_cost": 10}


@pytest.fixture
def all_of_it(english_desk: Desk) -> Path:
    """The owner's workbook, with a receipt in either warehouse."""
    file = english_desk.new("inventory", name="owner")
    english_desk.lay(file, {**LAID, MOVES: [receipt("M1", "GD-A"), receipt("M2", "GD-B")]})
    return file


@pytest.fixture
def sari(english_desk: Desk) -> str:
    """The token of somebody in warehouse A."""
    desk = english_desk
    return add_person(desk.served, f"sari {desk.company}", "warehouse", desk.company, [ONLY_A])


def moves(file: Path) -> set[str]:
    return {row["move"] for row in seen(file, MOVES)}


def test_only_their_rows_come_and_only_those_are_taken(
    english_desk: Desk, all_of_it: Path, sari: str
) -> None:
    desk = english_desk
    file = desk.new("inventory", name="sari")
    assert desk.sync(file, token=sari).status == DONE
    assert moves(file) == {"M1"}
    type_rows(file, MOVES, [receipt("M3", "GD-A"), receipt("M4", "GD-B")])
    said = desk.sync(file, token=sari)
    assert said.status == NEEDS_A_PERSON
    assert (said.reply["groups"]["applied"], said.reply["groups"]["denied"]) == (1, 1)
    (problem,) = said.problems
    assert problem["code"] == "not_your_rows"
    assert "Warehouse GD-A" in problem["message"]
    assert desk.keys(MOVES) == {"M1", "M2", "M3"}


def test_what_another_moves_out_of_their_sight_leaves_their_sheet(
    english_desk: Desk, all_of_it: Path, sari: str
) -> None:
    desk = english_desk
    file = desk.new("inventory", name="sari")
    desk.sync(file, token=sari)
    for warehouse, expected in (("GD-B", set()), ("GD-A", {"M1"})):
        row = next(r for r in seen(all_of_it, MOVES) if r["move"] == "M1")
        put(all_of_it, MOVES, row["row"], warehouse=warehouse)
        assert desk.sync(all_of_it).status == DONE
        assert desk.sync(file, token=sari).status == DONE
        assert moves(file) == expected
    assert desk.keys(MOVES) == {"M1", "M2"}, "leaving is no deletion"


def test_an_unsent_edit_of_a_row_that_left_waits_for_its_person(
    english_desk: Desk, all_of_it: Path, sari: str
) -> None:
    desk = english_desk
    file = desk.new("inventory", name="sari")
    desk.sync(file, token=sari)
    put(file, MOVES, seen(file, MOVES)[0]["row"], note="mine")
    row = next(r for r in seen(all_of_it, MOVES) if r["move"] == "M1")
    put(all_of_it, MOVES, row["row"], warehouse="GD-B")
    desk.sync(all_of_it)
    said = desk.sync(file, token=sari)
    assert said.status == NEEDS_A_PERSON
    assert "may no longer see this row" in said.problems[0]["message"]
    assert seen(file, MOVES)[0]["note"] == "mine"
    assert desk.run("resolve", str(file), "--all", "theirs", token=sari).status == DONE
    assert desk.sync(file, token=sari).status == DONE
    assert moves(file) == set()


def test_other_rights_bring_and_take_rows(english_desk: Desk, all_of_it: Path, sari: str) -> None:
    desk = english_desk
    file, name = desk.new("inventory", name="sari"), f"sari {desk.company}"
    desk.sync(file, token=sari)
    limit_person(desk.served, name, desk.company, [f"{MOVES}.warehouse=GD-B"])
    assert desk.sync(file, token=sari).status == DONE
    type_rows(file, MOVES, [receipt("M5", "GD-B")])
    assert desk.sync(file, token=sari).status == DONE
    assert moves(file) == {"M2", "M5"}
    limit_person(desk.served, name, desk.company, [])
    type_rows(file, MOVES, [receipt("M6", "GD-A")])
    assert desk.sync(file, token=sari).status == DONE
    assert moves(file) == {"M1", "M2", "M5", "M6"}
    assert desk.keys(MOVES) == {"M1", "M2", "M5", "M6"}


def test_no_report_tells_of_a_row_that_they_may_not_see(
    english_desk: Desk, all_of_it: Path, sari: str
) -> None:
    desk = english_desk
    type_rows(all_of_it, MOVES, [receipt("M3", "GD-B", qty=77370)])
    assert desk.sync(all_of_it).status == DONE
    url = f"{desk.server}/v1/companies/{desk.company}/reports"
    asked = {"as_of": "2026-03-31", "period": "2026-03", "item": "K1"}
    told: dict[str, dict[str, str]] = {"owner": {}, "sari": {}}
    for person, token in (("owner", desk.token), ("sari", sari)):
        with httpx2.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
            for report in http.get(url).json()["reports"]:
                reply = http.get(f"{url}/{report['report']}", params=asked).json()
                told[person][report["report"]] = repr(reply.get("rows"))
    hidden = ("M3", "7737", "7738")  # its number, its quantity, the sum with what they may see
    owners = {name for name, text in told["owner"].items() if any(h in text for h in hidden)}
    assert owners & told["sari"].keys(), "nothing would be hidden"
    assert [name for name, text in told["sari"].items() if any(h in text for h in hidden)] == []
