"""The sheet of purchase orders: what was agreed with a supplier, against which bills are held."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.bill_check import ORDERS
from workbook_templates.books.ledger.rules.bill_check import billed_order_stays, receipt_is_known
from workbook_templates.columns import Code, Column, Date, Quantity, Rate, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
ITEM = Code(
    "item",
    Words(id="Barang", en="Item"),
    Words(
        id="Kode barang seperti di pesanan; kosong = dicocokkan menurut uraian.",
        en="The item's code as on the order; blank = matched by the description.",
    ),
    width=14,
)
# What a line of a bill says of the order on which it was bought.
ORDER_COLUMNS: tuple[Column, ...] = (
    Ref(
        "order",
        Words(id="Pesanan", en="Order"),
        Words(
            id="Pesanan pembelian; harga dan kuantitas yang melebihinya menunggu persetujuan.",
            en="The purchase order; a price or quantity above it waits for approval.",
        ),
        width=14,
        tables=(ORDERS,),
    ),
    ITEM,
)
PURCHASE_ORDERS = Sheet(
    key="purchase_orders",
    title=Words(id="Pesanan Pembelian", en="Purchase Orders"),
    help=Words(
        id="Satu baris untuk setiap barang atau jasa yang dipesan. Tagihan yang menyebut pesanan "
        "dibandingkan dengannya dan dengan yang diterima.",
        en="One row for each thing ordered. A bill that names the order is compared with it and "
        "with what was received.",
    ),
    group_by="order",
    windows=(("date",),),
    columns=(
        Code("order", Words(id="Pesanan", en="Order"), required=True, width=16),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        Ref(
            "supplier",
            Words(id="Pemasok", en="Supplier"),
            required=True,
            head=True,
            tables=("ledger.parties",),
        ),
        Code("item", Words(id="Barang", en="Item"), width=14),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Ref("account", Words(id="Akun", en="Account"), width=12, tables=("ledger.accounts",)),
        Quantity("qty", Words(id="Kuantitas", en="Quantity"), default="1", minimum=NONE, width=11),
        Rate("unit_price", Words(id="Harga satuan", en="Unit price"), required=True, minimum=NONE),
        Quantity(
            "received",
            Words(id="Diterima", en="Received"),
            Words(
                id="Kuantitas yang diterima; kosong = tidak dicatat, 0 = belum ada.",
                en="The quantity received; blank = not recorded, 0 = nothing yet.",
            ),
            minimum=NONE,
            width=11,
        ),
        # No Ref: a ledger need not carry all stock moves, and its keepers need not see them.
        Code(
            "receipt",
            Words(id="Penerimaan", en="Receipt"),
            Words(
                id="Mutasi stok penerimaannya; kuantitas barang itu di sana ikut diterima.",
                en="The stock move of the receipt; its quantity of the item counts as received.",
            ),
            width=16,
        ),
    ),
    rules=(billed_order_stays, receipt_is_known),
)
