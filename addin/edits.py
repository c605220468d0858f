"""What is written on a sheet: only cells that differ, never a formula or an unsent typed cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from addin.copies import Copy
from addin.hosts.base import Cell, SetCell, SetNote, SheetEdit
from addin.hosts.notes import HEADING, joined
from addin.layout import FLAGS, ID, STATUS, Layout
from addin.lazy import loaded
from addin.marks import Mark, status
from addin.pages import Page, SheetRow

Marks = Mapping[tuple[str, str], Mark]
Notes = Mapping[tuple[int, int], str]


def sheet_edit(copy: Copy, page: Page, marks: Marks, notes: Notes) -> SheetEdit | None:
    """All that changes on one sheet; None when nothing does. The page counts as written then."""
    table = page.sheet.table
    _number_new_rows(page)
    cells = [*_missing_headings(page), *_blanked(page)]
    rows = loaded(page.rows)
    for rid, row in rows.items():
        mark = marks.get((table, rid))
        said = status(copy, table, rid, mark)
        cells += _row_cells(page.layout, rid, row, said, mark.flags_text if mark else None)
        cells += _value_cells(page.layout, row, copy.language)
    changed = tuple(_notes(page, marks, notes))
    if not cells and not changed:
        return None
    bottom = max([row.number or 0 for row in rows.values()], default=0)
    layout = page.layout
    grows = layout.table if bottom > layout.bottom else None
    return SheetEdit(layout.worksheet, tuple(cells), changed, grows, bottom if grows else None)


def _number_new_rows(page: Page) -> None:
    for row in loaded(page.rows).values():
        if row.number is None:
            page.last = row.number = max(page.last, page.layout.head) + 1


def _missing_headings(page: Page) -> Iterator[SetCell]:
    """Our own columns that somebody removed get their headings again."""
    for name, number in page.layout.own.items():
        if name in page.unheaded:
            yield SetCell(page.layout.head, number, name)
    page.unheaded = frozenset()


def _blanked(page: Page) -> Iterator[SetCell]:
    """Removed rows: our cells and the declared ones are emptied, a person's own cells stay."""
    declared = set(page.layout.columns.values())
    ours = set(page.layout.own.values())
    taken = {row.number for row in loaded(page.rows).values()}
    removed = {row.number for row in page.removed if row.number not in taken}
    for number in sorted(n for n in removed if n is not None):
        yield from (SetCell(number, column, None) for column in sorted(declared | ours))
    for number in page.emptied:
        if number not in taken and number not in removed:
            yield from (SetCell(number, column, None) for column in sorted(ours))
    page.removed, page.emptied = [], []


def _row_cells(
    layout: Layout, rid: str, row: SheetRow, said: str, flags: str | None
) -> Iterator[SetCell]:
    """The row's id, Status and flags where they differ from what stands there."""
    number = row.number or 0
    if row.shown_id != rid:
        yield SetCell(number, layout.own[ID], rid)
    if row.status != said:
        yield SetCell(number, layout.own[STATUS], said)
    if row.flags != flags:
        yield SetCell(number, layout.own[FLAGS], flags)
    row.shown_id, row.status, row.flags = rid, said, flags


def _value_cells(layout: Layout, row: SheetRow, language: str) -> Iterator[SetCell]:
    if row.cells == row.shown:
        return
    for key, column in layout.columns.items():
        text = row.cells.get(key)
        if text == row.shown.get(key) or key in row.unreadable or key in row.formulas:
            continue
        value = layout.sheet.column(key).cell(text, language) if text else None
        yield SetCell(row.number or 0, column, cast(Cell, value))
    row.shown = row.cells


def _notes(page: Page, marks: Marks, notes: Notes) -> Iterator[SetNote]:
    """Our notes: those that are new or changed, and the end of those that no longer hold."""
    layout, table = page.layout, page.sheet.table
    wanted: dict[tuple[int, int], str] = {}
    for rid, row in loaded(page.rows).items():
        mark = marks.get((table, rid))
        for key, sentences in mark.notes.items() if mark and row.number else ():
            column = layout.columns.get(key) or layout.own[STATUS]
            wanted[row.number or 0, column] = "\n".join(sentences)
    for (number, column), text in wanted.items():
        if not notes.get((number, column), "").endswith(joined("", text)):
            yield SetNote(number, column, text)
    for (number, column), text in notes.items():
        if number > layout.head and HEADING in text and (number, column) not in wanted:
            yield SetNote(number, column, None)
