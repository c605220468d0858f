"""SQLite keeps the contract, waits for nobody for long, and says when the disk is full."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sync_server.core.errors import BadRequest, Busy, DiskFull, NoDatabase
from sync_server.storage import checkpointing, sqlite
from sync_server.storage.sql_store import SqlStore, open_store
from tests.storage.bookshop import COMPANY, SALES, SECRET, batch, catalogue, change, keep, sale
from tests.storage.contract import StoreContract


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "toko.db"


@pytest.fixture
def store(file: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{file}", catalogue())
    store.add_company(COMPANY, "e1", SECRET)
    yield store
    store.close()


class TestSqlite(StoreContract):
    """The fixture `store` of this module takes its place."""


def test_every_commit_is_on_the_disk_before_it_is_answered(store: SqlStore) -> None:
    with store.transaction() as connection:
        kept = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    assert kept == ["wal", 2]


def test_a_reader_sees_one_state_while_a_writer_commits(store: SqlStore) -> None:
    keep(store, batch(1, [change(sale("a"))]))
    with store.reading(COMPANY.code) as held:
        keep(store, batch(2, [change(sale("b", 2))]))
        assert (held.head, len(held.feed([SALES], 0, 10))) == (1, 1)


def test_a_second_writer_is_told_to_come_again(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    other = open_store(f"sqlite:///{file}", catalogue())
    with (
        store.writing(COMPANY.code),
        pytest.raises(Busy),
        other.writing(COMPANY.code),
    ):
        pytest.fail("two writers at once")
    other.close()


def test_a_full_disk_is_said_and_nothing_is_kept(store: SqlStore) -> None:
    many = batch(1, [change(sale(f"r{n}", note="x" * 500)) for n in range(2000)])
    with store.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        keep(store, many)
    with store.reading(COMPANY.code) as held:
        assert (held.head, held.feed([SALES], 0, 10)) == (0, [])


@pytest.mark.parametrize(
    ("url", "error"), [("sqlite:////nowhere/at/all.db", NoDatabase), ("mysql://x", BadRequest)]
)
def test_a_database_that_cannot_be_had_is_said(url: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        open_store(url, catalogue())


def test_a_long_log_goes_into_the_file_beside_the_writers(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpointing, "PAGES", 1)
    before = file.stat().st_size
    keep(store, batch(1, [change(sale(f"r{n}", note="x" * 500)) for n in range(200)]))
    store.dialect.close()
    assert file.stat().st_size > before + 200 * 500


def test_a_log_that_cannot_go_into_the_file_is_told_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    checkpoints = checkpointing.Checkpoints("/nowhere/at/all.db")
    for _ in range(2):
        checkpoints.committed(100_000)
        checkpoints.close()
    assert caplog.text.count("could not be written into the file") == 2


def test_a_checkpoint_makes_no_file_where_there_is_none(tmp_path: Path) -> None:
    checkpoints = checkpointing.Checkpoints(str(tmp_path / "gone.db"))
    checkpoints.committed(100_000)
    checkpoints.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dengan hormat, " * 500)
    with pytest.raises(NoDatabase):
        open_store(f"sqlite:///{letter}", catalogue())
    assert letter.read_text() == "Dengan hormat, " * 500


def test_any_sqlite_tool_reads_the_views(store: SqlStore, file: Path) -> None:
    cells = {"date": "2026-05-03", "amount": "125000.50", "copies": "2", "gift": "true"}
    gone = replace(sale("b"), deleted=True)
    keep(store, batch(1, [change(sale("a", **cells)), change(gone), change(sale("c"))]))
    with sqlite3.connect(file) as connection:
        found = connection.execute(
            "SELECT _id, _seq, _company, _source, sale, date, title, amount + 1, copies, gift,"
            " typeof(amount), typeof(copies) FROM shop_sales ORDER BY _id"
        ).fetchall()
    connection.close()
    whole = ("a", 1, "toko", None, "S1", "2026-05-03", None, 125001.5, 2, 1, "real", "integer")
    blank = ("c", 1, "toko", None, "S1", None, None, None, None, None, "null", "null")
    assert found == [whole, blank]


def test_what_no_database_keeps_is_a_bad_request(store: SqlStore) -> None:
    with pytest.raises(BadRequest):
        keep(store, batch(1, [change(sale("a"), row=10**30)]))
