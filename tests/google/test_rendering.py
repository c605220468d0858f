"""A book in Google Sheets is the book in a workbook file, column by column."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from tests.google.conftest import Emulator
from tests.google.rendered_book import tabs_of_file, tabs_of_spreadsheet
from tests.google_emulator.server import running
from tests.google_emulator.world import NOBODY, World
from tests.render.samples import BINDING, BOOK
from workbook_templates.books import all_books
from workbook_templates.render import Binding, render_xlsx, titles_of
from workbook_templates.render.google import google_requests
from workbook_templates.schema import Book

ROWS = 12  # as good as a thousand, and sooner made
BOOKS = [BOOK, *all_books()]
LOCALES = {"id": "id-ID", "en": "en-US"}
PAYLOAD = 2_000_000  # bytes that Google recommends at most


@pytest.fixture(scope="module")
def google() -> Iterator[Emulator]:
    """An emulator that asks for no token."""
    with running(World(auth=False)) as url:
        yield Emulator(url)


def binding_of(book: Book, language: str) -> Binding:
    titles = dict(BINDING.titles) if book is BOOK else titles_of(all_books())
    return Binding(
        company="contoh",
        company_name="PT Contoh",
        language=language,
        locale=LOCALES[language],
        server="http://localhost:8000",
        copy_id="c0ffee",
        titles=titles,
    )


def made(google: Emulator, book: Book, language: str) -> str:
    """A spreadsheet of a person that became the book."""
    spreadsheet = google.shared(book.key)
    google.person("share", spreadsheet, **{"with": NOBODY})
    wanted = google_requests(book, binding_of(book, language), {0: "Sheet1"}, ROWS)
    answer = requests.post(
        f"{google.url}/v4/spreadsheets/{spreadsheet}:batchUpdate",
        json={"requests": wanted},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return spreadsheet


def told(google: Emulator, spreadsheet: str) -> dict[str, Any]:
    address = f"{google.url}/v4/spreadsheets/{spreadsheet}"
    answer = requests.get(address, params={"includeGridData": "true"}, timeout=60)
    return dict(answer.json())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.key))
def test_every_column_is_as_in_the_workbook_file(
    google: Emulator, tmp_path: Path, book: Book, language: str
) -> None:
    file = tmp_path / "book.xlsx"
    render_xlsx(book, file, binding_of(book, language))
    in_file = tabs_of_file(file)
    online = tabs_of_spreadsheet(told(google, made(google, book, language)))
    assert list(online) == list(in_file)
    for title, tab in in_file.items():
        if any(title == sheet.title[language] for sheet in book.sheets):
            assert online[title].columns == tab.columns, title
            assert online[title] == tab, title
        else:  # ours: only what is seen of them
            assert (online[title].hidden, online[title].scrolls_from) == (
                tab.hidden,
                tab.scrolls_from,
            )
            assert [c.heading for c in online[title].columns] == [c.heading for c in tab.columns]


@pytest.mark.parametrize("book", all_books(), ids=lambda book: str(book.key))
def test_a_book_is_one_request_of_a_size_that_google_takes(book: Book) -> None:
    body = json.dumps({"requests": google_requests(book, binding_of(book, "id"), {0: "Sheet1"})})
    assert len(body.encode()) < PAYLOAD


def test_the_same_book_makes_the_same_requests() -> None:
    first, second = (google_requests(BOOK, binding_of(BOOK, "en")) for _ in range(2))
    assert first == second


def test_tabs_that_stood_there_make_room_even_under_our_own_titles(google: Emulator) -> None:
    spreadsheet = google.shared()
    google.person("share", spreadsheet, **{"with": NOBODY})
    google.person("rename_tab", spreadsheet, tab="Sheet1", title="Things")
    wanted = google_requests(BOOK, binding_of(BOOK, "en"), {0: "Things"}, ROWS)
    address = f"{google.url}/v4/spreadsheets/{spreadsheet}:batchUpdate"
    assert requests.post(address, json={"requests": wanted}, timeout=60).status_code == 200
    titles = [sheet["properties"]["title"] for sheet in told(google, spreadsheet)["sheets"]]
    assert titles[:4] == ["Things", "Entries", "Review", "Setup"]
    assert not [title for title in titles if "blank" in title]


def test_a_spreadsheet_takes_the_locale_of_its_book(google: Emulator) -> None:
    for language, locale in (("id", "id_ID"), ("en", "en_US")):
        found = told(google, made(google, BOOK, language))["properties"]
        assert found["locale"] == locale


def test_sheets_and_columns_carry_tags_that_survive_new_names(google: Emulator) -> None:
    spreadsheet = made(google, BOOK, "en")
    google.person("rename_tab", spreadsheet, tab="Things", title="My things")
    google.person("type", spreadsheet, range="'My things'!D1", text="Remarks")
    found = told(google, spreadsheet)
    [things] = [s for s in found["sheets"] if s["properties"]["title"] == "My things"]
    [tag] = things["developerMetadata"]
    assert (tag["metadataKey"], tag["metadataValue"]) == ("lajur.table", "tbl_things")
    columns = things["data"][0]["columnMetadata"]
    tags = [column["developerMetadata"][0] for column in columns if "developerMetadata" in column]
    keys = [column.key for column in BOOK.sheets[0].columns]
    assert [t["metadataValue"] for t in tags] == ["_id", "Status", *keys, "_flags"]
    assert {t["visibility"] for t in tags} == {"DOCUMENT"}
    [book] = found["developerMetadata"]
    assert (book["metadataKey"], book["metadataValue"]) == ("lajur.book", "sample 1")


def test_each_sheet_is_one_named_table_as_in_the_workbook_file(
    google: Emulator, tmp_path: Path
) -> None:
    file = tmp_path / "book.xlsx"
    render_xlsx(BOOK, file, binding_of(BOOK, "en"))
    tables = {name: ref for ws in load_workbook(file) for name, ref in ws.tables.items()}
    found = told(google, made(google, BOOK, "en"))
    named = {item["name"]: item["range"] for item in found["namedRanges"]}
    for name, ref in tables.items():
        left, top, right, bottom = range_boundaries(ref)
        grid = named[name]
        assert (grid.get("startColumnIndex", 0) + 1, grid.get("startRowIndex", 0) + 1) == (
            left,
            top,
        )
        assert (grid["endColumnIndex"], grid["endRowIndex"]) == (right, bottom)


def protected(sheet: dict[str, Any]) -> list[int | None]:
    """The columns that a person is warned about; None for the whole tab."""
    return [
        item["range"].get("startColumnIndex") if "endColumnIndex" in item["range"] else None
        for item in sheet.get("protectedRanges", [])
    ]


def test_what_lajur_fills_in_is_protected_by_a_warning(google: Emulator) -> None:
    found = told(google, made(google, BOOK, "en"))
    sheets = {sheet["properties"]["title"]: sheet for sheet in found["sheets"]}
    things, columns = sheets["Things"], BOOK.sheets[0].columns
    given = 2 + [column.key for column in columns].index("given")
    assert protected(things) == [0, 1, 2 + len(columns), given]
    for title in ("_lajur_meta", "_lajur_base", "_lajur_outbox", "_lajur_lists"):
        assert protected(sheets[title]) == [None]
    warned = [item["warningOnly"] for s in found["sheets"] for item in s.get("protectedRanges", ())]
    assert warned
    assert all(warned)


def test_whoever_shares_the_sheet_sorts_and_deletes_rows_all_the_same(google: Emulator) -> None:
    spreadsheet = made(google, BOOK, "en")
    colleague = "colleague@example.test"
    google.person("share", spreadsheet, **{"with": colleague})
    for row, code in ((2, "b"), (3, "a")):
        google.person("type", spreadsheet, by=colleague, range=f"Things!C{row}", text=code)
        google.person("type", spreadsheet, by=colleague, range=f"Things!A{row}", text=f"id-{code}")
    google.person("sort", spreadsheet, by=colleague, range="Things!A2:U12", column=2)
    [things] = [
        s for s in told(google, spreadsheet)["sheets"] if s["properties"]["title"] == "Things"
    ]
    rows = things["data"][0]["rowData"][1:3]
    shown = [[row["values"][n]["formattedValue"] for n in (0, 2)] for row in rows]
    assert shown == [["id-a", "a"], ["id-b", "b"]]


def test_setup_has_a_box_to_tick_and_a_name_for_every_value(google: Emulator) -> None:
    found = told(google, made(google, BOOK, "en"))
    names = {item["name"]: item["range"] for item in found["namedRanges"]}
    assert {"lajur_company", "lajur_last_sync", "lajur_sync_now", "lajur_worker"} <= set(names)
    [setup] = [s for s in found["sheets"] if s["properties"]["title"] == "Setup"]
    row = names["lajur_sync_now"]["startRowIndex"]
    label, box = setup["data"][0]["rowData"][row]["values"][1:3]
    assert label["formattedValue"] == "Sync now"
    assert box["dataValidation"]["condition"]["type"] == "BOOLEAN"


def test_texts_of_a_book_are_never_taken_for_formulas(google: Emulator) -> None:
    found = told(google, made(google, BOOK, "id"))
    cells = [
        cell
        for sheet in found["sheets"]
        for row in sheet["data"][0].get("rowData", ())
        for cell in row.get("values", ())
    ]
    kinds = {kind for cell in cells for kind in cell.get("userEnteredValue", ())}
    assert kinds == {"stringValue"}
