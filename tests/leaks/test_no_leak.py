"""Two worlds that differ only in what a clerk may not see answer the clerk alike, byte by byte.

Commit numbers, and what is made of them (cursors, marks, ETags), are the one exception.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.core.access import _visible
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Store
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.leaks.shop import BOOK, TABLE, URL, World

NUMBERS = re.compile(r'"(seq|head|cursor|mark|next|limit)":("[^"]*"|\d+|null)')
ROWS = [str(UUID(int=n + 1)) for n in range(6)]
SALES = [f"S{n}" for n in range(6)]

hidden = st.fixed_dictionaries(
    {
        "pieces": st.sampled_from(["1", "2", "700"]),
        "memo": st.sampled_from(["fine", "secret"]),
        "cost": st.sampled_from(["10.00", "99.00"]),
        "date": st.sampled_from(["2026-01-05", "2026-02-05"]),
    }
)
step = st.tuples(
    st.sampled_from(["boss A", "boss B", "cost", "to A", "to B", "delete", "clerk", "bad", "read"]),
    st.integers(0, 5),
    st.tuples(hidden, hidden),
    st.sampled_from(["1", "2", "3"]),
)


class Transcript:
    """What the clerk was told, and what goes on behind their back in the one of two worlds."""

    def __init__(self, world: World, side: int) -> None:
        self.world, self.side = world, side
        self.told: list[str] = []
        self.cursor, self.within_cursor = "", ""
        self.number = 0

    def play(self, steps: Any) -> list[str]:
        """All steps; what the clerk was told."""
        with self.world.open("boss") as boss, self.world.open("clerk") as clerk:
            for what, place, secrets, open_value in steps:
                self.number += 1
                self._step(boss, clerk, what, place, secrets[self.side], open_value)
            self._read(clerk)
        return self.told

    def _step(
        self, boss: TestClient, clerk: TestClient, what: str, place: int, secret: Any, value: str
    ) -> None:
        mid, row = str(UUID(int=1000 + self.number)), ROWS[place]
        here = self.world.rows.get(row, {}).get("shop")
        plain = {"sale": SALES[place], "item": "x", "date": "2026-01-05", "pieces": value}
        full = {**plain, "memo": "fine"}
        if what == "boss B" and here in (None, "B"):
            self.world.write(
                boss, mid, row, {"sale": SALES[place], "item": "x", "shop": "B", **secret}
            )
        elif what == "boss A" and here in (None, "A"):
            self.world.write(boss, mid, row, {**full, "shop": "A"})
        elif what == "cost" and here is not None:
            cost = f"{self.number}.{self.side}0"  # another one, so that both worlds have a commit
            self.world.write(boss, mid, row, {"cost": cost})
        elif what in ("to A", "to B") and here is not None:
            self.world.write(boss, mid, row, {**full, "shop": what[-1]})
        elif what == "delete" and here is not None:
            self._delete(boss, mid, row)
        elif what == "read":
            self._read(clerk)
        elif what in ("clerk", "bad"):
            memo = ["bad", "short"][place % 2] if what == "bad" else "typed"
            reply = self.world.write(clerk, mid, row, {**plain, "shop": "A", "memo": memo})
            self._note(repr(reply))

    def _delete(self, boss: TestClient, mid: str, row: str) -> None:
        known = self.world.rows.pop(row)
        op = {"op": "del", "t": TABLE, "rid": row, "base": known}
        reply = self.world.push(boss, mid, [op], key=known["sale"])
        assert reply["results"][0]["status"] == "applied", reply

    def _read(self, clerk: TestClient) -> None:
        """Everything that can be asked."""
        self._note(clerk.get(f"{URL}/hello").text)
        for name, within in (("cursor", []), ("within_cursor", [f"{TABLE}.date=2026-01..2026-01"])):
            asked = {"tables": TABLE, "within": within, "cursor": getattr(self, name)}
            reply = clerk.get(f"{URL}/changes", params=asked)
            self._note(reply.text)
            setattr(self, name, reply.json()["cursor"])
            self._note(clerk.get(f"{URL}/changes", params={**asked, "cursor": ""}).text)
        for row, sale in zip(ROWS, SALES, strict=True):
            self._note(clerk.get(f"{URL}/rows/{TABLE}", params={"key": sale}).text)
            self._note(clerk.get(f"{URL}/rows/{TABLE}/{row}").text)
            self._note(clerk.get(f"{URL}/rows/{TABLE}/{row}/history").text)
        self._note(clerk.get(f"{URL}/reports/listed").text)
        self._note(clerk.get(f"{URL}/audit", params={"limit": 5000}).text)

    def _note(self, text: str) -> None:
        text = text.replace("'", '"').replace(": ", ":")
        self.told.append(NUMBERS.sub(r'"\1":0', text))


def tell(store: Store, side: int, steps: Any) -> list[str]:
    return Transcript(World(store), side).play(steps)


@settings(max_examples=25)
@given(st.lists(step, min_size=4, max_size=18))
def test_what_a_clerk_is_told_does_not_depend_on_what_they_may_not_see(steps: Any) -> None:
    assert tell(MemoryStore(), 0, steps) == tell(MemoryStore(), 1, steps)


HISTORY = [
    ("boss B", 0, 1), ("boss A", 1, 1), ("read", 0, 1), ("to A", 0, 2), ("cost", 1, 1),
    ("read", 0, 1), ("clerk", 2, 3), ("bad", 3, 1), ("bad", 4, 1), ("to B", 1, 1), ("boss B", 1, 1),
    ("boss B", 5, 1), ("delete", 5, 1), ("read", 0, 1), ("delete", 1, 1), ("clerk", 1, 2),
]  # fmt: skip
SECRETS = (
    {"pieces": "1", "memo": "fine", "cost": "10.00", "date": "2026-01-05"},
    {"pieces": "700", "memo": "secret", "cost": "99.00", "date": "2026-02-05"},
)
WORKED = [(what, place, SECRETS, str(value)) for what, place, value in HISTORY]


def test_the_same_holds_over_a_database(tmp_path: Path) -> None:
    told = []
    for side in (0, 1):
        url = f"sqlite:///{tmp_path / str(side)}.sqlite"
        with closing(open_store(url, Catalogue((BOOK,)))) as store:
            told.append(tell(store, side, WORKED))
    assert told[0] == told[1]
    assert any('"gone":true' in text for text in told[0])


def test_the_secrets_of_the_worked_history_are_seen_by_the_owner(tmp_path: Path) -> None:
    world = World(MemoryStore())
    Transcript(world, 1).play(WORKED)
    with world.open("boss") as boss:
        everything = boss.get(f"{URL}/audit", params={"limit": 5000}).text
    assert "secret" in everything
    assert "99.00" in everything


LEAKS: dict[str, tuple[str, Any]] = {
    "rows of the feed": ("sync_server.core.scope.Scope.may_see", lambda self, table, cells: True),
    "rows elsewhere": ("sync_server.core.access.Author.may_see", lambda self, table, cells: True),
    "reports": ("sync_server.reports.build.known_to", lambda author, draft: draft),
    "problems": ("sync_server.core.push.told", lambda draft, author, documents, problems: problems),
    "histories": ("sync_server.core.seen._within_rights", lambda author, change, trail: change),
    "what left": ("sync_server.core.arrivals._is_hidden", lambda scope, row: False),
    "columns": ("sync_server.core.access._sees", lambda roles, seen_by: True),
}


@pytest.mark.parametrize("where", LEAKS)
def test_a_leak_anywhere_is_noticed(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worked history tells two stories, or forgets what left, once one rule is broken."""
    right = tell(MemoryStore(), 0, WORKED)
    name, broken = LEAKS[where]
    _visible.cache_clear()
    monkeypatch.setattr(name, broken)
    told = [tell(MemoryStore(), side, WORKED) for side in (0, 1)]
    monkeypatch.undo()
    _visible.cache_clear()
    assert told[0] != told[1] or told[0] != right
