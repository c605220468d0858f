"""A reader who follows a window step by step holds what one holds who reads it all anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.core.catalogue import Catalogue
from sync_server.storage.backup import TABLES
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.leaks.shop import BOOK, TABLE, URL, World

MIDS = count(5000)
ROWS = [str(UUID(int=n + 1)) for n in range(8)]
WINDOWS = [
    [f"{TABLE}.date=2026-01..2026-02"],
    [f"{TABLE}.shop=A"],
    [f"{TABLE}.shop=A", f"{TABLE}.shop=C", f"{TABLE}.date=2026-02"],
]
CELLS = st.fixed_dictionaries(
    {
        "sale": st.sampled_from(["S1", "S2", "S3"]),
        "shop": st.sampled_from(["A", "B", "C", None]),
        "date": st.sampled_from(["2026-01-31", "2026-02-01", "2026-03-01", None]),
    }
)
STEP = st.tuples(
    st.sampled_from(["put", "put", "put", "delete", "read"]),
    st.integers(0, 7),
    CELLS,
    st.sampled_from(["clerk", "boss"]),
)


class Reader:
    """Somebody who follows one window, a few rows a page."""

    def __init__(self, http: TestClient, window: list[str]) -> None:
        self.http, self.window, self.cursor = http, window, ""
        self.rows: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        """Everything new; the rows that they hold now."""
        more = True
        while more:
            asked = {"tables": TABLE, "within": self.window, "limit": 2, "cursor": self.cursor}
            page = self.http.get(f"{URL}/changes", params=asked).json()
            for row in page["rows"]:
                if row["deleted"] or row["gone"]:
                    self.rows.pop(row["rid"], None)
                else:
                    self.rows[row["rid"]] = row
            self.cursor, more = page["cursor"], page["more"]
        return self.rows


def play(world: World, steps: Any) -> None:
    """Plays the steps and compares, at the end, each follower with somebody who has just come."""
    with world.open("boss") as boss, world.open("clerk") as clerk:
        people = {"boss": boss, "clerk": clerk}
        readers = [(who, w, Reader(people[who], w)) for who in people for w in WINDOWS]
        for what, place, cells, who in steps:
            mid = str(UUID(int=next(MIDS)))
            known = world.rows.get(ROWS[place])
            if what == "put":
                world.write(boss, mid, ROWS[place], cells)
            elif what == "delete" and known:
                op = {"op": "del", "t": TABLE, "rid": ROWS[place], "base": known}
                world.push(boss, mid, [op], key=known["sale"])
                del world.rows[ROWS[place]]
            elif what == "read":
                for of, _, reader in readers:
                    if of == who:
                        reader.read()
        for who, window, reader in readers:
            assert reader.read() == Reader(people[who], window).read(), (who, window)
            assert set(reader.rows) == expected(world, who, window), (who, window)


def expected(world: World, who: str, window: list[str]) -> set[str]:
    """Which rows are inside, said plainly: whole documents of which a row is that one may see."""
    live = {i: c for i, c in world.rows.items() if who == "boss" or c.get("shop") == "A"}
    shops = {text[-1] for text in window if ".shop=" in text}
    months = next((text.partition("date=")[2] for text in window if ".date=" in text), "")
    first, last = months[:7], months[-7:]

    def inside(cells: dict[str, str | None]) -> bool:
        shop, month = cells.get("shop"), (cells.get("date") or "")[:7]
        return (not shops or shop in shops) and (not months or first <= month <= last)

    sales = {cells["sale"] for cells in live.values() if inside(cells)}
    return {i for i, cells in live.items() if cells["sale"] in sales}


@settings(max_examples=40)
@given(st.lists(STEP, min_size=3, max_size=25))
def test_a_follower_holds_what_a_newcomer_reads(steps: Any) -> None:
    play(World(MemoryStore()), steps)


@settings(max_examples=12)
@given(st.lists(STEP, min_size=3, max_size=25))
def test_the_same_over_sqlite(tmp_path_factory: pytest.TempPathFactory, steps: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("windows")
    with database(f"sqlite:///{folder / 'shop.sqlite'}") as world:
        play(world, steps)


@pytest.mark.postgresql
@settings(max_examples=6)
@given(st.lists(STEP, min_size=3, max_size=25))
def test_the_same_over_postgresql(postgresql_url: str, steps: Any) -> None:
    with database(postgresql_url) as world:
        play(world, steps)


@contextmanager
def database(url: str) -> Iterator[World]:
    """The shop in an empty database."""
    with closing(open_store(url, Catalogue((BOOK,)))) as store:
        with store.transaction(writing=True) as connection:
            for table in TABLES:
                connection.exec_driver_sql(f"DELETE FROM {table}")
        yield World(store)


def test_a_window_that_is_none_is_refused() -> None:
    world = World(MemoryStore())
    with world.open("boss") as boss:
        for text in ("shop.sales.memo=x", "nothing", f"{TABLE}.date=May"):
            reply = boss.get(f"{URL}/changes", params={"tables": TABLE, "within": [text]})
            assert (reply.status_code, reply.json()["code"]) == (400, "bad_request")


def test_another_window_needs_everything_anew() -> None:
    world = World(MemoryStore())
    with world.open("boss") as boss:
        asked = {"tables": TABLE, "within": WINDOWS[0]}
        cursor = boss.get(f"{URL}/changes", params=asked).json()["cursor"]
        other = {"tables": TABLE, "within": WINDOWS[1], "cursor": cursor}
        reply = boss.get(f"{URL}/changes", params=other)
        assert (reply.status_code, reply.json()["code"]) == (409, "scope_changed")
