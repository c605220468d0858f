"""What is posted stays: it is reversed, never changed or deleted."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.opposite import SUFFIX, reversed_key
from workbook_templates.books.ledger.posting import number_of
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

POSTED = Message(
    "posted",
    Words(
        id="{document} sudah dibukukan dengan nomor {number}, jadi tidak dapat diubah atau dihapus."
        " Kembalikan isinya, lalu balikkan dengan `lajur reverse … --date TANGGAL`.",
        en="{document} is posted as {number}, so it cannot be changed or deleted. Put back what "
        "stood there, then reverse it with `lajur reverse … --date DAY`.",
    ),
)
REVERSED = Message(
    "reversed",
    Words(
        id="{document} sudah dibalik oleh {reversal}, jadi tidak dapat diubah atau dihapus. "
        "Kembalikan isinya.",
        en="{document} is reversed by {reversal}, so it cannot be changed or deleted. Put back "
        "what stood there.",
    ),
)


def posted_stays(document: Document, known: Known) -> Iterator[Problem]:
    """No cell of a posted or reversed document changes, no row joins or leaves it."""
    if not document.before:
        return
    number = number_of(document.before)
    reversal = known.document(document.sheet.table, document.key + SUFFIX)
    if not number and reversal is None:
        return
    before = {line.id: _filled(line) for line in document.before}
    after = {line.id: _filled(line) for line in document.lines}
    if before == after:
        return
    row_id = next((i for i, cells in after.items() if before.get(i) != cells), None)
    column = _first_difference(before.get(row_id or "", {}), after.get(row_id or "", {}))
    if number:
        yield POSTED(column=column, row_id=row_id, document=document.key, number=number)
    elif reversal is not None and reversed_key(reversal.lines) == document.key:
        yield REVERSED(column=column, row_id=row_id, document=document.key, reversal=reversal.key)


def _filled(line: Line) -> dict[str, str]:
    return {column: text for column, text in line.cells.items() if text}


def _first_difference(before: dict[str, str], after: dict[str, str]) -> str | None:
    """The column at which to say it; none where a whole row came or went."""
    if not before or not after:
        return None
    return next((c for c in {**after, **before} if before.get(c) != after.get(c)), None)
