"""A backup is read by either database, whole or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sync_server.core.errors import AlreadyThere, Damaged, NotFound
from sync_server.core.port import KeptCheckpoint, Person, Rewrite, Transaction
from sync_server.storage.backup import backup, restore
from sync_server.storage.sql_store import SqlStore, open_store
from tests.storage.bookshop import (
    COMPANY,
    SALES,
    SECRET,
    STOCK,
    TURNOVER,
    batch,
    catalogue,
    change,
    keep,
    sale,
)

Opened = Callable[[str], SqlStore]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens stores, and closes them at the end."""
    stores: list[SqlStore] = []

    def open_one(url: str) -> SqlStore:
        stores.append(open_store(url, catalogue()))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(tmp_path: Path, opened: Opened) -> SqlStore:
    """A company with a bit of everything."""
    store = opened(f"sqlite:///{tmp_path / 'toko.db'}")
    store.add_company(COMPANY, "e1", SECRET)
    store.add_person(Person("sari", (("toko", "owner"),)), "digest")
    first = sale("b", title="X", note="é 漢\t")
    made = batch(1, [change(first), change(sale("a"))])
    made.totals = {TURNOVER: {("X", "2026-05"): [5]}}
    at = KeptCheckpoint("2026-05-01", 1, "[]")
    rewrite = Rewrite(0, [{"cost": "1.00"}, {"cost": None}], (), {at.day: at})
    made.replays = {STOCK: {"X": rewrite}}
    gone = replace(first, seq=2, deleted=True)
    keep(store, made, batch(2, [change(gone, first)]))
    return store


def everything(held: Transaction) -> list[object]:
    return [
        (held.company, held.secret, held.head, list(held.all_rows())),
        (held.all_totals(TURNOVER), held.all_replays(STOCK), held.all_checkpoints(STOCK)),
        list(held.commits_after(0)),
        (held.history("b"), held.results(["m1", "m2"]), held.feed([SALES], 0, 10)),
    ]


def read(store: SqlStore) -> list[object]:
    with store.reading(COMPANY.code) as held:
        return [everything(held), store.people(), store.person_with("digest")]


def test_what_is_restored_is_what_was_backed_up(
    store: SqlStore, opened: Opened, tmp_path: Path
) -> None:
    count = backup(store, tmp_path / "backup.gz")
    other = opened(f"sqlite:///{tmp_path / 'other.db'}")
    assert restore(other, tmp_path / "backup.gz") == count
    assert read(other) == read(store)
    keep(other, batch(3, [change(sale("c", 3))]))
    with other.reading(COMPANY.code) as held:
        assert [row.id for row in held.all_rows()] == ["b", "a", "c"]


def test_a_restored_company_has_a_new_epoch(store: SqlStore, tmp_path: Path) -> None:
    backup(store, tmp_path / "backup.gz")
    keep(store, batch(3, [change(sale("c", 3))]))
    restore(store, tmp_path / "backup.gz", replace=True)
    with store.reading(COMPANY.code) as held:
        assert held.epoch != "e1"
        assert held.head == 2


@pytest.mark.postgresql
def test_a_company_moves_between_the_databases(
    store: SqlStore, opened: Opened, tmp_path: Path, postgresql_database_url: str
) -> None:
    backup(store, tmp_path / "1.gz")
    other = opened(postgresql_database_url)
    restore(other, tmp_path / "1.gz")
    assert read(other) == read(store)
    backup(other, tmp_path / "2.gz")
    third = opened(f"sqlite:///{tmp_path / 'third.db'}")
    restore(third, tmp_path / "2.gz")
    assert read(third) == read(store)


def test_a_database_with_companies_is_not_overwritten_unasked(
    store: SqlStore, tmp_path: Path
) -> None:
    backup(store, tmp_path / "backup.gz")
    before = read(store)
    with pytest.raises(AlreadyThere):
        restore(store, tmp_path / "backup.gz")
    assert read(store) == before


def cut_stream(content: bytes) -> bytes:
    return content[: len(content) // 2]


def cut_lines(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(True)[:-1]))


def lost_record(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(True)
    return gzip.compress(b"".join(line for line in lines if b"Toko Buku" not in line))


def other_file(content: bytes) -> bytes:
    return gzip.compress(b'["letter"]\n')


def no_gzip(content: bytes) -> bytes:
    return b"Dengan hormat"


def unknown_table(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b'"table":"rows"', b'"table":"x"'))


@pytest.mark.parametrize(
    "damage", [cut_stream, cut_lines, lost_record, other_file, no_gzip, unknown_table]
)
def test_a_broken_backup_changes_nothing(
    store: SqlStore, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "backup.gz"
    backup(store, file)
    file.write_bytes(damage(file.read_bytes()))
    before = read(store)
    with pytest.raises(Damaged):
        restore(store, file, replace=True)
    assert read(store) == before


def test_a_backup_that_is_not_there_is_said(store: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        restore(store, tmp_path / "backup.gz", replace=True)


def test_an_unfinished_backup_never_has_its_name(store: SqlStore, tmp_path: Path) -> None:
    with store.transaction(writing=True) as connection:
        connection.exec_driver_sql("ALTER TABLE totals RENAME TO lost")
    with pytest.raises(Exception, match="totals"):
        backup(store, tmp_path / "backup.gz")
    assert not (tmp_path / "backup.gz").exists()
