"""Low stock: items of which less than the minimum is held, and how much to buy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.inventory.reports.on_hand import (
    ITEM,
    NAME,
    QTY,
    UNIT,
    held_by_warehouse,
    items_by_code,
)
from workbook_templates.columns import Quantity
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def low_stock(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Open items below their minimum over all warehouses; exactly the minimum is enough."""
    held: dict[str, Decimal] = defaultdict(Decimal)
    for (code, _), stock in held_by_warehouse(known, request.as_of).items():
        held[code] += stock.qty
    for code, item in items_by_code(known).items():
        minimum, maximum = item["min_qty"], item["max_qty"]
        if minimum is None or held[code] >= minimum or item.text("closed") == "true":
            continue
        target = minimum if maximum is None else maximum
        yield {
            "item": code,
            "name": item.text("name"),
            "unit": item.text("unit"),
            "qty": money.plain(held[code]),
            "min_qty": item.text("min_qty"),
            "max_qty": item.cells.get("max_qty"),
            "proposed_qty": money.plain(target - held[code]),
        }


LOW_STOCK = Report(
    key="low_stock",
    title=Words(id="Stok Menipis", en="Low Stock"),
    help=Words(
        id="Barang di bawah stok minimum, dengan usul pembelian sampai stok maksimum.",
        en="Items below their minimum, with the quantity to buy up to the maximum.",
    ),
    columns=(
        ITEM,
        NAME,
        UNIT,
        QTY,
        Quantity("min_qty", Words(id="Stok minimum", en="Minimum")),
        Quantity("max_qty", Words(id="Stok maksimum", en="Maximum")),
        Quantity("proposed_qty", Words(id="Usul pembelian", en="Proposed")),
    ),
    build=low_stock,
)
