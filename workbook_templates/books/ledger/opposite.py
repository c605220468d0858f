"""The document that takes another back: an entry with its sides exchanged, an invoice as a credit
note, money in as money out."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_templates.columns import Code
from workbook_templates.schema import Cells, Document, Known, Line
from workbook_templates.words import Words

SUFFIX = "-R"
REVERSAL_OF = Words(id="Pembalikan {document}: {text}", en="Reversal of {document}: {text}")
LONGEST = 500
REVERSES = Code(
    "reverses",
    Words(id="Membalik", en="Reverses"),
    Words(
        id="Dokumen yang dibalik sepenuhnya oleh dokumen ini; nomornya lalu berakhiran -R.",
        en="The document that this one takes back in full; its number then ends with -R.",
    ),
    width=16,
    max_length=60,
)
_NOT_TAKEN_OVER = frozenset({"due", "post", "number", "document", "source", "proposal"})
_OF_A_DOCUMENT = frozenset({"supplier_ref", "terms", "corrects"})
_OTHER = {
    "invoice": "credit_note",
    "deposit": "credit_note",
    "credit_note": "invoice",
    "in": "out",
    "out": "in",
}
_SIDES = {"debit": "credit", "credit": "debit"}


def opposite_entry(document: Document, date: str, known: Known) -> tuple[Cells, ...]:
    """The lines of entry "JU-7-R" on another day. A second reversal meets a number in use."""
    return tuple(
        {_SIDES.get(column, column): text for column, text in cells.items()}
        for cells in _mirrored(document, date, known, "entry", _NOT_TAKEN_OVER)
    )


def opposite_trade(document: Document, date: str, known: Known) -> tuple[Cells, ...]:
    """The credit note of an invoice or bill, or the invoice that takes a credit note back."""
    named = document.sheet.key_columns[0]
    rows = _mirrored(document, date, known, named, _NOT_TAKEN_OVER | _OF_A_DOCUMENT)
    return tuple({**cells, "kind": _OTHER[cells.get("kind") or "invoice"]} for cells in rows)


def opposite_payment(document: Document, date: str, known: Known) -> tuple[Cells, ...]:
    """The same money the other way, off the same documents."""
    rows = _mirrored(document, date, known, "payment", _NOT_TAKEN_OVER - {"document"})
    return tuple({**cells, "direction": _OTHER[cells["direction"] or "in"]} for cells in rows)


def reversed_document(document: Document, known: Known) -> Document | None:
    """The document that this one takes back; None for any other."""
    key = reversed_key(document.lines)
    return known.document(document.sheet.table, key) if key else None


def reversed_key(lines: Iterable[Line]) -> str:
    """The key under Reverses; "" where there is none."""
    return next((key for line in lines if (key := line.cells.get("reverses"))), "")


def _mirrored(
    document: Document, date: str, known: Known, named: str, without: frozenset[str]
) -> list[dict[str, str | None]]:
    """The rows of a document under the reversal's number and day; sides are not exchanged yet."""
    said = REVERSAL_OF[known.company.language]
    return [
        {
            **{c: text for c, text in line.cells.items() if text and c not in without},
            named: document.key + SUFFIX,
            "date": date,
            "description": said.format(document=document.key, text=line.text("description"))
            .rstrip(": ")[:LONGEST]
            .rstrip(),
            "reverses": document.key,
        }
        for line in document.lines
    ]
