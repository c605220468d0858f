"""What every book keeps, whoever adds it: declarations that hold together, samples, a page."""

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from workbook_templates.books import all_books, book, sheet_of
from workbook_templates.check import text_problems
from workbook_templates.schema import Book, Sheet, Totals

BOOKS = all_books()
SHEETS = [sheet for found in BOOKS for sheet in found.sheets]


def by_key(book_: Book) -> str:
    return book_.key


def by_table(sheet: Sheet) -> str:
    return sheet.table


def folder(key: str) -> Traversable:
    return files("workbook_templates.books").joinpath(key)


def test_the_ledger_is_found_by_its_folder() -> None:
    assert book("ledger") in BOOKS
    assert sheet_of("ledger.journal") is book("ledger").sheet("journal")
    assert sheet_of("ledger.journal").table == "ledger.journal"


def test_keys_of_books_reports_and_totals_are_unique() -> None:
    assert len({found.key for found in BOOKS}) == len(BOOKS)
    reports = [report.key for found in BOOKS for report in found.reports]
    assert len(set(reports)) == len(reports)
    totals = [declared.key for sheet in SHEETS for declared in sheet.totals]
    totals += [t.key for found in BOOKS for replay in found.replays for t in replay.totals]
    assert len(set(totals)) == len(totals)


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_a_sheet_names_no_documents_of_another_book(sheet: Sheet) -> None:
    """They would all be carried in its workbook, and be seen by all its keepers."""
    named = {table for column in sheet.reference_columns for table in column.tables}
    foreign = [sheet_of(table) for table in named if table.partition(".")[0] != sheet.book]
    assert [found.table for found in foreign if found.group_by] == []


@pytest.mark.parametrize("found", BOOKS, ids=by_key)
def test_every_sheet_stands_once_where_it_is_laid_out(found: Book) -> None:
    laid = [sheet.key for _, sheets in found.laid_out for sheet in sheets]
    assert sorted(laid) == sorted(found.by_key)


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_a_sheet_names_only_columns_that_it_has(sheet: Sheet) -> None:
    named = {*sheet.key_columns, *sheet.indexes}
    named |= {column for family in sheet.families for column in family}
    for declared in sheet.totals:
        named |= set(summed_columns(declared))
    assert named <= sheet.by_key.keys()
    assert sheet.key_columns or sheet.read_only


def summed_columns(declared: Totals) -> Iterator[str]:
    yield from declared.of
    for name in declared.by:
        yield name.partition(":")[0]


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_columns_of_a_sheet_share_a_heading(sheet: Sheet, language: str) -> None:
    headings = [column.heading[language].casefold() for column in sheet.columns]
    assert len(set(headings)) == len(headings)
    assert "status" not in headings  # Lajur's own column


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_a_heading_in_either_language_means_one_column(sheet: Sheet) -> None:
    meant: dict[str, set[str]] = {}
    for column in sheet.columns:
        for name in (column.key, column.heading.id, column.heading.en, *column.aliases):
            meant.setdefault(name.casefold(), set()).add(column.key)
    assert {name: keys for name, keys in meant.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_references_lead_to_sheets_that_exist(sheet: Sheet) -> None:
    for column in sheet.reference_columns:
        assert column.tables
        for table in column.tables:
            assert sheet_of(table).key_columns


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_each_rule_says_what_it_holds(sheet: Sheet) -> None:
    for rule in sheet.all_rules:
        assert rule.__doc__, f"{sheet.table}: a rule without a sentence"


@pytest.mark.parametrize("sheet", SHEETS, ids=by_table)
def test_sample_rows_are_canonical(sheet: Sheet) -> None:
    file = folder(sheet.book).joinpath("sample", f"{sheet.key}.json")
    if not file.is_file():
        assert sheet.read_only, f"{sheet.table} has no sample rows"
        return
    for number, row in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        assert [p.words.en for p in text_problems(sheet, str(number), row)] == []


@pytest.mark.parametrize("found", BOOKS, ids=by_key)
def test_a_book_has_a_page_in_both_languages(found: Book) -> None:
    page = folder(found.key).joinpath("README.md").read_text(encoding="utf-8")
    for language in ("id", "en"):
        for sheet in found.sheets:
            assert sheet.title[language] in page, f"{sheet.title[language]} is not explained"
