"""A database follows the declarations: what is new is added, what is kept stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from sync_server.core.port import DOCUMENT, Days
from sync_server.storage.sql_store import SqlStore, open_store
from tests.storage.bookshop import (
    COMPANY,
    SALES,
    SALES_SHEET,
    SECRET,
    TITLES_SHEET,
    TURNOVER,
    batch,
    catalogue,
    change,
    keep,
    sale,
    word,
)
from workbook_templates.columns import Integer, Quantity, Text
from workbook_templates.schema import Sheet, Totals


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'toko.db'}"


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    store = open_store(url, catalogue())
    store.add_company(COMPANY, "e1", SECRET)
    keep(store, batch(1, [change(sale("a", title="X", copies="2"))]))
    yield store
    store.close()


def told(store: SqlStore, statement: str) -> list[tuple[object, ...]]:
    with store.transaction() as connection:
        return [tuple(found) for found in connection.exec_driver_sql(statement)]


def renewed(store: SqlStore, url: str, *sheets: Sheet) -> SqlStore:
    store.close()
    return open_store(url, catalogue(*sheets))


def test_an_up_to_date_database_is_left_alone(store: SqlStore) -> None:
    assert store.migrate() == []


def test_a_new_column_is_in_the_view_and_old_rows_are_blank_there(
    store: SqlStore, url: str
) -> None:
    column = Quantity("weight", word("Weight"))
    wider = replace(SALES_SHEET, columns=(*SALES_SHEET.columns, column))
    store = renewed(store, url, TITLES_SHEET, wider)
    keep(store, batch(2, [change(sale("b", 2, weight="2.5"))]))
    found = told(store, "SELECT _id, title, weight FROM shop_sales ORDER BY _id")
    assert found == [("a", "X", None), ("b", None, 2.5)]
    assert store.migrate() == []


def test_a_column_of_another_kind_makes_only_its_view_anew(store: SqlStore) -> None:
    columns = tuple(
        Text("copies", word("Copies")) if column.key == "copies" else column
        for column in SALES_SHEET.columns
    )
    store.catalogue = catalogue(TITLES_SHEET, replace(SALES_SHEET, columns=columns))
    assert store.migrate() == ["shop_sales"]
    assert told(store, "SELECT copies FROM shop_sales") == [("2",)]


def test_a_new_sheet_needs_nobodys_hand(store: SqlStore, url: str) -> None:
    shelf = Sheet("shelves", word("Shelves"), (Integer("number", word("Number")),), indexes=())
    store = renewed(store, url, TITLES_SHEET, SALES_SHEET, shelf)
    assert told(store, "SELECT number FROM shop_shelves") == []


def test_a_sheet_that_is_declared_no_more_keeps_its_rows(store: SqlStore, url: str) -> None:
    store = renewed(store, url, TITLES_SHEET)
    assert told(store, "SELECT name FROM sqlite_master WHERE name LIKE '%shop_sales%'") == []
    store = renewed(store, url, TITLES_SHEET, SALES_SHEET)
    assert told(store, "SELECT _id, copies FROM shop_sales") == [("a", 2)]


def test_a_lookup_by_a_declared_column_uses_its_index(store: SqlStore, url: str) -> None:
    indexed = replace(SALES_SHEET, indexes=("title", "copies"), dated="date")
    store = renewed(store, url, TITLES_SHEET, indexed)
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    with store.reading(COMPANY.code) as held:
        for column in ("title", "copies", DOCUMENT):
            held.rows_where(SALES, column, ["X"])
        held.rows_where(SALES, "title", ["X"], Days("date", "2026-05-01", "2026-05-31"))
    looked = [question for question in asked if "FROM rows" in question[0]]
    plans = [_plan(store, *question) for question in looked]
    assert ["rows_shop_sales_title" in plans[0], "rows_shop_sales_copies" in plans[1]] == [True] * 2
    assert "rows_document" in plans[2]
    assert "rows_shop_sales_title" in plans[3]
    assert "<expr>>? AND <expr><?" in plans[3]  # no other day is looked at


def _plan(store: SqlStore, statement: str, parameters: tuple[object, ...]) -> str:
    with store.transaction() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "; ".join(step[3] for step in found)


def test_a_column_that_a_later_version_adds_is_added(store: SqlStore) -> None:
    with store.transaction(writing=True) as connection:
        connection.exec_driver_sql("ALTER TABLE commits DROP COLUMN file")
    assert store.migrate() == ["commits.file"]
    with store.reading(COMPANY.code) as held:
        assert held.history("a")[0].file == ""


def test_an_index_on_no_column_is_a_fault_of_the_declaration(store: SqlStore) -> None:
    store.catalogue = catalogue(replace(SALES_SHEET, indexes=("colour",)))
    with pytest.raises(ValueError, match="colour"):
        store.migrate()


def test_totals_of_more_columns_than_fit_are_refused(store: SqlStore) -> None:
    wide = Totals(TURNOVER, tuple("abcde"), ("amount",))
    store.catalogue = catalogue(replace(SALES_SHEET, totals=(wide,)))
    with pytest.raises(ValueError, match="at most 4"):
        store.migrate()


def test_sums_are_read_as_amounts(store: SqlStore) -> None:
    made = batch(2, [change(sale("b", 2))])
    made.totals = {TURNOVER: {("X", "2026-05"): [1_250_000_5000]}}
    keep(store, made)
    found = told(store, "SELECT _company, title, date_month, amount FROM totals_shop_turnover")
    assert found == [("toko", "X", "2026-05", 1250000.5)]
