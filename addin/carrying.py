"""Carrying a workbook over into another place: a file into Google Sheets, and back.

Rows keep their ids, and what is unsent stays unsent. The new workbook is made from the template, so
that its looks, drop-down lists and protection are those of its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from addin.copies import Copy, open_copy
from addin.errors import AddinError
from addin.groups import dirty_rows
from addin.hosts import open_workbook
from addin.hosts.base import Cell, SetCell, SheetCells, SheetEdit, Workbook
from addin.hosts.memory import memory_workbook
from addin.layout import ID, Layout
from addin.lazy import loaded
from addin.making import Wanted, make_workbook
from addin.online import is_link, own_client
from addin.pages import Page
from addin.review import find_review
from addin.setup_sheet import read_setup
from addin.shadow import LISTS, sheets_of
from addin.upgrading import upgrade, versions_of

if TYPE_CHECKING:
    from addin.hosts.google.client import SheetsClient

Unsent = dict[tuple[str, str], tuple[bool, str]]
OF_PLACE = ("sheet:", "setup")  # the lines of meta that are the new workbook's own


class NotCarried(AddinError):
    """The copy would say something else than the workbook; nothing was saved. Facts: name, rows."""

    code = "not_carried"
    sentences = {
        "id": "Salinan {name} akan berbeda di {rows} baris, jadi tidak ada yang disimpan."
        " Sinkronkan buku kerja itu dahulu, lalu salin lagi.",
        "en": "The copy of {name} would differ in {rows} rows, so nothing was saved. Sync the"
        " workbook first, then copy it again.",
    }


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried over, and what only the old workbook has: sheets of the person's own, and
    the number of formulas whose results were taken.
    """

    rows: int
    left_behind: tuple[str, ...]
    formulas: int


def copy_workbook(source: Workbook, target: str, client: SheetsClient | None = None) -> Carried:
    """Make a workbook of the same book at ``target``, a new file or the link of a blank
    spreadsheet, and carry everything over. Raises `AddinError`, `HostError`.
    """
    copy = open_copy(source)
    read_setup(source, copy)
    _give_ids(source, copy)
    newest, meta = _newest(source), copy.meta
    wanted = Wanted(
        meta.get("company", ""),
        meta.get("company_name", ""),
        meta.get("language") or "id",
        meta.get("locale") or None,
        meta.get("server", ""),
    )
    if not is_link(target):
        make_workbook(meta["book"], Path(target), wanted)
        made = open_workbook(target)
    else:
        own = client or own_client()  # says what is missing where Google's packages are
        from addin.hosts.google import opened
        from addin.making_online import make_online

        make_online(meta["book"], target, wanted, own)
        made = opened(target, own)
    try:
        return carry_over(newest, made)
    finally:
        made.close()


def carry_over(source: Workbook, target: Workbook) -> Carried:
    """Put all that ``source`` holds into ``target``, a blank workbook of the same version of the
    same book, and save. Raises `NotCarried`.
    """
    before, blank = open_copy(source), open_copy(target)
    read_setup(source, before)
    target.write(list(_edits(source, before, target, blank)))
    _carry_hidden(source, before, target, blank)
    unsent, after = _unsent(before), _unsent(open_copy(target))
    if unsent != after:
        differing = [k for k in unsent.keys() | after.keys() if unsent.get(k) != after.get(k)]
        raise NotCarried(name=source.name, rows=len(differing))
    target.save()
    rows = sum(len(page.rows) for page in before.pages.values())
    formulas = sum(len(row.formulas) for p in before.pages.values() for row in p.rows.values())
    return Carried(rows, tuple(_left_behind(source, before, target)), formulas)


def _newest(source: Workbook) -> Workbook:
    """The workbook, or what it would be with the newest template: that is how a spreadsheet, to
    which no sheet can be added, is brought forward. Raises `CannotUpgrade`.
    """
    version, newest = versions_of(source)
    if version == newest:
        return source
    cells = {name: source.read(name) for name in source.sheets()}
    rows = {name: its.rows for name, its in cells.items()}
    twin = memory_workbook(source.name, rows, list(source.tables().values()))
    for name, its in cells.items():
        twin.grid[name].formulas, twin.grid[name].merged = dict(its.formulas), its.merged
    upgrade(twin)
    return twin


def _give_ids(source: Workbook, before: Copy) -> None:
    """New rows get their ids first: both copies may be synced, and each row must count once."""
    edits = []
    for page in before.pages.values():
        new = {rid: row.number for rid, row in loaded(page.rows).items() if row.shown_id != rid}
        column = page.layout.own[ID]
        cells = [SetCell(number, column, rid) for rid, number in new.items() if number is not None]
        if cells:
            edits.append(SheetEdit(page.layout.worksheet, tuple(cells)))
    if edits:
        source.write(edits)
        source.save()


def _edits(source: Workbook, before: Copy, target: Workbook, blank: Copy) -> Iterator[SheetEdit]:
    for table, page in before.pages.items():
        numbers = {row.number for row in page.rows.values() if row.number is not None}
        cells, goal = source.read(page.layout.worksheet), blank.pages[table].layout
        edit = _edit(page.layout, cells, goal, numbers)
        yield replace(edit, cells=(*edit.cells, *_from_base(before, page, goal)))
    review, place = find_review(source, before), find_review(target, blank)
    if review is not None and place is not None:
        layout, cells = review
        yield _edit(layout, cells, place[0], set(range(layout.head + 1, len(cells.rows) + 1)))


def _edit(layout: Layout, cells: SheetCells, goal: Layout, numbers: set[int]) -> SheetEdit:
    """Rows of one sheet at the same distance from their headings as they stood."""
    found, down = [], goal.head - layout.head
    columns = _columns(layout, goal)
    extra = _own_columns(layout, cells, goal)
    heads = {column: cells.rows[layout.head - 1][column - 1] for column in extra}
    found += [SetCell(goal.head, extra[column], head) for column, head in heads.items()]
    for number in sorted(numbers):
        row = cells.rows[number - 1] if number <= len(cells.rows) else []
        for column, to in (columns | extra).items():
            value: Cell = row[column - 1] if column <= len(row) else None
            if value is not None:
                found.append(SetCell(number + down, to, value))
    bottom = max((cell.row for cell in found), default=0)
    grows = goal.table if bottom > goal.bottom else None
    return SheetEdit(
        goal.worksheet, tuple(found), table=grows, table_bottom=bottom if grows else None
    )


def _from_base(before: Copy, page: Page, goal: Layout) -> Iterator[SetCell]:
    """A column that somebody removed says nothing about its cells: they are as they were agreed."""
    layout, base = page.layout, before.base(page.sheet.table)
    removed = [(page.sheet.column(key), goal.columns.get(key)) for key in layout.missing]
    for rid, row in page.rows.items() if removed else ():
        known = base[rid].cells if rid in base else {}
        for column, to in removed:
            if row.number is not None and to is not None and known.get(column.key):
                value = cast(Cell, column.cell(known[column.key], before.language))
                yield SetCell(row.number + goal.head - layout.head, to, value)


def _columns(layout: Layout, goal: Layout) -> dict[int, int]:
    """Where each declared column and each of ours goes."""
    here = layout.columns.items()
    declared = {n: goal.columns[key] for key, n in here if key in goal.columns}
    return declared | {number: goal.own[name] for name, number in layout.own.items()}


def _own_columns(layout: Layout, cells: SheetCells, goal: Layout) -> dict[int, int]:
    """Columns that a person added, to the right of what the template has."""
    ours = {*layout.columns.values(), *layout.own.values()}
    heads = enumerate(cells.rows[layout.head - 1], start=1)
    added = [column for column, head in heads if head is not None and column not in ours]
    return {column: goal.width + place for place, column in enumerate(added, start=1)}


def _carry_hidden(source: Workbook, before: Copy, target: Workbook, blank: Copy) -> None:
    """Base, outbox and meta as they are; where the sheets are is the new workbook's own."""
    shadow = before.shadow
    kept = {k: v for k, v in shadow.meta.items() if not k.startswith(OF_PLACE)}
    shadow.meta = kept | {k: v for k, v in blank.meta.items() if k.startswith(OF_PLACE)}
    shadow.memory = None
    shadow.read_whole()
    for name, lines in sheets_of(shadow).items():
        target.replace(name, lines)
    if LISTS in source.sheets() and LISTS in target.sheets():
        lists = _by_head(source.read(LISTS).rows)
        columns = [lists.get(c[0], c) for c in _by_head(target.read(LISTS).rows).values()]
        height = max(map(len, columns), default=0)
        rows = [[c[n] if n < len(c) else None for c in columns] for n in range(height)]
        target.replace(LISTS, rows)


def _by_head(rows: list[list[Cell]]) -> Mapping[Cell, list[Cell]]:
    heads = rows[0] if rows else []
    return {
        head: [row[n] if n < len(row) else None for row in rows] for n, head in enumerate(heads)
    }


def _unsent(copy: Copy) -> Unsent:
    """What every row with changes would send."""
    found: Unsent = {}
    for sheet in copy.sheets():
        for row in dirty_rows(copy, sheet):
            changes = sorted((k, pair) for k, pair in row.changes.items() if pair[0] != pair[1])
            found[sheet.table, row.rid] = (row.deleted, repr(changes))
    return found


def _left_behind(source: Workbook, before: Copy, target: Workbook) -> Iterator[str]:
    """The sheets that the template does not have."""
    known = {page.layout.worksheet for page in before.pages.values()} | set(target.sheets())
    known |= {before.review_sheet, before.meta.get("setup", "")}
    yield from (name for name in source.sheets() if name not in known and name[:1] != "_")
