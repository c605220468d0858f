"""The costs of an item's moves and counts, replayed from the sheets' rows into rows.

`inventory.costs` holds a row for what each move (a transfer: twice) and count did to a warehouse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import cast

from workbook_templates.books.inventory.choices import MOVEMENTS
from workbook_templates.books.inventory.entries import stock_entry
from workbook_templates.books.inventory.layers import Layer
from workbook_templates.books.inventory.moves import Costed, Count, Event, Kind, Move
from workbook_templates.books.inventory.shortages import problem_of
from workbook_templates.books.inventory.tables import (
    COST_DAYS,
    COSTS,
    COUNTS,
    ITEMS,
    MOVES,
    ON_HAND,
)
from workbook_templates.books.inventory.valuation import Method, State, replay, replay_since
from workbook_templates.columns import Choice, Code, Date, Money, Quantity
from workbook_templates.problems import Problem
from workbook_templates.resuming import Checkpoint, Resumption, SourceRows, Stretch
from workbook_templates.schema import Cells, Known, Replay, Totals
from workbook_templates.words import Words

CENT = Decimal("0.01")
_day = lru_cache(4096)(date.fromisoformat)
_figure = lru_cache(65536)(Decimal)
MONTHS = 3  # that have a checkpoint: what is typed later than that is replayed from the beginning


def costs_of_item(item: str, known: Known) -> tuple[list[Cells], list[Problem]]:
    """What each move and count of an item did, in replay order, and what cannot be."""
    events = {event.id: event for event in _events(_source_rows(item, known))}
    valuation = replay(events.values(), _method(item, known), CENT)
    problems = [problem_of(r, events[r.move_id], item, known) for r in valuation.refusals]
    return _rows(item, valuation.costed, events), problems


def costs_since(
    item: str, rows: SourceRows, checkpoints: Sequence[Checkpoint], known: Known
) -> Stretch | None:
    """The same from the last of the checkpoints on; see `schema.Resumption`.

    They stand before the first day of each of the last months that have events, and before the
    last day of all: the moves of today, and those that were typed late, find one near by.
    """
    events = {event.id: event for event in _events(rows)}
    earlier, start, state = checkpoints[:-1], 0, None
    if checkpoints:
        _, start, state = checkpoints[-1]
    days = sorted({event.date for event in events.values()})
    firsts = _first_days({each.day[:7] for each in earlier}, days)
    all_known = not checkpoints or checkpoints[0].position == 0
    if (checkpoints and not days) or not (all_known or len(earlier) + len(firsts) >= MONTHS):
        return None  # which days are to have a checkpoint now is not known here
    firsts = firsts[-MONTHS:]
    marked = {*firsts, *days[-1:]}
    found = replay_since(events.values(), _method(item, known), CENT, state, marked)
    if found is None:
        return None
    problems = [problem_of(r, events[r.move_id], item, known) for r in found.refusals]
    made = [
        Checkpoint(day.isoformat(), start + before, state)
        for day, (before, state) in found.states.items()
    ]
    last = made[len(firsts) :]  # where the last day is not the first of its month
    months = [*earlier, *made[: len(firsts)]][-MONTHS:]
    return Stretch(_rows(item, found.costed, events), problems, (*months, *last))


def _first_days(months: Collection[str], days: Iterable[date]) -> list[date]:
    """The first of the days in each month that is not among those."""
    firsts: dict[str, date] = {}
    for day in days:
        month = day.isoformat()[:7]
        if month not in months:
            firsts.setdefault(month, day)
    return list(firsts.values())


def layers_of_item(item: str, known: Known, as_of: str) -> Mapping[str, tuple[Layer, ...]]:
    """What is left of an item at the close of a day, by warehouse; values are in hundredths."""
    last = date.fromisoformat(as_of)
    events = (event for event in _events(_source_rows(item, known)) if event.date <= last)
    return replay(events, _method(item, known), CENT).layers


def _method(item: str, known: Known) -> Method:
    row = known.row(ITEMS, item)
    return "fifo" if row is not None and row.text("costing") == "fifo" else "average"


def _source_rows(item: str, known: Known) -> SourceRows:
    return {
        table: [(line.id, line.cells) for line in known.where(table, "item", item)]
        for table in (MOVES, COUNTS)
    }


def _events(rows: SourceRows) -> Iterator[Event]:
    """The rows that are complete enough to be replayed; the sheets' rules refuse the others."""
    for read, table in ((_move, MOVES), (_count, COUNTS)):
        for row_id, cells in rows.get(table, ()):
            event = read(row_id, cells)
            if event is not None:
                yield event


def _move(row_id: str, cells: Cells) -> Move | None:
    get = cells.get
    number, day, kind = get("move"), get("date"), get("kind")
    qty, warehouse, target = get("qty"), get("warehouse"), get("to_warehouse") or ""
    if not (number and day and kind and qty and warehouse):
        return None
    if kind == "transfer" and target in ("", warehouse):
        return None
    return Move(
        row_id,
        _day(day),
        number,
        warehouse,
        cast(Kind, kind),
        _figure(qty),
        unit_cost=_unit_cost(cells),
        to_warehouse=target,
        returns=get("returns") or "",
    )


def _count(row_id: str, cells: Cells) -> Count | None:
    get = cells.get
    number, day, counted, warehouse = (
        get("count"),
        get("date"),
        get("counted_qty"),
        get("warehouse"),
    )
    if not (number and day and counted and warehouse):
        return None
    return Count(
        row_id,
        _day(day),
        number,
        warehouse,
        _figure(counted),
        unit_cost=_unit_cost(cells),
    )


def _unit_cost(cells: Cells) -> Decimal | None:
    text = cells.get("unit_cost")
    return None if text is None else _figure(text)


def _rows(item: str, costed: Iterable[Costed], events: Mapping[str, Event]) -> list[Cells]:
    return [_row(item, events[each.move_id].number, each) for each in costed]


def _row(item: str, number: str, costed: Costed) -> Cells:
    row_id, day, kind, warehouse, qty_in, qty_out, value_in, value_out, qty, value = costed
    cells = {
        "id": row_id,
        "item": item,
        "date": day.isoformat(),
        "kind": kind,
        "warehouse": warehouse,
        "move": number,
        "balance_qty": quantity_text(qty),
        "balance_value": value_text(value),
    }
    if qty_in:
        cells["qty_in"] = cells["qty"] = quantity_text(qty_in)
        cells["value_in"] = cells["value"] = value_text(value_in)
    elif qty_out:
        out, worth = quantity_text(qty_out), value_text(value_out)
        cells["qty_out"], cells["value_out"] = out, worth
        cells["qty"], cells["value"] = f"-{out}", f"-{worth}" if value_out else "0.00"
    return cells


def quantity_text(qty: Decimal) -> str:
    """Canonical text of a sum of quantities, which have four decimals at most."""
    text = str(qty)
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_text(cents: int) -> str:
    """Canonical text of a value in hundredths, not negative."""
    text = str(cents)
    return f"{text[:-2]}.{text[-2:]}" if len(text) > 2 else f"{cents // 100}.{cents % 100:02}"


QTY_IN = Quantity("qty_in", Words(id="Masuk", en="In"), width=12)
QTY_OUT = Quantity("qty_out", Words(id="Keluar", en="Out"), width=12)
VALUE_IN = Money("value_in", Words(id="Nilai masuk", en="Value in"), width=18)
VALUE_OUT = Money("value_out", Words(id="Nilai keluar", en="Value out"), width=18)
BALANCE_QTY = Quantity("balance_qty", Words(id="Saldo", en="Balance"), width=12)
BALANCE_VALUE = Money("balance_value", Words(id="Nilai saldo", en="Balance value"), width=18)
COST_COLUMNS = (
    Code("id", Words(id="Baris", en="Row")),
    Code("item", Words(id="Barang", en="Item")),
    Date("date", Words(id="Tanggal", en="Date")),
    Choice("kind", Words(id="Jenis", en="Kind"), choices=MOVEMENTS),
    Code("warehouse", Words(id="Gudang", en="Warehouse")),
    Code("move", Words(id="Dokumen", en="Document")),
    QTY_IN,
    QTY_OUT,
    VALUE_IN,
    VALUE_OUT,
    Quantity("qty", Words(id="Perubahan", en="Change")),
    Money("value", Words(id="Perubahan nilai", en="Change in value")),
    BALANCE_QTY,
    BALANCE_VALUE,
)
REPLAY = Replay(
    key=COSTS,
    sources={MOVES: "item", COUNTS: "item"},
    columns=COST_COLUMNS,
    build=costs_of_item,
    totals=(
        Totals(COST_DAYS, ("date", "kind"), ("value_in", "value_out"), proposes=stock_entry),
        Totals(ON_HAND, ("item", "warehouse", "date"), ("qty", "value")),
    ),
    resumption=Resumption("date", "id", State, costs_since),
)
