"""Sums that a later version of a book declares hold for the rows of before, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.core.access import OWNER, Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.push import push
from sync_server.core.upgrading import VersionedStore, upgrade_all
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from workbook_templates import wire
from workbook_templates.columns import Code, Money
from workbook_templates.lenses import Lens
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Book, Company, Sheet, Totals
from workbook_templates.words import Words

NOW, TABLE = "2026-05-31T10:00:00.000Z", "dues.fees"


def word(text: str) -> Words:
    return Words(id=text, en=text)


COLUMNS = (
    Code("fee", word("Fee"), required=True),
    Code("member", word("Member")),
    Money("amount", word("Amount"), required=True),
)
BY_MEMBER = Totals("dues.by_member", ("member",), ("amount",))


def dues(version: int, *totals: Totals) -> Book:
    fees = Sheet("fees", word("Fees"), COLUMNS, unique=("fee",), totals=totals)
    lenses = (Lens(2),) if version == 2 else ()
    return Book("dues", word("Dues"), (fees,), version=version, lenses=lenses)


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VersionedStore]:
    url = f"sqlite:///{tmp_path / 'dues.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    latest = Catalogue((dues(2, BY_MEMBER),))
    made: VersionedStore = MemoryStore() if request.param == "memory" else open_store(url, latest)
    if "dues" not in {company.code for company in made.companies()}:
        made.add_company(Company("dues", "Dues"), "epoch", b"k" * 32)
    yield made
    if not isinstance(made, MemoryStore):
        with closing(made):
            pass


def pay(store: VersionedStore, book: Book, fee: str, member: str | None, amount: str) -> None:
    catalogue = Catalogue((book,))
    cells = {"fee": fee, "amount": amount, **({"member": member} if member else {})}
    author = Author("ani", frozenset({OWNER}), catalogue)
    with store.writing("dues") as held:
        op = wire.Op("put", TABLE, make_id(), {k: (None, text) for k, text in cells.items()})
        group = wire.Group(make_id(), TABLE, fee, (op,), new=True, schema=book.version)
        batch, (result,) = push(Draft(held, catalogue), [group], author, NOW)
        held.keep(batch)
    assert result.status == wire.APPLIED


def test_new_totals_are_laid_over_old_rows_once(store: VersionedStore) -> None:
    old, new = dues(1), dues(2, BY_MEMBER)
    upgrade_all(store, Catalogue((old,)), NOW)
    for fee, member, amount in (("1", "A", "5.00"), ("2", "A", "7.50"), ("3", None, "9.00")):
        pay(store, old, fee, member, amount)
    for _ in range(2):
        upgrade_all(store, Catalogue((new,)), NOW)
        with store.reading("dues") as held:
            assert held.all_totals(BY_MEMBER.key) == {("A",): (125_000,)}
            assert verify_company(held, Catalogue((new,))) == []
    pay(store, new, "4", "A", "1.00")
    with store.reading("dues") as held:
        assert held.all_totals(BY_MEMBER.key) == {("A",): (135_000,)}
        assert verify_company(held, Catalogue((new,))) == []
