"""The report of purchase orders: ordered, received and billed, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.bill_check import ORDERS, billed_of, name_of, ordered
from workbook_templates.columns import Code, Date, Quantity, Rate, Text
from workbook_templates.schema import Cells, Document, Known, Line, Report, ReportRequest
from workbook_templates.words import Words


def order_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Each thing of the orders up to a day as it stands now; bills of later days count too."""
    lines = (line for line in known.rows(ORDERS) if line.text("date") <= request.as_of)
    for key in sorted({line.text("order") for line in lines}):
        order = known.document(ORDERS, key)
        if order is not None:
            yield from _things(order, known)


def _things(order: Document, known: Known) -> Iterator[Cells]:
    things: dict[str, list[Line]] = {}
    for line in order.lines:
        things.setdefault(name_of(line), []).append(line)
    for name in sorted(things):
        found = ordered(tuple(things[name]), known)
        billed, first = billed_of(order, found, known), found.lines[0]
        row = {
            "order": order.key,
            "date": order.text("date"),
            "supplier": order.text("supplier"),
            "item": first.text("item"),
            "description": first.text("description"),
            "price": first.text("unit_price"),
            "ordered": _text(found.qty),
            "received": None if found.received is None else _text(found.received),
            "billed": _text(billed),
            "to_bill": _text(max(found.qty - billed, Decimal(0))),
        }
        yield {column: text for column, text in row.items() if text}


def _text(quantity: Decimal) -> str:
    return money.plain(quantity)


ORDER_CHECK = Report(
    key="purchase_order_status",
    title=Words(id="Status Pesanan Pembelian", en="Purchase Order Status"),
    help=Words(
        id="Yang dipesan, diterima dan ditagih per barang.",
        en="What was ordered, received and billed, thing by thing.",
    ),
    columns=(
        Code("order", Words(id="Pesanan", en="Order"), width=14),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("supplier", Words(id="Pemasok", en="Supplier"), width=12),
        Code("item", Words(id="Barang", en="Item"), width=14),
        Text("description", Words(id="Uraian", en="Description"), width=30),
        Rate("price", Words(id="Harga satuan", en="Unit price"), width=14),
        Quantity("ordered", Words(id="Dipesan", en="Ordered"), width=11),
        Quantity("received", Words(id="Diterima", en="Received"), width=11),
        Quantity("billed", Words(id="Ditagih", en="Billed"), width=11),
        Quantity("to_bill", Words(id="Belum ditagih", en="To be billed"), width=13),
    ),
    build=order_rows,
)
