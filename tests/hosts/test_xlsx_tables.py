"""A table that grows takes along its filter, its rules, its formats, its formulas, its totals."""

import re
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from addin.hosts import open_workbook
from addin.hosts.base import Area, SetCell, SheetEdit
from addin.hosts.errors import TableCannotGrow
from tests.hosts.files import cell, changed_parts, in_openpyxl, part, raw_parts, rich_workbook

ROW_7 = (SetCell(7, 2, None), SetCell(7, 3, "1-9"), SetCell(7, 4, 5), SetCell(8, 4, 6))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = rich_workbook(tmp_path / "rich.xlsm")
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Journal", ROW_7, table="entries", table_bottom=8)])
    workbook.save()
    workbook.close()
    return path


def test_only_the_parts_of_the_table_change(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path / "rich.xlsm")
    before = raw_parts(path)
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Journal", ROW_7, table="Entries", table_bottom=8)])
    workbook.save()
    assert changed_parts(before, raw_parts(path)) == {
        "xl/worksheets/sheet1.xml",
        "xl/tables/table1.xml",
        "xl/workbook.xml",
    }


def test_the_table_and_its_filter_reach_the_new_bottom(path: Path) -> None:
    table = in_openpyxl(path)["Journal"].tables["Entries"]
    assert (table.ref, table.autoFilter.ref) == ("B3:F8", "B3:F8")
    assert open_workbook(path).tables()["Entries"].area == Area(3, 2, 8, 6)


def test_rules_that_reached_the_last_row_reach_the_new_one(path: Path) -> None:
    sheet = in_openpyxl(path)["Journal"]
    validations = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    formats = {str(found.sqref) for found in sheet.conditional_formatting}
    assert validations == {"C4:C8", "H4:H6"}
    assert formats == {"D4:D8", "B4:F5"}
    newer = re.findall(rb"<xm:sqref>([^<]*)<", part(path, "xl/worksheets/sheet1.xml"))
    assert sorted(newer) == [b"D4:D8", b"L4"]


def test_a_cell_with_none_above_it_looks_like_its_column(tmp_path: Path) -> None:
    path = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Dates")
        sheet.set_column(1, 1, 12, made.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.add_table(0, 0, 1, 1, {"columns": [{"header": "Name"}, {"header": "Until"}]})
        sheet.write(1, 0, "the cell to the right of this one is not there")
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Dates", (SetCell(3, 2, date(2024, 12, 31)),), (), "Table1", 3)])
    workbook.save()
    assert in_openpyxl(path)["Dates"]["B3"].number_format == "dd/mm/yyyy"


def test_new_rows_look_like_the_row_above(path: Path) -> None:
    sheet = in_openpyxl(path)["Journal"]
    assert sheet["D7"].number_format == sheet["D8"].number_format == "#,##0.00"
    assert sheet["D8"].font.b


def test_the_users_calculated_column_is_filled_down(path: Path) -> None:
    formulas = open_workbook(path).read("Journal").formulas
    assert formulas[7, 5] == formulas[8, 5] == formulas[6, 5]
    assert "Amount" in formulas[8, 5]


def test_the_stated_size_of_the_sheet_grows(path: Path) -> None:
    assert b'<dimension ref="B1:K8"/>' in part(path, "xl/worksheets/sheet1.xml")


def test_a_heading_that_is_written_names_the_column(path: Path) -> None:
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Journal", (SetCell(3, 4, "Jumlah <Rp>"), SetCell(3, 7, "beside")))])
    workbook.save()
    sheet = in_openpyxl(path)["Journal"]
    names = [column.name for column in sheet.tables["Entries"].tableColumns]
    assert names == ["Date", "Account", "Jumlah <Rp>", "Own", "Status"]
    assert sheet["D3"].value == "Jumlah <Rp>"


def test_a_table_can_become_shorter(path: Path) -> None:
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Journal", table="Entries", table_bottom=4)])
    assert workbook.tables()["Entries"].area.bottom == 4


def with_totals(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Journal")
        bold = book.add_format({"bold": True})
        columns = [
            {"header": "Account", "total_string": "Total"},
            {"header": "Amount", "total_function": "sum"},
        ]
        rows = [["1-1", 10], ["1-2", 20]]
        options = {"name": "Entries", "columns": columns, "data": rows, "total_row": True}
        sheet.add_table("A1:B4", options)
        sheet.write("A4", "Total", bold)
    return path


def test_the_totals_row_moves_down(tmp_path: Path) -> None:
    path = with_totals(tmp_path / "totals.xlsx")
    workbook = open_workbook(path)
    assert workbook.tables()["Entries"].area == Area(1, 1, 3, 2)
    new = (SetCell(4, 1, "1-3"), SetCell(4, 2, 30), SetCell(5, 1, "1-4"))
    workbook.write([SheetEdit("Journal", new, table="Entries", table_bottom=5)])
    workbook.save()
    found = workbook.read("Journal")
    assert [row[0] for row in found.rows] == ["Account", "1-1", "1-2", "1-3", "1-4", "Total"]
    assert list(found.formulas) == [(6, 2)]
    assert workbook.tables()["Entries"].area == Area(1, 1, 5, 2)
    table = in_openpyxl(path)["Journal"].tables["Entries"]
    assert (table.ref, table.autoFilter.ref) == ("A1:B6", "A1:B5")
    assert "s=" in cell(path, "A6")
    assert "s=" not in cell(path, "A4")


def test_totals_are_not_moved_over_what_stands_below(tmp_path: Path) -> None:
    path = with_totals(tmp_path / "totals.xlsx")
    workbook = open_workbook(path)
    workbook.write([SheetEdit("Journal", (SetCell(5, 2, "signed: Sari"),))])
    with pytest.raises(TableCannotGrow, match="B5"):
        workbook.write([SheetEdit("Journal", table="Entries", table_bottom=4)])


def test_a_table_does_not_grow_over_another(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Journal")
        sheet.add_table("A1:B3", {"name": "One"})
        sheet.add_table("B6:C8", {"name": "Two"})
    workbook = open_workbook(path)
    with pytest.raises(TableCannotGrow, match="B6"):
        workbook.write([SheetEdit("Journal", table="One", table_bottom=6)])
    workbook.write([SheetEdit("Journal", table="One", table_bottom=5)])
