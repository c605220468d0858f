"""A receipt dated before 22,364 moves of its item: all costs and entries follow at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sync_server.api.deps import Served
from sync_server.core.draft import Draft
from tests.benchmarks.company import (
    CODE,
    Group,
    document,
    keep,
    new_company,
    single_rows,
    sqlite_url,
)
from tests.benchmarks.measuring import Comparison, Way, measure
from workbook_templates import wire
from workbook_templates.books.inventory.moves import Kind, Move
from workbook_templates.books.inventory.valuation import replay
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells

MOVES = "inventory.moves"
ITEM, WAREHOUSE = "TONER", "W"
FIRST_DAY, DAYS = date(2024, 1, 2), 730
RECEIPT_EVERY, RECEIVED, MOST_ISSUED = 3, 60, 29
REPEATS = 3
CENT = Decimal("0.01")


def run(moves: int = 22_364) -> Comparison:
    """Ours in its transaction, durable; the calculation alone; a bare queue of costs."""
    rows = list(_moves(moves))
    with (
        TemporaryDirectory(prefix="lajur-stock-") as folder,
        new_company(sqlite_url(Path(folder)), "2024-01", "2026-12") as served,
    ):
        keep(served, single_rows("inventory.warehouses", {"W": {"code": WAREHOUSE, "name": "W"}}))
        item = {"code": ITEM, "name": "Toner", "unit": "pcs", "costing": "fifo"}
        keep(served, single_rows("inventory.items", {ITEM: item}))
        keep(served, [_one_mutation(rows)])
        late = [document(MOVES, f"LATE{n}", [_receipt(n)]) for n in range(REPEATS)]
        receipts = iter(late)
        ours = measure("ours, SQLite", lambda: keep(served, [next(receipts)]), REPEATS)
        _check_costs(served, rows)
        issues = iter([document(MOVES, f"NEW{n}", [_newest_issue(n)]) for n in range(REPEATS)])
        newest = measure("ours: the newest issue", lambda: keep(served, [next(issues)]), REPEATS)
    return Comparison(
        "back_dated_receipt",
        f"Back-dated receipt before {moves:,} FIFO moves of its item on {DAYS} days",
        *(moves, "moves", "< 1 s", (ours, newest, *_floors(rows))),
    )


def _floors(rows: Sequence[Cells]) -> Iterator[Way]:
    """The valuation without a store, and the least that first in, first out takes."""
    events = [_as_move(cells) for cells in (_receipt(0), *rows)]
    yield measure("our valuation alone", lambda: replay(events, "fifo", CENT), REPEATS)
    quantities = [(int(event.qty), _unit_cost(event)) for event in events]
    yield measure("floor: bare FIFO queue", lambda: _bare_queue(quantities), REPEATS)


def _bare_queue(moves: Sequence[tuple[int, int]]) -> list[int]:
    """The value of each (quantity, unit cost in hundredths; 0 = an issue), in order."""
    queue: deque[tuple[int, int]] = deque()
    values = []
    for quantity, cost in moves:
        if cost:
            queue.append((quantity, cost))
            values.append(quantity * cost)
            continue
        value, wanted = 0, quantity
        while wanted:
            there, its_cost = queue.popleft()
            taken = min(there, wanted)
            value += taken * its_cost
            wanted -= taken
            if there > taken:
                queue.appendleft((there - taken, its_cost))
        values.append(value)
    return values


def _moves(count: int) -> Iterator[dict[str, str]]:
    """Receipts at changing costs and twice as many issues, evenly over the days."""
    random = Random(53773)
    for n in range(count):
        day = (FIRST_DAY + timedelta(days=n * DAYS // count)).isoformat()
        kind = "issue" if n % RECEIPT_EVERY else "receipt"
        cells = {"move": f"SM{n:06}", "date": day, "kind": kind, "item": ITEM}
        if kind == "issue":
            yield {**cells, "warehouse": WAREHOUSE, "qty": str(random.randint(1, MOST_ISSUED))}
        else:
            cost = str(random.randint(100_000, 199_999))
            yield {**cells, "warehouse": WAREHOUSE, "qty": str(RECEIVED), "unit_cost": cost}


def _receipt(n: int) -> dict[str, str]:
    """A receipt on the day before the first move, dearer each time."""
    return {
        "move": f"LATE{n}",
        "date": (FIRST_DAY - timedelta(days=1)).isoformat(),
        "kind": "receipt",
        "item": ITEM,
        "warehouse": WAREHOUSE,
        "qty": "7",
        "unit_cost": f"{n + 2}00000",
    }


def _newest_issue(n: int) -> dict[str, str]:
    """An issue of one piece on the day after the last move."""
    cells = {**_receipt(n), "move": f"NEW{n}", "kind": "issue", "qty": "1"}
    del cells["unit_cost"]
    return {**cells, "date": (FIRST_DAY + timedelta(days=DAYS)).isoformat()}


def _one_mutation(rows: Sequence[Cells]) -> Group:
    """All moves in one group, which the core replays once: laying them is not measured."""
    ops = [op for cells in rows for op in document(MOVES, "", [cells]).ops]
    return wire.Group(make_id(), MOVES, rows[0]["move"] or "", tuple(ops), new=True)


def _check_costs(served: Served, rows: Sequence[Cells]) -> None:
    """What is kept equals the bare queue's values over all moves, late receipts first."""
    late = [_receipt(n) for n in range(REPEATS)]
    moves = [_as_move(cells) for cells in (*late, *rows)]
    values = _bare_queue([(int(m.qty), _unit_cost(m)) for m in moves])
    issued = sum(v for m, v in zip(moves, values, strict=True) if m.kind == "issue")
    with served.store.reading(CODE) as held:
        sums = Draft(held, served.catalogue).totals("ledger.balances", ("account",))
    assert issued * 100 in {debit - credit for debit, credit in sums.values()}


def _as_move(cells: Cells) -> Move:
    text = {column: cell or "" for column, cell in cells.items()}
    cost = Decimal(text["unit_cost"]) if "unit_cost" in text else None
    kind: Kind = "receipt" if cost else "issue"
    day = date.fromisoformat(text["date"])
    return Move(
        text["move"], day, text["move"], WAREHOUSE, kind, Decimal(text["qty"]), unit_cost=cost
    )


def _unit_cost(move: Move) -> int:
    return int((move.unit_cost or 0) * 100)
