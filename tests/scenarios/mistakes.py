"""One wrong cell in a workbook: typed, refused at its cell, mended, and taken by the next sync."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.scenarios.front_desk import (
    DONE,
    JOURNAL,
    NEEDS_A_PERSON,
    Desk,
    assert_all_is_well,
    assert_told_at_the_cell,
    row_at,
)
from tests.scenarios.office import entry, put, seen, type_rows

BILLS, EMPLOYEES, MOVES = "ledger.purchase_bills", "hr.employees", "inventory.moves"
Row = dict[str, Any]


def _nothing(desk: Desk, file: Path) -> None:
    """Nothing has to be there before."""


def close_april(desk: Desk, file: Path) -> None:
    """The accountant has closed April."""
    desk.sync(file)
    rows = {str(row["period"])[:7]: row["row"] for row in seen(file, "ledger.periods")}
    put(file, "ledger.periods", rows["2026-04"], status="closed")
    assert desk.sync(file).status == DONE


def add_supplier(desk: Desk, file: Path) -> None:
    """A supplier is known."""
    supplier = {"code": "S1", "name": "PT Sumber Rejeki", "kind": "supplier"}
    desk.lay(file, {"ledger.parties": [supplier]})


def stock_ten(desk: Desk, file: Path) -> None:
    """Ten kilograms of tea came in on 4 May."""
    item = {"code": "TEH", "name": "Teh", "unit": "kg", "costing": "fifo"}
    tables = {"inventory.items": [item], "inventory.warehouses": [{"code": "G1", "name": "Pusat"}]}
    desk.lay(file, {**tables, MOVES: [move("M0", 10, kind="receipt", unit_cost=5000)]})


def move(number: str, qty: object, **more: Any) -> Row:
    """A stock move of tea; an issue unless told otherwise."""
    head = {"move": number, "date": "2026-05-04", "kind": "issue", "item": "TEH"}
    return {**head, "qty": qty, "warehouse": "G1", **more}


def bill(number: str, reference: str) -> Row:
    """A supplier's invoice of one line."""
    head = {"bill": number, "date": "2026-05-04", "supplier": "S1", "supplier_ref": reference}
    return {**head, "account": "61200", "qty": 1, "unit_price": 500_000}


def employee(number: str, nik: object) -> Row:
    """An employee with an identity number."""
    return {"employee": number, "name": "Sari Dewi", "nik": nik, "joined": "2026-01-05"}


def changed(rows: Sequence[Mapping[str, Any]], line: int = 0, **cells: object) -> list[Row]:
    """Rows with cells of one line changed."""
    return [{**row, **cells} if n == line else dict(row) for n, row in enumerate(rows)]


@dataclass(frozen=True)
class Mistake:
    """A document with one wrong cell: what is typed, where, what is said and how it is mended."""

    rows: list[Row]
    column: str
    code: str
    says: dict[str, str]
    mended: Row
    line: int = 0
    table: str = JOURNAL
    before: Callable[[Desk, Path], None] = _nothing
    beside: list[Row] = field(default_factory=lambda: [dict(row) for row in entry("OK", 200)])

    @property
    def typed(self) -> object:
        """What stands in the wrong cell; None where it is wrong by another cell."""
        return self.rows[self.line].get(self.column)


def assert_told_and_mended(desk: Desk, mistake: Mistake) -> None:
    """The mistake is told at its cell, nothing typed is lost, and once mended the row lands."""
    file = desk.new(mistake.table.partition(".")[0])
    mistake.before(desk, file)
    first = type_rows(file, mistake.table, [*mistake.beside, *mistake.rows]) + len(mistake.beside)
    row = first + mistake.line

    assert_refused(desk, file, mistake, row)

    dated = "date" in mistake.mended  # the date is the whole document's
    for line in range(len(mistake.rows)) if dated else [mistake.line]:
        put(file, mistake.table, first + line, **mistake.mended)
    said = desk.sync(file)
    assert_all_is_well(file, said)
    assert said.reply["groups"]["applied"] == 1
    assert row_at(file, mistake.table, row)["status"].startswith("✓")


def assert_refused(desk: Desk, file: Path, mistake: Mistake, row: int) -> None:
    """The mistake alone is refused and told; what was typed stands, and what is beside it lands."""
    said = desk.sync(file)
    assert said.status == NEEDS_A_PERSON
    told = [p for p in said.problems if p["row"] == row]
    assert [(p["sheet"], p["column"], p["code"]) for p in told] == [
        (mistake.table.partition(".")[2], mistake.column, mistake.code)
    ], said.reply
    assert mistake.says[desk.language] in told[0]["message"]
    shown = assert_told_at_the_cell(file, mistake.table, told[0], desk.language)
    assert shown[mistake.column] == mistake.typed
    assert "OK" in desk.keys(mistake.table)
    assert said.reply["groups"]["applied"] == 1
    again = desk.run("sync", str(file))
    assert again.status == NEEDS_A_PERSON
    assert told[0]["message"] in again.text
