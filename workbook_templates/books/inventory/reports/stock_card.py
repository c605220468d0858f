"""The stock card (kartu stok): what came to and went from each warehouse, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.inventory.choices import MOVEMENTS
from workbook_templates.books.inventory.costs import (
    BALANCE_QTY,
    BALANCE_VALUE,
    QTY_IN,
    QTY_OUT,
    VALUE_IN,
    VALUE_OUT,
)
from workbook_templates.books.inventory.reports.on_hand import ITEM, NAME, WAREHOUSE, items_by_code
from workbook_templates.books.inventory.tables import COSTS
from workbook_templates.columns import Choice, Code, Date, Option
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

BROUGHT_FORWARD = Option("brought_forward", Words(id="Saldo sebelumnya", en="Brought forward"))
LINE_KINDS = (BROUGHT_FORWARD, *MOVEMENTS)
COLUMNS = (
    ITEM,
    NAME,
    WAREHOUSE,
    Date("date", Words(id="Tanggal", en="Date"), width=12),
    Choice("kind", Words(id="Jenis", en="Kind"), choices=LINE_KINDS, width=22),
    Code("move", Words(id="Dokumen", en="Document"), width=16),
    QTY_IN,
    QTY_OUT,
    VALUE_IN,
    VALUE_OUT,
    BALANCE_QTY,
    BALANCE_VALUE,
)
_SHOWN = tuple(column.key for column in COLUMNS)


def stock_card(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The lines of the period by item and warehouse, after what was brought forward.

    The parameter `item` asks for one item. Balances are those of the line's warehouse.
    """
    items, wanted = items_by_code(known), request.parameters.get("item")
    for code in items if wanted is None else (wanted,):
        name = items[code].text("name") if code in items else None
        by_warehouse: dict[str, list[Cells]] = {}
        for row in known.replayed(COSTS, code):
            if (row["date"] or "") <= request.last:
                by_warehouse.setdefault(row["warehouse"] or "", []).append(row)
        for _, rows in sorted(by_warehouse.items()):
            for row in _card(rows, request.first):
                cells = {**row, "name": name}
                yield {key: cells[key] for key in _SHOWN if cells.get(key) is not None}


def _card(rows: list[Cells], first: str) -> Iterator[Cells]:
    """One warehouse's lines from the first day on, its balance before them in front."""
    before = [row for row in rows if (row["date"] or "") < first]
    if before and before[-1]["balance_qty"] != "0":
        kept = ("item", "warehouse", "balance_qty", "balance_value")
        yield {**{key: before[-1][key] for key in kept}, "date": first, "kind": BROUGHT_FORWARD.key}
    yield from rows[len(before) :]


STOCK_CARD = Report(
    key="stock_card",
    takes=("item",),
    title=Words(id="Kartu Stok", en="Stock Card"),
    help=Words(
        id="Barang masuk, keluar dan saldo per gudang selama periode. Parameter item memilih satu "
        "barang.",
        en="What came in, went out and was left in each warehouse during the period. The "
        "parameter item asks for one item.",
    ),
    columns=COLUMNS,
    build=stock_card,
    spans="period",
)
