"""A stock projection that goes on from a checkpoint is what the whole replay gives."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books.inventory.book import BOOK as INVENTORY
from workbook_templates.books.inventory.choices import KIND_WORDS
from workbook_templates.books.inventory.costs import REPLAY
from workbook_templates.books.ledger.book import BOOK as LEDGER
from workbook_templates.packs.opening import opening_rows
from workbook_templates.resuming import Checkpoint, SourceRows, Stretch
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells, Known

MOVES, COUNTS = "inventory.moves", "inventory.counts"
ITEMS, WAREHOUSES = ("PENA", "KERTAS"), ("GP", "GT")
DAYS = ("2026-01-30", "2026-01-31", "2026-02-01", "2026-02-27", "2026-03-02", "2026-04-09")
DAYS += ("2026-05-02", "2026-05-03")
NUMBERS = tuple(f"SM-{n}" for n in range(9))
LAID = {
    **opening_rows("id", "id", "2026-01", "2026-05"),
    "inventory.warehouses": [{"code": code, "name": code} for code in WAREHOUSES],
    "inventory.items": [
        {"code": "PENA", "name": "Pena", "costing": "fifo"},
        {"code": "KERTAS", "name": "Kertas", "costing": "average"},
    ],
}
quantities = st.integers(1, 30).map(str) | st.sampled_from(("0.5", "2.25"))
Step = tuple[str, Cells | str]  # a table, and a row to put or the document to delete


@st.composite
def moves(draw: st.DrawFn) -> Cells:
    """A move as typed; more comes than goes, so that most are accepted."""
    kind = draw(st.sampled_from(("receipt",) * 5 + ("issue",) * 4 + tuple(KIND_WORDS)))
    cells = {
        "move": draw(st.sampled_from(NUMBERS)),
        "date": draw(st.sampled_from(DAYS)),
        "kind": kind,
        "item": draw(st.sampled_from(ITEMS)),
        "qty": draw(quantities),
        "unit_cost": draw(st.integers(1, 999).map(str)) if kind in ("opening", "receipt") else None,
        "warehouse": "GP" if kind == "transfer" else draw(st.sampled_from(WAREHOUSES)),
        "to_warehouse": "GT" if kind == "transfer" else None,
        "returns": None,
    }
    if kind.startswith("return"):
        cells["returns"] = draw(st.none() | st.sampled_from(NUMBERS))
    return cells


@st.composite
def counts(draw: st.DrawFn) -> Cells:
    return {
        "count": draw(st.sampled_from(("SO-1", "SO-2"))),
        "date": draw(st.sampled_from(DAYS)),
        "warehouse": draw(st.sampled_from(WAREHOUSES)),
        "item": draw(st.sampled_from(ITEMS)),
        "counted_qty": draw(st.none() | quantities),
    }


steps = st.one_of(
    st.tuples(st.just(MOVES), moves()),
    st.tuples(st.just(MOVES), moves()),
    st.tuples(st.just(MOVES), moves()),
    st.tuples(st.just(COUNTS), counts()),
    st.tuples(st.just(MOVES), st.sampled_from(NUMBERS)),
)


@cache
def how_it_is_built() -> list[tuple[int, int, bool]]:
    """Of each build: the checkpoints given, the rows given, and whether it went on."""
    return []


def watched(
    item: str, rows: SourceRows, checkpoints: Sequence[Checkpoint], known: Known
) -> Stretch | None:
    assert REPLAY.resumption is not None
    built = REPLAY.resumption.build(item, rows, checkpoints, known)
    given_rows = sum(map(len, rows.values()))
    how_it_is_built().append((len(checkpoints), given_rows, built is not None))
    return built


def company() -> CentralCopy:
    assert REPLAY.resumption is not None
    resumption = replace(REPLAY.resumption, build=watched)
    book = replace(INVENTORY, replays=(replace(REPLAY, resumption=resumption),))
    central = CentralCopy(LEDGER, book)
    central.lay(LAID)
    return central


def take(central: CentralCopy, request: list[Step]) -> None:
    """Pushes the steps in one request: later groups build on what earlier ones made."""
    groups, seen = [], set()
    for table, step in request:
        key = step if isinstance(step, str) else step.get("move") or step.get("count") or ""
        if (table, key) in seen:
            continue
        seen.add((table, key))
        if isinstance(step, str):
            kept = central.rows(table, key)
            ops = tuple(wire.Op("del", table, r.id, base=dict(r.cells), seq=r.seq) for r in kept)
            groups += [wire.Group(make_id(), table, key, ops)] if ops else []
        else:
            groups.append(central.group(table, [step]))
    central.push(groups)


@settings(max_examples=60, deadline=None)
@given(requests=st.lists(st.lists(steps, min_size=1, max_size=4), min_size=1, max_size=12))
def test_whatever_is_typed_and_corrected_all_is_as_if_built_anew(
    requests: list[list[Step]],
) -> None:
    central = company()
    for request in requests:
        take(central, request)
        assert central.findings() == []


@pytest.fixture
def central() -> CentralCopy:
    """A year's worth of receipts and issues of pens, one a day."""
    central = company()
    for n in range(1, 29):
        for month in ("01", "02"):
            kind, cost = ("receipt", "100") if n % 2 else ("issue", None)
            row = move(f"{month}-{n}", f"2026-{month}-{n:02}", kind, "2", cost)
            assert central.put(MOVES, row).status == wire.APPLIED
    how_it_is_built().clear()
    return central


def move(number: str, day: str, kind: str, qty: str, cost: str | None = None) -> Cells:
    cells = {"move": number, "date": day, "kind": kind, "item": "PENA", "qty": qty}
    return {**cells, "unit_cost": cost, "warehouse": "GP"}


def test_the_newest_move_replays_only_the_last_day(central: CentralCopy) -> None:
    assert central.put(MOVES, move("N1", "2026-03-01", "receipt", "1", "7")).status == wire.APPLIED
    assert central.put(MOVES, move("N2", "2026-03-01", "issue", "1")).status == wire.APPLIED
    assert [rows for _, rows, _ in how_it_is_built()] == [2, 2]


def test_a_move_typed_late_replays_its_month(central: CentralCopy) -> None:
    late = move("N1", "2026-02-03", "receipt", "1", "7")
    assert central.put(MOVES, late).status == wire.APPLIED
    assert how_it_is_built() == [(2, 29, True)]
    assert central.findings() == []


def test_a_move_before_all_replays_everything(central: CentralCopy) -> None:
    first = move("N1", "2026-01-01", "receipt", "1", "7")
    assert central.put(MOVES, first).status == wire.APPLIED
    assert how_it_is_built() == [(1, 57, True)]
    how_it_is_built().clear()
    assert central.delete(MOVES, "01-1").status == wire.INVALID
    assert central.findings() == []


def test_a_return_of_what_no_checkpoint_knows_replays_everything(central: CentralCopy) -> None:
    back = {**move("R1", "2026-03-01", "return_in", "1"), "returns": "01-2"}
    assert central.put(MOVES, back).status == wire.APPLIED
    assert [went_on for _, _, went_on in how_it_is_built()] == [False, True]
    assert central.findings() == []


def test_a_refused_move_leaves_the_checkpoints_as_they_were(central: CentralCopy) -> None:
    good = central.group(MOVES, [move("N1", "2026-03-01", "receipt", "1", "7")])
    bad = central.group(MOVES, [move("N2", "2026-02-02", "issue", "900")])
    results = central.push(
        [good, bad, central.group(MOVES, [move("N3", "2026-03-02", "issue", "1")])]
    )
    assert [r.status for r in results] == [wire.APPLIED, wire.INVALID, wire.APPLIED]
    assert central.findings() == []
