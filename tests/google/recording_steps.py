"""What only Google can settle, as steps that a person with an account plays once.

Every id is named by the script. A sentence asks the person; the action beside it is the same
thing done to the emulator.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.google.recording import Desk, Json, Step

SHOWN, PLAIN, FORMULA = "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"
TYPED = "USER_ENTERED"
QUIET = 600
"""Seconds after which Drive has told of every earlier edit."""
LONGEST_LAG = 900
"""Seconds to wait for Drive's modifiedTime."""


def area(sheet: int, top: int, bottom: int, left: int = 0, right: int = 3) -> Json:
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def span(sheet: int, start: int, end: int, dimension: str = "ROWS") -> Json:
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}


def tag(number: int, key: str, location: Json) -> Json:
    new = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT", "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": new}}


def tags(desk: Desk) -> None:
    """Keeps where the tags stand."""
    lookup = {"developerMetadataLookup": {"visibility": "DOCUMENT"}}
    desk.call("POST", "/developerMetadata:search", {"dataFilters": [lookup]})


def people(desk: Desk, title: str) -> None:
    """Three rows with ids, and a row of headings."""
    desk.write(f"{title}!A1", ["id", "name", "qty"], ["e2", "beta", 2])
    desk.write(f"{title}!A3", ["e1", "alpha", None], ["e3", "gamma", 1])


# --- the steps ---------------------------------------------------------------------------


def grid(desk: Desk, sheet: int) -> None:
    for place in ("grid!A15:B30", "grid!A30:B31"):
        desk.read(place)
    desk.write("grid!F20", [1, 2], [3, 4])
    desk.read("grid!F20:G21")


def locale(desk: Desk, sheet: int) -> None:
    desk.speak("id_ID")
    texts: list[Any] = ["1.250,50", "03/05/2026", "1,250.50", "5%", "Rp 1.250", "TRUE"]
    desk.write("locale!A1", texts, option=TYPED)
    for place, text in (("A2", "1.250,50"), ("B2", "03/05/2026")):
        ask = f"On the tab `locale`, click {place} and type {text} and Enter."
        desk.person(ask, {"do": "type", "range": f"locale!{place}", "text": text})
    desk.speak("de_DE")
    desk.write("locale!A3", ["1.250,50", "1,250.50"], option=TYPED)
    desk.speak("en_US")
    desk.read("locale!A1:F3", SHOWN, PLAIN, FORMULA)


def formats(desk: Desk, sheet: int) -> None:
    numbers: list[Any] = [1 / 3, 1234567.891, 12345678901.5, 0.1, 1e21, -5]
    desk.write("formats!A1", numbers, numbers)
    pattern = {"type": "NUMBER", "pattern": '"Rp"#,##0;("Rp"#,##0)'}
    cell = {"userEnteredFormat": {"numberFormat": pattern}}
    where = {"range": area(sheet, 1, 2, 0, 6), "cell": cell}
    desk.batch({"repeatCell": where | {"fields": "userEnteredFormat.numberFormat"}})
    desk.read("formats!A1:F2", SHOWN)


def formulas(desk: Desk, sheet: int) -> None:
    desk.write("formulas!A1", [1], [2], ["=A1+A2"], option=TYPED)
    desk.batch({"insertDimension": {"range": span(sheet, 1, 2)}})
    desk.read("formulas!A1:A4", FORMULA, PLAIN)


def duplicate(desk: Desk, sheet: int) -> None:
    people(desk, "duplicate")
    protected = {"protectedRangeId": 901, "range": area(sheet, 0, 20, 0, 1)}
    column = {"dimensionRange": span(sheet, 1, 2, "COLUMNS")}
    desk.batch(
        {"addProtectedRange": {"protectedRange": protected}},
        {"setBasicFilter": {"filter": {"range": area(sheet, 0, 4)}}},
        tag(911, "book", {"sheetId": sheet}),
        tag(912, "column", column),
        {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 2001, "newSheetName": "twin"}},
    )
    shown = "properties(sheetId,title),protectedRanges(range),basicFilter(range)"
    desk.call("GET", "", ranges=["duplicate!A1", "twin!A1"], fields=f"sheets({shown})")
    tags(desk)
    desk.batch({"deleteSheet": {"sheetId": 2001}})


def resize(desk: Desk, sheet: int) -> None:
    desk.write("resize!A1", ["a rather long text that does not fit its column"])
    desk.batch({"autoResizeDimensions": {"dimensions": span(sheet, 0, 1, "COLUMNS")}})
    ranges, fields = "resize!A1:B1", "sheets.data.columnMetadata.pixelSize"
    desk.call("GET", "", ranges=ranges, fields=fields)


def sort(desk: Desk, sheet: int) -> None:
    people(desk, "sort")
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "beta"}]}}
    note = {"range": area(sheet, 1, 2, 1, 2), "cell": {"note": "of e2"}, "fields": "note"}
    desk.batch(
        *(tag(920 + n, f"row{n}", {"dimensionRange": span(sheet, n, n + 1)}) for n in (1, 2, 3)),
        {"repeatCell": note},
        {"setDataValidation": {"range": area(sheet, 1, 2, 1, 2), "rule": rule}},
    )
    by_quantity = [{"dimensionIndex": 2, "sortOrder": "ASCENDING"}]
    desk.batch({"sortRange": {"range": area(sheet, 1, 4), "sortSpecs": by_quantity}})
    _after_sorting(desk)
    ask = (
        "On the tab `sort`, select A2:C4, then Data > Sort range > Sort range by column B (A to Z)."
    )
    desk.person(ask, {"do": "sort", "range": "sort!A2:C4", "column": 1})
    _after_sorting(desk)


def _after_sorting(desk: Desk) -> None:
    desk.read("sort!A1:C4")
    tags(desk)
    fields = "sheets.data.rowData.values(note,dataValidation.condition)"
    desk.call("GET", "", ranges="sort!A1:C4", fields=fields)


def move(desk: Desk, sheet: int) -> None:
    people(desk, "move")
    protected = {"protectedRangeId": 902, "range": area(sheet, 2, 3)}
    named = {"namedRangeId": "903", "name": "of_e2", "range": area(sheet, 1, 2)}
    desk.batch(
        {"addProtectedRange": {"protectedRange": protected}},
        {"addNamedRange": {"namedRange": named}},
        tag(931, "row", {"dimensionRange": span(sheet, 1, 2)}),
        {"moveDimension": {"source": span(sheet, 1, 3), "destinationIndex": 8}},
    )
    desk.read("move!A1:C9")
    fields = "namedRanges,sheets(protectedRanges(range))"
    desk.call("GET", "", ranges="move!A1", fields=fields)
    tags(desk)


def filtered(desk: Desk, sheet: int) -> None:
    people(desk, "filtered")
    criteria = {"1": {"hiddenValues": ["gamma"]}}
    rows = {"range": area(sheet, 0, 4), "criteria": criteria}
    desk.batch({"setBasicFilter": {"filter": rows}})
    for option in ("INSERT_ROWS", "OVERWRITE"):
        options = {"valueInputOption": "RAW", "insertDataOption": option}
        desk.call("POST", "/values/filtered!A1:C4:append", {"values": [["new", option]]}, **options)
    desk.batch({"insertDimension": {"range": span(sheet, 2, 3)}})
    desk.read("filtered!A1:C9")
    fields = "sheets.data.rowMetadata.hiddenByFilter"
    desk.call("GET", "", ranges="filtered!A1:C9", fields=fields)


def paste(desk: Desk, sheet: int) -> None:
    people(desk, "paste")
    for ask, action in (
        ("copy A2:C2 and paste it at A6", {"do": "copy", "range": "A2:C2", "to": "A6"}),
        ("cut A3:C3 and paste it at A7", {"do": "copy", "range": "A3:C3", "to": "A7", "cut": True}),
        ("type 0042 into A9", {"do": "type", "range": "A9", "text": "0042"}),
        ("type '007 into B9", {"do": "type", "range": "B9", "text": "'007"}),
        ("drag row 4 by its number above row 2", {"do": "drag", "range": "A4:A4", "before": 1}),
    ):
        places = {n: f"paste!{p}" for n, p in action.items() if n in ("range", "to")}
        desk.person(f"On the tab `paste`, {ask}.", action | places)
    desk.read("paste!A1:C9", PLAIN, FORMULA)


def answer(desk: Desk, sheet: int) -> None:
    """Copies what it then writes over to a tab that it makes, and asks to be told of that."""
    people(desk, "answer")
    made = {"properties": {"sheetId": 2002, "title": "copy", "hidden": True}}
    ends = {"source": area(sheet, 0, 4), "destination": area(2002, 0, 4)}
    row = {"values": [{"userEnteredValue": {"stringValue": "new"}}]}
    where = {"range": area(sheet, 1, 2, 0, 1), "rows": [row], "fields": "userEnteredValue"}
    requests = [
        {"addSheet": made},
        {"copyPaste": ends | {"pasteType": "PASTE_VALUES"}},
        {"updateCells": where},
    ]
    body = {"requests": requests, "includeSpreadsheetInResponse": True}
    body |= {"responseIncludeGridData": True, "responseRanges": ["copy", "answer!A1:C4"]}
    cell = "properties(sheetId,title,hidden),data.rowData.values(effectiveValue,userEnteredValue)"
    fields = f"updatedSpreadsheet.sheets({cell})"
    desk.call("POST", ":batchUpdate", body, fields=fields)
    desk.batch({"deleteSheet": {"sheetId": 2002}})


def quota(desk: Desk, sheet: int) -> None:
    """Reads until Google says 429, and waits until it says 200 again."""
    for _ in range(400):
        answer = desk.sent("GET", "/values/quota!A1")
        if answer.status_code == 429:
            desk.keep("the first 429", answer)
            break
    else:
        desk.notes.append("400 reads in a row were never refused")
        return
    for seconds in range(0, 180, 5):
        if desk.sent("GET", "/values/quota!A1").ok:
            desk.notes.append(f"accepted again after {seconds} s")
            return
        desk.wait(5)
    desk.notes.append("not accepted again for 180 s")


def lag(desk: Desk, sheet: int) -> None:
    desk.wait(QUIET)
    before = desk.modified()
    desk.write("lag!A1", ["x"])
    for seconds in range(0, LONGEST_LAG, 15):
        if desk.modified() != before:
            desk.notes.append(f"Drive told of the edit within {seconds} s")
            return
        desk.wait(15)
    desk.notes.append(f"Drive told nothing for {LONGEST_LAG} s")


def errors(desk: Desk, sheet: int) -> None:
    """Ten at once write much: what Google says when it cannot, if it ever does."""
    values = [[n * 6 + m for m in range(6)] for n in range(20)]

    def write(_: int) -> requests.Response:
        body = {"values": values}
        return desk.sent("PUT", "/values/errors!A1", body, valueInputOption="RAW")

    with ThreadPoolExecutor(10) as writers:
        answers = list(writers.map(write, range(40)))
    codes = sorted({answer.status_code for answer in answers})
    desk.notes.append(f"answers: {codes}")
    for answer in {a.status_code: a for a in answers if a.status_code >= 500}.values():
        text = desk.scrubber.scrubbed(answer.text)
        desk.notes.append(
            f"{answer.status_code} {answer.headers.get('Content-Type')}: {text[:500]}"
        )


STEPS: tuple[Step, ...] = (
    Step(
        "grid",
        (
            "a range that only ends outside the grid is cut to it",
            "writing from an anchor beyond the grid's end makes it grow",
        ),
        grid,
    ),
    Step("locale", ("id_ID reads 1.250,50 and 03/05/2026; other locales as en_US",), locale),
    Step(
        "formats",
        ("numbers without a format show ten figures; patterns with quotes and sections",),
        formats,
    ),
    Step("formulas", ("references in a formula do not move with rows (Google's do)",), formulas),
    Step(
        "duplicate",
        ("a duplicated tab takes protection and filters along, not developer metadata",),
        duplicate,
    ),
    Step("resize", ("autoResizeDimensions by the number of characters",), resize),
    Step(
        "sort",
        ("a sort moves cells with formats, notes and rules; row metadata stays behind",),
        sort,
    ),
    Step("move", ("moved rows do not take named or protected ranges along",), move),
    Step("filtered", ("a filter that hides rows changes nothing about where rows go",), filtered),
    Step("paste", ("pasting types cell by cell; a copied row takes its id along",), paste),
    Step(
        "answer",
        ("the answer to a batch tells of a tab that the batch itself made, after all requests",),
        answer,
    ),
    Step("quota", ("sixty sliding seconds instead of a minute's refill",), quota, judged=True),
    Step("lag", ("modifiedTime and changes lag three minutes behind an edit",), lag, judged=True),
    Step("errors", ("503 and HTML 502: no such answer was ever recorded",), errors, judged=True),
)
