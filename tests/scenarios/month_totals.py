"""What the sample company's month must come to, computed from the typed rows and nothing else.

Nothing of the product is used here but the rows: own sums, own tax, own loop over the stock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]
Rows = list[Row]
NONE = Decimal(0)
CENT = Decimal("0.01")
VAT = Decimal("0.11")  # 12 % of 11/12
# Within a day: what comes in, then what changes its warehouse, then what goes out.
ORDER = {"opening": 0, "receipt": 1, "transfer": 2, "issue": 3, "count": 4}


def half_up(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, ROUND_HALF_UP)


def sums(rows: Rows, by: str, amount: str) -> dict[str, Decimal]:
    """The sums of one column by the values of another."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row[by]] += row.get(amount) or NONE
    return dict(found)


@dataclass(frozen=True)
class Documents:
    """Invoices or bills: who owes what, the net by account, and the tax."""

    owed: dict[str, Decimal]
    net: dict[str, Decimal]
    tax: Decimal


def documents(rows: Rows, number: str, party: str) -> Documents:
    """Tax is 11 % of a document's taxed lines, to the full rupiah."""
    owed: dict[str, Decimal] = defaultdict(Decimal)
    net: dict[str, Decimal] = defaultdict(Decimal)
    taxed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        amount = half_up(row["qty"] * row["unit_price"], CENT) - (row.get("discount") or NONE)
        owed[row[party]] += amount
        net[row["account"]] += amount
        taxed[row[number], row[party]] += amount if row.get("tax_code") else NONE
    taxes = {key: half_up(amount * VAT, Decimal(1)) for key, amount in taxed.items()}
    for (_, who), tax in taxes.items():
        owed[who] += tax
    return Documents(dict(owed), dict(net), sum(taxes.values(), NONE))


@dataclass
class Shelf:
    """One item in one warehouse: layers of [quantity, value], the oldest first."""

    is_fifo: bool
    layers: list[list[Decimal]] = field(default_factory=list)

    @property
    def qty(self) -> Decimal:
        return sum((layer[0] for layer in self.layers), NONE)

    @property
    def value(self) -> Decimal:
        return sum((layer[1] for layer in self.layers), NONE)

    def put(self, layers: list[list[Decimal]]) -> None:
        self.layers += layers
        if not self.is_fifo:
            self.layers = [[self.qty, self.value]]

    def take(self, qty: Decimal) -> list[list[Decimal]]:
        """The layers taken out; each part's value is rounded to the cent."""
        taken = []
        while qty:
            there, value = self.layers[0]
            part = min(qty, there)
            cost = half_up(value * part / there, CENT)
            taken.append([part, cost])
            self.layers[0] = [there - part, value - cost]
            if part == there:
                del self.layers[0]
            qty -= part
        return taken


@dataclass
class Stock:
    """The stock after the month, and what went where: amounts of the accounts it moves."""

    shelves: dict[tuple[str, str], Shelf] = field(default_factory=dict)
    opening: Decimal = NONE
    received: Decimal = NONE
    cost_of_goods: Decimal = NONE
    differences: Decimal = NONE

    @property
    def value(self) -> Decimal:
        return sum((shelf.value for shelf in self.shelves.values()), NONE)


def stock(items: Rows, moves: Rows, counts: Rows) -> Stock:
    """A plain loop over all moves and counts by date."""
    found = Stock()
    fifo = {item["code"]: item["costing"] == "fifo" for item in items}
    events = [*moves, *({**count, "kind": "count", "move": count["count"]} for count in counts)]
    for event in sorted(events, key=lambda e: (e["date"], ORDER[e["kind"]], e["move"])):
        place = event["item"], event["warehouse"]
        shelf = found.shelves.setdefault(place, Shelf(fifo[event["item"]]))
        _EVENTS[event["kind"]](found, shelf, event)
    return found


def _opening(found: Stock, shelf: Shelf, event: Row) -> None:
    value = event["qty"] * event["unit_cost"]
    shelf.put([[event["qty"], value]])
    found.opening += value


def _receipt(found: Stock, shelf: Shelf, event: Row) -> None:
    value = event["qty"] * event["unit_cost"]
    shelf.put([[event["qty"], value]])
    found.received += value


def _issue(found: Stock, shelf: Shelf, event: Row) -> None:
    found.cost_of_goods += sum((value for _, value in shelf.take(event["qty"])), NONE)


def _transfer(found: Stock, shelf: Shelf, event: Row) -> None:
    place = event["item"], event["to_warehouse"]
    other = found.shelves.setdefault(place, Shelf(shelf.is_fifo))
    other.put(shelf.take(event["qty"]))


def _count(found: Stock, shelf: Shelf, event: Row) -> None:
    """A loss leaves like an issue, a find comes in at the average of what is there."""
    difference = event["counted_qty"] - shelf.qty
    if difference < 0:
        found.differences += sum((value for _, value in shelf.take(-difference)), NONE)
    elif difference > 0:
        value = half_up(shelf.value * difference / shelf.qty, CENT)
        shelf.put([[difference, value]])
        found.differences -= value


_EVENTS = {
    "opening": _opening,
    "receipt": _receipt,
    "issue": _issue,
    "transfer": _transfer,
    "count": _count,
}
