"""Numbers without a gap: given to documents as they are accepted, in the transaction that does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sync_server.core.audit import changed_cells
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, Batch, StoredRow, Transaction
from workbook_templates.schema import Document, Numbering

Key = tuple[str, str]


def number_documents(draft: Draft, documents: Sequence[Document], seq: int, batch: Batch) -> None:
    """Gives each accepted document of a numbered sheet its number, and all its rows that number.

    A document keeps what it has; one that took rows of another keeps its own, and gets the
    other's only where that has none left.
    """
    numbered = [d for d in documents if d.sheet.numbering and d.lines]
    taken = {n for d in numbered if (n := _of_before(d))}
    for document in numbered:
        number = _of_before(document) or _left_over(document, taken)
        number = number or _next(document, draft, batch)
        taken.add(number)
        _write(draft, document, number, seq)  # a draft's blank too, on rows that it took


def _of_before(document: Document) -> str:
    column = _numbering(document).column
    return next((n for line in document.before if (n := line.text(column))), "")


def _left_over(document: Document, taken: set[str]) -> str:
    column = _numbering(document).column
    found = (line.text(column) for line in document.lines)
    return next((n for n in found if n and n not in taken), "")


def _next(document: Document, draft: Draft, batch: Batch) -> str:
    numbering = _numbering(document)
    series = numbering.series(document, draft)
    if not series:
        return ""
    last = draft.numbers.get(series, 0) + 1
    draft.numbers[series] = batch.numbers[series] = last
    return f"{series}-{last:0{numbering.digits}}"


def _write(draft: Draft, document: Document, number: str, seq: int) -> None:
    column = _numbering(document).column
    for row in draft.stored(document.sheet.table, DOCUMENT, document.key):
        if row.cells.get(column, "") != number:
            cells = {**row.cells, column: number}
            draft.change(
                replace(row, seq=seq, cells={c: text for c, text in cells.items() if text})
            )


def _numbering(document: Document) -> Numbering:
    assert document.sheet.numbering is not None
    return document.sheet.numbering


def numbers_in_order(
    held: Transaction, catalogue: Catalogue, rows: dict[str, StoredRow]
) -> Iterator[str]:
    """For `verify`: of each series every number up to the last was given, and to one document."""
    columns = {t: s.numbering.column for t, s in catalogue.sheets.items() if s.numbering}
    if not columns:
        return
    last = held.numbers()
    missing = {series: set(range(1, count + 1)) for series, count in last.items()}
    for number in _given(held, columns):
        series, _, place = number.rpartition("-")
        if int(place) > last.get(series, 0):
            yield f"number {number} was given, and the series counts to {last.get(series, 0)}"
        missing.get(series, set()).discard(int(place))
    for series, places in missing.items():
        for n in sorted(places):
            yield f"number {n} of the series {series} was never given to a document"
    yield from _twice(columns, rows)


def _given(held: Transaction, columns: dict[str, str]) -> set[str]:
    """Every number that the audit knows; deleted and purged documents had theirs too."""
    found: set[str] = set()
    for kept in held.commits_after(0):
        for change in kept.changes:
            if column := columns.get(change.table):
                cells = changed_cells(change.cells, change.created)
                found.add(cells.get(column, (None, None))[1] or "")
    return found - {""}


def _twice(columns: dict[str, str], rows: dict[str, StoredRow]) -> Iterator[str]:
    holders: dict[str, set[Key]] = defaultdict(set)
    for row in rows.values():
        if not row.deleted and (number := row.cells.get(columns.get(row.table, ""))):
            holders[number].add((row.table, row.key))
    for number, documents in holders.items():
        if len(documents) > 1:
            yield f"number {number} stands in {len(documents)} documents"
