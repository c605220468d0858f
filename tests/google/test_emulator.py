"""The emulator where gspread's recordings say nothing: what a sync needs to be true of Google."""

from typing import Any

import pytest
import requests

from tests.google.conftest import Book, Emulator, rows


def test_a_batch_takes_effect_as_a_whole_or_not_at_all(book: Book) -> None:
    book.write("A1", ["kept"])
    answer = book.batch(
        {"deleteDimension": {"range": rows(0, 1)}},
        {"addSheet": {"properties": {"title": "Sheet1"}}},
    )
    assert answer.status_code == 400
    assert "requests[1].addSheet" in answer.json()["error"]["message"]
    assert book.read("A1") == [["kept"]]


def test_an_unknown_kind_of_request_is_refused_by_name(book: Book) -> None:
    answer = book.batch({"paintItBlack": {}})
    assert answer.status_code == 400
    assert '"paintItBlack"' in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("PUT", "/values/A1", {"values": [[1]]}), "valueInputOption"),
        (("GET", "/values/A1001:B1002"), "exceeds grid limits"),
        (("GET", "/values/Nowhere!A1"), "Unable to parse range"),
        (("POST", ":batchUpdate", {"requests": []}), "at least one request"),
        (("POST", ":batchUpdate", {"requests": [{"updateSheetProperties": {
            "properties": {"title": "T"}}}]}), "At least one field"),
        (("POST", ":batchUpdate", {"requests": [{"deleteSheet": {"sheetId": 0}}]}), "all the"),
        (("POST", ":batchUpdate", {"requests": [{"deleteDimension": {"range": rows(0, 1000)}}]}),
         "can't delete all"),
    ],
)  # fmt: skip
def test_what_google_refuses_is_refused(book: Book, call: tuple[Any, ...], words: str) -> None:
    answer = book.call(*call)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


def test_writing_beyond_the_named_range_is_refused(book: Book) -> None:
    answer = book.write("A1:B1", [1, 2, 3])
    assert "tried writing to column [C]" in answer.json()["error"]["message"]


def test_writing_past_the_end_from_one_cell_makes_the_grid_grow(book: Book) -> None:
    book.write("Z1000", [1, 2], [3, 4])
    assert book.read("Z1000:AA1001") == [[1, 2], [3, 4]]
    grid = book.told()["sheets"][0]["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (1001, 27)


def test_raw_keeps_formulas_as_text_and_null_leaves_a_cell(book: Book) -> None:
    book.write("A1:C1", ["=1+1", "old", "gone"])
    book.write("A1:C1", [None, None, ""])
    assert book.read("A1:C1") == [["=1+1", "old"]]
    book.write("D1", ["=SUM(E1:E2)*2"], option="USER_ENTERED")
    book.write("E1", [3], [4])
    assert book.read("D1") == [[14]]


def test_inserted_rows_carry_ranges_tags_and_cells_along(book: Book) -> None:
    book.write("A3", ["entry"])
    tag = {"metadataKey": "row", "visibility": "DOCUMENT",
           "location": {"dimensionRange": rows(2, 3)}}  # fmt: skip
    named = {"name": "entry", "range": {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}}
    book.batch({"createDeveloperMetadata": {"developerMetadata": tag}},
               {"addNamedRange": {"namedRange": named}})  # fmt: skip
    book.batch({"insertDimension": {"range": rows(0, 2)}})
    assert book.read("A5") == [["entry"]]
    assert book.told()["namedRanges"][0]["range"]["startRowIndex"] == 4
    lookup = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "row"}}]}
    found = book.call("POST", "/developerMetadata:search", lookup).json()
    [match] = found["matchedDeveloperMetadata"]
    assert match["developerMetadata"]["location"]["dimensionRange"]["startIndex"] == 4
    read = book.call("POST", "/values:batchGetByDataFilter", lookup).json()
    assert read["valueRanges"][0]["valueRange"]["values"] == [["entry"]]
    book.batch({"deleteDimension": {"range": rows(4, 5)}})
    assert book.call("POST", "/developerMetadata:search", lookup).json() == {}


def test_tags_have_a_limit_of_thirty_thousand_characters(book: Book) -> None:
    def tag(length: int) -> requests.Response:
        new: dict[str, Any] = {
            "metadataKey": "k",
            "metadataValue": "v" * length,
            "visibility": "DOCUMENT",
        }
        new |= {"location": {"sheetId": 0}}
        return book.batch({"createDeveloperMetadata": {"developerMetadata": new}})

    assert tag(29_999).status_code == 200
    assert tag(1).status_code == 400


def test_appending_with_inserted_rows_pushes_what_stood_below(book: Book) -> None:
    book.write("A1", ["id"], ["e1"])
    book.write("A4", ["total"])
    where = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    book.call("POST", "/values/A1:append", {"values": [["e2"]]}, **where)
    assert book.read("A1:A9") == [["id"], ["e1"], ["e2"], [], ["total"]]


def test_merging_keeps_only_the_first_value(book: Book) -> None:
    book.write("A1", ["kept", "lost"])
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 2}
    book.batch({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    assert book.read("A1:B1") == [["kept"]]


def test_formats_rules_and_notes_are_told_with_the_cells(book: Book) -> None:
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "cash"}]}}
    cell = {"note": "why", "userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    book.batch(
        {"repeatCell": {"range": area, "cell": cell, "fields": "note,userEnteredFormat"}},
        {"setDataValidation": {"range": area, "rule": rule}},
    )
    book.write("A1", [46145])
    [told] = book.told(includeGridData=True)["sheets"][0]["data"][0]["rowData"]
    assert told["values"][0]["dataValidation"] == rule
    assert told["values"][0]["note"] == "why"
    assert told["values"][0]["formattedValue"] == "5/3/2026"
    book.call("POST", "/values/A1:clear")
    [left] = book.told(includeGridData=True)["sheets"][0]["data"][0]["rowData"]
    assert left["values"][0]["note"] == "why"


def test_a_fault_before_loses_the_write_and_one_after_keeps_it(book: Book) -> None:
    for kind, code in (("unavailable", 503), ("html_502", 502)):
        for when, kept in (("before", []), ("after", [[kind]])):
            book.call("POST", "/values/A1:clear")
            laid = [{"kind": f"{kind}_{when}", "on": "PUT .*/values/"}]
            book.emulator.control("faults", faults=laid)
            assert book.write("A1", [kind]).status_code == code
            assert book.read("A1") == kept


@pytest.mark.parametrize(("kind", "kept"), [("cut_before", []), ("cut_after", [["x"]]),
                                            ("cut_half", [["x"]])])  # fmt: skip
def test_a_cut_connection_leaves_the_caller_without_an_answer(
    book: Book, kind: str, kept: list[Any]
) -> None:
    book.emulator.control("faults", faults=[{"kind": kind, "on": "PUT"}])
    with pytest.raises(requests.RequestException):
        book.write("A1", ["x"]).json()
    assert book.read("A1") == kept


def test_reads_and_writes_have_a_quota_of_their_own_each_minute(book: Book) -> None:
    book.emulator.control("settings", writes_per_minute=3, reads_per_minute=60)
    assert [book.write("A1", [n]).status_code for n in range(3)] == [200, 200, 429]
    told = book.write("A1", [9]).json()["error"]
    assert told["status"] == "RESOURCE_EXHAUSTED"
    assert told["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert book.read("A1") == [[1]]
    book.emulator.control("clock", advance=60)
    assert book.write("A1", [9]).status_code == 200


def test_drive_tells_of_an_edit_three_minutes_late(book: Book) -> None:
    url = f"{book.emulator.url}/drive/v3"
    start = requests.get(f"{url}/changes/startPageToken", timeout=10).json()["startPageToken"]

    def seen() -> tuple[str, int]:
        file = {"fields": "modifiedTime"}
        told = requests.get(f"{url}/files/{book.id}", params=file, timeout=10).json()
        changes = requests.get(f"{url}/changes", params={"pageToken": start}, timeout=10).json()
        return told["modifiedTime"], len(changes["changes"])

    before = seen()
    book.write("A1", ["x"])
    assert seen() == before
    book.emulator.control("clock", advance=181)
    assert seen()[0] > before[0]
    assert seen()[1] == 1


def test_protected_cells_refuse_everybody_but_owner_and_editors(emulator: Emulator) -> None:
    ledger = emulator.shared()
    area = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}
    protect = {"addProtectedRange": {"protectedRange": {"range": area}}}
    emulator.person("requests", ledger, requests=[protect])
    emulator.person("share", ledger, **{"with": "clerk@example.test"})
    typed = {"do": "type", "spreadsheetId": ledger, "range": "A2", "text": "x"}
    url = f"{emulator.url}/_emulator/human"
    refused = requests.post(url, json=typed | {"by": "clerk@example.test"}, timeout=10)
    assert "protected cell" in refused.json()["error"]["message"]
    assert requests.post(url, json=typed, timeout=10).status_code == 200


def test_a_call_without_a_token_is_refused(emulator: Emulator) -> None:
    url = f"{emulator.url}/v4/spreadsheets/{emulator.shared()}"
    assert requests.get(url, timeout=10).status_code == 403
    wrong = {"Authorization": "Bearer nobody"}
    assert requests.get(url, headers=wrong, timeout=10).status_code == 401


def test_reset_empties_the_emulator(book: Book) -> None:
    book.emulator.control("settings", writes_per_minute=0)
    book.emulator.control("reset")
    assert book.call("GET", "").status_code == 404
    assert Book(book.emulator).write("A1", [1]).status_code == 200
