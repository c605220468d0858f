"""What the server writes into new rows of its own accord: who decided, when, on which version."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from sync_server.core.draft import Draft
from workbook_templates.schema import Document


def stamp_new(
    draft: Draft, documents: Sequence[Document], created: Collection[str], seq: int
) -> None:
    """Fills in the stamped cells of rows that this change makes; kept ones stay as they are."""
    for document in documents:
        stamps = document.sheet.stamps
        if stamps is None:
            continue
        for line in document.lines:
            row = draft.by_id(line.id)
            if row is not None and line.id in created:
                cells = {column: text for column, text in stamps(line, draft).items() if text}
                draft.change(replace(row, seq=seq, cells={**row.cells, **cells}))


def released(draft: Draft, documents: Sequence[Document]) -> list[Document]:
    """The numbered documents that stamped ones are about: what is approved gets its number.

    To be asked before anything follows: what names them may go with it.
    """
    named: list[tuple[str, str]] = []
    for document in documents:
        if document.sheet.refreshes and document.sheet.stamps:
            named += document.sheet.refreshes(document, draft)
    found = (draft.document(table, key) for table, key in named)
    return [other for other in found if other is not None and other.sheet.numbering]
