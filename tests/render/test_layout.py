"""What stands where in a rendered workbook; other parts rely on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.render.samples import BINDING, BOOK, rendered
from workbook_templates.books import all_books
from workbook_templates.render import render_xlsx
from workbook_templates.review import DECISIONS, REVIEW
from workbook_templates.schema import Book


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(rendered(tmp_path_factory.mktemp("layout")))


@pytest.fixture(scope="module")
def things(workbook: Workbook) -> Worksheet:
    return workbook["Things"]


def letter(key: str) -> str:
    return get_column_letter(3 + list(BOOK.sheets[0].by_key).index(key))


def validation(worksheet: Worksheet, key: str) -> str | None:
    cells = f"{letter(key)}2:{letter(key)}20000"
    found = [v for v in worksheet.data_validations.dataValidation if str(v.sqref) == cells]
    assert all(v.errorStyle == "information" for v in found)
    return found[0].formula1 if found else None


def name(workbook: Workbook, key: str) -> str:
    return str(workbook.defined_names[key].attr_text)


def test_sheets_stand_in_the_order_of_the_book_and_ours_come_last(workbook: Workbook) -> None:
    visible = [ws.title for ws in workbook.worksheets if ws.sheet_state == "visible"]
    hidden = [ws.title for ws in workbook.worksheets if ws.sheet_state == "hidden"]
    assert visible == ["Things", "Entries", "Review", "Setup"]
    assert hidden == ["_lajur_lists", "_lajur_meta", "_lajur_base", "_lajur_outbox"]
    assert workbook.active is workbook["Things"]


def test_headings_stand_in_row_one_between_our_own_columns(things: Worksheet) -> None:
    headings = [cell.value for cell in things[1]]
    declared = [column.heading.en for column in BOOK.sheets[0].columns]
    assert headings == ["_id", "Status", *declared, "_flags"]


def test_each_sheet_is_one_table_with_a_blank_row(workbook: Workbook) -> None:
    last = get_column_letter(3 + len(BOOK.sheets[0].columns))
    tables = {ws.title: dict(ws.tables.items()) for ws in workbook.worksheets}
    assert tables["Things"] == {"tbl_things": f"A1:{last}2"}
    assert tables["Entries"] == {"tbl_entries": "A1:G2"}
    assert set(tables["Review"]) == {"tbl_review"}
    assert all(cell.value is None for cell in workbook["Things"][2])


def test_id_and_flags_are_hidden_text(things: Worksheet) -> None:
    for column in ("A", get_column_letter(things.max_column)):
        assert things.column_dimensions[column].hidden
        assert things.column_dimensions[column].number_format == "@"


def test_headings_and_first_columns_stay_in_view(things: Worksheet) -> None:
    assert things.freeze_panes == "D2"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("code", "@"),
        ("text", "@"),
        ("digits", "@"),
        ("own", "@"),
        ("month", "@"),
        ("time", "@"),
        ("money", "#,##0.00"),
        ("quantity", "#,##0.####"),
        ("date", "yyyy-mm-dd"),
        ("integer", "0"),
    ],
)
def test_a_whole_column_has_the_format_of_its_kind(things: Worksheet, key: str, code: str) -> None:
    assert things.column_dimensions[letter(key)].number_format == code


def test_dates_are_written_the_indonesian_way_in_an_indonesian_workbook(tmp_path: Path) -> None:
    binding = replace(BINDING, language="id", locale="id-ID")
    worksheet = load_workbook(rendered(tmp_path, binding=binding))["Things ID"]
    assert worksheet.column_dimensions[letter("date")].number_format == "dd/mm/yyyy"
    assert validation(worksheet, "flag") == '"Ya,Tidak"'


def test_choices_drop_down_in_words(things: Worksheet, workbook: Workbook) -> None:
    assert validation(things, "choice") == '"First,Second"'
    assert validation(things, "flag") == '"Yes,No"'


def test_many_words_drop_down_from_the_hidden_sheet(things: Worksheet, workbook: Workbook) -> None:
    assert validation(things, "long") == "list_things_long"
    lists = {
        column[0].value: [c.value for c in column[1:]]
        for column in workbook["_lajur_lists"].columns
    }
    assert len([words for words in lists["things.long"] if words]) == 9
    assert "_lajur_lists" in name(workbook, "list_things_long")


def test_a_reference_drops_down_the_keys_of_its_sheet(
    things: Worksheet, workbook: Workbook
) -> None:
    assert validation(things, "own") == "list_sample_things"
    assert name(workbook, "list_sample_things").startswith("Things!$C$2:INDEX(")


def test_a_reference_to_another_book_drops_down_from_the_hidden_sheet(
    things: Worksheet, workbook: Workbook
) -> None:
    assert validation(things, "foreign") == "list_other_places"
    assert "other.places" in [cell.value for cell in workbook["_lajur_lists"][1]]


@pytest.mark.parametrize("key", ["either", "money", "text"])
def test_what_has_no_single_list_has_no_drop_down(things: Worksheet, key: str) -> None:
    assert validation(things, key) is None


def test_a_document_of_several_rows_has_no_drop_down(workbook: Workbook) -> None:
    assert "list_sample_entries" not in workbook.defined_names
    listed = [v.formula1 for v in workbook["Entries"].data_validations.dataValidation]
    assert listed == ["list_sample_things"]


def test_a_heading_says_what_belongs_in_its_column(things: Worksheet) -> None:
    notes = {cell.value: cell.comment.text for cell in things[1] if cell.comment}
    assert notes["Code"] == "A short code.\nMust be filled in."
    assert notes["Choice"] == "If blank: First."
    assert notes["Foreign"] == "From the sheet Places."
    assert notes["Given"] == "Filled in by Lajur; not to be changed."
    assert "Text" not in notes


def test_a_flagged_cell_is_coloured_in_every_prepared_row(things: Worksheet) -> None:
    flags = get_column_letter(things.max_column)
    formulas = formats(things)
    for column in BOOK.sheets[0].columns:
        cells = f"{letter(column.key)}2:{letter(column.key)}20000"
        problem, conflict = (
            formulas[cells, f'ISNUMBER(FIND("|{mark}|",${flags}2))']
            for mark in (column.key, f"~{column.key}")
        )
        assert problem.fill.bgColor.rgb == "FFF9CFC6"
        assert problem.border.left.color.rgb == "FFB3261E"
        assert conflict.fill.patternType == "lightUp"
        assert conflict.border.left.color.rgb == "FF1B4F9C"


def test_the_status_is_coloured_by_its_first_character(things: Worksheet) -> None:
    formulas = formats(things)
    fills = {
        first: formulas["B2:B20000", f'LEFT($B2,1)="{first}"'].fill.bgColor.rgb for first in "✓✗!…"
    }
    assert fills["✗"] == fills["!"]
    assert len(set(fills.values())) == 3


def test_read_only_columns_are_grey(things: Worksheet) -> None:
    assert things.column_dimensions[letter("given")].fill.fgColor.rgb == "FFF1F3F4"
    assert things.column_dimensions[letter("money")].fill.fill_type is None


def test_a_sheet_prints_landscape_on_the_width_of_a_page(things: Worksheet) -> None:
    assert things.page_setup.orientation == "landscape"
    assert things.sheet_properties.pageSetUpPr.fitToPage
    assert (things.page_setup.fitToWidth or 1, things.page_setup.fitToHeight) == (1, 0)
    assert things.print_title_rows == "$1:$1"


def test_meta_says_whose_workbook_it_is(workbook: Workbook) -> None:
    rows = workbook["_lajur_meta"].iter_rows(values_only=True)
    assert {key: value for key, value in rows if value is not None} == {
        "key": "value",
        "book": "sample",
        "version": "1",
        "company": "contoh",
        "language": "en",
        "locale": "en-US",
        "copy_id": "c0ffee",
        "server": "http://localhost:8000",
        "currency": "IDR",
        "sheet:things": "Things",
        "sheet:entries": "Entries",
        "review": "Review",
        "setup": "Setup",
    }


@pytest.mark.parametrize(
    ("sheet", "headings"),
    [
        ("_lajur_base", ("table", "id", "seq", "cells")),
        ("_lajur_outbox", ("mid", "seqno", "part", "json", "state")),
    ],
)
def test_the_sync_sheets_have_headings_only(
    workbook: Workbook, sheet: str, headings: tuple[str, ...]
) -> None:
    assert list(workbook[sheet].iter_rows(values_only=True)) == [headings]


def test_review_is_decided_by_a_drop_down(workbook: Workbook) -> None:
    review = workbook["Review"]
    assert [c.value for c in review[1]] == [column.heading.en for column in REVIEW.columns]
    (decision,) = review.data_validations.dataValidation
    assert decision.formula1 == f'"{",".join(option.words.en for option in DECISIONS)}"'
    assert str(decision.sqref) == "N2:N20000"
    assert decision.errorStyle == "information"  # another value may be typed


def test_setup_names_the_cells_that_a_sync_changes(workbook: Workbook) -> None:
    assert setup(workbook, "company") == "contoh – PT Lajur & Contoh"
    assert setup(workbook, "server") == "http://localhost:8000"
    assert setup(workbook, "last_sync") == "Never"


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    render_xlsx(BOOK, first, BINDING)
    render_xlsx(BOOK, second, BINDING)
    assert first.read_bytes() == second.read_bytes()


def test_a_folder_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        render_xlsx(BOOK, tmp_path / "nowhere" / "book.xlsx", BINDING)


@pytest.mark.parametrize("book", all_books(), ids=lambda book: str(book.key))
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_headings_of_a_sheet_are_alike(book: Book, language: str) -> None:
    for sheet in book.sheets:
        headings = [c.heading[language].casefold() for c in sheet.columns]
        assert len({"_id", "status", "_flags", *headings}) == 3 + len(headings), sheet.table


def setup(workbook: Workbook, key: str) -> object:
    sheet, _, cell = name(workbook, f"lajur_{key}").partition("!")
    return workbook[sheet][cell.replace("$", "")].value


def formats(worksheet: Worksheet) -> dict[tuple[str, str], object]:
    """The differential formats of a sheet by cells and formula."""
    return {
        (str(cells.sqref), rule.formula[0]): rule.dxf
        for cells in worksheet.conditional_formatting
        for rule in cells.rules
    }
