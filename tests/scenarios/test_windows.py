"""A workbook that shows some months, or one warehouse: what comes, what leaves, what stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.scenarios.front_desk import DONE, NEEDS_A_PERSON, Desk
from tests.scenarios.office import put, seen, type_rows

JOURNAL = "ledger.journal"


def entry(number: str, day: str, amount: int = 100) -> list[dict[str, object]]:
    head = {"entry": number, "date": day, "description": "Rent"}
    return [
        {**head, "account": "61200", "debit": amount},
        {**head, "account": "11110", "credit": amount},
    ]


def entries(file: Path) -> set[str]:
    return {row["entry"] for row in seen(file, JOURNAL)}


def year(desk: Desk) -> None:
    """An entry in each of three months, by somebody who sees all."""
    file = desk.new(name="all")
    days = ("2026-01-10", "2026-02-10", "2026-03-10")
    rows = [row for n, day in enumerate(days) for row in entry(f"J{n + 1}", day)]
    desk.lay(file, {JOURNAL: rows})


def setup_cell(file: Path, label: str, text: str | None = None) -> str:
    """The cell beside a label of Setup; with a text it is typed there."""
    opened = openpyxl.load_workbook(file)
    sheet = next(opened[n] for n in ("Setup", "Pengaturan") if n in opened)
    (cell,) = [row[2] for row in sheet.iter_rows() if row[1].value == label]
    if text is not None:
        cell.value = text
        opened.save(file)
    return str(cell.value)


def test_a_new_workbook_shows_its_window_and_never_all(english_desk: Desk) -> None:
    year(english_desk)
    file = english_desk.new(name="february", months="2026-02")
    assert setup_cell(file, "Months shown") == "2026-02"
    assert english_desk.sync(file).status == DONE
    assert entries(file) == {"J2"}
    assert len(seen(file, "ledger.accounts")) > 20, "lists are never limited"


def test_a_document_typed_outside_the_window_is_kept_and_leaves(desk: Desk) -> None:
    file = desk.new(name="february", months="2026-02")
    desk.lay(file, {JOURNAL: entry("J2", "2026-02-10")})
    type_rows(file, JOURNAL, entry("J9", "2026-05-10"))
    said = desk.run("sync", str(file))
    assert said.status == DONE
    assert "J9" in said.text
    assert {"id": "di luar jendela", "en": "outside the window"}[desk.language] in said.text
    assert entries(file) == {"J2"}
    assert desk.keys(JOURNAL) == {"J2", "J9"}
    assert desk.sync(file).reply["groups"]["applied"] == 0, "leaving is no deletion"
    assert desk.keys(JOURNAL) == {"J2", "J9"}


def test_what_is_moved_out_by_somebody_else_leaves_and_comes_back(english_desk: Desk) -> None:
    desk = english_desk
    year(desk)
    file, other = desk.new(name="february", months="2026-02"), desk.folder / "all.xlsx"
    desk.sync(file)
    for day, expected in (("2026-06-10", set()), ("2026-02-11", {"J2"})):
        for row in seen(other, JOURNAL):
            if row["entry"] == "J2":
                put(other, JOURNAL, row["row"], date=day)
        assert desk.sync(other).status == DONE
        assert desk.sync(file).status == DONE
        assert entries(file) == expected
    assert desk.keys(JOURNAL) == {"J1", "J2", "J3"}


def test_another_window_is_typed_into_setup(desk: Desk) -> None:
    year(desk)
    file = desk.new(name="february", months="2026-02")
    desk.sync(file)
    label = {"id": "Bulan yang ditampilkan", "en": "Months shown"}[desk.language]
    setup_cell(file, label, "2026-02..2026-03")
    assert desk.sync(file).status == DONE
    assert entries(file) == {"J2", "J3"}
    setup_cell(file, label, "kapan-kapan")
    said = desk.sync(file)
    assert said.error["code"] == "bad_window"
    assert entries(file) == {"J2", "J3"}
    setup_cell(file, label, {"id": "semua", "en": "all"}[desk.language])
    assert desk.sync(file).status == DONE
    assert entries(file) == {"J1", "J2", "J3"}
    assert desk.keys(JOURNAL) == {"J1", "J2", "J3"}


def test_an_unsent_edit_outlives_a_change_of_the_window(english_desk: Desk) -> None:
    desk = english_desk
    year(desk)
    file = desk.new(name="two", months="2026-01..2026-02")
    desk.sync(file)
    first = next(row for row in seen(file, JOURNAL) if row["entry"] == "J1")
    put(file, JOURNAL, first["row"], debit=300)  # does not balance: it cannot be sent as it is
    assert desk.run("window", str(file), "--months", "2026-02").status == DONE
    assert desk.sync(file).status == NEEDS_A_PERSON
    assert entries(file) == {"J1", "J2"}, "a whole entry stays as long as a part of it is unsent"
    for row in seen(file, JOURNAL):
        if row["entry"] == "J1":
            put(file, JOURNAL, row["row"], **{"debit" if row["debit"] else "credit": 300})
    said = desk.sync(file)
    assert said.status == DONE
    assert said.reply["left_window"] == [{"sheet": "journal", "document": "J1"}]
    assert entries(file) == {"J2"}
    assert {"300.00"} == {
        r.get("debit") or r.get("credit") for r in desk.kept(JOURNAL) if r["entry"] == "J1"
    }


def test_what_is_outside_the_window_is_not_called_unknown(english_desk: Desk) -> None:
    desk = english_desk
    laid = {
        "inventory.items": [{"code": "K1", "name": "Kopi", "unit": "kg", "costing": "FIFO"}],
        "inventory.warehouses": [{"code": "GD-A", "name": "A"}, {"code": "GD-B", "name": "B"}],
    }
    whole = desk.new("inventory", name="stock")
    desk.lay(whole, laid)
    file = desk.new("inventory", name="b", only="warehouse=GD-B", months="2026-04")
    desk.sync(file)
    move = {"date": "2026-03-01", "kind": "Receipt", "item": "K1", "qty": 5, "unit_cost": 10}
    desk.lay(whole, {"inventory.moves": [{"move": "M1", "warehouse": "GD-A", **move}]})
    back = {"date": "2026-04-02", "kind": "return_out", "item": "K1", "qty": 1}
    row = {"move": "M2", "warehouse": "GD-B", "returns": "M1", **back}
    type_rows(file, "inventory.moves", [row])
    told = desk.run("status", str(file), "--json").reply["problems"]
    assert not [p for p in told if "unknown" in p["code"]], told


def test_a_workbook_is_bound_later(desk: Desk) -> None:
    file = desk.new(name="later", company="", server="")
    assert desk.sync(file).error["code"] == "unbound"
    assert (
        desk.run("bind", str(file), "--company", desk.company, "--server", desk.server).status
        == DONE
    )
    desk.lay(file, {JOURNAL: entry("J1", "2026-02-10")})
    label = {"id": "Perusahaan", "en": "Company"}[desk.language]
    assert setup_cell(file, label) == f"{desk.company} – PT {desk.company}"
    desk.open_company(f"{desk.company}x")
    said = desk.run("bind", str(file), "--company", f"{desk.company}x", "--json")
    assert said.error["code"] == "already_bound"


def test_a_workbook_is_bound_by_typing_into_setup(desk: Desk) -> None:
    file = desk.new(name="typed", company="", server="")
    labels = {"id": ("Perusahaan", "Server"), "en": ("Company", "Server")}[desk.language]
    for label, text in zip(labels, (desk.company, desk.server), strict=True):
        setup_cell(file, label, text)
    desk.lay(file, {JOURNAL: entry("J1", "2026-02-10")})
    assert desk.keys(JOURNAL) == {"J1"}
