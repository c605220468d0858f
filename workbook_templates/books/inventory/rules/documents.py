"""What a stock move or a count must hold, seen by itself."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

TO_WAREHOUSE_MISSING = Message(
    "to_warehouse_missing",
    Words(
        id="Gudang tujuan wajib diisi untuk pindah gudang.",
        en="A transfer needs the warehouse to which the goods go.",
    ),
)
SAME_WAREHOUSE = Message(
    "same_warehouse",
    Words(
        id="Gudang tujuan sama dengan gudang asal {warehouse}. Pilih gudang lain.",
        en="The goods would go to the warehouse {warehouse} where they are. Choose another.",
    ),
)
TO_WAREHOUSE_NOT_USED = Message(
    "to_warehouse_not_used",
    Words(
        id="Gudang tujuan hanya untuk pindah gudang. Kosongkan, atau ubah jenisnya menjadi Pindah "
        "gudang.",
        en="Only a transfer has a warehouse to which it goes. Clear the cell, or make the kind "
        "Transfer.",
    ),
)
UNIT_COST_MISSING = Message(
    "unit_cost_missing",
    Words(
        id="Harga satuan {item} wajib diisi: kosong bukan nol. Tulis 0 bila barangnya gratis.",
        en="The unit cost of {item} must be filled in: blank is not zero. Write 0 if it was free.",
    ),
)
ITEM_CLOSED = Message(
    "item_closed",
    Words(
        id="Barang {item} {name} sudah ditutup. Pilih barang lain, atau buka lagi di lembar "
        "Barang.",
        en="Item {item} {name} is closed. Choose another, or open it again on the Items sheet.",
    ),
)
WRONG_PARTY_KIND = Message(
    "wrong_party_kind",
    Words(
        id="{party} tidak terdaftar sebagai {kind_id}. Ubah jenisnya di lembar Mitra, atau pilih "
        "mitra lain.",
        en="{party} is not registered as a {kind_en}. Change its kind on the Parties sheet, or "
        "choose another.",
    ),
)
RETURNS_NOT_USED = Message(
    "returns_not_used",
    Words(
        id="Retur atas hanya untuk retur. Kosongkan, atau ubah jenisnya menjadi retur.",
        en="Only a return names the move that it returns. Clear the cell, or make the kind a "
        "return.",
    ),
)
RETURNS_WRONG_KIND = Message(
    "returns_wrong_kind",
    Words(
        id="{returned} bukan {kind_id}. Pilih mutasi yang barangnya diretur, atau kosongkan.",
        en="{returned} is not {kind_en}. Choose the move whose goods are returned, or clear it.",
    ),
)
ITEM_COUNTED_TWICE = Message(
    "item_counted_twice",
    Words(
        id="Barang {item} ada lebih dari sekali di {count}. Jumlahkan menjadi satu baris.",
        en="Item {item} is in {count} more than once. Add it up on one line.",
    ),
)

_CUSTOMER = ("customer", Words(id="pelanggan", en="customer"))
_SUPPLIER = ("supplier", Words(id="pemasok", en="supplier"))
_PARTY_OF_KIND = {
    "receipt": _SUPPLIER,
    "return_out": _SUPPLIER,
    "issue": _CUSTOMER,
    "return_in": _CUSTOMER,
}
_RETURNED_KINDS = {
    "return_in": ({"issue"}, Words(id="pengeluaran", en="an issue")),
    "return_out": (
        {"receipt", "opening"},
        Words(id="penerimaan atau saldo awal", en="a receipt or opening stock"),
    ),
}


def transfer_names_another_warehouse(document: Document, known: Known) -> Iterator[Problem]:
    """A transfer goes to another warehouse; nothing else goes anywhere."""
    if not document.lines:
        return
    place = {"column": "to_warehouse", "row_id": document.lines[0].id}
    source, target = document.text("warehouse"), document.text("to_warehouse")
    if document.text("kind") == "transfer":
        if not target:
            yield TO_WAREHOUSE_MISSING(**place)
        elif target == source:
            yield SAME_WAREHOUSE(**place, warehouse=source)
    elif target:
        yield TO_WAREHOUSE_NOT_USED(**place)


def goods_received_have_a_cost(document: Document, known: Known) -> Iterator[Problem]:
    """Opening stock and receipts say what the goods cost, if only nothing."""
    if document.text("kind") not in ("opening", "receipt"):
        return
    for line in document.lines:
        if not line.text("unit_cost"):
            yield UNIT_COST_MISSING(column="unit_cost", row_id=line.id, item=line.text("item"))


def items_are_in_use(document: Document, known: Known) -> Iterator[Problem]:
    """A closed item has no new moves or counts; those from before it was closed stay."""
    if not known.has("inventory.items"):
        return
    before = {line.text("item") for line in document.before}
    for line in document.lines:
        code = line.text("item")
        item = known.row("inventory.items", code) if code and code not in before else None
        if item is not None and item.text("closed") == "true":
            yield ITEM_CLOSED(column="item", row_id=line.id, item=code, name=item.text("name"))


def party_fits(document: Document, known: Known) -> Iterator[Problem]:
    """Goods come from suppliers and go to customers, and go back the same way."""
    code = document.text("party")
    wanted = _PARTY_OF_KIND.get(document.text("kind"))
    party = known.row("ledger.parties", code) if code and wanted else None
    if party is None or wanted is None:
        return
    kind, words = wanted
    if party.text("kind") not in ("", kind, "both"):
        yield WRONG_PARTY_KIND(
            column="party",
            row_id=document.lines[0].id,
            party=code,
            kind_id=words.id,
            kind_en=words.en,
        )


def returned_move_fits(document: Document, known: Known) -> Iterator[Problem]:
    """A customer returns what was issued; what was received goes back to the supplier."""
    returned = document.text("returns")
    if not returned:
        return
    place = {"column": "returns", "row_id": document.lines[0].id}
    fitting = _RETURNED_KINDS.get(document.text("kind"))
    if fitting is None:
        yield RETURNS_NOT_USED(**place)
        return
    kinds, words = fitting
    original = known.row("inventory.moves", returned)
    if original is not None and original.text("kind") not in kinds:
        yield RETURNS_WRONG_KIND(**place, returned=returned, kind_id=words.id, kind_en=words.en)


def counted_items_are_named_once(document: Document, known: Known) -> Iterator[Problem]:
    """An item has one figure in a count: a second line would silently undo the first."""
    seen: set[str] = set()
    for line in document.lines:
        item = line.text("item")
        if item and item in seen:
            yield ITEM_COUNTED_TWICE(
                column="item", row_id=line.id, item=item, count=document.text("count")
            )
        seen.add(item)
