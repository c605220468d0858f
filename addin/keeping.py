"""Making a copy durable in its workbook: sheets, notes, Review, Setup, lists, hidden sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from addin.base_lines import BASE, Base, BaseLines
from addin.base_sheet import really_changed
from addin.copies import Copy
from addin.edits import sheet_edit
from addin.hosts.base import Cell, SetCell, SheetEdit, Workbook
from addin.hosts.blocks import block_reader
from addin.identity import restamp
from addin.issues import issues
from addin.lazy import LazyRows
from addin.marks import marks
from addin.remarks import forget_old_remarks, remarks
from addin.remembering import memory_of
from addin.review import review_edit
from addin.setup_sheet import setup_edit
from addin.shadow import LISTS, META, OUTBOX, Lines, Memory, Shadow, sheets_of, with_memory
from workbook_templates import books

LARGE = 2_000  # rows of a sheet


def keeper(workbook: Workbook, copy: Copy, now: Callable[[], datetime]) -> Callable[[Copy], None]:
    """What writes a copy into its workbook and saves it, unless nothing changed."""
    keeping = _Keeping(workbook, now, sheets_of(copy.shadow), copy.shadow.memory)
    return keeping.keep


@dataclass
class _Keeping:
    """The saves of one run. `before` is how the hidden sheets stand now."""

    workbook: Workbook
    now: Callable[[], datetime]
    before: dict[str, Lines]
    memory: Memory | None

    def keep(self, copy: Copy) -> None:
        """Write and save what changed, and what is to be remembered of it."""
        edits, shadow = list(_edits(self.workbook, copy)), copy.shadow
        after = sheets_of(shadow)
        changed = _has_news(self.before, after, shadow.base) or copy.refreshed
        if not edits and not changed and not _is_worth_remembering(self.workbook, copy):
            return
        restamp(copy)
        if edits or changed:
            said = {"last_sync": f"{self.now():%Y-%m-%d %H:%M} · {copy.meta.get('head', '')}"}
            setup = setup_edit(self.workbook, copy, said)
            edits += [setup] if setup else []
        edits += self._base_edits(copy, after)
        self.workbook.write(edits)
        edits.clear()  # of a first sync they are more than the file
        _write_lists(self.workbook, copy)
        if BASE in after and shadow.base_sheet is not None:
            shadow.read_whole()
        self._keep_hidden(copy)
        self.workbook.save()
        copy.refreshed = False

    def _base_edits(self, copy: Copy, after: dict[str, Lines]) -> Iterator[SheetEdit]:
        """The lines of the base that differ, where it is not better written anew."""
        shadow = copy.shadow
        if BASE not in after:
            cells = shadow.base_sheet.edits(shadow.base) if shadow.base_sheet else []
            if cells:
                yield SheetEdit(BASE, tuple(cells))
        elif self._is_better_anew(shadow, after[BASE]):
            self.workbook.replace(BASE, after[BASE])
            shadow.is_mixed = False
        else:
            yield from _changed_lines(BASE, self.before[BASE], after[BASE])

    def _is_better_anew(self, shadow: Shadow, lines: Lines) -> bool:
        if BASE not in self.before or shadow.base_sheet is not None:
            return True
        before = self.before[BASE]
        differs = shadow.is_mixed and before != lines
        return differs or _has_changed_much(before, lines)

    def _keep_hidden(self, copy: Copy) -> None:
        """Write outbox and meta, with what is remembered of the sheets as they are now."""
        reader = block_reader(self.workbook)
        last = copy.shadow.base_sheet.last if copy.shadow.base_sheet else 0
        after = sheets_of(copy.shadow)
        last = last or len(after[BASE])
        self.memory = memory_of(reader, copy, last) if reader else None
        self.workbook.replace(OUTBOX, with_memory(after[OUTBOX], self.memory))
        if _has_changed_much(self.before[META], after[META]):
            self.workbook.replace(META, after[META])
        else:
            self.workbook.write(list(_changed_lines(META, self.before[META], after[META])))
        self.before = after


def _has_news(before: dict[str, Lines], after: dict[str, Lines], base: Base) -> bool:
    """Whether a hidden sheet is to be written."""
    if any(before[name] != after[name] for name in before.keys() & after.keys()):
        return True
    return any(really_changed(rows) for rows in base.values())


def _is_worth_remembering(workbook: Workbook, copy: Copy) -> bool:
    """Whether a large file is saved only so that its next sync need not read all of it again."""
    if block_reader(workbook) is None or copy.shadow.outbox:
        return False
    read = (len(page.rows) for page in copy.pages.values() if page.memory is None)
    return max(read, default=0) >= LARGE


def _has_changed_much(before: Lines, after: Lines) -> bool:
    """Whether a hidden sheet is better written anew than line by line."""
    return len(after) < len(before) or len(_differing(before, after)) * 10 > len(after)


def _differing(before: Lines, after: Lines) -> list[int]:
    """The places of the lines that are others now; those of the base are told by their rows."""
    old: Sequence[object] = before.entries if isinstance(before, BaseLines) else before[1:]
    new: Sequence[object] = after.entries if isinstance(after, BaseLines) else after[1:]
    pairs = enumerate(zip_longest(old, new), start=1)
    return [place for place, (was, now) in pairs if was != now]


def _changed_lines(name: str, before: Lines, after: Lines) -> Iterator[SheetEdit]:
    """The lines of a hidden sheet that differ; the others are not touched."""
    cells = []
    for place in _differing(before, after):
        old, new = (lines[place] if place < len(lines) else () for lines in (before, after))
        line = [*new, *[None] * (len(old) - len(new))]
        cells += [SetCell(place + 1, column, cell) for column, cell in enumerate(line, start=1)]
    if cells:
        yield SheetEdit(name, tuple(cells))


def _edits(workbook: Workbook, copy: Copy) -> Iterator[SheetEdit]:
    forget_old_remarks(copy)
    told = remarks(copy)
    by_row = marks(copy, [*issues(copy), *told])
    for page in copy.pages.values():
        notes = workbook.notes(page.layout.worksheet)
        edit = sheet_edit(copy, page, by_row, notes)
        if edit is not None:
            yield edit
    edit = review_edit(workbook, copy, issues(copy), told)
    if edit is not None:
        yield edit


def _write_lists(workbook: Workbook, copy: Copy) -> None:
    """The keys of other books' tables, for drop-down lists."""
    if LISTS not in workbook.sheets():
        return
    rows = workbook.read(LISTS).rows
    heads = rows[0] if rows else []
    columns: list[list[Cell]] = []
    for place, head in enumerate(heads):
        keys = _keys(copy, str(head))
        kept = [row[place] for row in rows[1:] if len(row) > place and row[place] is not None]
        columns.append([head, *(kept if keys is None else keys)])
    height = max(map(len, columns), default=0)
    new = [[c[n] if n < len(c) else None for c in columns] for n in range(height)]
    if new != [row + [None] * (len(heads) - len(row)) for row in rows]:
        workbook.replace(LISTS, new)


def _keys(copy: Copy, table: str) -> list[str] | None:
    """The business keys of another book's table; None for a list that is not of a table."""
    if table not in copy.shadow.base or table in copy.pages:
        return None
    rows = copy.base(table)
    if isinstance(rows, LazyRows) and not really_changed(rows):
        return None
    sheet = books.sheet_of(table)
    return sorted(sheet.key_of(row.cells, rid) for rid, row in copy.base(table).items())
