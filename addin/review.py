"""The Review sheet as it is written: conflicts, problems and past decisions, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from addin.copies import Copy
from addin.decided import forget_old
from addin.errors import MissingSheet
from addin.hosts.base import Cell, SetCell, SheetCells, SheetEdit, Workbook
from addin.hosts.blocks import Mark, block_reader
from addin.issues import Issue, is_hidden, row_number, shown
from addin.layout import Layout, find_layout
from addin.moments import moment
from addin.pages import SheetRow
from addin.remarks import REMARK
from addin.review_heights import heights
from addin.review_links import link_text, new_links
from addin.shadow import ReviewLine
from workbook_templates import wire
from workbook_templates.columns import Column
from workbook_templates.locale import Locale, locale
from workbook_templates.review import DECISIONS, REVIEW
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
TOLD = Words("Catatan", "Remark")
STATUS = {
    wire.CONFLICT: Words("! keputusan", "! decide"),
    wire.LOCKED: Words("✗ periode ditutup", "✗ locked"),
    wire.DENIED: Words("✗ tidak berwenang", "✗ not allowed"),
    REMARK: Words("✓ catatan", "✓ remark"),
}
MEND = Words("✗ perbaiki", "✗ mend")
UNSEEN = Words(
    "Baris {row} tersembunyi: hapus saringan atau tampilkan barisnya.",
    "Row {row} is hidden: clear the filter or show the row.",
)
DECIDED = Words("✓ diputuskan", "✓ decided")
CHOSEN = Words(
    "Diputuskan {when}: {what}. Untuk membatalkan, ketik batalkan di kolom Keputusan.",
    "Decided {when}: {what}. To take it back, type undo in the column Decision.",
)
CHOICES = {option.key: option.words for option in DECISIONS}
OTHER_VALUE = Words("nilai lain", "another value")
Place = tuple[str, str, str | None, str | None, str]


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


def find_review(workbook: Workbook, copy: Copy) -> tuple[Layout, SheetCells] | None:
    """Where Review is, with its cells; None where somebody removed it."""
    try:
        found = find_layout(workbook, REVIEW, copy.meta)
    except MissingSheet:
        return None
    copy.review_sheet = found[0].worksheet
    return found


def typed_lines(layout: Layout, cells: SheetCells) -> Iterator[tuple[int, Cell]]:
    """(line number, what was typed) of each line with a decision."""
    number, decision = layout.columns.get("number"), layout.columns.get("decision")
    if number is None or decision is None:
        return
    for row in cells.rows[layout.head :]:
        line = row[number - 1] if len(row) >= number else None
        typed = row[decision - 1] if len(row) >= decision else None
        if typed is not None and str(line).removesuffix(".0").isdecimal():
            yield int(str(line).removesuffix(".0")), typed


def review_edit(
    workbook: Workbook, copy: Copy, found: Sequence[Issue], told: Sequence[Issue] = ()
) -> SheetEdit | None:
    """The Review sheet with one line an issue and one a remark (`told`); None when nothing changes
    there.
    """
    has_news = bool(found or copy.shadow.remarked or copy.is_remarked_anew)
    place = None if not has_news and is_as_written(workbook, copy) else find_review(workbook, copy)
    if place is None:
        return None
    layout, cells = place
    kept = _undone(copy, layout, cells)
    copy.shadow.review = list(_identities(copy, found))
    lines = [_line(copy, number, issue, kept) for number, issue in enumerate(found, start=1)]
    forget_old(copy)
    lines += past_lines(copy, len(lines))
    lines += [_line(copy, n, one, {}) for n, one in enumerate(told, start=len(lines) + 1)]
    blanks = len(cells.rows) - layout.head - len(lines)
    lines += [{} for _ in range(max(blanks, 0))]
    links = tuple(new_links(workbook, copy, found, layout, cells))
    linked = {(link.row, link.column) for link in links}
    changed = []
    for number, line in enumerate(lines, start=layout.head + 1):
        row = cells.rows[number - 1] if number <= len(cells.rows) else []
        for key, column in layout.columns.items():
            before = row[column - 1] if len(row) >= column else None
            wanted, at = line.get(key), (number, column)
            stale = wanted is None and at in cells.formulas  # of which nobody knows the result
            if (before != wanted or stale) and at not in linked:
                changed.append(SetCell(number, column, wanted))
    if not changed and not links:
        return None
    bottom = layout.head + max(len(found) + len(told) + len(copy.shadow.decided), 1)
    grows = layout.table if bottom > layout.bottom else None
    grown = (grows, bottom if grows else None)
    written = dict(enumerate(lines, start=layout.head + 1))
    tall = heights(written, [cell.row for cell in changed])
    return SheetEdit(layout.worksheet, tuple(changed), (), *grown, links, tall)


def _identities(copy: Copy, found: Sequence[Issue]) -> Iterator[ReviewLine]:
    """What each line is about, and what its rows held when it was written."""
    told: set[tuple[str, str]] = set()
    for issue in found:
        line = ReviewLine(*_place(issue))
        row = copy.row(issue.table, issue.rid) if issue.rid else None
        if issue.conflict and issue.conflict.kind != "cell" and row is not None:
            line = replace(line, seen=tuple(sorted(row.cells.items())))
        elif not issue.conflict and (issue.table, issue.key) not in told:
            told.add((issue.table, issue.key))
            line = replace(line, rows=tuple(_marks(copy, issue)))
        yield line


def _marks(copy: Copy, issue: Issue) -> Iterator[tuple[str, int]]:
    held = copy.held.get((issue.table, issue.key))
    for rid in held.rows if held else (issue.rid or "",):
        row = copy.row(issue.table, rid)
        if row is not None:
            yield rid, row_mark(row)


def row_mark(row: SheetRow) -> int:
    """A mark of what stands in a row: another one as soon as somebody types there."""
    return crc32(repr((sorted(row.cells.items()), sorted(row.raw.items()))).encode())


def _place(issue: Issue) -> Place:
    return issue.table, issue.key, issue.rid, issue.column, issue.code


def _undone(copy: Copy, layout: Layout, cells: SheetCells) -> dict[Place, Cell]:
    """Decisions that could not be carried out stay beside their line."""
    old = copy.shadow.review
    return {old[n - 1].place: typed for n, typed in typed_lines(layout, cells) if 0 < n <= len(old)}


def _line(copy: Copy, number: int, issue: Issue, kept: dict[Place, Cell]) -> dict[str, Cell]:
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    page, conflict = copy.pages[issue.table], issue.conflict
    column = page.sheet.by_key.get(issue.column or "")
    row = row_number(copy, issue)
    said = issue.message[language]
    if is_hidden(copy, issue.table, row):
        said = f"{UNSEEN[language].format(row=row)} {said}"
    line: dict[str, Cell] = {
        "number": number,
        "status": STATUS.get(issue.status, MEND)[language],
        "what": _what(issue)[language],
        "sheet": page.layout.worksheet,
        "row": row,
        "link": link_text(copy, issue),
        "column": column.heading[language] if column else None,
        "message": said,
        "decision": kept.get(_place(issue)),
    }
    if issue.other:
        line["theirs"] = _other_row(copy, issue.table, issue.other)
    if conflict:
        line |= _sides(conflict, column, spoken)
    return line


def _other_row(copy: Copy, table: str, rid: str) -> str | None:
    """Where the row stands that has the key already, and what it says."""
    row, page = copy.row(table, rid), copy.pages[table]
    if row is None:
        return None
    spoken = locale(copy.meta.get("locale") or "id-ID")
    columns = [column for column in page.sheet.columns if column.key in row.cells]
    said = [shown(column, row.cells[column.key], spoken) for column in columns]
    place = f"'{page.layout.worksheet}'!{row.number}" if row.number else page.layout.worksheet
    return f"{place}: {' · '.join(said)}"


def _what(issue: Issue) -> Words:
    if issue.status == REMARK:
        return TOLD
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
        "when": moment(conflict.when, spoken.language) or None,
    }


def past_lines(copy: Copy, above: int) -> Iterator[dict[str, Cell]]:
    """The decisions of the last 30 days, below what is open."""
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    for number, one in enumerate(copy.shadow.decided, start=above + 1):
        page, row = copy.pages.get(one.table), copy.row(one.table, one.rid)
        column = page.sheet.by_key.get(one.column or "") if page else None
        chosen = CHOICES.get(one.what, OTHER_VALUE)[language]
        yield {
            "number": number,
            "status": DECIDED[language],
            "what": WHAT.get(one.kind, PROBLEM)[language],
            "sheet": page.layout.worksheet if page else None,
            "row": row.number if row else None,
            "column": column.heading[language] if column else None,
            "before": shown(column, one.before, spoken),
            "mine": " · ".join(one.row.values()) if one.row else shown(column, one.mine, spoken),
            "theirs": shown(column, one.theirs, spoken),
            "who": one.by or None,
            "when": moment(one.when, language) or None,
            "message": CHOSEN[language].format(what=chosen, when=moment(one.at, language)),
        }
