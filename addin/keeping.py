"""Making a copy durable in its workbook: sheets, notes, Review, Setup, lists, hidden sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import zip_longest

from addin.copies import Copy
from addin.edits import sheet_edit
from addin.hosts.base import Cell, SetCell, SheetEdit, Workbook
from addin.issues import issues
from addin.marks import marks
from addin.review import review_edit
from addin.shadow import LISTS, Lines, sheets_of
from workbook_templates import books
from workbook_templates.words import Words

LAST_SYNC = Words("Sinkronisasi terakhir", "Last sync")


def keeper(workbook: Workbook, copy: Copy, now: Callable[[], datetime]) -> Callable[[Copy], None]:
    """What writes a copy into its workbook and saves it, unless nothing changed."""
    before = sheets_of(copy.shadow)

    def keep(copy: Copy) -> None:
        nonlocal before
        edits = list(_edits(workbook, copy))
        after = sheets_of(copy.shadow)
        if not edits and after == before:
            return
        edits += _setup(workbook, copy, now())
        whole = [name for name in after if _has_changed_much(before[name], after[name])]
        for name in after.keys() - set(whole):
            edits += _changed_lines(name, before[name], after[name])
        workbook.write(edits)
        _write_lists(workbook, copy)
        for name in whole:
            workbook.replace(name, after[name])
        before = after
        workbook.save()

    return keep


def _has_changed_much(before: Lines, after: Lines) -> bool:
    """Whether a hidden sheet is better written anew than line by line."""
    if len(after) < len(before):
        return True
    same = sum(old == new for old, new in zip(before, after, strict=False))
    return (len(after) - same) * 10 > len(after)


def _changed_lines(name: str, before: Lines, after: Lines) -> Iterator[SheetEdit]:
    """The lines of a hidden sheet that differ; the others are not touched."""
    cells = [
        SetCell(number, column, cell)
        for number, (old, new) in enumerate(zip_longest(before, after, fillvalue=()), start=1)
        if old != new
        for column, cell in enumerate([*new, *[None] * (len(old) - len(new))], start=1)
    ]
    if cells:
        yield SheetEdit(name, tuple(cells))


def _edits(workbook: Workbook, copy: Copy) -> Iterator[SheetEdit]:
    found = issues(copy)
    by_row = marks(copy, found)
    for page in copy.pages.values():
        notes = workbook.notes(page.layout.worksheet)
        edit = sheet_edit(copy, page, by_row, notes)
        if edit is not None:
            yield edit
    edit = review_edit(workbook, copy, issues(copy))
    if edit is not None:
        yield edit


def _setup(workbook: Workbook, copy: Copy, now: datetime) -> Iterator[SheetEdit]:
    """The time of this sync on the Setup sheet, beside its label."""
    name = copy.meta.get("setup", "")
    if name not in workbook.sheets():
        return
    labels = set(LAST_SYNC.all().values())
    for number, row in enumerate(workbook.read(name).rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell in labels:
                said = f"{now:%Y-%m-%d %H:%M} · {copy.meta.get('head', '')}"
                yield SheetEdit(name, (SetCell(number, column + 1, said),))
                return


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
    sheet = books.sheet_of(table)
    return sorted(sheet.key_of(row.cells, rid) for rid, row in copy.base(table).items())
