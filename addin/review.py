"""The Review sheet: conflicts and problems as lines, and the decisions that people type there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.copies import Copy, put_row, remove_row
from addin.errors import MissingSheet
from addin.hosts.base import Cell, SetCell, SheetCells, SheetEdit, Workbook
from addin.hosts.blocks import Mark, block_reader
from addin.issues import Issue, row_number, shown, when
from addin.layout import Layout, find_layout
from addin.settle import BOTH, MINE, OTHER, THEIRS, Decision, decide, typed_now
from addin.shadow import Held, ReviewLine
from workbook_templates import wire
from workbook_templates.columns import Choice, Column
from workbook_templates.locale import Locale, locale
from workbook_templates.problems import Unreadable
from workbook_templates.review import REVIEW
from workbook_templates.words import Words

WHAT = {
    "cell": Words("Sel diubah dua pihak", "Cell changed by both"),
    "deleted_on_server": Words("Dihapus di pusat", "Deleted centrally"),
    "edited_on_server": Words("Diubah di pusat", "Changed centrally"),
    "gone": Words("Di luar wewenang", "Not yours to see"),
    "unknown_row": Words("Tidak ada di pusat", "Not on the server"),
}
OFFERED = Words("Hilang karena pemulihan", "Lost by a restore")
PROBLEM = Words("Kesalahan", "Mistake")
STATUS = {
    wire.CONFLICT: Words("! keputusan", "! decide"),
    wire.LOCKED: Words("✗ periode ditutup", "✗ locked"),
    wire.DENIED: Words("✗ tidak berwenang", "✗ not allowed"),
}
MEND = Words("✗ perbaiki", "✗ mend")

# What people type besides the words of the drop-down; "restore" makes a deleted row mine again.
_SAME = {"restore": MINE, "drop": THEIRS, "mine": MINE, "theirs": THEIRS, "both": BOTH}
_TYPED = {
    "keep both": BOTH,
    "keep both (as new row)": BOTH,
    "keduanya": BOTH,
    "drop mine": THEIRS,
    "buang punya saya": THEIRS,
    "restore deleted": MINE,
    "punya saya": MINE,
    "punya mereka": THEIRS,
    "milikku": MINE,
    "send": MINE,
    "send again": MINE,
    "kirim": MINE,
    "kirim lagi": MINE,
}


# --- reading ----------------------------------------------------------------------------------


def apply_decisions(workbook: Workbook, copy: Copy) -> int:
    """Carry out what people typed into the column Decision; the number of decisions."""
    if is_as_written(workbook, copy):
        return 0
    found = _find(workbook, copy)
    done = 0
    for number, typed in _typed(*found) if found else ():
        if 0 < number <= len(copy.shadow.review):
            done += apply_decision(copy, copy.shadow.review[number - 1], typed)
    return done


def is_as_written(workbook: Workbook, copy: Copy) -> bool:
    """Whether the sheet has no line, and is as we saved it: then there is nothing to read."""
    reader, memory = block_reader(workbook), copy.shadow.memory
    if reader is None or memory is None or copy.shadow.review:
        return False
    for name, mark in memory.review.items():
        if name in reader.sheets() and reader.mark(name) == Mark(*mark):
            copy.review_sheet = name
            return True
    return False


def _find(workbook: Workbook, copy: Copy) -> tuple[Layout, SheetCells] | None:
    try:
        found = find_layout(workbook, REVIEW, copy.meta)
    except MissingSheet:
        return None
    copy.review_sheet = found[0].worksheet
    return found


def _typed(layout: Layout, cells: SheetCells) -> Iterator[tuple[int, Cell]]:
    """(line number, what was typed) of each line with a decision."""
    number, decision = layout.columns.get("number"), layout.columns.get("decision")
    if number is None or decision is None:
        return
    for row in cells.rows[layout.head :]:
        line = row[number - 1] if len(row) >= number else None
        typed = row[decision - 1] if len(row) >= decision else None
        if typed is not None and str(line).removesuffix(".0").isdecimal():
            yield int(str(line).removesuffix(".0")), typed


def apply_decision(copy: Copy, line: ReviewLine, typed: Cell) -> bool:
    """Carry out one decision; False where it says nothing that can be done."""
    held = copy.held.get((line.table, line.key)) or _held_by_row(copy, line)
    conflict = _conflict(held, line) if held else None
    decision = read_decision(copy, line, typed)
    if decision is None:
        return False
    if held is not None and conflict is not None:
        if decision.what == THEIRS and _typed_on(copy, held, conflict):
            decision = Decision(MINE)
        decide(copy, held, conflict, decision)
        return True
    if decision.what == THEIRS and line.rid and line.table in copy.pages:
        for rid in held.rows if held else (line.rid,):
            _drop_mine(copy, line.table, rid)
        copy.held.pop((line.table, held.key) if held else ("", ""), None)
        return True
    return False


def _typed_on(copy: Copy, held: Held, conflict: wire.Conflict) -> bool:
    """Whether the cell has another value by now than the one of which Review told: nobody gave
    that up, so it is a new change on top of theirs.
    """
    if conflict.kind != "cell" or copy.row(held.table, conflict.rid) is None:
        return False
    return typed_now(copy, held.table, conflict) != conflict.mine


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


def _drop_mine(copy: Copy, table: str, rid: str) -> None:
    """Put a row back as it was last agreed; one that never landed goes."""
    known = copy.base(table).get(rid)
    row = copy.row(table, rid)
    if known is None:
        remove_row(copy, table, rid)
        return
    if row is not None:
        row.unreadable, row.formulas = {}, frozenset()
    put_row(copy, table, rid, known.cells)


# --- writing ----------------------------------------------------------------------------------


def review_edit(workbook: Workbook, copy: Copy, found: Sequence[Issue]) -> SheetEdit | None:
    """The Review sheet with one line an issue; None when nothing changes there."""
    place = None if not found and is_as_written(workbook, copy) else _find(workbook, copy)
    if place is None:
        return None
    layout, cells = place
    kept = _undone(copy, layout, cells)
    copy.shadow.review = [_identity(issue) for issue in found]
    lines = [_line(copy, number, issue, kept) for number, issue in enumerate(found, start=1)]
    blanks = len(cells.rows) - layout.head - len(lines)
    lines += [{} for _ in range(max(blanks, 0))]
    changed = []
    for number, line in enumerate(lines, start=layout.head + 1):
        row = cells.rows[number - 1] if number <= len(cells.rows) else []
        for key, column in layout.columns.items():
            before = row[column - 1] if len(row) >= column else None
            if before != line.get(key):
                changed.append(SetCell(number, column, line.get(key)))
    if not changed:
        return None
    bottom = layout.head + max(len(found), 1)
    grows = layout.table if bottom > layout.bottom else None
    return SheetEdit(layout.worksheet, tuple(changed), (), grows, bottom if grows else None)


def _identity(issue: Issue) -> ReviewLine:
    return ReviewLine(issue.table, issue.key, issue.rid, issue.column, issue.code)


def _undone(copy: Copy, layout: Layout, cells: SheetCells) -> dict[ReviewLine, Cell]:
    """Decisions that could not be carried out stay beside their line."""
    old = copy.shadow.review
    return {old[n - 1]: typed for n, typed in _typed(layout, cells) if 0 < n <= len(old)}


def _line(copy: Copy, number: int, issue: Issue, kept: dict[ReviewLine, Cell]) -> dict[str, Cell]:
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    page, conflict = copy.pages[issue.table], issue.conflict
    column = page.sheet.by_key.get(issue.column or "")
    row = row_number(copy, issue)
    line: dict[str, Cell] = {
        "number": number,
        "status": STATUS.get(issue.status, MEND)[language],
        "what": _what(issue)[language],
        "sheet": page.layout.worksheet,
        "row": row,
        "column": column.heading[language] if column else None,
        "message": issue.message[language],
        "decision": kept.get(_identity(issue)),
    }
    if row:
        line["link"] = (
            f"'{page.layout.worksheet}'!{_letters(_column_number(page.layout, column))}{row}"
        )
    if conflict:
        line |= _sides(conflict, column, spoken)
    return line


def _what(issue: Issue) -> Words:
    if issue.conflict is None:
        return PROBLEM
    return OFFERED if issue.code == "offered" else WHAT.get(issue.conflict.kind, PROBLEM)


def _sides(conflict: wire.Conflict, column: Column | None, spoken: Locale) -> dict[str, Cell]:
    theirs = shown(column, conflict.theirs, spoken)
    if conflict.cells:
        theirs = " · ".join(text for text in conflict.cells.values() if text)
    return {
        "before": shown(column, conflict.base, spoken),
        "mine": shown(column, conflict.mine, spoken),
        "theirs": theirs,
        "who": conflict.by or None,
        "when": when(conflict.when) or None,
    }


def _column_number(layout: Layout, column: Column | None) -> int:
    return layout.columns.get(column.key, 2) if column else 2


def _letters(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
