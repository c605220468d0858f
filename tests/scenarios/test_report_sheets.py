"""Statements as sheets of the workbook: they follow every sync, and what a person adds stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from addin.hosts import open_workbook
from sync_server.companies import add_person
from tests.scenarios.front_desk import COULD_NOT, DONE, JOURNAL, NEEDS_A_PERSON, Desk
from tests.scenarios.office import entry, type_rows

TITLES = {
    "trial_balance": {"id": "Neraca Saldo", "en": "Trial Balance"},
    "income_statement": {"id": "Laba Rugi", "en": "Income Statement"},
}


@pytest.fixture
def file(desk: Desk) -> Path:
    """A ledger that was synced once, with rent of 100 in May and 30 in April."""
    made = desk.new()
    desk.lay(made, {JOURNAL: [*entry("JV-1", 100), *entry("JV-2", 30, "2026-04-03")]})
    return made


def shown(file: Path, title: str) -> dict[str, list[Any]]:
    """The rows of a report sheet by what stands in their first two columns, from the headings on;
    the lines above them by what the hidden column calls them.
    """
    opened = open_workbook(file)
    lines: dict[str, list[Any]] = {}
    for mark, *cells in (row for row in opened.read(title).rows if row):
        if mark is not None:
            role = str(mark).split()[0]
            name = " ".join(str(cell) for cell in cells[:2] if cell is not None)
            lines[name if role == "row" else role] = [*cells, *[None] * (5 - len(cells))]
    opened.close()
    return lines


def typed(file: Path, title: str, change: Callable[[Worksheet], None]) -> None:
    """What a person does on a sheet, saved by another program."""
    opened = openpyxl.load_workbook(file)
    change(opened[title])
    opened.save(file)


def line_of(sheet: Worksheet, role: str) -> int:
    """The row of a line by what the hidden column calls it."""
    return next(int(c.row) for c in sheet["A"] if str(c.value or "").split()[:1] == [role])


def test_a_trial_balance_follows_an_entry_in_the_same_sync(desk: Desk, file: Path) -> None:
    title = TITLES["trial_balance"][desk.language]
    said = desk.run("report-sheet", str(file), "trial_balance", "--json")
    assert (said.status, said.reply["sheet"]) == (DONE, title)
    assert shown(file, title)["61200 " + name_of_rent(desk)][2:5] == [130, 0, 130]
    type_rows(file, JOURNAL, entry("JV-3", 50))
    assert desk.sync(file).status == DONE
    rows = shown(file, title)
    assert rows["61200 " + name_of_rent(desk)][2:5] == [180, 0, 180]
    total = {"id": "Jumlah", "en": "Total"}[desk.language]
    assert (rows[total][2], summed(file, title)) == (180, 3)
    assert desk.company in str(rows["report:trial_balance"][0])
    assert "IDR" in rows["span"][0]
    before = file.read_bytes()
    assert desk.sync(file).status == DONE
    assert file.read_bytes() == before, "a sheet that is current is not written again"


def name_of_rent(desk: Desk) -> str:
    return {"id": "Beban Sewa", "en": "Rent"}[desk.language]


def summed(file: Path, title: str) -> int:
    """How many cells of a sheet add up others."""
    opened = open_workbook(file)
    formulas = opened.read(title).formulas.values()
    opened.close()
    return sum("SUM(" in formula for formula in formulas)


def line_of_head(file: Path, title: str) -> int:
    opened = open_workbook(file)
    rows = opened.read(title).rows
    opened.close()
    return next(n for n, row in enumerate(rows, 1) if row and str(row[0]).startswith("head"))


def test_the_cells_above_it_say_what_is_asked(desk: Desk, file: Path) -> None:
    title, rent = TITLES["income_statement"][desk.language], "61200 " + name_of_rent(desk)
    asked = ("--period", "2026-05", "--compare", "previous_period")
    desk.run("report-sheet", str(file), "income_statement", *asked)
    assert shown(file, title)[rent][2:5] == [100, 30, 70]

    def ask(name: str, value: object) -> Callable[[Worksheet], None]:
        return lambda sheet: setattr(sheet.cell(line_of(sheet, name), 3), "value", value)

    typed(file, title, ask("period", "2026-Q2"))
    typed(file, title, ask("compare", None))
    assert desk.sync(file).status == DONE
    assert shown(file, title)[rent][2:5] == [130, None, None]
    typed(file, title, ask("period", "musim hujan"))
    said = desk.sync(file)
    lines = shown(file, title)
    told = [{"sheet": title, "message": lines["period"][2]}]
    assert (said.status, said.reply["report_sheets"]) == (DONE, told)
    assert "“musim hujan”" in lines["period"][2]
    assert lines[rent][2] == 130, "it keeps what it had"
    typed(file, title, ask("period", {"id": "april 2026", "en": "April 2026"}[desk.language]))
    assert desk.sync(file).status == DONE
    lines = shown(file, title)
    assert (lines[rent][2], lines["period"][2]) == (30, None)


def test_what_a_person_writes_around_it_stays(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new()
    desk.lay(file, {JOURNAL: entry("JV-1", 100)})
    desk.run("report-sheet", str(file), "trial_balance")
    title = TITLES["trial_balance"]["en"]

    def write(sheet: Worksheet) -> None:
        head = line_of(sheet, "head")
        sheet.cell(head + 1, 8, "seen by Budi")
        sheet.cell(head + 5, 2, "Approved by")
        sheet.column_dimensions["C"].width = 55
        sheet.title = "My balance"

    typed(file, title, write)
    type_rows(file, JOURNAL, entry("JV-2", 30, account="61100"))
    assert desk.sync(file).status == DONE
    sheet = openpyxl.load_workbook(file)["My balance"]
    head = line_of(sheet, "head")
    assert [c.value for c in sheet[head + 5]][1] == "Approved by"
    assert sheet.cell(head + 1, 8).value == "seen by Budi"
    assert sheet.column_dimensions["C"].width == 55
    assert {"61100 Wages", "Total"} <= shown(file, "My balance").keys()

    desk.lay(file, {JOURNAL: entry("JV-3", 5, account="61400")})
    lines = shown(file, "My balance")
    assert f"B{head + 5}" in lines["trouble"][0]
    assert "61400" not in " ".join(lines)
    typed(file, "My balance", lambda sheet: sheet.move_range(f"B{head + 5}", rows=8))
    assert desk.sync(file).status == DONE
    lines = shown(file, "My balance")
    assert lines["trouble"][0] is None
    assert any(name.startswith("61400") for name in lines)


def test_a_row_that_was_typed_over_is_left_alone(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new()
    desk.lay(file, {JOURNAL: entry("JV-1", 100)})
    desk.run("report-sheet", str(file), "trial_balance")
    title = TITLES["trial_balance"]["en"]
    head = line_of_head(file, title)
    typed(file, title, lambda sheet: setattr(sheet.cell(head + 1, 4), "value", 777))
    desk.lay(file, {JOURNAL: entry("JV-2", 30)})
    lines = shown(file, title)
    assert f"row {head + 1} " in lines["trouble"][0].lower()
    assert openpyxl.load_workbook(file)[title].cell(head + 1, 4).value == 777

    def clear(sheet: Worksheet) -> None:
        for column in range(2, 7):
            sheet.cell(head + 1, column).value = None

    typed(file, title, clear)
    assert desk.sync(file).status == DONE
    lines = shown(file, title)
    assert (lines["trouble"][0], lines["61200 Rent"][2]) == (None, 130)


def test_it_shows_only_what_its_person_may_see(english_desk: Desk) -> None:
    desk = english_desk
    moves, items = "inventory.moves", [{"code": "K1", "name": "Kopi", "unit": "kg"}]
    places = [{"code": "GD-A", "name": "A"}, {"code": "GD-B", "name": "B"}]
    head = {"date": "2026-03-01", "kind": "receipt", "item": "K1", "qty": 5, "unit_cost": 10}
    rows = [{**head, "move": f"M-{place['code']}", "warehouse": place["code"]} for place in places]
    owner = desk.new("inventory", name="owner")
    desk.lay(owner, {"inventory.items": [{**items[0], "costing": "FIFO"}]})
    desk.lay(owner, {"inventory.warehouses": places})
    desk.lay(owner, {moves: rows})
    sari = add_person(
        desk.served, f"sari {desk.company}", "warehouse", desk.company, [f"{moves}.warehouse=GD-A"]
    )
    file = desk.new("inventory", name="sari")
    assert desk.sync(file, token=sari).status == DONE
    assert desk.run("report-sheet", str(file), "stock_on_hand", token=sari).status == DONE
    told = " ".join(str(cells) for cells in shown(file, "Stock on Hand").values())
    assert ("GD-A" in told, "GD-B" in told) == (True, False)
    said = desk.run("report-sheet", str(file), "trial_balance", "--json", token=sari)
    assert said.status == NEEDS_A_PERSON
    assert "Not refreshed" in said.reply["messages"][0]


def test_what_cannot_be_asked_is_said_and_changes_nothing(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new()
    before = file.read_bytes()
    said = desk.run("report-sheet", str(file), "neraca", "--json")
    assert (said.status, said.error["code"]) == (COULD_NOT, "unknown_report")
    said = desk.run("report-sheet", str(file), "trial_balance", "--period", "2026", "--json")
    assert (said.status, said.error["code"]) == (COULD_NOT, "unknown_parameter")
    said = desk.run("report-sheet", str(file), "trial_balance", "--stop", "--json")
    assert (said.status, said.error["code"]) == (COULD_NOT, "unknown_report")
    assert file.read_bytes() == before


def test_one_that_was_let_go_stays_as_it_is(english_desk: Desk) -> None:
    desk, title = english_desk, TITLES["trial_balance"]["en"]
    file = desk.new()
    desk.lay(file, {JOURNAL: entry("JV-1", 130)})
    for _ in range(2):
        assert desk.run("report-sheet", str(file), "trial_balance").status == DONE
    said = desk.run("report-sheet", str(file), title, "--stop", "--json")
    assert (said.status, said.reply["stopped"]) == (DONE, [title])
    desk.lay(file, {JOURNAL: entry("JV-3", 50)})
    opened = openpyxl.load_workbook(file)
    figures = [[cell.value for cell in opened[name]["D"]] for name in (title, f"{title} (2)")]
    assert (130 in figures[0], 180 in figures[0]) == (True, False)
    assert 180 in figures[1], "the other one goes on"
    del opened[f"{title} (2)"]
    opened.save(file)
    assert desk.sync(file).status == DONE, "a sheet that its person deleted is not missed"
