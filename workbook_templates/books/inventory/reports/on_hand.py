"""Stock on hand: how much of each item each warehouse holds at the close of a day, at cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.inventory.tables import ITEMS, ON_HAND, WAREHOUSES
from workbook_templates.columns import Code, Money, Quantity, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

UNITS = 4  # sums are in 1/10,000

ITEM = Code("item", Words(id="Barang", en="Item"), width=16)
NAME = Text("name", Words(id="Nama", en="Name"), width=36)
UNIT = Text("unit", Words(id="Satuan", en="Unit"), width=9)
WAREHOUSE = Code("warehouse", Words(id="Gudang", en="Warehouse"), width=12)
QTY = Quantity("qty", Words(id="Jumlah", en="Quantity"), width=12)
VALUE = Money("value", Words(id="Nilai", en="Value"), width=18)


@dataclass(frozen=True, slots=True)
class Held:
    """A quantity and what it cost, in currency units."""

    qty: Decimal
    value: Decimal


def held_by_warehouse(known: Known, as_of: str) -> dict[tuple[str, str], Held]:
    """What is held of each (item, warehouse) at the close of a day, nothing left out, in order."""
    sums = known.totals(ON_HAND, ("item", "warehouse"), last={"date": as_of})
    return {
        (place[0], place[1]): Held(Decimal(qty).scaleb(-UNITS), Decimal(value).scaleb(-UNITS))
        for place, (qty, value) in sorted(sums.items())
    }


def items_by_code(known: Known) -> dict[str, Line]:
    """All items by code, in order."""
    return {
        line.text("code"): line
        for line in sorted(known.rows(ITEMS), key=lambda line: line.text("code"))
    }


def stock_on_hand(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """One row an item and warehouse that holds some of it."""
    items = items_by_code(known)
    names = {line.text("code"): line.text("name") for line in known.rows(WAREHOUSES)}
    for (item, warehouse), held in held_by_warehouse(known, request.as_of).items():
        if held.qty:
            yield {
                "item": item,
                "name": items[item].text("name") if item in items else None,
                "unit": items[item].text("unit") if item in items else None,
                "warehouse": warehouse,
                "warehouse_name": names.get(warehouse),
                "qty": money.plain(held.qty),
                "value": money.text(held.value),
            }


STOCK_ON_HAND = Report(
    key="stock_on_hand",
    title=Words(id="Stok Tersedia", en="Stock on Hand"),
    help=Words(
        id="Jumlah dan nilai setiap barang di setiap gudang pada akhir tanggal laporan.",
        en="Quantity and value of each item in each warehouse at the close of the day.",
    ),
    columns=(
        ITEM,
        NAME,
        UNIT,
        WAREHOUSE,
        Text("warehouse_name", Words(id="Nama gudang", en="Warehouse name"), width=24),
        QTY,
        VALUE,
    ),
    build=stock_on_hand,
)
