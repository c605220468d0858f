"""Documents of which nothing is kept yet: most of what a busy company sends.

Nothing has to be merged, so they take a straight way, and what is asked of each line alone is
asked once for all of them. Whatever is out of the ordinary, a problem above all, leaves the draft
as it was and is told by the general way (push.py); both ways lead to equal rows, audit and sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sync_server.core.access import Author, is_whole
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, RowChange, StoredRow
from workbook_templates import wire
from workbook_templates.check import (
    document_remarks,
    fill_blanks,
    line_problems,
    whole_problems,
)
from workbook_templates.schema import Document, Line, Sheet


class Planned(NamedTuple):
    """A document as it will be, none of whose lines has a problem, and its cells by row id."""

    document: Document
    cells: Mapping[str, dict[str, str]]


New = Mapping[str, Planned]  # by mutation
NONE: New = {}


class Created(NamedTuple):
    """The rows of a document that is now in the draft, and what its commit says."""

    rows: Sequence[StoredRow]
    changes: tuple[RowChange, ...]


def new_documents(draft: Draft, groups: Sequence[wire.Group], author: Author) -> New:
    """The groups that make new documents of one quiet table, if no line of theirs has a problem,
    their author may write all of it, and nothing else of this request is about them.

    Stays true while nothing else changes: none of what their lines are checked against is in a
    quiet table, so the groups must not touch another one.
    """
    if not (tables := {g.kind for g in groups} | {op.t for g in groups for op in g.ops}):
        return NONE
    (table, *others) = tables
    if others or not _is_plain(draft, table) or len({g.mid for g in groups}) < len(groups):
        return NONE
    sheet, version = draft.catalogue.sheets[table], draft.catalogue.book_of[table].version
    if not (author.may_write(table) and is_whole(author, sheet)):
        return NONE
    found: dict[str, Planned] = {}
    # Documents and rows: each is there or among the new ones only once.
    named = draft.taken(table, DOCUMENT, [group.key for group in groups])
    for group in groups:
        if group.after or group.schema != version or draft.fates.result(group.mid) is not None:
            continue
        planned = _as_new(draft, sheet, group)
        if planned is None or not named.isdisjoint(once := {group.key, *planned.cells}):
            continue
        if sheet.numbering and sheet.numbering.series(planned.document, draft):
            continue  # the general way gives it its number
        named |= once
        found[group.mid] = planned
    lines = tuple([line for planned in found.values() for line in planned.document.lines])
    return NONE if line_problems(Document(sheet, "", lines), draft) else found


def create_documents(
    draft: Draft, groups: Sequence[wire.Group], new: New, head: int
) -> dict[str, Created]:
    """Puts new documents in the draft, by mutation, each in a commit of its own after `head`;
    those that are not faultless after all, or of which something is to be told, are not among
    them, and change nothing.
    """
    wanted = groups
    while True:
        mark = draft.mark()
        found = _put_in(draft, wanted, new, head)
        right = [g for g in wanted if _is_quiet(new[g.mid].document, draft)]
        if len(right) == len(wanted):
            return found
        draft.rollback(mark)
        wanted = right


def _is_quiet(document: Document, draft: Draft) -> bool:
    """Whether nothing is to be said of a document."""
    if whole_problems(document, draft):
        return False
    return not (document.sheet.remarks and document_remarks(document, draft))


def is_still_new(draft: Draft, group: wire.Group) -> bool:
    """Whether no group that came meanwhile made its document or one of its rows."""
    if any(draft.rows_now[op.rid] is not None for op in group.ops):
        return False
    return not draft.stored(group.kind, DOCUMENT, group.key)


def _put_in(draft: Draft, groups: Sequence[wire.Group], new: New, head: int) -> dict[str, Created]:
    found, every = {}, []
    for seq, group in enumerate(groups, head + 1):
        table, key = group.kind, group.key
        rows = [StoredRow(table, i, key, seq, c) for i, c in new[group.mid].cells.items()]
        pairs = zip(rows, group.ops, strict=True)
        changes = tuple([RowChange(None, row, op.at, op.copied_from, op.f) for row, op in pairs])
        found[group.mid] = Created(rows, changes)
        every += rows
    if every:
        draft.create(every)
    return found


def _is_plain(draft: Draft, table: str) -> bool:
    """Whether nothing follows from a table's rows and no line of it can depend on another."""
    if table not in draft.catalogue.quiet or table not in draft.canonical:
        return False
    sheet = draft.catalogue.sheets[table]
    if not sheet.group_by or sheet.read_only:
        return False
    return all(table not in column.tables for column in sheet.reference_columns)


def _as_new(draft: Draft, sheet: Sheet, group: wire.Group) -> Planned | None:
    """The document as it will be; None unless all are new rows of this very document."""
    key, named, now = group.key, sheet.group_by or "", draft.rows_now
    read_only = sheet.read_only_keys
    found: dict[str, dict[str, str]] = {}
    for op in group.ops:
        if op.op != "put" or op.rid in found or now[op.rid] is not None:
            return None
        pairs = op.cells
        cells = {c: mine for c, (base, mine) in pairs.items() if base is None and mine is not None}
        if len(cells) < len(pairs) and any(base is not None for base, _ in pairs.values()):
            return None
        if cells.get(named) != key or not cells.keys().isdisjoint(read_only):
            return None
        found[op.rid] = cells
    if not found:
        return None
    said = frozenset().union(*found.values())
    wanted = sheet.defaults.keys() | (sheet.filled & said)
    if not all(wanted <= cells.keys() for cells in found.values()):
        for row_id, filled in fill_blanks(sheet, [(i, c, True) for i, c in found.items()]).items():
            found[row_id] = {column: text for column, text in filled.items() if text is not None}
    lines = [Line(sheet, row_id, cells) for row_id, cells in found.items()]
    return Planned(Document(sheet, key, tuple(lines)), found)
