"""The emulator's values: titles, ranges, several at once, and what a cell holds afterwards."""

from __future__ import annotations

import pytest

from tests.google.conftest import Book, Emulator

RAW = {"valueInputOption": "RAW"}


@pytest.mark.parametrize("title", ["It's here", "Buku Besar", "A1", "R1C1", "2026"])
def test_a_title_in_a_range_is_quoted_where_it_must_be(book: Book, title: str) -> None:
    book.batch({"addSheet": {"properties": {"title": title}}})
    place = "'" + title.replace("'", "''") + "'!B2"
    told = book.write(place, ["here"]).json()
    assert told["updatedRange"] == place
    assert book.read(place) == [["here"]]
    assert book.read("Sheet1!B2") == []


def test_columns_are_told_as_columns(book: Book) -> None:
    book.write("A1", [1, 2], [3, 4])
    told = book.call("GET", "/values/A1:B2", majorDimension="COLUMNS").json()
    assert told["values"] == [["1", "3"], ["2", "4"]]


def test_several_ranges_come_in_the_order_that_they_were_asked_in(book: Book) -> None:
    book.write("A1", ["first"], ["second"])
    told = book.call("GET", "/values:batchGet", ranges=["A2", "A1"]).json()
    assert [item["values"] for item in told["valueRanges"]] == [[["second"]], [["first"]]]


def test_all_ranges_of_a_batch_are_written(book: Book) -> None:
    data = [{"range": place, "values": [[place]]} for place in ("A1", "B2", "C3")]
    told = book.call("POST", "/values:batchUpdate", RAW | {"data": data}).json()
    assert told["totalUpdatedCells"] == 3
    assert book.read("A1:C3") == [["A1"], ["", "B2"], ["", "", "C3"]]


def test_of_a_batch_with_a_refused_range_nothing_is_written(book: Book) -> None:
    data = [{"range": place, "values": [[1]]} for place in ("A1", "Nowhere!A1")]
    assert book.call("POST", "/values:batchUpdate", RAW | {"data": data}).status_code == 400
    assert book.read("A1") == []


def test_a_cell_holds_fifty_thousand_characters(book: Book) -> None:
    assert book.write("A1", ["x" * 50_000]).status_code == 200
    assert "50000 characters" in book.write("A1", ["x" * 50_001]).json()["error"]["message"]


def test_a_truth_value_is_no_text(book: Book) -> None:
    book.write("A1", [True, "TRUE"])
    assert book.read("A1:B1") == [[True, "TRUE"]]
    assert book.read("A1:B1", "FORMATTED_VALUE") == [["TRUE", "TRUE"]]


def test_a_string_value_stays_a_text_and_a_formula_value_is_worked_out(book: Book) -> None:
    values = [{"userEnteredValue": {name: "=1+1"}} for name in ("stringValue", "formulaValue")]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": [{"values": values}], "fields": "userEnteredValue"}
    assert book.batch({"updateCells": update}).status_code == 200
    assert book.read("A1:B1") == [["=1+1", 2]]
    assert book.read("A1:B1", "FORMULA") == [["=1+1", "=1+1"]]


def test_pasted_values_are_no_formulas_any_more(book: Book) -> None:
    book.write("A1", ["=2*3"], option="USER_ENTERED")
    areas = [
        {"sheetId": 0, "endRowIndex": 1, "startColumnIndex": n, "endColumnIndex": n + 1}
        for n in range(3)
    ]
    for goal, paste in ((1, "PASTE_VALUES"), (2, "PASTE_NORMAL")):
        copy = {"source": areas[0], "destination": areas[goal], "pasteType": paste}
        book.batch({"copyPaste": copy})
    assert book.read("A1:C1", "FORMULA") == [["=2*3", 6, "=2*3"]]


def test_a_mask_shows_only_what_it_names(book: Book) -> None:
    told = book.told(fields="sheets.properties(title,sheetId),spreadsheetId")
    assert told == {
        "spreadsheetId": book.id,
        "sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}],
    }
    book.write("A1", ["x"])
    assert book.call("GET", "/values/A1", fields="values").json() == {"values": [["x"]]}


def test_numbers_are_sorted_as_numbers_and_notes_go_with_their_cells(book: Book) -> None:
    book.write("A1", ["e1", 10], ["e2", 9])
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    book.batch({"repeatCell": {"range": area, "cell": {"note": "of e1"}, "fields": "note"}})
    both = area | {"endRowIndex": 2, "endColumnIndex": 2}
    order = [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]
    book.batch({"sortRange": {"range": both, "sortSpecs": order}})
    assert book.read("A1:B2") == [["e2", 9], ["e1", 10]]
    told = book.told(fields="sheets.data.rowData.values.note")["sheets"][0]["data"][0]["rowData"]
    assert told == [{}, {"values": [{"note": "of e1"}]}]


def test_who_types_into_a_text_column_types_text(open_emulator: Emulator) -> None:
    book = Book(open_emulator)
    column = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    fields = "userEnteredFormat.numberFormat"
    book.batch({"repeatCell": {"range": column, "cell": text, "fields": fields}})
    open_emulator.person("type", book.id, range="A1", text="0042", by="person@example.test")
    open_emulator.person("type", book.id, range="B1", text="0042", by="person@example.test")
    assert book.read("A1:B1") == [["0042", 42]]
