"""Which document a credit note or a reversal takes from, and what was taken from a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from workbook_templates.books.ledger.opposite import SUFFIX, reversed_key
from workbook_templates.schema import Document, Known, Line

CORRECTS = "corrects"
LONGEST_CHAIN = 8  # a reversal of a reversal and so on; rules refuse what goes round in a circle


def corrected_key(lines: Iterable[Line]) -> str:
    """The key under Reverses or Corrects; "" where there is none."""
    for line in lines:
        cells = line.cells
        if key := cells.get("reverses") or cells.get(CORRECTS):
            return key
    return ""


def origin(document: Document, known: Known) -> Document:
    """The document whose open amount this one changes: its own, or that of what it takes back."""
    for _ in range(LONGEST_CHAIN):
        key = corrected_key(document.lines)
        found = known.document(document.sheet.table, key) if key else None
        if found is None:
            break
        document = found
    return document


def corrections_of(document: Document, known: Known) -> Iterator[Document]:
    """What takes from a document: its credit notes, its reversal, and what takes those back."""
    yield from _corrections(document, known, LONGEST_CHAIN)


def is_taken_back(document: Document, known: Known) -> bool:
    """Whether a reversal took a document back, and none took that back again."""
    return len(list(reversals_of(document, known))) % 2 == 1


def reversals_of(document: Document, known: Known) -> Iterator[Document]:
    """The reversal of a document, that of the reversal, and so on."""
    for _ in range(LONGEST_CHAIN):
        found = known.document(document.sheet.table, document.key + SUFFIX)
        if found is None or reversed_key(found.lines) != document.key:
            break
        yield found
        document = found


def _corrections(document: Document, known: Known, most: int) -> Iterator[Document]:
    table = document.sheet.table
    named = [line.sheet.key_of(line.cells, line.id) for line in _naming(document, known)]
    found = [known.document(table, key) for key in dict.fromkeys(named)]
    found += islice(reversals_of(document, known), 1)
    for correction in found:
        if correction is not None and most and correction.key != document.key:
            yield correction
            yield from _corrections(correction, known, most - 1)


def _naming(document: Document, known: Known) -> Iterable[Line]:
    return known.where(document.sheet.table, CORRECTS, document.key)
