"""Why an item's moves cannot be as they stand: what the person is told of a replay's refusals."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.inventory.moves import Event, Reason, Refusal
from workbook_templates.books.inventory.tables import ITEMS
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Known
from workbook_templates.words import Words

STOCK_SHORTAGE = Message(
    "stock_shortage",
    Words(
        id="Stok {item} {name} di gudang {warehouse} pada {date} hanya {available} {unit}, "
        "sedangkan {move} mengeluarkan {asked} {unit}. Kurangi jumlahnya, ubah tanggalnya, atau "
        "catat dulu barang yang masuk.",
        en="There are only {available} {unit} of {item} {name} in warehouse {warehouse} on {date}, "
        "and {move} takes out {asked} {unit}. Take less, change the date, or first record what "
        "came in.",
    ),
)
COST_UNKNOWN = Message(
    "cost_unknown",
    Words(
        id="Biaya {item} {name} di gudang {warehouse} belum diketahui pada {date}, sehingga {move} "
        "tidak dapat dinilai. Isi harga satuannya, atau catat dulu penerimaannya.",
        en="Nothing says what {item} {name} costs in warehouse {warehouse} on {date}, so {move} "
        "has no value. Fill in its unit cost, or first record a receipt.",
    ),
)
RETURNED_MOVE_UNKNOWN = Message(
    "returned_move_unknown",
    Words(
        id="Sampai {date} barang {item} tidak ada di mutasi yang diretur oleh {move}. Perbaiki "
        "Retur atas atau tanggalnya.",
        en="Up to {date} item {item} is not in the move that {move} returns. Correct Returns or "
        "the date.",
    ),
)
RETURN_TOO_LARGE = Message(
    "return_too_large",
    Words(
        id="Dari mutasi itu tinggal {available} {unit} {item} yang dapat diretur, sedangkan {move} "
        "meretur {asked} {unit}. Kurangi jumlahnya.",
        en="Only {available} {unit} of {item} are left to be returned of that move, and {move} "
        "returns {asked} {unit}. Return less.",
    ),
)
_MESSAGES: dict[Reason, tuple[Message, str]] = {
    "shortage": (STOCK_SHORTAGE, "qty"),
    "cost_unknown": (COST_UNKNOWN, "unit_cost"),
    "original_unknown": (RETURNED_MOVE_UNKNOWN, "returns"),
    "original_exceeded": (RETURN_TOO_LARGE, "qty"),
}


def problem_of(refusal: Refusal, event: Event, item: str, known: Known) -> Problem:
    """The problem at the refused row. The row may stand in another document than the changed one
    (an earlier issue leaves too little for it), so the sentence names its document and day.
    """
    message, column = _MESSAGES[refusal.reason]
    row = known.row(ITEMS, item)
    return message(
        column=column,
        row_id=refusal.move_id,
        item=item,
        name=row.text("name") if row else "",
        unit=row.text("unit") if row else "",
        warehouse=refusal.warehouse,
        date=refusal.date,
        available=_shown(refusal.available),
        asked=_shown(refusal.asked),
        move=event.number,
    )


def _shown(qty: Decimal) -> Decimal:
    """Without the zeros that adding left behind: 2.5, not 2.500; 100, not 1E+2."""
    return qty.quantize(Decimal(1)) if qty == qty.to_integral_value() else qty.normalize()
