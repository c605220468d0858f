"""Who waits for SQLite's lock gets it in turn, in one process and between processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from sync_server.core.errors import Busy
from sync_server.storage.sql_store import open_store
from sync_server.storage.turns import Turns, poll
from tests.api.live import until
from tests.storage.bookshop import COMPANY, SALES, SECRET, batch, catalogue, change, sale


def test_who_comes_first_is_first() -> None:
    turns, order, come = Turns(), [], []
    leave = Event()

    def wait(number: int) -> None:
        come.append(number)
        with turns.first(30):
            order.append(number)

    with ThreadPoolExecutor(6) as people:
        with turns.first(30):
            waiting = []
            for number in range(5):
                waiting.append(people.submit(wait, number))
                until(lambda n=number: len(turns._line) == n + 2)  # type: ignore[misc]  # a default
            leave.set()
        for one in waiting:
            one.result()
    assert order == come == [0, 1, 2, 3, 4]


def test_who_has_no_patience_leaves_the_line_to_the_others(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turn")
    with turns.first(30), ThreadPoolExecutor(1) as people, pytest.raises(Busy):
        people.submit(_hold, turns, 0.01).result()
    _hold(turns, 30)


def test_two_processes_stand_in_one_line(tmp_path: Path) -> None:
    here, there = Turns(tmp_path / "turn"), Turns(tmp_path / "turn")
    with here.first(30), ThreadPoolExecutor(1) as people, pytest.raises(Busy):
        people.submit(_hold, there, 0.02).result()
    _hold(there, 30)


def test_a_line_that_cannot_be_made_holds_nobody_up(tmp_path: Path) -> None:
    _hold(Turns(tmp_path / "nowhere" / "turn"), 1)


def test_polling_ends_with_ones_patience() -> None:
    with pytest.raises(Busy):
        poll(lambda: False, 0)


def test_two_stores_of_one_file_write_in_turn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'toko.db'}"
    stores = [open_store(url, catalogue()) for _ in range(2)]
    stores[0].add_company(COMPANY, "e1", SECRET)

    def write(writer: int) -> None:
        for n in range(20):
            with stores[writer % 2].writing(COMPANY.code) as held:
                head = held.head + 1
                held.keep(batch(head, [change(sale(f"r{writer}-{n}", head))]))

    with ThreadPoolExecutor(6) as people:
        for one in [people.submit(write, writer) for writer in range(6)]:
            one.result()
    with stores[0].reading(COMPANY.code) as held:
        assert held.head == len(held.rows_of(SALES)) == 120
    for store in stores:
        store.close()


def _hold(turns: Turns, patience_s: float) -> None:
    with turns.first(patience_s):
        pass
