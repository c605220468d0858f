"""Sheets that people rearrange: merged, sorted, renamed, with columns and rows of their own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenarios.front_desk import (
    JOURNAL,
    NEEDS_A_PERSON,
    Desk,
    assert_all_is_well,
    at,
    reviewed,
    row_at,
)
from tests.scenarios.office import columns_of, entry, put, seen, type_rows, worksheet


@contextmanager
def journal_of(file: Path) -> Iterator[Worksheet]:
    """The journal's sheet, to be changed by hand; saved in the end."""
    opened = openpyxl.load_workbook(file)
    yield worksheet(opened, "ledger", "journal")
    opened.save(file)


def two_entries(desk: Desk) -> Path:
    """A ledger with two typed entries of two lines, in rows 2 to 5."""
    file = desk.new()
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    return file


def test_merged_cells_are_told_and_their_entry_waits(desk: Desk) -> None:
    file = two_entries(desk)
    with journal_of(file) as sheet:
        sheet.merge_cells("D2:D3")
    said = desk.sync(file)
    assert said.status == NEEDS_A_PERSON
    assert {(p["row"], p["code"]) for p in said.problems} == {
        (2, "merged_cells"),
        (3, "merged_cells"),
    }
    says = {"id": "Pisahkan selnya", "en": "Unmerge them"}[desk.language]
    for row in (2, 3):
        assert says in row_at(file, JOURNAL, row)["status"]
    assert len(reviewed(file)) == 2
    assert row_at(file, JOURNAL, 2)["debit"] == 100
    assert desk.keys(JOURNAL) == {"JV-2"}
    with journal_of(file) as sheet:
        sheet.unmerge_cells("D2:D3")
    assert_all_is_well(file, desk.sync(file))


def with_result(file: Path, formula: str, result: str) -> None:
    """Put the result that Excel would have saved beside a formula."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    empty = re.compile(rf"(<f>{re.escape(formula)}</f>)<v ?(?:/>|></v>)".encode())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, empty.sub(rf"\g<1><v>{result}</v>".encode(), content))


def test_a_formula_in_a_cell_counts_as_its_result_and_stays_a_formula(english_desk: Desk) -> None:
    file = two_entries(english_desk)
    put(file, JOURNAL, 2, debit="=50*2")
    with_result(file, "50*2", "100")
    assert_all_is_well(file, english_desk.sync(file))
    assert english_desk.kept(JOURNAL)[0]["debit"] == "100.00"
    assert row_at(file, JOURNAL, 2)["debit"] == "=50*2"


def test_a_formula_that_nobody_calculated_is_asked_about_and_blanks_nothing(desk: Desk) -> None:
    file = two_entries(desk)
    assert_all_is_well(file, desk.sync(file))
    put(file, JOURNAL, 2, debit="=50*2")
    said = desk.sync(file)
    assert [(p["row"], p["column"], p["code"]) for p in said.problems] == [
        (2, "debit", "formula_without_result")
    ]
    assert {"id": "simpan", "en": "save"}[desk.language] in said.problems[0]["message"]
    assert row_at(file, JOURNAL, 2)["debit"] == "=50*2"
    assert desk.kept(JOURNAL)[0]["debit"] == "100.00"
    with_result(file, "50*2", "100")
    assert_all_is_well(file, desk.sync(file))


def test_an_entry_whose_lines_stand_far_apart_is_one_entry(english_desk: Desk) -> None:
    file = english_desk.new()
    first, second = entry("JV-1", 100)
    type_rows(file, JOURNAL, [first, *entry("JV-2", 200)])
    with journal_of(file) as sheet:
        columns = columns_of(sheet, "ledger", "journal")
        for key, value in second.items():
            sheet.cell(60, columns[key], value)
    assert_all_is_well(file, english_desk.sync(file))
    assert english_desk.keys(JOURNAL) == {"JV-1", "JV-2"}
    assert row_at(file, JOURNAL, 60)["status"].startswith("✓")


def test_half_a_range_that_was_sorted_changes_nothing_centrally(english_desk: Desk) -> None:
    """The typed columns were sorted without our hidden one, so that ids stand at other rows."""
    file = two_entries(english_desk)
    assert_all_is_well(file, english_desk.sync(file))
    before = english_desk.kept(JOURNAL)
    with journal_of(file) as sheet:
        for column in columns_of(sheet, "ledger", "journal").values():
            cells = [sheet.cell(row, column) for row in (2, 3, 4, 5)]
            values = [cell.value for cell in cells]
            for cell, value in zip(cells, reversed(values), strict=True):
                cell.value = value
    said = english_desk.sync(file)
    assert_all_is_well(file, said)
    assert said.reply["groups"]["applied"] == 0
    assert english_desk.kept(JOURNAL) == before


def test_a_heading_that_was_deleted_is_told_and_its_cells_stay(desk: Desk) -> None:
    file = two_entries(desk)
    assert_all_is_well(file, desk.sync(file))
    with journal_of(file) as sheet:
        column = columns_of(sheet, "ledger", "journal")["description"]
        heading = sheet.cell(1, column).value
        sheet.cell(1, column).value = None
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["missing_column"]
    assert str(heading) in said.problems[0]["message"]
    assert {row["description"] for row in desk.kept(JOURNAL)} == {"Rent"}
    with journal_of(file) as sheet:
        assert sheet.cell(2, column).value == "Rent"
        sheet.cell(1, column).value = heading
    assert_all_is_well(file, desk.sync(file))


def renamed(sheet: Worksheet) -> None:
    sheet.title = "Jurnal Mei (final) OK"


def with_own_column(sheet: Worksheet) -> None:
    """Everything from the third column on moves one to the right, as when Excel inserts one."""
    sheet.move_range(f"C1:{sheet.cell(5, sheet.max_column).coordinate}", cols=1)
    sheet.cell(1, 3).value = "Catatan saya"
    for row in (2, 3, 4, 5):
        sheet.cell(row, 3).value = "tanya Budi"
    _stretch(sheet, 1)


def with_swapped_columns(sheet: Worksheet) -> None:
    for row in range(1, 6):
        left, right = sheet.cell(row, 2), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value
    _stretch(sheet, 0)


def with_hidden_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].hidden = True


def with_the_same_heading_twice(sheet: Worksheet) -> None:
    last = sheet.max_column + 2
    sheet.cell(1, last).value = "Debit"
    sheet.cell(2, last).value = 999


def _stretch(sheet: Worksheet, by: int) -> None:
    """Let the table's columns follow the cells, as Excel does."""
    (table,) = sheet.tables.values()
    first, last = table.ref.split(":")
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", last).groups()  # type: ignore[union-attr]  # an area
    wide = column_index_from_string(letters) + by
    table.ref = f"{first}:{get_column_letter(wide)}{row}"
    table.autoFilter.ref = table.ref
    table.tableColumns = []
    table._initialise_columns()
    for n, column in enumerate(table.tableColumns, start=1):
        column.name = str(sheet.cell(1, n).value)


REARRANGED: dict[str, Callable[[Worksheet], None]] = {
    "renamed": renamed,
    "with a column of one's own": with_own_column,
    "with swapped columns": with_swapped_columns,
    "with hidden rows": with_hidden_rows,
    "with the same heading twice": with_the_same_heading_twice,
}


@pytest.mark.parametrize("rearrange", REARRANGED.values(), ids=REARRANGED.keys())
def test_a_rearranged_sheet_is_read_as_before(
    english_desk: Desk, rearrange: Callable[[Worksheet], None]
) -> None:
    file = two_entries(english_desk)
    with journal_of(file) as sheet:
        rearrange(sheet)
        title, shown = sheet.title, own_cells(sheet)
    said = english_desk.sync(file)
    assert_all_is_well(file, said)
    assert said.reply["groups"]["applied"] == 2
    kept = [
        (r["entry"], r["date"], r["account"], r.get("debit")) for r in english_desk.kept(JOURNAL)
    ]
    assert kept[0] == ("JV-1", "2026-05-03", "61200", "100.00")
    assert len(kept) == 4
    after = openpyxl.load_workbook(file)[title]
    assert own_cells(after) == shown
    second = english_desk.sync(file)
    assert second.reply["groups"]["applied"] == 0


def own_cells(sheet: Worksheet) -> list[list[object]]:
    """What a person typed in the first rows, under whatever heading."""
    heads = [cell.value for cell in sheet[1]]
    ours = {"_id", "Status", "_flags", "Due", "Party", "Source"}
    kept = [n for n, head in enumerate(heads) if head not in ours and head is not None]
    rows = sheet.iter_rows(1, 5, values_only=True)
    return [[row[n] if n < len(row) else None for n in kept] for row in rows]


def test_a_second_row_of_headings_is_refused_and_the_rest_lands(desk: Desk) -> None:
    file = desk.new()
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, "ledger", "journal")
    heads = {
        key: str(sheet.cell(1, n).value)
        for key, n in columns_of(sheet, "ledger", "journal").items()
    }
    typed = {key: heads[key] for key in ("entry", "date", "account", "debit", "credit")}
    row = type_rows(file, JOURNAL, [typed, *entry("OK", 100)])
    said = desk.sync(file)
    assert said.status == NEEDS_A_PERSON
    assert {p["row"] for p in said.problems} == {row}
    assert "not_a_date" in {p["code"] for p in said.problems}
    assert desk.keys(JOURNAL) == {"OK"}
    put(file, JOURNAL, row, **dict.fromkeys(typed))
    assert_all_is_well(file, desk.sync(file))


def test_rows_copied_with_their_hidden_id_are_new_rows(english_desk: Desk) -> None:
    file = two_entries(english_desk)
    assert_all_is_well(file, english_desk.sync(file))
    with journal_of(file) as sheet:
        for row in (2, 3):
            for column in range(1, sheet.max_column + 1):
                sheet.cell(row + 4, column).value = sheet.cell(row, column).value
        number = columns_of(sheet, "ledger", "journal")["entry"]
        for row in (6, 7):
            sheet.cell(row, number).value = "JV-3"
    said = english_desk.sync(file)
    assert_all_is_well(file, said)
    assert english_desk.keys(JOURNAL) == {"JV-1", "JV-2", "JV-3"}
    assert len({row["id"] for row in seen(file, JOURNAL)}) == 6


def test_text_typed_over_our_status_is_only_words(english_desk: Desk) -> None:
    file = two_entries(english_desk)
    assert_all_is_well(file, english_desk.sync(file))
    with journal_of(file) as sheet:
        status = next(cell.column for cell in sheet[1] if cell.value == "Status")
        sheet.cell(2, status).value = "sudah dicek"
    said = english_desk.sync(file)
    assert_all_is_well(file, said)
    assert said.reply["groups"]["applied"] == 0


def test_an_own_total_below_the_rows_is_no_entry(english_desk: Desk) -> None:
    file = two_entries(english_desk)
    opened = openpyxl.load_workbook(file)
    place = at(opened, JOURNAL, 60, "debit")
    place.value = f"=SUM({place.column_letter}2:{place.column_letter}5)"
    opened.save(file)
    with_result(file, str(place.value)[1:], "300")
    assert_all_is_well(file, english_desk.sync(file))
