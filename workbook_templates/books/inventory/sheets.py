"""The sheets of the inventory book: moves, counts, items and warehouses."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.inventory.choices import COSTINGS, KINDS
from workbook_templates.books.inventory.rules.documents import (
    counted_items_are_named_once,
    goods_received_have_a_cost,
    items_are_in_use,
    party_fits,
    returned_move_fits,
    transfer_names_another_warehouse,
)
from workbook_templates.books.inventory.rules.masters import (
    costing_stays_with_moves,
    item_is_not_in_use,
    maximum_is_not_below_minimum,
    warehouse_is_not_in_use,
)
from workbook_templates.books.inventory.rules.posting import accounts_have_their_roles
from workbook_templates.columns import Choice, Code, Date, Flag, Quantity, Rate, Ref, Text
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
DATE = Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12)
WAREHOUSE = Ref(
    "warehouse",
    Words(id="Gudang", en="Warehouse"),
    required=True,
    head=True,
    width=12,
    tables=("inventory.warehouses",),
)
ITEM = Ref(
    "item", Words(id="Barang", en="Item"), required=True, width=16, tables=("inventory.items",)
)

MOVES = Sheet(
    key="moves",
    title=Words(id="Mutasi Stok", en="Stock Moves"),
    help=Words(
        id="Baris dengan nomor yang sama adalah satu dokumen: satu tanggal, satu jenis, satu "
        "gudang. Jumlah selalu positif; jenislah yang menentukan arahnya.",
        en="Rows with the same number are one document: one date, one kind, one warehouse. "
        "Quantities are positive; the kind gives the direction.",
    ),
    group_by="move",
    windows=(("date",), ("warehouse", "to_warehouse")),
    columns=(
        Code("move", Words(id="No. mutasi", en="Move"), required=True, width=16),
        DATE,
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            required=True,
            head=True,
            width=22,
            choices=KINDS,
        ),
        ITEM,
        Quantity("qty", Words(id="Jumlah", en="Quantity"), required=True, positive=True, width=12),
        Rate(
            "unit_cost",
            Words(id="Harga satuan", en="Unit cost"),
            Words(
                id="Wajib untuk saldo awal dan penerimaan. Biaya barang keluar dihitung sendiri; "
                "harga yang diketik di sana tidak dipakai.",
                en="Needed for opening stock and receipts. What goes out is costed by itself; a "
                "cost typed there is not used.",
            ),
            minimum=NONE,
            width=16,
        ),
        WAREHOUSE,
        Ref(
            "to_warehouse",
            Words(id="Gudang tujuan", en="To warehouse"),
            Words(id="Hanya untuk pindah gudang.", en="For transfers only."),
            head=True,
            width=14,
            tables=("inventory.warehouses",),
        ),
        Ref(
            "party",
            Words(id="Mitra", en="Party"),
            head=True,
            width=12,
            tables=("ledger.parties",),
        ),
        Ref(
            "returns",
            Words(id="Retur atas", en="Returns"),
            Words(
                id="No. mutasi yang diretur, agar barang kembali dengan biaya asalnya.",
                en="The move that is returned, so that goods come back at their first cost.",
            ),
            head=True,
            width=16,
            tables=("inventory.moves",),
        ),
        Text("note", Words(id="Keterangan", en="Note"), width=30),
    ),
    rules=(
        period_is_open,
        transfer_names_another_warehouse,
        goods_received_have_a_cost,
        items_are_in_use,
        party_fits,
        returned_move_fits,
        accounts_have_their_roles,
    ),
    indexes=("item",),
    families=(("qty", "unit_cost"),),
)

COUNTS = Sheet(
    key="counts",
    title=Words(id="Stok Opname", en="Stock Counts"),
    help=Words(
        id="Isi yang ditemukan pada penutupan hari itu. Sel kosong berarti belum dihitung, nol "
        "berarti tidak ada barang.",
        en="What was found at the close of that day. A blank is not counted yet, zero means that "
        "nothing is there.",
    ),
    group_by="count",
    windows=(("date",), ("warehouse",)),
    columns=(
        Code("count", Words(id="No. opname", en="Count"), required=True, width=16),
        DATE,
        WAREHOUSE,
        ITEM,
        Quantity("counted_qty", Words(id="Jumlah fisik", en="Counted"), minimum=NONE, width=14),
        Rate(
            "unit_cost",
            Words(id="Harga satuan", en="Unit cost"),
            Words(
                id="Hanya untuk barang lebih yang biayanya belum diketahui.",
                en="Only for goods found of which nothing says what they cost.",
            ),
            minimum=NONE,
            width=16,
        ),
    ),
    rules=(
        period_is_open,
        counted_items_are_named_once,
        items_are_in_use,
        accounts_have_their_roles,
    ),
    indexes=("item",),
    families=(("counted_qty", "unit_cost"),),
)

ITEMS = Sheet(
    key="items",
    title=Words(id="Barang", en="Items"),
    help=Words(
        id="Metode biaya tidak dapat diganti setelah barang punya mutasi.",
        en="The costing method cannot change once the item has moves.",
    ),
    unique=("code",),
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=16),
        Text("name", Words(id="Nama", en="Name"), required=True, width=36, max_length=200),
        Text(
            "unit",
            Words(id="Satuan", en="Unit"),
            required=True,
            default="pcs",
            width=9,
            max_length=20,
        ),
        Choice(
            "costing",
            Words(id="Metode biaya", en="Costing"),
            required=True,
            default="average",
            width=22,
            choices=COSTINGS,
        ),
        Quantity("min_qty", Words(id="Stok minimum", en="Minimum"), minimum=NONE),
        Quantity("max_qty", Words(id="Stok maksimum", en="Maximum"), minimum=NONE),
        Text("category", Words(id="Kategori", en="Category"), width=18, max_length=80),
        Flag("closed", Words(id="Ditutup", en="Closed"), width=10),
    ),
    rules=(maximum_is_not_below_minimum, costing_stays_with_moves, item_is_not_in_use),
)

WAREHOUSES = Sheet(
    key="warehouses",
    title=Words(id="Gudang", en="Warehouses"),
    unique=("code",),
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=12),
        Text("name", Words(id="Nama", en="Name"), required=True, width=36, max_length=120),
    ),
    rules=(warehouse_is_not_in_use,),
)
