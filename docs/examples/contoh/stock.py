"""The warehouse's month: opening stock, receipts, issues, transfers and one stock count."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from docs.examples.contoh.masters import GOODS, SIZES, price_of
from docs.examples.contoh.rows import START, Row, Sheets, day, rupiah

ITEMS = tuple(f"B{n:03d}" for n in range(1, len(GOODS) * len(SIZES) + 1))
RECEIPTS, ISSUES, TRANSFERS, COUNTED = 55, 150, 10, 20
FOUND_LATE = "TB-008"  # a receipt of the 9th whose note turns up at the end of the month


def stock(random: Random) -> Sheets:
    """The rows of moves and counts; what is issued is always there."""
    moves = [*_opening(), *_receipts(random), *_issues(random), *_transfers(random)]
    return {"inventory.moves": moves, "inventory.counts": _count(moves)}


def _opening() -> list[Row]:
    return [
        {
            "move": f"SA-{warehouse}",
            "date": START,
            "kind": "opening",
            "item": item,
            "qty": Decimal(900 if warehouse == "G1" else 700),
            "unit_cost": rupiah(price_of(item)),
            "warehouse": warehouse,
        }
        for warehouse in ("G1", "G2")
        for item in ITEMS
    ]


def _receipts(random: Random) -> list[Row]:
    rows: list[Row] = []
    for n in range(1, RECEIPTS + 1):
        for item in random.sample(ITEMS, random.randint(1, 3)):
            changed = price_of(item) * random.randint(95, 108) // 100
            rows.append(
                {
                    "move": f"TB-{n:03d}",
                    "date": day(1 + n % 28),
                    "kind": "receipt",
                    "item": item,
                    "qty": Decimal(random.randint(50, 400)),
                    "unit_cost": rupiah(changed),
                    "warehouse": "G1",
                    "party": f"S{1 + n % 12:03d}",
                }
            )
    return rows


def _issues(random: Random) -> list[Row]:
    rows: list[Row] = []
    for n in range(1, ISSUES + 1):
        for item in random.sample(ITEMS, random.randint(1, 4)):
            rows.append(
                {
                    "move": f"SJ-{n:03d}",
                    "date": day(2 + n % 28),
                    "kind": "issue",
                    "item": item,
                    "qty": Decimal(random.randint(10, 120)),
                    "warehouse": "G1" if n % 3 else "G2",
                    "party": f"C{1 + n % 25:03d}",
                }
            )
    return rows


def _transfers(random: Random) -> list[Row]:
    return [
        {
            "move": f"PG-{n:02d}",
            "date": day(3 * n),
            "kind": "transfer",
            "item": random.choice(ITEMS),
            "qty": Decimal(random.randint(50, 150)),
            "warehouse": "G1",
            "to_warehouse": "G2",
        }
        for n in range(1, TRANSFERS + 1)
    ]


def _count(moves: list[Row]) -> list[Row]:
    """What was counted in the main warehouse: every fifth item differs by one or two."""
    rows: list[Row] = []
    for n, item in enumerate(ITEMS[:COUNTED]):
        there = on_hand(moves, item, "G1")
        found = there - 1 if n % 5 == 0 else there + 2 if n % 7 == 0 else there
        rows.append(
            {
                "count": "SO-2605",
                "date": day(31),
                "warehouse": "G1",
                "item": item,
                "counted_qty": found,
            }
        )
    return rows


def on_hand(moves: list[Row], item: str, warehouse: str) -> Decimal:
    """The quantity of an item after all moves."""
    total = Decimal(0)
    for move in moves:
        if move["item"] != item:
            continue
        qty = move["qty"]
        assert isinstance(qty, Decimal)
        incoming = move["kind"] in ("opening", "receipt")
        if move["warehouse"] == warehouse:
            total += qty if incoming else -qty
        elif move.get("to_warehouse") == warehouse:
            total += qty
    return total
