"""The three-way merge of one group's rows into what is kept (docs/protocol.md, Merge)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sync_server.core.draft import Draft
from sync_server.core.port import StoredRow
from workbook_templates.merge import merge_cells
from workbook_templates.schema import Sheet
from workbook_templates.wire import Conflict, Group, Op

PUSH, RESTORED, REVERSAL = "push", "restored", "reversal of "  # why a commit was made


@dataclass
class MergedGroup:
    """Rows as they would be, by id, in the order of the ops; and what stands against it."""

    rows: dict[str, StoredRow] = field(default_factory=dict)
    ops: dict[str, Op] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    created: set[str] = field(default_factory=set)


def merge_group(draft: Draft, group: Group, seq: int) -> MergedGroup:
    """Merges every op of a group; nothing is decided by time, nothing overwrites unseen."""
    merged = MergedGroup()
    for op in group.ops:
        sheet = draft.catalogue.sheets[op.t]
        row = merged.rows.get(op.rid) or draft.by_id(op.rid)
        merged.ops[op.rid] = op
        if row is not None and row.table != op.t:
            merged.conflicts.append(Conflict(op.rid, "seen_elsewhere"))
        elif op.op == "restore":
            _restore(draft, op, row, seq, merged)
        elif op.op == "put":
            _put(draft, sheet, op, row, seq, merged)
        else:
            _delete(draft, op, row, seq, merged)
    return merged


def _put(
    draft: Draft, sheet: Sheet, op: Op, row: StoredRow | None, seq: int, merged: MergedGroup
) -> None:
    if row is None:
        _create(sheet, op, seq, merged)
        return
    if row.deleted:
        merged.conflicts.append(_told(draft, Conflict(op.rid, "deleted_on_server", seq=row.seq)))
        return
    if sheet.strict and op.seq != row.seq and _differs(op, row):
        merged.conflicts.append(edited(draft, row))
        return
    outcome = merge_cells(row.cells, op.cells, sheet.families)
    for c in outcome.conflicts:
        clash = Conflict(op.rid, "cell", c.column, c.base, c.mine, c.theirs, row.seq)
        merged.conflicts.append(_told(draft, clash))
    if outcome.changed:
        cells = {k: v for k, v in outcome.cells.items() if v is not None}
        key = sheet.key_of(cells, row.id)
        merged.rows[row.id] = StoredRow(row.table, row.id, key, seq, cells, source=row.source)


def _differs(op: Op, row: StoredRow) -> bool:
    """Whether a put wants anything that is not so already."""
    return any(row.cells.get(column) != (mine or None) for column, (_, mine) in op.cells.items())


def _create(sheet: Sheet, op: Op, seq: int, merged: MergedGroup) -> None:
    cells: dict[str, str] = {}
    for column, (base, mine) in op.cells.items():
        if base is not None:
            merged.conflicts.append(Conflict(op.rid, "unknown_row"))
            return
        if mine is not None:
            cells[column] = mine
    merged.created.add(op.rid)
    merged.rows[op.rid] = StoredRow(op.t, op.rid, sheet.key_of(cells, op.rid), seq, cells)


def _delete(draft: Draft, op: Op, row: StoredRow | None, seq: int, merged: MergedGroup) -> None:
    if row is None or row.deleted:
        return
    if any(row.cells.get(column) != base for column, base in op.base.items()) or _filled_since(
        draft, op, row
    ):
        merged.conflicts.append(edited(draft, row))
        return
    merged.rows[row.id] = StoredRow(row.table, row.id, row.key, seq, row.cells, True, row.source)


def _filled_since(draft: Draft, op: Op, row: StoredRow) -> bool:
    """Whether a cell that was blank when its deleter last saw the row has been filled since.

    A column that they may not see is absent from their base too, and is no reason.
    """
    more = row.cells.keys() - op.base.keys()
    if not more or not op.seq or op.seq >= row.seq:
        return False
    newer = (change for change in draft.held.history(row.id) if change.seq > op.seq)
    return any(not more.isdisjoint(change.cells) for change in newer)


def _restore(draft: Draft, op: Op, row: StoredRow | None, seq: int, merged: MergedGroup) -> None:
    """Brings a row back as it was; only the deletion that is named is taken back."""
    cells = {column: text for column, (_, text) in op.cells.items() if text is not None}
    if row is None:
        merged.conflicts.append(Conflict(op.rid, "unknown_row"))
    elif not row.deleted:
        if row.cells != cells:
            merged.conflicts.append(edited(draft, row))
    elif row.seq != op.seq:
        merged.conflicts.append(_told(draft, Conflict(op.rid, "deleted_on_server", seq=row.seq)))
    else:
        key = draft.catalogue.sheets[row.table].key_of(cells, row.id)
        merged.rows[row.id] = StoredRow(row.table, row.id, key, seq, cells)


def edited(draft: Draft, row: StoredRow) -> Conflict:
    """The conflict of somebody who deletes or edits a row that has moved on."""
    clash = Conflict(row.id, "edited_on_server", seq=row.seq, cells=dict(row.cells))
    return _told(draft, clash)


def _told(draft: Draft, conflict: Conflict) -> Conflict:
    by, when = draft.fates.author(conflict.seq)
    return Conflict(
        conflict.rid,
        conflict.kind,
        conflict.col,
        conflict.base,
        conflict.mine,
        conflict.theirs,
        conflict.seq,
        by,
        when,
        conflict.cells,
    )
