"""Documents of which nothing is kept yet: most of what a busy company sends.

Nothing has to be merged, so they take a straight way. Whatever is out of the ordinary, a problem
above all, leaves the draft as it was and is told by the general way (push.py); both ways lead to
equal rows, audit and sums.
"""

from __future__ import annotations

from typing import NamedTuple

from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, RowChange, StoredRow
from workbook_templates import wire
from workbook_templates.check import document_problems, fill_blanks
from workbook_templates.schema import Document, Sheet


class Created(NamedTuple):
    """A document that is now in the draft, and what its commit says."""

    document: Document
    changes: tuple[RowChange, ...]


def create_document(draft: Draft, group: wire.Group, seq: int) -> Created | None:
    """Puts a new and faultless document of a quiet table in the draft; None for any other group,
    with nothing changed.
    """
    table, key = group.kind, group.key
    if table not in draft.catalogue.quiet or table not in draft.canonical:
        return None
    sheet = draft.catalogue.sheets[table]
    if not sheet.group_by or sheet.read_only or draft.stored(table, DOCUMENT, key):
        return None
    new = _new_cells(draft, sheet, group)
    if not new:
        return None
    if sheet.fills:
        for row_id, filled in fill_blanks(sheet, [(i, c, True) for i, c in new.items()]).items():
            new[row_id] = {column: text for column, text in filled.items() if text is not None}
    rows = [StoredRow(table, row_id, key, seq, cells) for row_id, cells in new.items()]
    mark = draft.mark()
    draft.create(rows)
    document = Document(sheet, key, tuple(map(draft.line, rows)))
    if document_problems(document, draft):
        draft.rollback(mark)
        return None
    ops = group.ops
    changes = [RowChange(None, r, op.at, op.copied_from) for r, op in zip(rows, ops, strict=True)]
    return Created(document, tuple(changes))


def _new_cells(draft: Draft, sheet: Sheet, group: wire.Group) -> dict[str, dict[str, str]] | None:
    """The cells of each row by its id; None unless all are new rows of this very document."""
    table, key, named, now = group.kind, group.key, sheet.group_by or "", draft.rows_now
    found: dict[str, dict[str, str]] = {}
    for op in group.ops:
        if op.t != table or op.op != "put" or op.rid in found or now[op.rid] is not None:
            return None
        cells: dict[str, str] = {}
        for column, (base, mine) in op.cells.items():
            if base is not None:
                return None
            if mine is not None:
                cells[column] = mine
        if cells.get(named) != key or not cells.keys().isdisjoint(sheet.read_only_keys):
            return None
        found[op.rid] = cells
    return found
