"""Items and warehouses: what stays as it is once stock has moved."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.inventory.tables import COUNTS, MOVES
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

MAXIMUM_BELOW_MINIMUM = Message(
    "maximum_below_minimum",
    Words(
        id="Stok maksimum {maximum} kurang dari stok minimum {minimum}. Perbaiki salah satunya.",
        en="The maximum {maximum} is below the minimum {minimum}. Correct one of them.",
    ),
)
COSTING_IS_USED = Message(
    "costing_is_used",
    Words(
        id="Metode biaya {item} tidak dapat diganti karena sudah ada mutasinya. Kembalikan "
        "metodenya, atau pakai kode barang baru.",
        en="The costing of {item} cannot change because the item has moves. Put it back, or use a "
        "new item code.",
    ),
)
ITEM_IN_USE = Message(
    "item_in_use",
    Words(
        id="Barang {item} punya mutasi atau opname, jadi tidak dapat dihapus atau diganti kodenya. "
        "Isi Ditutup bila tidak dipakai lagi.",
        en="Item {item} has moves or counts, so it cannot be deleted or given another code. Mark "
        "it as closed if it is no longer used.",
    ),
)
WAREHOUSE_IN_USE = Message(
    "warehouse_in_use",
    Words(
        id="Gudang {warehouse} punya mutasi atau opname, jadi tidak dapat dihapus atau diganti "
        "kodenya. Kembalikan barisnya.",
        en="Warehouse {warehouse} has moves or counts, so it cannot be deleted or given another "
        "code. Put the row back.",
    ),
)


def maximum_is_not_below_minimum(document: Document, known: Known) -> Iterator[Problem]:
    """One buys up to the maximum when less than the minimum is there."""
    for line in document.lines:
        minimum, maximum = line["min_qty"], line["max_qty"]
        if minimum is not None and maximum is not None and maximum < minimum:
            yield MAXIMUM_BELOW_MINIMUM(
                column="max_qty", row_id=line.id, minimum=minimum, maximum=maximum
            )


def costing_stays_with_moves(document: Document, known: Known) -> Iterator[Problem]:
    """The method is applied consistently (PSAK 202): it does not change under existing moves."""
    if not document.before or not document.lines or not known.has(MOVES):
        return
    line, before = document.lines[0], document.before[0]
    changed = line.text("costing") != before.text("costing")
    if changed and known.where(MOVES, "item", document.key):
        yield COSTING_IS_USED(column="costing", row_id=line.id, item=document.key)


def item_is_not_in_use(document: Document, known: Known) -> Iterator[Problem]:
    """An item with moves or counts is closed, not deleted."""
    if not document.lines and any(
        known.has(table) and known.where(table, "item", document.key) for table in (MOVES, COUNTS)
    ):
        yield ITEM_IN_USE(item=document.key)


def warehouse_is_not_in_use(document: Document, known: Known) -> Iterator[Problem]:
    """A warehouse with moves or counts is not deleted."""
    if document.lines or not (known.has(MOVES) and known.has(COUNTS)):
        return
    for table in (MOVES, COUNTS):  # no index: warehouses are deleted too rarely for one to pay
        for line in known.rows(table):
            if document.key in (line.text("warehouse"), line.text("to_warehouse")):
                yield WAREHOUSE_IN_USE(warehouse=document.key)
                return
