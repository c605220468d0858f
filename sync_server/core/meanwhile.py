"""What others changed in a document after its author had last read it.

A change that is right by itself may break a rule together with theirs, and says so then.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.core.access import Author, is_whole
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT
from workbook_templates import wire
from workbook_templates.schema import Document


def changed_meanwhile(
    draft: Draft, group: wire.Group, author: Author, documents: Iterable[Document]
) -> tuple[wire.MergedWith, ...]:
    """The rows of a refused group's documents that are newer than its author knew, where nothing
    of them is hidden from the author. The draft is as it was before the group.
    """
    known = {op.rid: op.seq for op in group.ops if op.seq}
    rows = (
        row
        for document in documents
        if is_whole(author, document.sheet)
        for row in draft.stored(document.sheet.table, DOCUMENT, document.key)
    )
    newer = (row for row in rows if 0 < known.get(row.id, author.head) < row.seq)
    return tuple(wire.MergedWith(r.id, r.seq, *draft.fates.author(r.seq)) for r in newer)
