"""What must make no difference: other documents beside mine, anybody's clock, a sort."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.runs import Wishes
from tests.protocol import machine
from tests.protocol.book import TINY
from tests.protocol.central import central
from tests.protocol.machine import Copies
from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.row_ids import make_id

ENTRIES = "tiny.entries"
AMOUNTS = st.lists(st.integers(-2, 2), min_size=1, max_size=3)
DOCUMENTS = st.lists(st.tuples(AMOUNTS, st.booleans()), min_size=1, max_size=6)


# -- 17: the documents beside mine ---------------------------------------------------------------


def group(number: int, amounts: list[int], stale: bool) -> wire.Group:
    """An entry; of a stale one the sender believes that its rows are there already."""
    ops = []
    for amount in amounts:
        cells: dict[str, tuple[str | None, str | None]] = {"entry": (None, f"E{number}")}
        cells["amount"] = ("9" if stale else None, str(amount))
        ops.append(wire.Op("put", ENTRIES, make_id(), cells))
    return wire.Group(make_id(), ENTRIES, f"E{number}", tuple(ops), new=True)


def told(result: wire.Result) -> tuple[Any, ...]:
    """A result without the number that its commit happened to get."""
    rows = [replace(row, seq=0) for row in result.rows]
    return result.status, rows, result.conflicts, result.errors


@settings(max_examples=60)
@given(documents=DOCUMENTS, order=st.randoms(use_true_random=False))
def test_what_becomes_of_a_document_depends_on_no_other_and_on_no_order(
    documents: list[tuple[list[int], bool]], order: Random
) -> None:
    groups = [group(n, *document) for n, document in enumerate(documents)]
    alone = {g.mid: told(CentralCopy(TINY).push([g])[0]) for g in groups}
    shuffled = order.sample(groups, len(groups))
    together = CentralCopy(TINY)
    assert {r.mid: told(r) for r in together.push(shuffled)} == alone
    one_by_one = CentralCopy(TINY)
    assert {g.mid: told(one_by_one.push([g])[0]) for g in shuffled} == alone
    assert together.findings() == one_by_one.findings() == []


# -- 18: anybody's clock -------------------------------------------------------------------------

DEEDS: tuple[Callable[[Copies, Random], object], ...] = (
    lambda m, r: m.add_entry(r.randrange(2), r.randrange(1, 4), r.random() < 0.8, "entries"),
    lambda m, r: m.edit_memo(r.randrange(2), r.randrange(6), r.choice("nab")),
    lambda m, r: m.edit_amount(r.randrange(2), r.randrange(6), 1, r.random() < 0.8),
    lambda m, r: m.two_edit_one_row(0, 1, r.randrange(6), r.choice("nab"), r.choice("nab")),
    lambda m, r: m.delete(r.randrange(2), r.randrange(6), r.random() < 0.5),
    lambda m, r: m.decide(r.randrange(2), r.randrange(6), r.choice(["Mine", "Theirs"])),
    lambda m, r: m.sync(0),
    lambda m, r: m.sync(1),
    lambda m, r: (
        m.the_network_repeats_an_old_request(r.randrange(20)) if m.central.line.pushes else None
    ),
)


def played(seed: int, clock: Callable[[], datetime]) -> tuple[int, list[Any]]:
    """A history of chance to its end: the head, and every row of every file."""
    chance = Random(seed)
    with central() as served, pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "Wishes", partial(Wishes, now=clock))
        state = served.http.app.state  # type: ignore[attr-defined]  # of Starlette's client
        state.served = replace(state.served, now=lambda: clock().isoformat())
        copies = Copies(served)
        copies.two_synced_copies(1)
        for _ in range(25):
            chance.choice(DEEDS)(copies, chance)
        copies.teardown()
        return copies.state()


def jumping(seed: int) -> Callable[[], datetime]:
    """A clock that goes forward and back by years."""
    chance, start = Random(seed), datetime(2026, 1, 1)
    return lambda: start + timedelta(days=chance.randrange(-4000, 4000), seconds=chance.random())


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """This process lives in another time zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "TZ", name)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("seed", range(6))
def test_no_clock_and_no_time_zone_changes_a_decision(seed: int) -> None:
    ticks = count()
    steady = played(seed, lambda: datetime(2026, 5, 31) + timedelta(seconds=next(ticks)))
    assert steady[0] > 0
    for zone in ("Asia/Jayapura", "America/St_Johns"):
        with in_zone(zone):
            assert played(seed, jumping(seed)) == steady


# -- 26: how a sheet is sorted --------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_file_whose_rows_are_sorted_before_every_sync_ends_the_same(seed: int) -> None:
    """Nothing is sent for it, and nothing is sent otherwise."""
    with central() as served:
        copies = Copies(served)
        copies.two_synced_copies(2)
        head = copies.history.head
        for newest in (True, False, True):
            copies.sort(0, "entries", newest)
            copies.sync(0)
            assert copies.history.head == head
        chance = Random(seed)
        for _ in range(8):
            copies.edit_memo(0, chance.randrange(6), chance.choice("nab"))
            copies.sort(0, "entries", chance.random() < 0.5)
            copies.sync(0)
        copies.teardown()
