"""Decisions that people type on the sheet Review: what they mean, and carrying them out."""

from __future__ import annotations

from collections.abc import Iterable

from addin.copies import Copy, put_back
from addin.decided import UNDO, note_decision, undo
from addin.hosts.base import Cell, Workbook
from addin.review import find_review, is_as_written, row_mark, typed_lines
from addin.settle import BOTH, MINE, OTHER, RESTORE, THEIRS, Decision, decide, typed_now
from addin.shadow import Held, ReviewLine
from workbook_templates import wire
from workbook_templates.columns import Choice
from workbook_templates.locale import Locale, locale
from workbook_templates.problems import Unreadable
from workbook_templates.review import REVIEW

# What people type besides the words of the drop-down; "restore": the deleted row, under its own id.
_SAME = {"restore": RESTORE, "drop": THEIRS, "mine": MINE, "theirs": THEIRS, "both": BOTH}
_TYPED = {
    "keep both": BOTH,
    "keep both (as new row)": BOTH,
    "keduanya": BOTH,
    "drop mine": THEIRS,
    "same": THEIRS,
    "the same": THEIRS,
    "these are the same, drop mine": THEIRS,
    "sama": THEIRS,
    "ini sama": THEIRS,
    "ini sama, buang punya saya": THEIRS,
    "buang punya saya": THEIRS,
    "restore deleted": RESTORE,
    "punya saya": MINE,
    "punya mereka": THEIRS,
    "milikku": MINE,
    "send": MINE,
    "send again": MINE,
    "kirim": MINE,
    "kirim lagi": MINE,
}


def apply_decisions(workbook: Workbook, copy: Copy) -> int:
    """Carry out what people typed into the column Decision; the number of decisions."""
    if is_as_written(workbook, copy):
        return 0
    found = find_review(workbook, copy)
    lines, past, done = copy.shadow.review, list(copy.shadow.decided), 0
    for number, typed in typed_lines(*found) if found else ():
        if 0 < number <= len(lines):
            done += apply_decision(copy, lines[number - 1], typed)
        elif 0 < number <= len(lines) + len(past) and str(typed).strip().casefold() in UNDO:
            done += undo(copy, past[number - len(lines) - 1])
    return done


def apply_decision(copy: Copy, line: ReviewLine, typed: Cell) -> bool:
    """Carry out one decision; False where it says nothing that can be done."""
    held = copy.held.get((line.table, line.key)) or _held_by_row(copy, line)
    conflict = _conflict(held, line) if held else None
    decision = read_decision(copy, line, typed)
    if decision is None:
        return False
    if held is not None and conflict is not None:
        _decide(copy, line, (held, conflict), decision)
        return True
    if decision.what == THEIRS and line.rid and line.table in copy.pages:
        _give_up(copy, line, held)
        return True
    return False


def decide_these(copy: Copy, about: Iterable[tuple[Held, wire.Conflict]], what: str) -> int:
    """The same decision for some conflicts; how many there were."""
    lines = {(one.table, one.rid, one.column): one for one in copy.shadow.review}
    done = 0
    for held, conflict in about:
        line = lines.get((held.table, conflict.rid, conflict.col))
        now = copy.held.get((held.table, held.key))
        if now is None or conflict not in now.conflicts:
            continue  # it went with another of its row
        line = line or ReviewLine(held.table, held.key, conflict.rid, conflict.col, "conflict")
        _decide(copy, line, (now, conflict), Decision(what))
        done += 1
    return done


def _decide(
    copy: Copy, line: ReviewLine, about: tuple[Held, wire.Conflict], decision: Decision
) -> None:
    """Carry out a decision on a conflict. What was typed since Review told of it was given up by
    nobody: it is a new change on top of theirs, or keeps my row where theirs is none.
    """
    held, conflict = about
    later = _typed_since(copy, line, conflict) if decision.what == THEIRS else {}
    if later and conflict.kind != "edited_on_server":
        decision = Decision(MINE)
    note_decision(copy, held, conflict, decision)
    decide(copy, held, conflict, decision)
    row = copy.row(held.table, conflict.rid)
    if later and row is not None and decision.what == THEIRS:
        kept = {**row.cells, **later}
        row.cells = {column: text for column, text in kept.items() if text}


def _typed_since(copy: Copy, line: ReviewLine, conflict: wire.Conflict) -> dict[str, str | None]:
    """The cells of a conflict's row that have other values than those of which Review told."""
    row = copy.row(line.table, conflict.rid)
    if row is None:
        return {}
    if conflict.kind == "cell":
        now = typed_now(copy, line.table, conflict)
        return {} if now == conflict.mine else {conflict.col or "": now}
    if line.seen is None:
        return {}
    seen = dict(line.seen)
    columns = {**row.cells, **seen}
    return {c: row.cells.get(c) for c in columns if row.cells.get(c) != seen.get(c)}


def _give_up(copy: Copy, line: ReviewLine, held: Held | None) -> None:
    """Drop a refused document, except the rows on which its person has typed since."""
    place = (line.table, line.key)
    told = (one.rows for one in copy.shadow.review if (one.table, one.key) == place)
    marks = dict(next((rows for rows in told if rows), ()))
    for rid in held.rows if held else (line.rid or "",):
        row = copy.row(line.table, rid)
        if row is None or not marks or marks.get(rid) == row_mark(row):
            put_back(copy, line.table, rid)
    if held is not None:
        copy.held.pop((line.table, held.key), None)


def read_decision(copy: Copy, line: ReviewLine, typed: Cell) -> Decision | None:
    """What a typed decision means: a word of either language, else another value for the cell."""
    column = REVIEW.column("decision")
    spoken = locale(copy.meta.get("locale") or "id-ID")
    text = " ".join(str(typed).split()).casefold()
    if text in _TYPED:
        return Decision(_TYPED[text])
    if isinstance(column, Choice):
        try:
            return Decision(_SAME[column.canonical(typed, spoken) or ""])
        except (Unreadable, KeyError):
            pass
    return _other_value(copy, line, typed, spoken)


def _other_value(copy: Copy, line: ReviewLine, typed: Cell, spoken: Locale) -> Decision | None:
    if line.column is None or line.table not in copy.pages:
        return None
    try:
        text = copy.pages[line.table].sheet.column(line.column).canonical(typed, spoken)
    except Unreadable:
        return None
    return Decision(OTHER, text)


def _held_by_row(copy: Copy, line: ReviewLine) -> Held | None:
    rows = (h for h in copy.held.values() if h.table == line.table and line.rid in h.rows)
    return next(rows, None)


def _conflict(held: Held, line: ReviewLine) -> wire.Conflict | None:
    same = (c for c in held.conflicts if c.rid == line.rid and c.col == line.column)
    return next(same, None)
