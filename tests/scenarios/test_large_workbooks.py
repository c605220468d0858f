"""Workbooks of thousands of rows: only what is wrong stays out, only what was changed is sent."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import openpyxl
import pytest

from tests.scenarios.front_desk import DONE, JOURNAL, NEEDS_A_PERSON, Desk
from tests.scenarios.office import columns_of, seen, type_rows, worksheet

ITEMS = "inventory.items"
ACCOUNTS = ("11100", "11200", "31000", "41000", "61200", "61400", "61900")


@pytest.fixture
def desk(english_desk: Desk) -> Desk:
    """One language: rows are rows in both."""
    return english_desk


def head(number: int) -> dict[str, Any]:
    return {"entry": f"J{number:05}", "date": f"2026-05-{number % 28 + 1:02}"}


def cents(amount: int) -> float:
    """An amount as a cell of a workbook holds it."""
    return float(Decimal(amount) / 100)


def five_lines(number: int, off: int = 0) -> list[dict[str, Any]]:
    """An entry of four debits and their sum, in cents; `off`: by how much the sum is not right."""
    amounts = [number * 100 + part for part in range(1, 5)]
    sides: list[dict[str, Any]] = [{"debit": cents(amount)} for amount in amounts]
    sides.append({"credit": cents(sum(amounts) + off)})
    return [
        {**head(number), "account": account, **side}
        for account, side in zip(ACCOUNTS, sides, strict=False)
    ]


def test_one_bad_line_keeps_its_entry_out_and_the_other_999_are_posted(desk: Desk) -> None:
    file = desk.new()
    desk.sync(file)
    entries = [five_lines(n, off=1 if n == 700 else 0) for n in range(1, 1001)]
    assert sum(map(len, entries)) == 5000
    first = type_rows(file, JOURNAL, [line for lines in entries for line in lines])
    said = desk.sync(file)
    assert (said.status, said.reply["groups"]["applied"]) == (NEEDS_A_PERSON, 999)
    assert [(p["code"], p["row"]) for p in said.problems] == [("unbalanced", first + 699 * 5 + 3)]
    assert "difference 0.01" in said.problems[0]["message"]
    counted = Counter(row["entry"] for row in desk.kept(JOURNAL))
    assert counted == Counter({f"J{n:05}": 5 for n in range(1, 1001) if n != 700})
    told = Counter(str(row["status"])[0] for row in seen(file, JOURNAL))
    assert told == {"✓": 4995, "✗": 5}


def unbalanced(random: Random, number: int) -> list[dict[str, Any]]:
    """Two to five lines whose sides differ, often by a single cent."""
    amounts = [
        random.randint(1, 10 ** random.randint(1, 11)) for _ in range(1 + 3 * (number % 10 == 0))
    ]
    off = random.choice((1, -1, 100, random.randint(-(10**9), 10**9)))
    last = sum(amounts) + (off or 1)
    sides: list[dict[str, Any]] = [{"debit": cents(amount)} for amount in amounts]
    sides.append({"credit": cents(last)} if last > 0 else {"debit": 0.01})
    return [{**head(number), "account": random.choice(ACCOUNTS), **side} for side in sides]


def test_of_ten_thousand_random_unbalanced_entries_none_is_kept(desk: Desk) -> None:
    file, random = desk.new(), Random(20261122)
    desk.sync(file)
    tries = [unbalanced(random, n) for n in range(10_000)]
    type_rows(file, JOURNAL, [line for lines in tries for line in lines])
    said = desk.sync(file)
    assert said.status == NEEDS_A_PERSON
    assert (said.reply["groups"]["applied"], said.reply["groups"]["invalid"]) == (0, 10_000)
    assert {p["code"] for p in said.problems} == {"unbalanced"}
    assert desk.kept(JOURNAL) == []


def items() -> list[dict[str, Any]]:
    return [{"code": f"B{n:04}", "name": f"Barang {n}", "unit": "pcs"} for n in range(5000)]


def typed_over(file: Path, random: Random) -> set[tuple[int, str, str, str]]:
    """200 cells of three columns, typed over; row, column, what stood there and what does now."""
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, "inventory", "items")
    columns = columns_of(sheet, "inventory", "items")
    texts = {"name": "Barang {n} baru", "unit": "kg", "min_qty": "{n}"}
    places = [(row, column) for row in range(2, 5002) for column in texts]
    done = set()
    for row, column in random.sample(places, 200):
        cell, text = sheet.cell(row, columns[column]), texts[column].format(n=row)
        done.add((row, column, str(cell.value or ""), text))
        cell.value = int(text) if column == "min_qty" else text
    opened.save(file)
    return done


def audited(desk: Desk, start: int) -> list[tuple[str, str, str]]:
    """Column, what stood there and what does now, of each cell that the audit has from there on."""
    url = f"{desk.server}/v1/companies/{desk.company}/audit"
    signed = {"Authorization": f"Bearer {desk.token}"}
    asked = {"from": str(start), "limit": "5000"}
    changes = httpx2.get(url, params=asked, headers=signed, timeout=60).json()["changes"]
    return [(c, before or "", now or "") for one in changes for c, (before, now) in
            one["cells"].items()]  # fmt: skip


def test_of_5000_exported_items_200_changed_cells_are_just_those_that_are_sent(desk: Desk) -> None:
    mine = desk.new("inventory", "mine")
    desk.sync(mine)
    desk.lay(mine, {ITEMS: items()})
    file = desk.new("inventory")
    first = desk.sync(file)
    assert (first.status, first.reply["received_rows"] >= 5000) == (DONE, True)
    untouched = file.read_bytes()
    said = desk.sync(file)
    assert (sum(said.reply["groups"].values()), said.reply["head"]) == (0, first.reply["head"])
    assert file.read_bytes() == untouched

    done = typed_over(file, Random(20261122))
    listed = desk.run("status", str(file), "--json").reply["changed_cells"]
    assert len(listed) == 200
    assert {(c["row"], c["column"], c["before"] or "", c["after"]) for c in listed} == done
    assert desk.run("status", str(file), "--cells").text.count(" → ") == 200
    said = desk.sync(file)
    assert (said.status, said.problems) == (DONE, [])
    cells = audited(desk, first.reply["head"] + 1)
    assert Counter(cells) == Counter(cell[1:] for cell in done)
    assert desk.run("status", str(file), "--json").reply["changed_cells"] == []
