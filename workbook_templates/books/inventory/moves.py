"""The dated stock events of one item, and the order in which a replay takes them.

A day is replayed in this order, whatever the order of the rows in the sheet:

1. opening stock
2. what comes in: receipts, returns from customers, adjustments in
3. transfers between warehouses
4. what goes out: issues, returns to suppliers, adjustments out
5. counts: a count states what was there at the close of its day
6. revaluations

Within one step the document number decides, then the line, then the id (ids grow with time).
Numbers compare by length first, so that "SM-9" comes before "SM-10"; a draft that has no number
yet comes after the numbered documents of its day.

Incoming before outgoing, because a date has no hour: a clerk who types the day's sale above the
day's receipt must not be refused. The same thought lets `valuation.replay` try a move that could
not be made once more when the rest of its day is done (a chain of transfers typed backwards,
goods sold and returned on one day).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal[
    "opening",
    "receipt",
    "return_in",
    "adjustment_in",
    "transfer",
    "issue",
    "return_out",
    "adjustment_out",
]
"""What a row of the moves sheet does. Quantities are positive: the kind gives the direction."""

Reason = Literal["shortage", "cost_unknown", "original_unknown", "original_exceeded"]
"""Why an event was left out of a replay; see `Refusal`."""

_COUNT_STEP = 5
_REVALUATION_STEP = 6
_STEPS: dict[Kind, int] = {
    "opening": 1,
    "receipt": 2,
    "return_in": 2,
    "adjustment_in": 2,
    "transfer": 3,
    "issue": 4,
    "return_out": 4,
    "adjustment_out": 4,
}


@dataclass(slots=True)  # events never change; frozen ones take three times as long to make
class Event:
    """What every stock event has: an id for ever, a day, a document number and a warehouse."""

    id: str
    date: dt.date
    number: str
    warehouse: str
    _: KW_ONLY
    line: int = 0


@dataclass(slots=True)
class Move(Event):
    """A quantity of the item that comes, goes, or changes its warehouse.

    `unit_cost` is in currency units and may have more decimals than money has; receipts and
    opening stock need it. `extra_cost` is what landed cost adds to the whole move, in currency
    units. `returns` is the document number of the issue (or receipt) that a return takes back; the
    lines of the item in that document count as one.
    """

    kind: Kind
    qty: Decimal
    _: KW_ONLY
    unit_cost: Decimal | None = None
    extra_cost: Decimal = Decimal(0)
    to_warehouse: str = ""
    returns: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for what the rules of the sheet must have stopped before."""
        if self.qty <= 0:
            raise ValueError(f"move {self.id}: the quantity must be above zero")
        if (self.unit_cost is not None and self.unit_cost < 0) or self.extra_cost < 0:
            raise ValueError(f"move {self.id}: a cost must not be negative")
        if self.kind == "transfer" and self.to_warehouse in ("", self.warehouse):
            raise ValueError(f"move {self.id}: a transfer needs another warehouse")


@dataclass(slots=True)
class Count(Event):
    """What was found in a warehouse at the close of a day.

    `counted` None is a blank cell: not counted, nothing happens. Zero means that nothing is
    there. `unit_cost` values a surplus; without it the current cost of the warehouse does.
    """

    counted: Decimal | None
    _: KW_ONLY
    unit_cost: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for what the rules of the sheet must have stopped before."""
        if any(figure is not None and figure < 0 for figure in (self.counted, self.unit_cost)):
            raise ValueError(f"count {self.id}: quantity and cost must not be negative")


@dataclass(slots=True)
class Revaluation(Event):
    """A new unit cost for all that a warehouse holds, as when goods are written down."""

    unit_cost: Decimal

    def __post_init__(self) -> None:
        """Raise ValueError for what the rules of the sheet must have stopped before."""
        if self.unit_cost < 0:
            raise ValueError(f"revaluation {self.id}: a cost must not be negative")


class Costed(NamedTuple):
    """What one event did to one warehouse; a transfer has two, out and in, of the same value.

    Values are whole minor units of the company's currency. The balances are those of the
    warehouse directly after the event.
    """

    move_id: str
    date: dt.date
    kind: str
    warehouse: str
    qty_in: Decimal
    qty_out: Decimal
    value_in: int
    value_out: int
    balance_qty: Decimal
    balance_value: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that can not be: it was left out, and the replay went on without it.

    - `shortage`: `asked` is more than the `available` stock of the warehouse.
    - `cost_unknown`: goods come in and nothing says what they cost; blank is not zero.
    - `original_unknown`: no earlier move of this item has the number that the return names.
    - `original_exceeded`: `asked` is more than what is `available` to be returned of the original.
    """

    move_id: str
    date: dt.date
    warehouse: str
    reason: Reason
    available: Decimal
    asked: Decimal


def step(event: Event) -> int:
    """The event's place within its day: 1 opening stock to 6 revaluation."""
    if isinstance(event, Move):
        return _STEPS[event.kind]
    return _COUNT_STEP if isinstance(event, Count) else _REVALUATION_STEP


def closes_its_day(event: Event) -> bool:
    """Whether the event looks at the stock after all moves of the day: a count, a revaluation."""
    return not isinstance(event, Move)


def replay_order(event: Event) -> tuple[dt.date, int, bool, int, str, int, str]:
    """The sort key of a replay: a total order over all events of an item."""
    number = event.number
    return event.date, step(event), not number, len(number), number, event.line, event.id
