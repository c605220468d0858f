"""A reversal takes back one document, in full, once, and not before its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from workbook_templates.books.ledger.opposite import SUFFIX, reversed_key
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Cells, Document, Known, Sheet
from workbook_templates.words import Words

NOTHING_TO_REVERSE = Message(
    "nothing_to_reverse",
    Words(
        id="Dokumen {reverses} yang hendak dibalik tidak ada di lembar ini. Periksa nomornya.",
        en="There is no document {reverses} on this sheet to reverse. Check its number.",
    ),
)
REVERSAL_NUMBER = Message(
    "reversal_number",
    Words(
        id="Pembalikan {reverses} harus bernomor {wanted}, agar tidak dibalik dua kali.",
        en="The reversal of {reverses} must be numbered {wanted}, so that it is reversed once.",
    ),
)
REVERSAL_DIFFERS = Message(
    "reversal_differs",
    Words(
        id="Dokumen ini bukan kebalikan {reverses} baris demi baris. Samakan jumlah dan akunnya, "
        "atau kosongkan Membalik dan catat sebagai koreksi.",
        en="This document is not the opposite of {reverses} line by line. Make accounts and "
        "amounts the same, or blank Reverses and enter it as a correction.",
    ),
)
REVERSAL_BEFORE = Message(
    "reversal_before",
    Words(
        id="Pembalikan bertanggal {date}, sebelum {reverses} ({first}). Pakai tanggal sesudahnya.",
        en="The reversal is dated {date}, before {reverses} ({first}). Use a later date.",
    ),
)
_NOT_COMPARED = frozenset(
    {
        "date",
        "due",
        "terms",
        "description",
        "proposal",
        "reverses",
        "post",
        "number",
        "supplier_ref",
    }
)


def reversal_is_the_opposite(document: Document, known: Known) -> Iterator[Problem]:
    """What Reverses names is on the sheet, and this document is its opposite to the last cell."""
    key = reversed_key(document.lines)
    if not key:
        return
    first = document.lines[0].id
    original = known.document(document.sheet.table, key)
    if original is None or key == document.key:
        yield NOTHING_TO_REVERSE(column="reverses", row_id=first, reverses=key)
        return
    if document.key != key + SUFFIX:
        column = document.sheet.key_columns[0]
        yield REVERSAL_NUMBER(column=column, row_id=first, reverses=key, wanted=key + SUFFIX)
    if document.text("date") < original.text("date"):
        yield REVERSAL_BEFORE(
            column="date",
            row_id=first,
            date=document["date"],
            reverses=key,
            first=original["date"],
        )
    opposite = document.sheet.opposite
    assert opposite is not None
    wanted = _weight(document.sheet, opposite(original, document.text("date"), known))
    if _weight(document.sheet, (line.cells for line in document.lines)) != wanted:
        yield REVERSAL_DIFFERS(column="reverses", row_id=first, reverses=key)


def _weight(sheet: Sheet, rows: Iterable[Cells]) -> Counter[frozenset[tuple[str, str]]]:
    """What rows come to, in whatever order and words."""
    without = _NOT_COMPARED.union(sheet.key_columns)
    return Counter(
        frozenset((c, text) for c, text in cells.items() if text and c not in without)
        for cells in rows
    )
