"""A stock count in a workbook: a blank count keeps what there is, a zero empties the warehouse."""

from __future__ import annotations

import httpx2

from tests.scenarios.front_desk import Desk
from tests.scenarios.mistakes import MOVES, move
from tests.scenarios.office import put, type_rows

COUNTS = "inventory.counts"


def test_a_blank_count_keeps_what_there_is_and_a_zero_sets_zero(english_desk: Desk) -> None:
    desk = english_desk
    file = desk.new("inventory")
    desk.sync(file)
    items = [{"code": c, "name": c, "unit": "kg", "costing": "fifo"} for c in ("TEH", "KOPI")]
    desk.lay(
        file, {"inventory.items": items, "inventory.warehouses": [{"code": "G1", "name": "G"}]}
    )
    came = [move(f"M-{code}", 10, item=code, kind="receipt", unit_cost=5000)
            for code in ("TEH", "KOPI")]  # fmt: skip
    desk.lay(file, {MOVES: came})
    head = {"count": "OP-1", "date": "2026-05-31", "warehouse": "G1"}
    first = type_rows(
        file, COUNTS, [{**head, "item": "TEH"}, {**head, "item": "KOPI", "counted_qty": 0}]
    )
    assert desk.sync(file).status == 0
    assert on_hand(desk) == {"TEH": "10"}
    put(file, COUNTS, first, counted_qty=0)
    assert desk.sync(file).status == 0
    assert on_hand(desk) == {}


def on_hand(desk: Desk) -> dict[str, str]:
    """What the report says that there is of each item at the end of May."""
    url = f"{desk.server}/v1/companies/{desk.company}/reports/stock_on_hand"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": "2026-05-31"}, headers=signed, timeout=60).json()[
        "rows"
    ]
    return {row["item"]: row["qty"] for row in rows if row["item"] and row["qty"] != "0"}
