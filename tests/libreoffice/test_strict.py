"""Strict mode: the engine refuses wherever Calc would be kinder than Excel."""

import datetime as dt
from decimal import Decimal

import pytest
import xlwings as xw

from addin.libreoffice import DiffersInExcel

READ_OTHERWISE = (
    *("001", "1E5", "1-2", "3/4", "MAR1", "10:30", "TRUE", "false", "12%", "(5)", "$5", "1.000"),
    *("+62811", "-", "@toko", "2026-05-03"),
)


@pytest.mark.parametrize("text", READ_OTHERWISE)
def test_a_text_that_excel_reads_otherwise_is_refused(sheet: xw.Sheet, text: str) -> None:
    with pytest.raises(DiffersInExcel):
        sheet["A1"].value = text
    sheet["A1"].value = f"'{text}"
    assert sheet["A1"].value == text
    sheet["A2"].number_format = "@"
    sheet["A2"].value = text
    assert sheet["A2"].value == text


@pytest.mark.parametrize("text", ["1-1100 Kas", "Mei", "PT Truewood", "no 5", "a=b", "€"])
def test_a_text_that_excel_leaves_alone_is_taken(sheet: xw.Sheet, text: str) -> None:
    sheet["A1"].value = text
    assert sheet["A1"].value == text


@pytest.mark.parametrize(
    "value",
    [
        Decimal("1.5"),
        dt.datetime(2026, 5, 3, tzinfo=dt.UTC),
        dt.date(1900, 1, 5),
        "x" * 32_768,
        "=" + "+".join(["1"] * 5_000),
    ],
    ids=["Decimal", "time zone", "before March 1900", "too long", "long formula"],
)
def test_a_value_that_excel_spoils_is_refused(sheet: xw.Sheet, value: object) -> None:
    with pytest.raises(DiffersInExcel):
        sheet["A1"].value = value


def test_a_block_over_filtered_rows_is_refused_and_single_rows_are_not(sheet: xw.Sheet) -> None:
    sheet["A1:A4"].value = [["a"], ["x"], ["y"], ["x"]]
    table = sheet.tables.add(sheet["A1:A4"], name="tbl_uji")
    table.autofilter.apply_values(1, ["x"])
    with pytest.raises(DiffersInExcel):
        sheet["A2:A4"].value = [["p"], ["q"], ["r"]]
    sheet["A3"].value = "q"
    table.autofilter.clear()
    assert sheet["A2:A4"].value == ["x", "q", "x"]


@pytest.mark.parametrize("name", ["A1", "R1C1", "tbl uji", "AB12"])
def test_a_table_is_not_called_like_a_cell(sheet: xw.Sheet, name: str) -> None:
    sheet["A1:A2"].value = [["a"], [1]]
    with pytest.raises(DiffersInExcel):
        sheet.tables.add(sheet["A1:A2"], name=name)


@pytest.mark.parametrize("name", ["x" * 32, "a/b", "a[b]", "a:b"])
def test_a_sheet_has_a_name_that_excel_knows(sheet: xw.Sheet, name: str) -> None:
    with pytest.raises((DiffersInExcel, ValueError)):
        sheet.name = name
    with pytest.raises(DiffersInExcel):
        sheet.book.sheets.add(name)


def test_the_headings_of_a_table_stay_in_their_row(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [["a"], [1], [2]]
    table = sheet.tables.add(sheet["A1:A3"], name="tbl_uji")
    with pytest.raises(DiffersInExcel):
        table.resize(sheet["A2:A3"])
