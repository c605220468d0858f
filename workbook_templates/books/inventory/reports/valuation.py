"""Stock valuation: what the stock cost, by FIFO layer or at the average; the sum is the account."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.inventory.choices import COSTINGS
from workbook_templates.books.inventory.costs import layers_of_item
from workbook_templates.books.inventory.reports.on_hand import (
    ITEM,
    NAME,
    QTY,
    VALUE,
    WAREHOUSE,
    Held,
    held_by_warehouse,
    items_by_code,
)
from workbook_templates.columns import Choice, Code, Date, Rate
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

RATE_STEP = Decimal("0.000001")


def stock_valuation(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a layer of FIFO items, a row a warehouse of items at the average."""
    items = items_by_code(known)
    layers: dict[str, dict[str, list[Cells]]] = {}
    for (item, warehouse), held in held_by_warehouse(known, request.as_of).items():
        if not held.qty:
            continue
        line = items.get(item)
        costing = line.text("costing") if line else "average"
        head = {
            "item": item,
            "name": line.text("name") if line else None,
            "costing": costing,
            "warehouse": warehouse,
        }
        if costing == "fifo":
            if item not in layers:
                layers[item] = _layers(item, known, request.as_of)
            yield from ({**head, **cells} for cells in layers[item].get(warehouse, ()))
        else:
            yield {**head, **_cells(held)}


def _layers(item: str, known: Known, as_of: str) -> dict[str, list[Cells]]:
    return {
        warehouse: [
            {
                "date": layer.date.isoformat(),
                "move": layer.origin,
                **_cells(Held(layer.qty, Decimal(layer.value).scaleb(-2))),
            }
            for layer in queue
        ]
        for warehouse, queue in layers_of_item(item, known, as_of).items()
    }


def _cells(held: Held) -> Cells:
    unit_cost = money.round_half_up(held.value / held.qty, RATE_STEP)
    return {
        "qty": money.plain(held.qty),
        "unit_cost": money.plain(unit_cost, 6),
        "value": money.text(held.value),
    }


STOCK_VALUATION = Report(
    key="stock_valuation",
    title=Words(id="Nilai Persediaan", en="Stock Valuation"),
    help=Words(
        id="Nilai persediaan menurut biayanya; jumlahnya sama dengan saldo akun Persediaan.",
        en="The stock at its cost; the sum is the balance of the Inventory account.",
    ),
    columns=(
        ITEM,
        NAME,
        Choice("costing", Words(id="Metode biaya", en="Costing"), choices=COSTINGS, width=22),
        WAREHOUSE,
        Date("date", Words(id="Tanggal masuk", en="Received"), width=12),
        Code("move", Words(id="Dokumen", en="Document"), width=16),
        QTY,
        Rate("unit_cost", Words(id="Biaya satuan", en="Unit cost"), width=16),
        VALUE,
    ),
    build=stock_valuation,
)
