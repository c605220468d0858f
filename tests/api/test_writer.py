"""Many who write at once share a transaction, and nobody hurts or overtakes anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import msgspec
import pytest

from sync_server.api import writer as queue
from sync_server.api.deps import Served
from sync_server.api.writer import Writer
from sync_server.companies import add_company
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import Busy, EpochChanged, NotFound
from sync_server.core.port import Transaction
from sync_server.core.requests import Request
from sync_server.storage.sql_store import SqlStore, open_store
from tests.api.conftest import NOW
from tests.api.entries import JOURNAL, entry
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company
from workbook_templates.senders import OWNER


class Counted(SqlStore):
    """A store that counts its transactions."""

    written = 0

    @contextmanager
    def writing(self, company: str) -> Iterator[Transaction]:  # type: ignore[override]  # the port
        """One more."""
        self.written += 1
        with super().writing(company) as held:
            yield held


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counted]:
    catalogue = Catalogue(all_books())
    plain = open_store(f"sqlite:///{tmp_path / 'lajur.sqlite3'}", catalogue)
    store = Counted(plain.engine, plain.dialect, catalogue)
    served = Served(store, catalogue, lambda: NOW)
    for code in ("PT", "CV"):
        add_company(served, Company(code, code), "2026-01", "2026-12")
    store.written = 0
    yield store
    store.close()


@pytest.fixture
def told() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def writer(store: Counted, told: list[tuple[str, int]]) -> Iterator[Writer]:
    served = Served(store, store.catalogue, lambda: NOW)
    made = Writer(served, lambda company, head: told.append((company, head)))
    yield made
    made.close()


@contextmanager
def held_up(writer: Writer, company: str = "PT") -> Iterator[None]:
    """The writer is at work for somebody, so that the others queue."""
    begun, done = Event(), Event()

    def work(_: Transaction) -> None:
        begun.set()
        done.wait(30)

    job = writer.alone(company, work)
    assert begun.wait(30)
    try:
        yield
    finally:
        done.set()
        job.result(30)


def push(
    writer: Writer, *groups: wire.Group, company: str = "PT", epoch: str = ""
) -> Future[bytes]:
    author = Author("sari", frozenset({OWNER}), Catalogue(all_books()))
    return writer.push(company, Request(wire.Push(epoch, groups), author), 1000)


def statuses(reply: Future[bytes]) -> list[str]:
    read = msgspec.json.decode(reply.result(60), type=wire.PushReply)
    return [result.status for result in read.results]


def seqs(reply: Future[bytes]) -> list[int]:
    read = msgspec.json.decode(reply.result(60), type=wire.PushReply)
    return [result.seq for result in read.results]


def test_those_who_wait_share_a_transaction_and_are_answered_in_their_order(
    writer: Writer, store: Counted, told: list[tuple[str, int]]
) -> None:
    with held_up(writer):
        replies = [push(writer, entry(f"J{n}"), entry(f"K{n}")) for n in range(30)]
    numbers = [seq for reply in replies for seq in seqs(reply)]
    assert numbers == list(range(numbers[0], numbers[0] + 60))
    assert store.written == 2
    assert told[-1] == ("PT", numbers[-1])


def test_each_has_the_results_of_what_they_sent(writer: Writer) -> None:
    again = entry("J2")
    with held_up(writer):
        replies = [
            push(writer, entry("J1")),
            push(writer, entry("J3", "100.00", "90.00"), again),
            push(writer, again),
            push(writer, entry("J2")),
        ]
    assert [statuses(reply) for reply in replies] == [
        [wire.APPLIED],
        [wire.INVALID, wire.APPLIED],
        [wire.APPLIED],
        [wire.INVALID],
    ]
    replayed = msgspec.json.decode(replies[2].result(), type=wire.PushReply).results[0]
    assert replayed.replayed
    assert replayed.rows


def test_who_comes_from_another_life_of_the_server_is_told_so_alone(writer: Writer) -> None:
    with held_up(writer):
        replies = [push(writer, entry("J1"), epoch="gone"), push(writer, entry("J2"))]
    with pytest.raises(EpochChanged):
        replies[0].result(60)
    assert statuses(replies[1]) == [wire.APPLIED]


def test_an_error_of_one_request_hurts_nobody_else(writer: Writer, store: Counted) -> None:
    bad = entry("J2")
    column: dict[str, tuple[str | None, str | None]] = {"debit": (None, 7)}  # type: ignore[dict-item]  # the decoder would refuse it
    broken = wire.Group(
        make_id(), JOURNAL, "J2", (wire.Op("put", JOURNAL, make_id(), column),), new=True
    )
    with held_up(writer):
        replies = [
            push(writer, entry("J1")),
            push(writer, broken),
            push(writer, bad),
        ]
    assert statuses(replies[0]) == statuses(replies[2]) == [wire.APPLIED]
    with pytest.raises(Exception, match=r".") as error:
        replies[1].result(60)
    assert not isinstance(error.value, Busy)
    assert store.written == 1 + 1 + 3


def test_a_company_that_is_not_there_is_said_to_everybody_who_asked(writer: Writer) -> None:
    with held_up(writer):
        replies = [push(writer, entry(f"J{n}"), company="nobody") for n in range(3)]
    for reply in replies:
        with pytest.raises(NotFound):
            reply.result(60)


def test_other_companies_queue_for_themselves(writer: Writer, store: Counted) -> None:
    with held_up(writer):
        theirs = push(writer, entry("J1"), company="CV")
        ours = push(writer, entry("J1"))
    assert statuses(theirs) == statuses(ours) == [wire.APPLIED]


def test_who_has_gone_away_before_their_turn_is_left_out(writer: Writer, store: Counted) -> None:
    with held_up(writer):
        gone, here = push(writer, entry("J1")), push(writer, entry("J2"))
        assert gone.cancel()
    assert statuses(here) == [wire.APPLIED]
    with store.reading("PT") as held:
        assert {row.key for row in held.rows_of(JOURNAL)} == {"J2"}


def test_a_large_request_is_written_alone(writer: Writer, store: Counted) -> None:
    large = [entry(f"L{n}") for n in range(queue.ROWS_TOGETHER // 2 + 1)]
    with held_up(writer):
        replies = [push(writer, entry("J1")), push(writer, *large), push(writer, entry("J2"))]
    assert {status for reply in replies for status in statuses(reply)} == {wire.APPLIED}
    assert store.written == 4


def test_beyond_the_bound_one_is_told_to_come_again_and_who_is_in_is_answered(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MAX_WAITING", 2)
    with held_up(writer):
        replies = [push(writer, entry("J1")), push(writer, entry("J2"))]
        with pytest.raises(Busy):
            push(writer, entry("J3"))
    assert [statuses(reply) for reply in replies] == [[wire.APPLIED]] * 2
    assert statuses(push(writer, entry("J3"))) == [wire.APPLIED]


def test_everybody_who_was_accepted_is_answered_at_the_end(store: Counted) -> None:
    writer = Writer(Served(store, store.catalogue, lambda: NOW), lambda company, head: None)
    replies = [push(writer, entry(f"J{n}")) for n in range(20)]
    writer.close()
    assert all(reply.done() for reply in replies)
    assert {status for reply in replies for status in statuses(reply)} == {wire.APPLIED}
