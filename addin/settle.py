"""Decisions on held documents (mine, theirs, both, another value), and those that end by typing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from addin.base_lines import BaseRow
from addin.copies import Copy, put_row, remove_row
from addin.origins import brought_back, decided, sent_again
from addin.pages import SheetRow
from addin.rebase import NOTHING
from addin.shadow import RESTORED, Held
from workbook_templates.row_ids import make_id
from workbook_templates.wire import CONFLICT, Conflict

MINE, THEIRS, BOTH, OTHER, RESTORE = "mine", "theirs", "both", "other", "restore"
DELETED = "deleted_on_server"
NOTED = ("cell", "edited_on_server", "deleted_on_server")  # whose decision the audit tells


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one conflict; `text` is the canonical other value."""

    what: str
    text: str | None = None


def decide(copy: Copy, held: Held, conflict: Conflict, decision: Decision) -> None:
    """Carry out one decision. What is mine becomes a new change on top of theirs, never blindly."""
    if _was_deleted_here(copy, held, conflict):
        held, conflict = _as_edited(copy, held, conflict)
    if decision.what == RESTORE and (conflict.kind != DELETED or held.status == RESTORED):
        decision = Decision(MINE)
    carry_out = {
        "cell": _cell,
        "edited_on_server": _edited,
        "deleted_on_server": _deleted,
        "unknown_row": _deleted,
        "gone": _deleted,
    }.get(conflict.kind)
    if held.status == RESTORED and decision.what != THEIRS:
        sent_again(copy, conflict.rid)
    elif conflict.kind in NOTED and decision.what in (MINE, OTHER):
        decided(copy, conflict.rid, decision.what)
    if carry_out is not None:
        carry_out(copy, held.table, conflict, decision)
    _release(copy, held, conflict)


def _release(copy: Copy, held: Held, conflict: Conflict) -> None:
    rest = tuple(c for c in held.conflicts if c != conflict)
    if rest:
        copy.held[held.table, held.key] = replace(held, conflicts=rest)
    else:
        copy.held.pop((held.table, held.key), None)


def decide_all(copy: Copy, held: Held, what: str) -> None:
    """The same decision for every conflict of a document."""
    for conflict in held.conflicts:
        decide(copy, copy.held[held.table, held.key], conflict, Decision(what))


def _cell(copy: Copy, table: str, conflict: Conflict, decision: Decision) -> None:
    row, column = copy.row(table, conflict.rid), conflict.col or ""
    known = copy.base(table).get(conflict.rid)
    if row is None or known is None:
        return
    if decision.what == BOTH:
        _keep_both(copy, table, row)
    _set_base(copy, table, conflict.rid, column, conflict.theirs)
    if decision.what in (THEIRS, BOTH):
        row.type_in(column, conflict.theirs)
    elif decision.what == OTHER:
        row.type_in(column, decision.text)


def _was_deleted_here(copy: Copy, held: Held, conflict: Conflict) -> bool:
    """Whether I deleted the row after one of its cells clashed."""
    here, known = copy.row(held.table, conflict.rid), copy.base(held.table).get(conflict.rid)
    return conflict.kind == "cell" and here is None and known is not None


def _as_edited(copy: Copy, held: Held, conflict: Conflict) -> tuple[Held, Conflict]:
    """Instead of the cells that clashed: they edited the row that I deleted."""
    table, rid = held.table, conflict.rid
    cells = [c for c in held.conflicts if c.rid == rid and c.kind == "cell"]
    for clash in cells:
        _set_base(copy, table, rid, clash.col or "", clash.theirs)
    theirs = dict[str, str | None](copy.base(table)[rid].cells)
    by = (conflict.seq, conflict.by, conflict.when, theirs)
    edited = Conflict(rid, "edited_on_server", None, None, None, None, *by)
    rest = (c for c in held.conflicts if c not in cells)
    copy.held[table, held.key] = replace(held, conflicts=(*rest, edited))
    return copy.held[table, held.key], edited


def _keep_both(copy: Copy, table: str, row: SheetRow) -> None:
    """My version of the row becomes a row of its own below the last."""
    copy.pages[table].rows[make_id()] = SheetRow(None, dict(row.cells))


def _edited(copy: Copy, table: str, conflict: Conflict, decision: Decision) -> None:
    """They edited what I deleted (or, in a strict sheet, what I edited)."""
    theirs = {k: text for k, text in conflict.cells.items() if text}
    row = copy.row(table, conflict.rid)
    if decision.what == BOTH and row is not None:
        _keep_both(copy, table, row)
    if decision.what != MINE:
        put_row(copy, table, conflict.rid, theirs)
    known = copy.base(table).get(conflict.rid, NOTHING)
    if known.seq <= conflict.seq:
        copy.base(table)[conflict.rid] = BaseRow(conflict.seq, theirs, known.source)


def _deleted(copy: Copy, table: str, conflict: Conflict, decision: Decision) -> None:
    """They deleted what I edited: mine comes back as a new row, or is brought back as the same one;
    theirs takes it off the sheet.
    """
    copy.base(table).pop(conflict.rid, None)
    rows, origins = copy.pages[table].rows, copy.shadow.origins
    if decision.what == THEIRS:
        remove_row(copy, table, conflict.rid)
    elif decision.what == RESTORE:
        brought_back(copy, conflict.rid, conflict.seq)
    elif conflict.rid in rows and not (conflict.kind == "unknown_row" and conflict.rid in origins):
        rid = make_id()  # except of what is offered back: other files may offer the same row
        copy.pages[table].rows = {rid if k == conflict.rid else k: r for k, r in rows.items()}
        if conflict.rid in origins:
            origins[rid] = origins.pop(conflict.rid)


def _set_base(copy: Copy, table: str, rid: str, column: str, text: str | None) -> None:
    known = copy.base(table)[rid]
    cells = {k: t for k, t in known.cells.items() if k != column}
    if text:
        cells[column] = text
    copy.base(table)[rid] = BaseRow(known.seq, cells, known.source)


# --- conflicts that are none any more ---------------------------------------------------------


def settle_held(copy: Copy) -> None:
    """Let go of conflicts that are over, and of those that the person ended by typing theirs or
    the old value.
    """
    for place, held in list(copy.held.items()):
        for conflict in held.conflicts:
            now = copy.held.get(place)
            if now is None or conflict not in now.conflicts:
                continue
            if _is_over(copy, now, conflict):
                _release(copy, now, conflict)
            elif _was_deleted_here(copy, now, conflict):
                _as_edited(copy, now, conflict)
            elif _is_settled(copy, held.table, conflict):
                decide(copy, now, conflict, Decision(THEIRS))
    for place, held in list(copy.held.items()):
        if held.status == CONFLICT and not held.conflicts:
            del copy.held[place]
        else:
            copy.held[place] = _as_it_stands(copy, held)


def typed_now(copy: Copy, table: str, conflict: Conflict) -> str | None:
    """What stands in the cell that clashed; `conflict.mine` is what stood there at the last sync.

    None too where the row is not on its sheet.
    """
    row, column = copy.row(table, conflict.rid), conflict.col or ""
    return row.raw.get(column, row.cells.get(column)) if row else None


def _as_it_stands(copy: Copy, held: Held) -> Held:
    """The document with what is mine as it was typed last, so that Review tells that."""
    conflicts = tuple(
        replace(c, mine=typed_now(copy, held.table, c)) if c.kind == "cell" else c
        for c in held.conflicts
    )
    return replace(held, conflicts=conflicts)


def _is_over(copy: Copy, held: Held, conflict: Conflict) -> bool:
    """Whether the server has moved on and the row was merged anew without this conflict.

    What a conflict says of theirs is old then, and nobody may be given it.
    """
    known = copy.base(held.table).get(conflict.rid)
    if known is None:
        return conflict.kind in ("cell", "edited_on_server")
    row, column = copy.row(held.table, conflict.rid), conflict.col or ""
    same = row is not None and row.cells.get(column) == known.cells.get(column)
    return known.seq > conflict.seq and (held.status == CONFLICT or same)


def _is_settled(copy: Copy, table: str, conflict: Conflict) -> bool:
    if table not in copy.pages:
        return True
    row = copy.row(table, conflict.rid)
    known = copy.base(table).get(conflict.rid, NOTHING)
    if row is None:
        return conflict.kind in ("deleted_on_server", "unknown_row", "gone")
    if conflict.kind == "edited_on_server":
        return row.cells == known.cells and row.is_readable
    column = conflict.col
    if conflict.kind != "cell" or column is None or column in row.unreadable:
        return False
    mine = row.cells.get(column)
    if mine == conflict.theirs:
        return True
    return mine == known.cells.get(column) and column not in row.formulas
