"""The fixed choices of the inventory book: costing methods and kinds of stock moves."""

from __future__ import annotations

from workbook_templates.books.inventory.moves import Kind
from workbook_templates.columns import Option
from workbook_templates.words import Words

COSTINGS = (
    Option("average", Words(id="Rata-rata bergerak", en="Moving average")),
    Option("fifo", Words(id="FIFO (masuk pertama, keluar pertama)", en="FIFO")),
)

KIND_WORDS: dict[Kind, Words] = {
    "opening": Words(id="Saldo awal", en="Opening stock"),
    "receipt": Words(id="Penerimaan", en="Receipt"),
    "issue": Words(id="Pengeluaran", en="Issue"),
    "transfer": Words(id="Pindah gudang", en="Transfer"),
    "adjustment_in": Words(id="Penyesuaian masuk", en="Adjustment in"),
    "adjustment_out": Words(id="Penyesuaian keluar", en="Adjustment out"),
    "return_in": Words(id="Retur dari pelanggan", en="Return from customer"),
    "return_out": Words(id="Retur ke pemasok", en="Return to supplier"),
}
KINDS = tuple(Option(key, words) for key, words in KIND_WORDS.items())

COUNT = "count"
COUNT_WORDS = Words(id="Selisih stok opname", en="Stock count difference")
MOVEMENTS = (*KINDS, Option(COUNT, COUNT_WORDS))  # what a costed row can be


def words_of_kind(kind: str) -> Words:
    """The words of a kind of costed row; raises KeyError."""
    return {option.key: option.words for option in MOVEMENTS}[kind]
