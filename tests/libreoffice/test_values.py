"""Values, formulas and formats of cells."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import xlwings as xw

MAY = dt.datetime(2026, 5, 3)


@pytest.mark.parametrize(
    "value", [1.0, -0.1, 1e300, "teks", True, False, MAY, dt.datetime(2026, 5, 3, 14, 30, 15)]
)
def test_a_value_comes_back_with_its_type(sheet: xw.Sheet, value: object) -> None:
    sheet["B2"].value = value
    found = sheet["B2"].value
    assert (found, type(found)) == (value, type(value))


def test_a_block_comes_back_as_rows(sheet: xw.Sheet) -> None:
    rows = [["a", 1.0, MAY], [None, True, "b\nc"], [2.5, None, "ü😀"]]
    sheet["C4"].value = rows
    assert sheet["C4:E6"].options(ndim=2).value == rows
    assert sheet["C4"].current_region.address == "$C$4:$E$6"


def test_a_date_gives_a_general_cell_a_format_and_leaves_others_alone(sheet: xw.Sheet) -> None:
    sheet["A2"].number_format = "yyyy-mm-dd"
    sheet["A1:A2"].value = [[MAY], [MAY]]
    assert sheet["A1"].number_format == "m/d/yyyy"
    assert sheet["A2"].number_format == "yyyy-mm-dd"


def test_a_number_over_a_truth_is_a_number(sheet: xw.Sheet) -> None:
    sheet["A1"].value = True
    sheet["A1"].value = 7
    assert sheet["A1"].value == 7.0
    assert sheet["A1"].value is not True


def test_an_apostrophe_makes_a_text_and_leaves_the_format(sheet: xw.Sheet) -> None:
    sheet["A1:C1"].value = ["'007", "'=1+1", "'2026-05-03"]
    assert sheet["A1:C1"].value == ["007", "=1+1", "2026-05-03"]
    assert sheet["A1:C1"].number_format == "General"


def test_a_blank_text_empties_a_cell(sheet: xw.Sheet) -> None:
    sheet["A1:A2"].value = [[1], [2]]
    sheet["A1"].value = ""
    sheet["A3"].formula = "=ISBLANK(A1)"
    assert sheet["A1:A3"].value == [None, 2.0, True]


def test_errors_are_none_or_their_text(sheet: xw.Sheet) -> None:
    sheet["A1:E1"].formula = [["=1/0", "=NA()", "=xyz", '=VALUE("x")', "=#REF!"]]
    assert sheet["A1:E1"].value == [None] * 5
    told = ["#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#REF!"]
    assert sheet["A1:E1"].options(err_to_str=True).value == told
    assert sheet["A1"].raw_value == -2146826281


def test_a_currency_cell_is_a_decimal_of_four_places_as_on_windows(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "[$Rp-421]#,##0.00"
    sheet["A1"].value = 1234.56789
    assert sheet["A1"].value == Decimal("1234.5679")
    assert sheet["A1"].formula == "1234.56789"


def test_missing_values_of_pandas_and_numpy_are_blank(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[np.float64(1.5), np.nan, pd.NaT, pd.NA, pd.Timestamp(MAY), np.int64(3)]]
    assert sheet["A1:F1"].value == [1.5, None, None, None, MAY, 3.0]


def test_a_data_frame_goes_in_and_comes_out(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame({"tanggal": [MAY, MAY], "jumlah": [1.5, 2.0], "akun": ["1-1", "1-2"]})
    sheet["A1:C9"].number_format = "@"
    sheet["A1:B9"].number_format = "General"
    sheet["A1"].options(index=False).value = frame
    read = sheet["A1"].options(pd.DataFrame, expand="table", index=False).value
    assert read["akun"].tolist() == ["1-1", "1-2"]
    assert read["jumlah"].tolist() == [1.5, 2.0]


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:A3)",
        '=IF(A1>1,"a;b,c",\'Lembar "dua"\'!$B$2)',
        "=Dua!A1+Dua!$B$2",
        "=SUM({1,2;3,4})",
        "=VLOOKUP(A1,Dua!$A:$B,2,0)",
        '=COUNTIFS(A:A,">="&B1,B:B,"<1")',
        '=A1&"\'"&B1',
        "=-A1^2%",
    ],
)
def test_a_formula_is_spelled_as_in_excel(sheet: xw.Sheet, formula: str) -> None:
    sheet.book.sheets.add("Dua", after=sheet)
    sheet.book.sheets.add('Lembar "dua"', after=sheet)
    sheet["F5"].formula = formula
    assert sheet["F5"].formula == formula


def test_one_formula_fills_a_range_and_moves_with_it(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1:B3"].formula = "=A1*$A$1+1"
    assert sheet["B1:B3"].formula == (("=A1*$A$1+1",), ("=A2*$A$1+1",), ("=A3*$A$1+1",))
    assert sheet["B1:B3"].value == [2.0, 3.0, 4.0]


def test_a_formula_of_a_table_counts(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [["jumlah"], [2], [3]]
    sheet.tables.add(sheet["A1:A3"], name="tbl_uji")
    sheet["C1"].formula = "=SUM(tbl_uji[jumlah])"
    assert sheet["C1"].value == 5.0


def test_formulas_and_constants_are_told_apart(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [["'=1"], [1], [None]]
    sheet["A3"].formula = "=A2"
    assert [part.address for part in sheet["A1:A3"].get_special_cells("formulas")] == ["$A$3"]
    assert [part.address for part in sheet["A1:A3"].get_special_cells("constants")] == ["$A$1:$A$2"]


@pytest.mark.parametrize(
    "code", ["General", "@", "#,##0.00", "yyyy-mm-dd", "dd/mm/yyyy hh:mm", "[h]:mm", '0.0" kg"']
)
def test_a_number_format_is_spelled_as_in_excel(sheet: xw.Sheet, code: str) -> None:
    sheet["A1:B2"].number_format = code
    assert sheet["A1:B2"].number_format == code


def test_a_column_with_several_formats_gives_each_cell_its_type(sheet: xw.Sheet) -> None:
    sheet["A1:A6"].value = [[1], [MAY], [2], [MAY], [True], [3]]
    assert sheet["A1:A6"].value == [1.0, MAY, 2.0, MAY, True, 3.0]
    assert sheet["A1:A6"].number_format is None


def test_what_is_typed_is_read_as_excel_reads_it(kind_sheet: xw.Sheet) -> None:
    kind_sheet["A1:F1"].value = ["0012", "true", "50%", "12/31/2025", "2026-05-03", "1,234.5"]
    read = [12.0, True, 0.5, dt.datetime(2025, 12, 31), MAY, 1234.5]
    assert kind_sheet["A1:F1"].value == read


def test_a_workbook_of_1904_counts_its_days_so(sheet: xw.Sheet, tmp_path) -> None:
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active["A1"] = MAY
    made.save(tmp_path / "mac.xlsx")
    book = sheet.book.app.books.open(str(tmp_path / "mac.xlsx"))
    book.sheets[0]["A2"].value = MAY
    assert book.sheets[0]["A1:A2"].value == [MAY, MAY]


def test_a_block_of_any_size_takes_the_same_few_calls(sheet: xw.Sheet) -> None:
    def calls(rows: int) -> int:
        block = [[f"id {n} x", MAY, n / 4, "IDR", n % 2 == 0] for n in range(rows)]
        before = sheet.book.app.impl.office.calls
        sheet["A1"].value = block
        assert sheet["A1"].resize(rows, 5).options(ndim=2).value == block
        return int(sheet.book.app.impl.office.calls - before)

    assert calls(2) >= calls(10_000) == calls(3)
