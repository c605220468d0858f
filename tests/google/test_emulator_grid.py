"""The emulator's tabs, rows, columns, ranges and tags: where each is after something moved."""

from __future__ import annotations

from typing import Any

from tests.google.conftest import Book, rows


def named(row: int, sheet_id: int = 0) -> dict[str, Any]:
    place = {"sheetId": sheet_id, "startRowIndex": row, "endRowIndex": row + 1}
    return {"addNamedRange": {"namedRange": {"name": f"row{row}", "range": place}}}


def tag(key: str, location: dict[str, Any]) -> dict[str, Any]:
    new = {"metadataKey": key, "visibility": "DOCUMENT", "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": new}}


def found(book: Book, **lookup: Any) -> list[dict[str, Any]]:
    """The tags that a search finds."""
    asked = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    told = book.call("POST", "/developerMetadata:search", asked).json()
    return [item["developerMetadata"] for item in told.get("matchedDeveloperMetadata", [])]


def hidden(book: Book, dimension: str = "rowMetadata", sheet: int = 0) -> list[int]:
    told = book.told(includeGridData=True)["sheets"][sheet]["data"][0][dimension]
    return [n for n, own in enumerate(told) if own.get("hiddenByUser")]


def hide(span: dict[str, Any]) -> dict[str, Any]:
    properties = {"hiddenByUser": True}
    fields = {"properties": properties, "fields": "hiddenByUser"}
    return {"updateDimensionProperties": fields | {"range": span}}


def test_replies_stand_at_the_places_of_their_requests(book: Book) -> None:
    adding = [{"addSheet": {"properties": {"title": title}}} for title in ("One", "Two")]
    replies = book.batch(*adding, named(1)).json()["replies"]
    titles = [reply["addSheet"]["properties"]["title"] for reply in replies[:2]]
    assert titles == ["One", "Two"]
    assert "addNamedRange" in replies[2]


def test_a_batch_tells_what_it_is_asked_for_as_it_is_after_all_its_requests(book: Book) -> None:
    book.write("A1", ["was"])
    cell = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    goal = cell | {"startRowIndex": 4, "endRowIndex": 5}
    row = {"values": [{"userEnteredValue": {"stringValue": "is"}}]}
    requests = [
        {"copyPaste": {"source": cell, "destination": goal, "pasteType": "PASTE_VALUES"}},
        {"updateCells": {"range": cell, "rows": [row], "fields": "userEnteredValue"}},
    ]
    body = {"requests": requests, "includeSpreadsheetInResponse": True}
    body |= {"responseIncludeGridData": True, "responseRanges": ["A1", "A5"]}
    mask = "updatedSpreadsheet.sheets.data.rowData.values.effectiveValue"
    told = book.call("POST", ":batchUpdate", body, fields=mask).json()
    assert [*told] == ["updatedSpreadsheet"]
    [sheet] = told["updatedSpreadsheet"]["sheets"]
    texts = [block["rowData"][0]["values"][0]["effectiveValue"] for block in sheet["data"]]
    assert texts == [{"stringValue": "is"}, {"stringValue": "was"}]
    del body["responseIncludeGridData"]
    told = book.call("POST", ":batchUpdate", body).json()
    assert "data" not in told["updatedSpreadsheet"]["sheets"][0]


def test_rows_move_before_the_one_that_stands_at_the_destination(book: Book) -> None:
    book.write("A1", ["a"], ["b"], ["c"], ["d"], ["e"])
    book.batch({"moveDimension": {"source": rows(0, 2), "destinationIndex": 4}})
    assert book.read("A1:A5") == [["c"], ["d"], ["a"], ["b"], ["e"]]
    book.batch({"moveDimension": {"source": rows(2, 4), "destinationIndex": 0}})
    assert book.read("A1:A5") == [["a"], ["b"], ["c"], ["d"], ["e"]]


def test_hidden_rows_and_columns_stay_hidden_where_they_went(book: Book) -> None:
    book.batch(hide(rows(3, 4)), hide(rows(0, 1) | {"dimension": "COLUMNS"}))
    book.batch({"insertDimension": {"range": rows(0, 2)}})
    assert hidden(book) == [5]
    assert hidden(book, "columnMetadata") == [0]
    book.batch({"deleteDimension": {"range": rows(4, 6)}})
    assert hidden(book) == []


def test_a_grid_is_made_longer_ahead(book: Book) -> None:
    book.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 500}})
    assert book.told()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1500
    assert book.read("A1500") == []


def test_a_tab_has_the_id_that_was_asked_for_and_the_batch_may_use_it(book: Book) -> None:
    place = {"sheetId": 77, "endRowIndex": 1, "endColumnIndex": 1}
    cell = {"userEnteredValue": {"stringValue": "x"}}
    answer = book.batch(
        {"addSheet": {"properties": {"sheetId": 77, "title": "Entries"}}},
        {"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredValue"}},
    )
    assert answer.status_code == 200
    assert book.read("Entries!A1") == [["x"]]
    assert book.batch({"addSheet": {"properties": {"sheetId": 77}}}).status_code == 400


def test_a_duplicated_tab_is_another_one_with_the_same_hidden_columns(book: Book) -> None:
    book.batch(hide(rows(0, 1) | {"dimension": "COLUMNS"}))
    book.write("A1", ["e1"])
    answer = book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetName": "Twin"}}).json()
    twin = answer["replies"][0]["duplicateSheet"]["properties"]
    assert twin["sheetId"] != 0
    assert hidden(book, "columnMetadata", sheet=1) == [0]
    book.write("Twin!A1", ["e2"])
    assert book.read("Sheet1!A1") == [["e1"]]


def test_with_a_tab_its_names_and_tags_go(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"sheetId": 77, "title": "Gone"}}})
    book.batch(named(1), named(2, 77), tag("book", {"sheetId": 77}))
    book.batch({"deleteSheet": {"sheetId": 77}})
    assert [item["name"] for item in book.told()["namedRanges"]] == ["row1"]
    assert found(book, metadataKey="book") == []


def test_conditional_formats_are_kept_in_their_order(book: Book) -> None:
    def rule(text: str) -> dict[str, Any]:
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}
        boolean = {"condition": condition, "format": {"textFormat": {"bold": True}}}
        new = {"ranges": [{"sheetId": 0, "endRowIndex": 9}], "booleanRule": boolean}
        return {"addConditionalFormatRule": {"rule": new, "index": 0}}

    book.batch(rule("=B1"), rule("=A1"))
    told = book.told()["sheets"][0]["conditionalFormats"]
    conditions = [item["booleanRule"]["condition"] for item in told]
    assert [c["values"][0]["userEnteredValue"] for c in conditions] == ["=A1", "=B1"]


def test_without_its_filter_every_row_is_in_sight(book: Book) -> None:
    book.write("A1", ["name"], ["beta"])
    criteria = {"0": {"hiddenValues": ["beta"]}}
    area = {"sheetId": 0, "endRowIndex": 2, "endColumnIndex": 1}
    book.batch({"setBasicFilter": {"filter": {"range": area, "criteria": criteria}}})
    assert "basicFilter" in book.told()["sheets"][0]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    told = book.told(includeGridData=True)["sheets"][0]
    assert "basicFilter" not in told
    assert not any("hiddenByFilter" in row for row in told["data"][0]["rowMetadata"])


def test_a_search_finds_the_tags_that_it_describes_and_a_deleted_tag_no_more(book: Book) -> None:
    column = {"dimensionRange": rows(2, 3) | {"dimension": "COLUMNS"}}
    book.batch(tag("book", {"sheetId": 0}), tag("amount", column), tag("amount", {"sheetId": 0}))
    assert [item["metadataKey"] for item in found(book, metadataKey="book")] == ["book"]
    assert len(found(book, metadataKey="amount")) == 2
    [own] = found(book, metadataKey="amount", locationType="COLUMN")
    by_id = {"developerMetadataLookup": {"metadataId": own["metadataId"]}}
    book.batch({"deleteDeveloperMetadata": {"dataFilter": by_id}})
    assert found(book, metadataKey="amount", locationType="COLUMN") == []
    assert len(found(book)) == 2


def test_a_tag_stands_on_one_row_or_column(book: Book) -> None:
    assert book.batch(tag("block", {"dimensionRange": rows(2, 4)})).status_code == 400
    assert found(book) == []


def test_a_copied_file_has_its_own_cells_and_the_same_tags(book: Book) -> None:
    book.write("A1", ["e1"])
    book.batch(tag("book", {"sheetId": 0}))
    before = found(book)
    copied = book.copied()
    assert copied.id != book.id
    assert found(copied) == before
    copied.write("A1", ["e2"])
    assert book.read("A1") == [["e1"]]
