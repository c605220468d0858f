"""Short ways to write stock events in tests: warehouse W, days of May 2026, amounts in cents."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from workbook_templates.books.inventory.moves import Count, Event, Kind, Move
from workbook_templates.books.inventory.valuation import Method, Valuation, replay

CENT = Decimal("0.01")
METHODS: tuple[Method, ...] = get_args(Method)
FIRST = date(2026, 5, 1)


def day(n: int) -> date:
    return FIRST + timedelta(days=n - 1)


def move(
    kind: Kind, n: int, on: int, qty: str, cost: str | None = None, **more: str | Decimal
) -> Move:
    """Move SM-n in warehouse W (or `at`) on the given day of May; `returns` is such a number n."""
    unit_cost = None if cost is None else Decimal(cost)
    where = str(more.pop("at", "W"))
    returns = f"SM-{more.pop('returns')}" if "returns" in more else ""
    return Move(
        str(n),
        day(on),
        f"SM-{n}",
        where,
        kind,
        Decimal(qty),
        unit_cost=unit_cost,
        returns=returns,
        **more,  # type: ignore[arg-type]  # to_warehouse, extra_cost by name
    )


def count(n: int, on: int, counted: str | None, cost: str | None = None) -> Count:
    found = None if counted is None else Decimal(counted)
    return Count(
        str(n), day(on), f"SC-{n}", "W", found, unit_cost=None if cost is None else Decimal(cost)
    )


def cents(events: Sequence[Event], method: Method = "fifo") -> Valuation:
    return replay(events, method, CENT)


def values_out(valuation: Valuation) -> dict[str, int]:
    return {row.move_id: row.value_out for row in valuation.costed if row.qty_out}


def value_in(valuation: Valuation, move_id: str) -> int:
    return next(row.value_in for row in valuation.costed if row.move_id == move_id)
