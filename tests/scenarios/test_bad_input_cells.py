"""What a wrong cell gets: a sentence at the cell with what to do, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

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


RENT = entry("JV-1", 1_250_000)
MISTAKES = {
    "an unknown account": Mistake(
        changed(RENT, account="11111", debit=1_250_000),
        "account",
        "unknown_account",
        {"id": "Akun 11111 tidak ada. Maksud Anda 11110?", "en": "Did you mean 11110?"},
        {"account": "61300"},
    ),
    "an unbalanced entry": Mistake(
        changed(RENT, line=1, credit=1_200_000),
        "credit",
        "unbalanced",
        {"id": "selisih 50.000,00", "en": "difference 50,000.00"},
        {"credit": 1_250_000},
        line=1,
    ),
    "a text in an amount": Mistake(
        changed(RENT, debit="satu juta"),
        "debit",
        "not_a_number",
        {"id": "“satu juta” bukan angka. Tulis angka saja", "en": "“satu juta” is not a number."},
        {"debit": 1_250_000},
    ),
    "a date that the calendar does not have": Mistake(
        changed(RENT, date="31/02/2026"),
        "date",
        "no_such_date",
        {"id": "urutan tanggal/bulan/tahun", "en": "in the order month/day/year"},
        {"date": "2026-02-28"},
    ),
    "a date in a closed period": Mistake(
        [{**row, "date": "2026-04-30"} for row in RENT],
        "date",
        "period_closed",
        {"id": "Periode 2026-04 sudah ditutup.", "en": "Period 2026-04 is closed."},
        {"date": "2026-05-01"},
        before=close_april,
    ),
    "a date in a year without periods": Mistake(
        [{**row, "date": "2062-05-03"} for row in RENT],
        "date",
        "no_period",
        {"id": "Periksa tanggalnya", "en": "Check the date"},
        {"date": "2026-05-03"},
    ),
    "an error of a formula": Mistake(
        changed(RENT, debit="#N/A"),
        "debit",
        "error_in_cell",
        {"id": "#N/A. Perbaiki rumusnya", "en": "#N/A. Mend the formula"},
        {"debit": 1_250_000},
    ),
    "an identity number typed as a number": Mistake(
        [employee("E1", 3171234567890123)],
        "nik",
        "identifier_as_number",
        {"id": "Format selnya sebagai Teks", "en": "Format the cell as Text"},
        {"nik": "3171234567890123"},
        table=EMPLOYEES,
        beside=[employee("OK", "3171234567890124")],
    ),
    "a negative quantity": Mistake(
        [move("M1", -5)],
        "qty",
        "not_positive",
        {"id": "-5 harus lebih besar dari nol", "en": "-5 must be greater than zero"},
        {"qty": 5},
        table=MOVES,
        before=stock_ten,
        beside=[move("OK", 2)],
    ),
    "more out than there was on that day": Mistake(
        [move("M1", 8, date="2026-05-03")],
        "qty",
        "stock_shortage",
        {
            "id": "pada 03/05/2026 hanya 0 kg, sedangkan M1 mengeluarkan 8 kg",
            "en": "only 0 kg of TEH Teh in warehouse G1 on 2026-05-03, and M1 takes out 8 kg",
        },
        {"date": "2026-05-04"},
        table=MOVES,
        before=stock_ten,
        beside=[move("OK", 2)],
    ),
    "a supplier's invoice number for the second time": Mistake(
        [bill("B2", "F-77")],
        "supplier_ref",
        "duplicate_supplier_ref",
        {"id": "F-77 dari pemasok S1 sudah dicatat sebagai OK", "en": "already entered as OK"},
        {"supplier_ref": "F-78"},
        table=BILLS,
        before=add_supplier,
        beside=[bill("OK", "F-77")],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_at_its_cell_and_lands_once_mended(desk: Desk, mistake: Mistake) -> None:
    file = desk.new(mistake.table.partition(".")[0])
    mistake.before(desk, file)
    first = type_rows(file, mistake.table, [*mistake.beside, *mistake.rows])
    row = first + len(mistake.beside) + mistake.line

    assert_refused(desk, file, mistake, row)

    for line in range(len(mistake.rows) if "date" in mistake.mended else 1):  # dates are heads
        put(file, mistake.table, row + line, **mistake.mended)
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


@pytest.mark.parametrize(("language", "typed"), [("en", "1.000"), ("id", "1,000")])
def test_the_thousands_of_another_language_are_asked_about(
    desk: Desk, language: str, typed: str
) -> None:
    if desk.language != language:
        file = desk.new()
        type_rows(file, JOURNAL, changed(entry("JV-1", 1000), debit=typed))
        assert_all_is_well(file, desk.sync(file))
        assert desk.kept(JOURNAL)[0]["debit"] == "1000.00"
        return
    says = {
        "id": "“1,000” dapat berarti 1 atau 1.000.",
        "en": "“1.000” may mean 1 or 1,000.",
    }
    rows = changed(entry("JV-1", 1000), debit=typed)
    mistake = Mistake(rows, "debit", "doubtful_number", says, {"debit": 1000})
    test_a_mistake_is_told_at_its_cell_and_lands_once_mended(desk, mistake)
