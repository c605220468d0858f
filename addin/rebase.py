"""Merging what the server has into a copy: theirs becomes base, what is typed and unsent stays."""

from __future__ import annotations

from addin.base_lines import BaseRow
from addin.copies import Copy, based, put_row, remove_row
from addin.pages import Page, SheetRow, with_text
from addin.shadow import Held
from workbook_templates import books, wire
from workbook_templates.merge import Change, diff_cells, merge_cells
from workbook_templates.wire import Conflict, RowState

NOTHING = BaseRow(0, {})


def is_news(copy: Copy, theirs: RowState) -> bool:
    """Whether this copy does not know that state of the row yet."""
    known = copy.base(theirs.t).get(theirs.rid)
    if known is None:
        return not (theirs.deleted or theirs.gone) or copy.row(theirs.t, theirs.rid) is not None
    return known.seq < theirs.seq or theirs.gone


def rebase(copy: Copy, theirs: RowState) -> None:
    """Merge one row of the server into base and sheet; what clashes is held for a person."""
    if theirs.t not in copy.pages:
        _keep_key(copy, theirs)
        return
    row, known = copy.row(theirs.t, theirs.rid), copy.base(theirs.t).get(theirs.rid)
    if theirs.deleted or (theirs.gone and not theirs.cells):
        _vanish(copy, theirs, row, known)
    elif theirs.gone and row is None and known is None:
        return  # outside the window, and never was here; `window.sweep` takes off what was
    elif row is None and known is not None and not copy.is_derived(theirs.t, theirs.rid):
        _edited_while_deleted_here(copy, theirs, known)
    elif row is None:
        new = based(theirs)
        copy.base(theirs.t)[theirs.rid] = new
        put_row(copy, theirs.t, theirs.rid, new.cells)
    else:
        _merge(copy, theirs, row, known or NOTHING)


def _keep_key(copy: Copy, theirs: RowState) -> None:
    """A row of another book's table: its business key alone is kept, for the drop-down lists."""
    if theirs.deleted or theirs.gone:
        copy.base(theirs.t).pop(theirs.rid, None)
        return
    keys = books.sheet_of(theirs.t).key_columns
    cells = {k: text for k in keys if (text := theirs.cells.get(k))}
    copy.base(theirs.t)[theirs.rid] = BaseRow(theirs.seq, cells)


def _vanish(copy: Copy, theirs: RowState, row: SheetRow | None, known: BaseRow | None) -> None:
    typed = (
        row is not None
        and known is not None
        and (bool(row.unreadable) or bool(my_changes(copy, theirs.t, theirs.rid)))
    )
    key = copy.key_of(theirs.t, theirs.rid)
    copy.base(theirs.t).pop(theirs.rid, None)
    if known is not None and known.source:
        remove_row(copy, theirs.t, theirs.rid)
    elif typed:
        kind = "gone" if theirs.gone else "deleted_on_server"
        conflict = Conflict(theirs.rid, kind, seq=theirs.seq)
        _hold(copy, theirs.t, key, (conflict,))
    elif known is not None:
        remove_row(copy, theirs.t, theirs.rid)


def _edited_while_deleted_here(copy: Copy, theirs: RowState, known: BaseRow) -> None:
    new = based(theirs)
    if new.cells == known.cells:
        copy.base(theirs.t)[theirs.rid] = new
        return
    conflict = Conflict(theirs.rid, "edited_on_server", seq=theirs.seq, cells=dict(new.cells))
    key = copy.key_of(theirs.t, theirs.rid)
    _hold(copy, theirs.t, key, (conflict,))


def _merge(copy: Copy, theirs: RowState, row: SheetRow, known: BaseRow) -> None:
    page, new = copy.pages[theirs.t], based(theirs)
    _take_what_we_fill(page, row, known, new)
    mine = changes_of(page, row, known)
    if new.source or page.sheet.read_only:
        _follow(page, row, known, new)
        copy.base(theirs.t)[theirs.rid] = new
        return
    merged = merge_cells(new.cells, mine, page.sheet.families)
    clashes = [
        Conflict(theirs.rid, "cell", c.column, c.base, c.mine, c.theirs, theirs.seq)
        for c in merged.conflicts
    ]
    clashes += _untouchable(page, row, known, new, theirs)
    if page.sheet.strict and mine and new.cells != known.cells:
        clashes = [
            Conflict(theirs.rid, "cell", c, b, m, new.cells.get(c), theirs.seq)
            for c, (b, m) in mine.items()
            if b != m and m != new.cells.get(c)
        ]
    _settle(copy, theirs, row, known, {c.col: c for c in clashes if c.col})


def _settle(
    copy: Copy,
    theirs: RowState,
    row: SheetRow,
    known: BaseRow,
    clashes: dict[str, Conflict],
) -> None:
    """Clean cells follow the server; a clashing one keeps its old base until a person decides."""
    page, new = copy.pages[theirs.t], based(theirs)
    base, cells = dict(new.cells), dict[str, str]()
    mine = changes_of(page, row, known)
    for column in page.layout.columns:
        keep = column in clashes or column in mine
        _set(cells, column, row.cells.get(column) if keep else new.cells.get(column))
        if column in clashes or column in row.unreadable:
            _set(base, column, known.cells.get(column))
    key = copy.key_of(theirs.t, theirs.rid)
    row.cells = base if base == cells else cells
    copy.base(theirs.t)[theirs.rid] = BaseRow(new.seq, base, new.source)
    if clashes:
        _hold(copy, theirs.t, key, tuple(clashes.values()))


def _untouchable(
    page: Page, row: SheetRow, known: BaseRow, new: BaseRow, theirs: RowState
) -> list[Conflict]:
    """Cells that we must not write: unreadable ones, and formulas that do not follow the server."""
    found = []
    for column in page.layout.columns:
        before, after = known.cells.get(column), new.cells.get(column)
        formula = column in row.formulas and row.cells.get(column) != after
        if after != before and (formula or column in row.unreadable):
            text = row.raw.get(column, row.cells.get(column))
            found.append(Conflict(theirs.rid, "cell", column, before, text, after, theirs.seq))
    return found


def _take_what_we_fill(page: Page, row: SheetRow, known: BaseRow, new: BaseRow) -> None:
    """A document's number arrives: what a copied row brought along in its place is not its own."""
    for column in page.sheet.read_only_keys & new.cells.keys() - known.cells.keys():
        row.cells = with_text(row.cells, column, new.cells[column])


def _follow(page: Page, row: SheetRow, known: BaseRow, new: BaseRow) -> None:
    """A row that only comes back: cells that nobody touched follow, others are shown as wrong."""
    for column in page.layout.columns:
        if row.cells.get(column) == known.cells.get(column) and column not in row.unreadable:
            row.cells = with_text(row.cells, column, new.cells.get(column))


def _set(cells: dict[str, str], column: str, text: str | None) -> None:
    if text:
        cells[column] = text
    else:
        cells.pop(column, None)


def _hold(copy: Copy, table: str, key: str, conflicts: tuple[Conflict, ...]) -> None:
    rows = tuple(dict.fromkeys(c.rid for c in conflicts))
    copy.hold(Held(table, key, wire.CONFLICT, rows, conflicts))


def my_changes(copy: Copy, table: str, rid: str) -> dict[str, Change]:
    """What stands on the sheet and not in the base, for one row."""
    row = copy.row(table, rid)
    if row is None:
        return {}
    return changes_of(copy.pages[table], row, copy.base(table).get(rid, NOTHING))


def changes_of(page: Page, row: SheetRow, known: BaseRow) -> dict[str, Change]:
    """The readable cells of a row that differ from its base: column -> (base, mine).

    Columns that the sheet does not have, and cells that cannot be read, say nothing.
    """
    if row.cells == known.cells and not row.unreadable:
        return {}
    here = page.layout.columns
    base = {k: t for k, t in known.cells.items() if k in here and k not in row.unreadable}
    return diff_cells(base, row.cells, page.sheet.families)
