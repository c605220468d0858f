"""Nothing is ever unseen: many write through several server processes at once, others read.

A reader who has read up to a commit must have every row of that commit and of all before it. A
number taken before the commit, as a sequence or a clock gives it, breaks this; ours is held under
the company's lock.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import OK, SERVICE_UNAVAILABLE, HTTPConnection
from threading import Event

import msgspec
import pytest

from sync_server.companies import add_person
from sync_server.storage.sql_store import open_store
from tests.benchmarks.company import CODE, document, keep, new_company, single_rows
from tests.benchmarks.serving import Server, post, running
from tests.storage.bookshop import COMPANY, SALES, SECRET, batch, catalogue, change, sale
from workbook_templates import wire
from workbook_templates.row_ids import make_id

JOURNAL = "ledger.journal"
WRITERS, DOCUMENTS, PROCESSES = 8, 12, 2
pytestmark = pytest.mark.postgresql


# -- transactions ------------------------------------------------------------------------------


def test_who_polls_while_transactions_overlap_misses_no_row(postgresql_database_url: str) -> None:
    store = open_store(postgresql_database_url, catalogue())
    store.add_company(COMPANY, "e1", SECRET)
    seen: dict[str, int] = {}
    over = Event()

    def write(writer: int) -> None:
        chance = random.Random(writer)
        for n in range(25):
            time.sleep(chance.uniform(0, 0.004))
            with store.writing(COMPANY.code) as held:
                head = held.head + 1
                held.keep(batch(head, [change(sale(f"r{writer}-{n}", head))]))
                time.sleep(chance.uniform(0, 0.004))  # the commit comes later than its number

    def read() -> None:
        last = 0
        while True:
            ends = over.is_set()
            with store.reading(COMPANY.code) as held:
                for row in held.feed([SALES], last, 10_000):
                    assert row.seq > last
                    seen[row.id] = row.seq
                last = held.head
            if ends:
                return

    with ThreadPoolExecutor(7) as people:
        reader = people.submit(read)
        for writing in [people.submit(write, n) for n in range(6)]:
            writing.result()
        over.set()
        reader.result()
    assert sorted(seen.values()) == list(range(1, 151))
    store.close()


# -- server processes --------------------------------------------------------------------------


@dataclass
class Reader:
    """A copy that pulls: what it has, and up to which commit it has everything."""

    token: str
    rows: dict[str, wire.RowState] = field(default_factory=dict)
    cursor: str = ""
    complete: int = 0

    def pull(self, connection: HTTPConnection, limit: int, more: str = "") -> None:
        """Reads to the head; nothing that comes may be older than what was complete."""
        while True:
            path = f"/v1/companies/{CODE}/changes?tables={JOURNAL}&limit={limit}{more}"
            if self.cursor:
                path += f"&cursor={self.cursor}"
            page = msgspec.json.decode(_get(connection, path, self.token), type=wire.Changes)
            for row in page.rows:
                assert row.seq > self.complete, f"{row.rid} of {row.seq} came late"
                self.rows[row.rid] = row
            self.cursor = page.cursor
            if not page.more:
                self.complete = page.head
                return


@pytest.fixture
def token(postgresql_database_url: str) -> str:
    """Of the owner of a company with two accounts and a shared entry."""
    with new_company(postgresql_database_url, "2026-01", "2026-12") as served:
        keep(served, [*_accounts(), document(JOURNAL, "SHARED", _lines("SHARED", "1.00"))])
        return add_person(served, "Rini", "owner", CODE)


@pytest.fixture
def servers(postgresql_database_url: str, token: str) -> Iterator[list[Server]]:
    """Several server processes over the same database."""
    environment = {**os.environ, "LAJUR_DATABASE": postgresql_database_url}
    with ExitStack() as stack:
        started = [
            running("sync_server.cli", "serve", environment=environment) for _ in range(PROCESSES)
        ]
        yield [stack.enter_context(one) for one in started]


def test_every_reader_of_several_processes_has_everything(
    servers: Sequence[Server], token: str
) -> None:
    over = Event()
    readers = [Reader(token) for _ in range(6)]
    ways = [_poll, _poll, _wait, _wait, _listen, _listen]
    with ThreadPoolExecutor(WRITERS + len(readers)) as people:
        reading = [
            people.submit(way, servers[n % PROCESSES], reader, over)
            for n, (way, reader) in enumerate(zip(ways, readers, strict=True))
        ]
        writing = [people.submit(_write, servers, token, n) for n in range(WRITERS)]
        seqs = [seq for one in writing for seq in one.result()]
        over.set()
        for one in reading:
            one.result()
    assert len(set(seqs)) == len(seqs) >= WRITERS * DOCUMENTS
    final = Reader(token)
    with closing(servers[0].connection()) as connection:
        final.pull(connection, 100_000)
    assert len(final.rows) == 2 + 2 * WRITERS * DOCUMENTS
    for reader in readers:
        assert reader.rows == final.rows


def _write(servers: Sequence[Server], token: str, writer: int) -> list[int]:
    """New entries, through one process or the other, and changes of an entry that all change."""
    chance, seqs = random.Random(writer), []
    with ExitStack() as stack:
        ways = [stack.enter_context(closing(server.connection())) for server in servers]
        for n in range(DOCUMENTS):
            key = f"W{writer}-{n}"
            groups = [document(JOURNAL, key, _lines(key, "10.00"))]
            groups += [_shared(chance.choice(ways), token, f"{writer} {n}")] * (n % 3 == 0)
            chance.shuffle(groups)
            for result in _pushed(chance.choice(ways), token, groups):
                assert result.status in (wire.APPLIED, wire.CONFLICT), result
                seqs += [result.seq] * (result.status == wire.APPLIED)
    return seqs


def _shared(connection: HTTPConnection, token: str, text: str) -> wire.Group:
    """A change of the shared entry, as it was a moment ago."""
    reader = Reader(token)
    reader.pull(connection, 100_000)
    row = next(r for r in reader.rows.values() if r.cells["entry"] == "SHARED")
    cells = {"description": (row.cells["description"], text)}
    op = wire.Op("put", JOURNAL, row.rid, cells)
    return wire.Group(make_id(), JOURNAL, "SHARED", (op,))


def _pushed(
    connection: HTTPConnection, token: str, groups: Sequence[wire.Group]
) -> Sequence[wire.Result]:
    body = msgspec.json.encode(wire.Push("", tuple(groups)))
    path = f"/v1/companies/{CODE}/push"
    while (reply := post(connection, path, body, token)).status == SERVICE_UNAVAILABLE:
        time.sleep(0.05)
    assert reply.status == OK, reply
    return msgspec.json.decode(reply.body, type=wire.PushReply).results


def _poll(server: Server, reader: Reader, over: Event) -> None:
    """Asks again and again, in pages of every size."""
    chance = random.Random(reader.token)
    with closing(server.connection()) as connection:
        while not over.is_set():
            reader.pull(connection, chance.choice([1, 3, 50, 5000]))
        reader.pull(connection, 7)


def _wait(server: Server, reader: Reader, over: Event) -> None:
    """Waits for news with each question."""
    with closing(server.connection()) as connection:
        while not over.is_set():
            reader.pull(connection, 20, "&wait=0.5")
        reader.pull(connection, 20)


def _listen(server: Server, reader: Reader, over: Event) -> None:
    """Reads only when the stream of events says so, and once at the end."""
    with closing(server.connection()) as events, closing(server.connection()) as connection:
        headers = {"Authorization": f"Bearer {reader.token}"}
        events.request("GET", f"/v1/companies/{CODE}/events", headers=headers)
        stream = events.getresponse()
        told = 0
        while not over.is_set():
            line = stream.readline()
            if line.startswith(b"data:"):
                told += 1
                reader.pull(connection, 100)
                assert reader.complete >= msgspec.json.decode(line[5:])["head"]
        assert told > 1
        reader.pull(connection, 100)


def _get(connection: HTTPConnection, path: str, token: str) -> bytes:
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    body = response.read()
    assert response.status == OK, body
    return body


def _accounts() -> list[wire.Group]:
    rows = {c: {"code": c, "name": c, "type": "asset"} for c in ("910001", "910002")}
    return single_rows("ledger.accounts", rows)


def _lines(entry: str, amount: str) -> list[dict[str, str]]:
    date = {"entry": entry, "date": "2026-05-03"}
    return [
        {**date, "account": "910001", "debit": amount},
        {**date, "account": "910002", "credit": amount},
    ]
