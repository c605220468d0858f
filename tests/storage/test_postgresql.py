"""PostgreSQL keeps the contract, and no reader ever misses a commit of several processes."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event

import psycopg
import pytest

from sync_server.core.errors import BadRequest, Busy, NoDatabase
from sync_server.storage import postgresql
from sync_server.storage.sql_store import SqlStore, open_store
from tests.storage.bookshop import COMPANY, SALES, SECRET, batch, catalogue, change, keep, sale
from tests.storage.contract import StoreContract

pytestmark = pytest.mark.postgresql
WRITERS, SECONDS = 4, 3


@pytest.fixture
def url(postgresql_database_url: str) -> str:
    return postgresql_database_url


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    store = open_store(url, catalogue())
    store.add_company(COMPANY, "e1", SECRET)
    yield store
    store.close()


class TestPostgresql(StoreContract):
    """The fixture `store` of this module takes its place."""


def test_a_reader_sees_one_state_while_a_writer_commits(store: SqlStore) -> None:
    keep(store, batch(1, [change(sale("a"))]))
    with store.reading(COMPANY.code) as held:
        keep(store, batch(2, [change(sale("b", 2))]))
        assert (held.head, len(held.feed([SALES], 0, 10))) == (1, 1)


def test_a_second_writer_is_told_to_come_again(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT", "50ms")
    with (
        store.writing(COMPANY.code),
        pytest.raises(Busy),
        store.writing(COMPANY.code),
    ):
        pytest.fail("two writers at once")


def test_writers_of_two_companies_do_not_wait_for_each_other(store: SqlStore) -> None:
    other = COMPANY.__class__("lain", "Lain")
    store.add_company(other, "e2", SECRET)
    with store.writing(COMPANY.code), store.writing(other.code) as held:
        held.keep(batch(1, [change(sale("a"))]))


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(NoDatabase):
        open_store("postgresql+psycopg://localhost:1/toko?connect_timeout=2", catalogue())


def test_views_have_the_types_of_the_declarations(store: SqlStore, url: str) -> None:
    cells = {"date": "2026-05-03", "amount": "125000.50", "copies": "2", "gift": "true"}
    keep(store, batch(1, [change(sale("a", **cells))]))
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        cursor = connection.execute(
            "SELECT date, amount, copies, gift, sale, amount * 2 FROM shop_sales"
        )
        kinds = [column.type_display for column in cursor.description or ()]
        assert kinds == ["date", "numeric(24,6)", "int8", "bool", "text", "numeric"]
        assert [str(value) for value in cursor.fetchone() or ()] == [
            *("2026-05-03", "125000.500000", "2", "True", "S1", "250001.000000")
        ]


def test_no_commit_of_several_processes_is_ever_unseen(store: SqlStore, url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    writers = [spawn.Process(target=_write_until, args=(url, n, stop)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    until = time.monotonic() + 30  # a slow machine starts processes slowly
    while time.monotonic() < until:
        before = len(seen)
        seen += _read_on(store, seen[-1] if seen else 0)
        if not before and seen:
            until = time.monotonic() + SECONDS
    stop.set()
    for writer in writers:
        writer.join(30)
    seen += _read_on(store, seen[-1])
    with store.reading(COMPANY.code) as held:
        assert [writer.exitcode for writer in writers] == [0] * WRITERS
        assert held.head > WRITERS
        assert seen == list(range(1, held.head + 1))


def _read_on(store: SqlStore, after: int) -> list[int]:
    time.sleep(0.002)
    with store.reading(COMPANY.code) as held:
        return [row.seq for row in held.feed([SALES], after, 1000)]


def _write_until(url: str, writer: int, stop: Event) -> None:
    store = open_store(url, catalogue())
    count = 0
    while not stop.is_set():
        with store.writing(COMPANY.code) as held:
            seq = held.head + 1
            row_id = f"{writer}-{count}"
            time.sleep(0.001 * (count % 7))
            held.keep(batch(seq, [change(sale(row_id, seq))], mid=row_id))
        count += 1
    store.close()


def test_what_no_database_keeps_is_a_bad_request(store: SqlStore) -> None:
    with pytest.raises(BadRequest):
        keep(store, batch(1, [change(sale("a"), row=10**30)]))
    with pytest.raises(BadRequest):
        keep(store, batch(1, [change(sale("a", title="\0"))]))
