"""Workbooks, sheets, tables, names, notes and what is done to cells."""

from pathlib import Path

import pytest
import xlwings as xw

from addin.libreoffice import CannotOpen, CannotSave, Closed, SheetProtected


def test_a_workbook_is_saved_opened_and_saved_again(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.sheets[0]["A1"].value = "satu"
    book.save(tmp_path / "buku kerja.xlsx")
    assert (book.name, Path(book.fullname)) == ("buku kerja.xlsx", tmp_path / "buku kerja.xlsx")
    book.sheets[0]["A1"].value = "dua"
    book.save()
    book.close()
    assert app.books.open(tmp_path / "buku kerja.xlsx").sheets[0]["A1"].value == "dua"
    assert [file.name for file in tmp_path.iterdir()] == ["buku kerja.xlsx"]


def test_new_workbooks_have_names_of_their_own(app: xw.App) -> None:
    names = {app.books.add().name, app.books.add().name}
    assert len(names) == len(app.books) == 2
    assert all(app.books[name].name == name for name in names)


def test_what_is_no_workbook_cannot_be_opened(app: xw.App, tmp_path: Path) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(CannotOpen):
        app.books.open(tmp_path / "rusak.xlsx")
    assert len(app.books) == 0


def test_a_workbook_cannot_be_saved_into_no_folder(app: xw.App, tmp_path: Path) -> None:
    with pytest.raises(CannotSave):
        app.books.add().save(tmp_path / "nowhere" / "x.xlsx")


def test_sheets_are_added_renamed_copied_moved_hidden_and_deleted(sheet: xw.Sheet) -> None:
    book = sheet.book
    second = book.sheets.add("Dua", after=sheet)
    sheet["A1"].value = "isi"
    sheet.copy(after=second, name="Salinan")
    second.name = "Kedua"
    assert [s.name for s in book.sheets] == ["Sheet1", "Kedua", "Salinan"]
    assert book.sheets["Salinan"]["A1"].value == "isi"
    second.visible = False
    assert (second.visible, second.index) == (False, 2)
    book.sheets["Salinan"].delete()
    assert "Salinan" not in [s.name for s in book.sheets]
    with pytest.raises(Closed):
        book.sheets["Salinan"]


def test_a_table_is_found_grows_shrinks_and_knows_its_parts(sheet: xw.Sheet) -> None:
    sheet["B2:C4"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(sheet["B2:C4"], name="tbl_uji")
    assert table.range.address == "$B$2:$C$4"
    assert table.header_row_range.value == ["a", "b"]
    assert table.data_body_range.address == "$B$3:$C$4"
    sheet["3:3"].insert("down")
    assert table.range.address == "$B$2:$C$5"
    table.resize(sheet["B2:C9"])
    assert sheet.tables["TBL_UJI"].range.address == "$B$2:$C$9"


def test_a_table_stays_a_table_in_the_file(sheet: xw.Sheet, tmp_path: Path) -> None:
    import openpyxl

    sheet["A1:B2"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"], name="tbl_uji")
    sheet.book.save(tmp_path / "x.xlsx")
    found = openpyxl.load_workbook(tmp_path / "x.xlsx").active.tables
    assert found["tbl_uji"].ref == "A1:B2"


def test_a_filter_hides_rows_is_described_and_cleared(sheet: xw.Sheet) -> None:
    sheet["A1:B5"].value = [["a", "n"], ["x", 1], ["y", 2], ["x", 3], ["z", 9]]
    table = sheet.tables.add(sheet["A1:B5"], name="tbl_uji")
    table.autofilter.apply_values(1, ["x", "z"])
    table.autofilter.apply_comparison(2, "between", 2, 9)
    shown = [part.address for part in sheet["A1:B5"].get_special_cells("visible")]
    assert shown == ["$A$1:$B$1", "$A$4:$B$5"]
    first, second = table.autofilter.criteria
    assert (first.type, first.values) == ("values", ["x", "z"])
    assert (second.operator, second.value1, second.value2) == ("between", "2", "9")
    table.autofilter.clear(2)
    assert [one.type for one in table.autofilter.criteria] == ["values", "none"]
    table.autofilter.clear()
    assert len(sheet["A1:B5"].get_special_cells("visible")) == 1


def test_a_sort_moves_whole_rows(sheet: xw.Sheet) -> None:
    sheet["A1:B4"].value = [["a", "b"], [2, "x"], [1, "y"], [2, "w"]]
    sheet["A1:B4"].impl.sort([1, 2], [True, True], True)
    assert sheet["A2:B4"].value == [[1.0, "y"], [2.0, "w"], [2.0, "x"]]


def test_names_of_the_workbook_and_of_a_sheet(sheet: xw.Sheet) -> None:
    book = sheet.book
    book.names.add("_copy", '="3f1c"')
    book.names.add("daerah", "=Sheet1!$A$1:$B$2")
    sheet.names.add("lokal", "=Sheet1!$C$3")
    assert book.names["_copy"].refers_to == '="3f1c"'
    assert book.names["daerah"].refers_to_range.address == "$A$1:$B$2"
    assert "Sheet1!lokal" in [name.name for name in book.names]
    book.names["daerah"].delete()
    assert "daerah" not in [name.name for name in book.names]


def test_notes_are_written_changed_found_and_removed(sheet: xw.Sheet) -> None:
    sheet["B2"].add_note("satu\ndua")
    sheet["C9"].add_note("tiga")
    sheet["B2"].note.text = "empat"
    found = {note.location.address: note.text for note in sheet.notes}
    assert found == {"$B$2": "empat", "$C$9": "tiga"}
    sheet["B2"].note.delete()
    assert sheet["B2"].note is None


def test_merged_cells_are_seen_from_every_side(sheet: xw.Sheet) -> None:
    sheet["B2:C3"].merge()
    assert sheet["B2:C3"].merge_cells is True
    assert sheet["C3"].merge_area.address == "$B$2:$C$3"
    assert sheet["A1:D9"].merge_cells is None
    assert sheet["A5:D9"].merge_cells is False
    sheet["B2"].merge_area.unmerge()
    assert sheet["A1:D9"].merge_cells is False


def test_rows_and_columns_are_inserted_deleted_and_hidden(sheet: xw.Sheet) -> None:
    sheet["A1:C2"].value = [[1, 2, 3], [4, 5, 6]]
    sheet["B:B"].insert("right")
    sheet["2:2"].delete("up")
    assert sheet["A1:D1"].value == [1.0, None, 2.0, 3.0]
    sheet["B:B"].impl.column_hidden = True
    assert (sheet["B:B"].impl.column_hidden, sheet["A:B"].impl.column_hidden) == (True, None)
    sheet["A1:D1"].delete("up")
    assert sheet["A1:D1"].value == [None] * 4


def test_cells_are_copied_moved_and_filled_down(sheet: xw.Sheet) -> None:
    sheet["A1:B1"].value = [1, "x"]
    sheet["A1:B1"].copy(sheet["A3"])
    sheet["A3:B3"].impl.move(sheet["A5"].impl)
    sheet["C1"].formula = "=A1+1"
    sheet["C1"].autofill(sheet["C1:C5"], "fill_default")
    assert sheet["A3:B5"].value == [[None, None], [None, None], [1.0, "x"]]
    assert sheet["C5"].formula == "=A5+1"


def test_ends_of_blocks_are_where_the_arrow_keys_lead(sheet: xw.Sheet) -> None:
    sheet["B2:B4"].value = [[1], [2], [3]]
    sheet["B7"].formula = '=""'
    assert sheet["B2"].end("down").address == "$B$4"
    assert sheet["B4"].end("down").address == "$B$7"
    assert sheet["B7"].end("up").address == "$B$4"
    assert sheet["B2"].end("left").address == "$A$2"
    assert sheet["B9"].end("down").address == "$B$1048576"


def test_looks_are_set_and_read(sheet: xw.Sheet) -> None:
    cells = sheet["A1:B2"]
    cells.color, cells.font.bold, cells.font.color = (255, 0, 0), True, "#00ff00"
    cells.column_width, cells.wrap_text = 20, True
    assert (cells.color, cells.font.bold, cells.font.color) == ((255, 0, 0), True, (0, 255, 0))
    assert cells.column_width == pytest.approx(20, abs=0.2)
    assert sheet["A1:C3"].font.bold is None
    assert sheet["C3"].color is None


def test_a_list_of_choices_is_a_validation(sheet: xw.Sheet) -> None:
    sheet["A2:A9"].data_validation.set_list(["satu", "dua"])
    sheet["B2:B9"].data_validation.set_list(sheet["F1:F3"])
    assert (sheet["A5"].data_validation.type, sheet["A5"].data_validation.source) == (
        "list",
        "satu,dua",
    )
    assert sheet["B5"].data_validation.source == "=Sheet1!$F$1:$F$3"


def test_a_protected_sheet_refuses_what_it_must(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[3], [1], [2]]
    sheet.book.app.impl.call("sheets.protect", sheet.impl.number, "")
    for attempt in (
        lambda: sheet["A1"].impl.sort([1], [True], False),
        lambda: sheet["1:1"].insert("down"),
        lambda: setattr(sheet["A1"], "value", 9),
    ):
        with pytest.raises(SheetProtected):
            attempt()
    assert sheet["A1:A3"].value == [3.0, 1.0, 2.0]
    assert sheet.api.ProtectContents is True
