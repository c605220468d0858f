"""The check of a supplier's bill against its order and what was received of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.schema import Document, Known, Line

ORDERS, MOVES = "ledger.purchase_orders", "inventory.moves"
BILLS, KINDS = "ledger.purchase_bills", "ledger.document_kinds"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ordered:
    """What was ordered of one thing: the lines of an order with the same item or description.

    `received` is None where nobody records receipts of it.
    """

    lines: tuple[Line, ...]
    qty: Decimal
    price: Decimal
    received: Decimal | None


def ordered_of(bill_line: Line, order: Document, known: Known) -> Ordered | None:
    """What a line of a bill is held against; None where the order has no such thing.

    By item, where the line names one, else by description; an order of one line is that line.
    """
    wanted = name_of(bill_line)
    lines = tuple(line for line in order.lines if name_of(line) == wanted)
    if not lines and len(order.lines) == 1 and not bill_line.text("item"):
        lines = order.lines
    return ordered(lines, known) if lines else None


def ordered(lines: tuple[Line, ...], known: Known) -> Ordered:
    """Lines of an order for one thing, together; the highest price counts."""
    received = [qty for line in lines if (qty := _received(line, known)) is not None]
    return Ordered(
        lines,
        sum((quantity_of(line) for line in lines), NOTHING),
        max(line["unit_price"] or NOTHING for line in lines),
        sum(received, NOTHING) if received else None,
    )


def billed_of(order: Document, found: Ordered, known: Known) -> Decimal:
    """The quantity on all bills of an order for one thing, credit notes taken off."""
    billed = NOTHING
    for line in known.where(BILLS, "order", order.key):
        against = ordered_of(line, order, known) if is_checked(line) else None
        if against is not None and against.lines == found.lines:
            sign = -1 if line.text("kind") == "credit_note" else 1
            billed += sign * quantity_of(line)
    return billed


def is_checked(bill_line: Line) -> bool:
    """Whether a line bills something ordered: advances and their deduction do not."""
    return bill_line.text("kind") != "deposit" and not bill_line.text("deposit")


def name_of(line: Line) -> str:
    """By what lines of orders and bills find each other."""
    return (line.text("item") or line.text("description")).casefold().strip()


def quantity_of(line: Line) -> Decimal:
    """A blank quantity is one."""
    quantity: Decimal | None = line["qty"]
    return Decimal(1) if quantity is None else quantity


def tolerance(known: Known) -> Decimal:
    """By how much a bill may go beyond its order, as a factor of one or more."""
    row = known.row(KINDS, "bill")
    percent: Decimal = (row["tolerance"] if row else None) or NOTHING
    return 1 + percent / 100


def _received(line: Line, known: Known) -> Decimal | None:
    move = known.document(MOVES, line.text("receipt")) if line.text("receipt") else None
    typed: Decimal | None = line["received"]
    if move is None:
        return typed
    return (typed or NOTHING) + sum(_moved(line, move), NOTHING)


def _moved(line: Line, move: Document) -> Iterator[Decimal]:
    for moved in move.lines:
        same = not line.text("item") or moved.text("item") == line.text("item")
        if same and moved.text("kind") in ("receipt", "opening"):
            yield moved["qty"] or NOTHING
