"""Decisions of the last 30 days: they stay on Review with both values, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from addin.copies import Copy
from addin.pages import SheetRow
from addin.settle import THEIRS, Decision
from addin.shadow import Decided, Held
from workbook_templates.row_ids import make_id
from workbook_templates.wire import Conflict

KEPT_FOR = timedelta(days=30)
MOST = 500
UNDO = frozenset({"undo", "batalkan", "urungkan", "batal"})


def note_decision(copy: Copy, held: Held, conflict: Conflict, decision: Decision) -> None:
    """Remember a decision that is about to be carried out, with the values that it gives up."""
    row = copy.row(held.table, conflict.rid)
    given_up = dict(row.cells) if row and conflict.kind != "cell" else None
    sides = (conflict.base, conflict.mine, conflict.theirs, conflict.by, conflict.when, given_up)
    one = Decided(
        *(held.table, conflict.rid, conflict.col, conflict.kind, decision.what, now_of(copy)),
        *sides,
    )
    copy.shadow.decided = [one, *copy.shadow.decided][:MOST]


def forget_old(copy: Copy) -> None:
    """Let go of decisions that are older than 30 days."""
    if copy.shadow.decided:
        first = (datetime.fromisoformat(now_of(copy)) - KEPT_FOR).isoformat()
        copy.shadow.decided = [one for one in copy.shadow.decided if one.at >= first]


def undo(copy: Copy, one: Decided) -> bool:
    """Type again what a decision gave up, as an ordinary change; False where that cannot be."""
    page = copy.pages.get(one.table)
    row = copy.row(one.table, one.rid)
    if page is None:
        return False
    if one.kind == "cell" and one.column and row is not None:
        text = one.mine if one.what == THEIRS else one.theirs
        row.type_in(one.column, text)
    elif one.what == THEIRS and one.row is not None:
        back = make_id() if row is None and one.rid not in copy.base(one.table) else one.rid
        if row is None:
            page.rows[back] = SheetRow(None, dict(one.row))
        else:
            row.cells = dict(one.row)
    else:
        return False
    copy.shadow.decided = [other for other in copy.shadow.decided if other is not one]
    return True


def now_of(copy: Copy) -> str:
    """The server's time at the beginning of this sync; this computer's where there was none."""
    return copy.moment or datetime.now(UTC).isoformat(timespec="seconds")
