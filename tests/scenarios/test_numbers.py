"""Document numbers that the server gives: none is missing, none is given twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sync_server.core.catalogue import Catalogue
from sync_server.core.verify import verify_company
from sync_server.storage.sql_store import open_store
from tests.scenarios.office import COMPANY, Office, put, seen, type_rows
from tests.shelf import on_the_shelf
from workbook_templates.books import all_books

VOUCHERS = "vouchers.vouchers"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office over SQLite that keeps vouchers too; its numbers are in order at the end."""
    url = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    with on_the_shelf(), closing(open_store(url, Catalogue(all_books()))) as store:
        made = Office(tmp_path, store=store)
        yield made
        assert findings(made) == []


def findings(office: Office) -> list[str]:
    with office.served.store.reading(COMPANY) as held:
        return verify_company(held, office.served.catalogue)


def voucher(name: str, amount: int, day: str = "2026-05-03", **more: Any) -> dict[str, Any]:
    return {"voucher": name, "date": day, "amount": amount, **more}


def numbers(file: Path) -> list[tuple[str, str | None]]:
    """(voucher, number) of each row as a person sees it."""
    return [(row["voucher"], row["number"]) for row in seen(file, VOUCHERS)]


def test_an_accepted_document_gets_the_next_number_of_its_kind_and_year(office: Office) -> None:
    file = office.workbook("vouchers")
    rows = [
        voucher("A", 100),
        voucher("A", 50),
        voucher("B", 0),
        voucher("C", 7, kind="In"),
        voucher("D", 7, "2027-01-04"),
        voucher("E", 9),
    ]
    type_rows(file, VOUCHERS, rows)
    office.sync(file)
    assert numbers(file) == [
        *(("A", "BK-2026-0001"), ("A", "BK-2026-0001"), ("B", None)),
        *(("C", "BM-2026-0001"), ("D", "BK-2027-0001"), ("E", "BK-2026-0002")),
    ]
    put(file, VOUCHERS, 4, amount=5)
    assert not office.sync(file).issues
    assert dict(numbers(file))["B"] == "BK-2026-0003"


def test_a_draft_has_no_number_until_it_is_one_no_more(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100, draft="Yes"), voucher("B", 100)])
    office.sync(file)
    assert dict(numbers(file)) == {"A": None, "B": "BK-2026-0001"}
    put(file, VOUCHERS, 2, draft="No")
    office.sync(file)
    assert dict(numbers(file))["A"] == "BK-2026-0002"


def test_a_number_stays_whatever_becomes_of_the_document(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100), voucher("B", 100)])
    office.sync(file)
    put(file, VOUCHERS, 2, date="2027-02-01", kind="In", voucher="A2")
    type_rows(file, VOUCHERS, [voucher("B", 5)])
    assert not office.sync(file).issues
    assert numbers(file) == [("A2", "BK-2026-0001"), *[("B", "BK-2026-0002")] * 2]


def test_a_document_that_is_split_keeps_its_number_and_the_new_one_gets_one(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100), voucher("A", 100)])
    office.sync(file)
    put(file, VOUCHERS, 3, voucher="B")
    assert not office.sync(file).issues
    assert numbers(file) == [("A", "BK-2026-0001"), ("B", "BK-2026-0002")]
    put(file, VOUCHERS, 3, voucher="A")
    assert not office.sync(file).issues
    assert numbers(file) == [("A", "BK-2026-0001")] * 2


def test_a_copied_document_gets_a_number_of_its_own(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100)])
    office.sync(file)
    type_rows(file, VOUCHERS, [voucher("B", 100, number="BK-2026-0001")])
    office.sync(file)
    assert not office.sync(file).issues
    assert numbers(file) == [("A", "BK-2026-0001"), ("B", "BK-2026-0002")]


def test_a_number_that_somebody_types_is_not_taken(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100)])
    office.sync(file)
    put(file, VOUCHERS, 2, number="BK-2026-0007")
    assert [issue.code for issue in office.sync(file).issues] == ["read_only"]
    assert [row["number"] for row in office.kept(VOUCHERS)] == ["BK-2026-0001"]


def test_a_deleted_document_leaves_its_number_to_nobody(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100)])
    office.sync(file)
    type_rows(file, VOUCHERS, [voucher("B", 100)])
    put(file, VOUCHERS, 2, **dict.fromkeys(("voucher", "number", "date", "kind", "amount")))
    office.sync(file, delete=True)
    assert [row["number"] for row in office.kept(VOUCHERS)] == ["BK-2026-0002"]


def test_two_copies_that_send_at_once_get_different_numbers(office: Office) -> None:
    mine = office.workbook("vouchers", "mine")
    theirs = mine.with_name("theirs.xlsx")
    shutil.copy(mine, theirs)
    for name, file in (("A", mine), ("B", theirs)):
        type_rows(file, VOUCHERS, [voucher(name, 100)])
    office.sync(theirs, "budi")
    office.sync(mine)
    assert dict(numbers(mine)) == {"A": "BK-2026-0002", "B": "BK-2026-0001"}


def test_verify_tells_of_a_number_that_is_missing_or_stands_twice(office: Office) -> None:
    file = office.workbook("vouchers")
    type_rows(file, VOUCHERS, [voucher("A", 100), voucher("B", 100)])
    office.sync(file)
    engine = office.served.store.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE series SET last = 3")
    assert findings(office) == ["number 3 of the series BK-2026 was never given to a document"]
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE series SET last = 2")
        connection.exec_driver_sql(
            "UPDATE rows SET cells = json_set(cells, '$.number', 'BK-2026-0001')"
            " WHERE tbl = 'vouchers.vouchers'"
        )
    assert "number BK-2026-0001 stands in 2 documents" in findings(office)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE rows SET cells = json_set(cells, '$.number', 'BK-2026-0002')"
            " WHERE document = 'B'"
        )
