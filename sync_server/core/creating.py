"""Documents of which nothing is kept yet: most of what a busy company sends.

Nothing has to be merged, so they take a straight way, and what is asked of each line alone is
asked once for all of them. Whatever is out of the ordinary, a problem above all, leaves the draft
as it was and is told by the general way (push.py); both ways lead to equal rows, audit and sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, RowChange, StoredRow
from workbook_templates import wire
from workbook_templates.check import fill_blanks, line_problems, whole_problems
from workbook_templates.schema import Document, Line, Sheet


class Planned(NamedTuple):
    """A document as it will be, none of whose lines has a problem, and its cells by row id."""

    document: Document
    cells: Mapping[str, dict[str, str]]


New = Mapping[str, Planned]  # by mutation
NONE: New = {}


class Created(NamedTuple):
    """Documents that are now in the draft, and what their commit says."""

    documents: list[Document]
    changes: tuple[RowChange, ...]


def new_documents(draft: Draft, groups: Sequence[wire.Group]) -> New:
    """The groups that make new documents of one quiet table, if no line of theirs has a problem.

    Stays true while nothing else changes: none of what their lines are checked against is in a
    quiet table, so the groups must not touch another one.
    """
    if not (tables := {g.kind for g in groups} | {op.t for g in groups for op in g.ops}):
        return NONE
    (table, *others) = tables
    if others or not _is_plain(draft, table) or len({g.mid for g in groups}) < len(groups):
        return NONE
    sheet = draft.catalogue.sheets[table]
    found = {g.mid: planned for g in groups if (planned := _as_new(draft, sheet, g)) is not None}
    lines = tuple([line for planned in found.values() for line in planned.document.lines])
    return NONE if line_problems(Document(sheet, "", lines), draft) else found


def _is_plain(draft: Draft, table: str) -> bool:
    """Whether nothing follows from a table's rows and no line of it can depend on another."""
    if table not in draft.catalogue.quiet or table not in draft.canonical:
        return False
    sheet = draft.catalogue.sheets[table]
    if not sheet.group_by or sheet.read_only:
        return False
    return all(table not in column.tables for column in sheet.reference_columns)


def create_document(draft: Draft, group: wire.Group, seq: int, new: New) -> Created | None:
    """Puts a new and faultless document in the draft; None for any other group, with nothing
    changed.
    """
    planned, now = new.get(group.mid), draft.rows_now
    if planned is None:
        return None
    table, key, (document, cells) = group.kind, group.key, planned
    if draft.stored(table, DOCUMENT, key) or any(now[op.rid] is not None for op in group.ops):
        return None  # made by a group that came before
    rows = [StoredRow(table, row_id, key, seq, texts) for row_id, texts in cells.items()]
    mark = draft.mark()
    draft.create(rows)
    if whole_problems(document, draft):
        draft.rollback(mark)
        return None
    ops = group.ops
    changes = [RowChange(None, r, op.at, op.copied_from) for r, op in zip(rows, ops, strict=True)]
    return Created([document], tuple(changes))


def _as_new(draft: Draft, sheet: Sheet, group: wire.Group) -> Planned | None:
    """The document as it will be; None unless all are new rows of this very document."""
    key, named, now = group.key, sheet.group_by or "", draft.rows_now
    read_only = sheet.read_only_keys
    found: dict[str, dict[str, str]] = {}
    for op in group.ops:
        if op.op != "put" or op.rid in found or now[op.rid] is not None:
            return None
        cells: dict[str, str] = {}
        for column, (base, mine) in op.cells.items():
            if base is not None:
                return None
            if mine is not None:
                cells[column] = mine
        if cells.get(named) != key or not cells.keys().isdisjoint(read_only):
            return None
        found[op.rid] = cells
    if not found:
        return None
    if not all(sheet.filled <= cells.keys() for cells in found.values()):
        for row_id, filled in fill_blanks(sheet, [(i, c, True) for i, c in found.items()]).items():
            found[row_id] = {column: text for column, text in filled.items() if text is not None}
    lines = [Line(sheet, row_id, cells) for row_id, cells in found.items()]
    return Planned(Document(sheet, key, tuple(lines)), found)
