"""Where a declared sheet lies in a workbook: found by marker or heading, not by letter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addin.errors import MissingSheet
from addin.hosts.base import Cell, SheetCells, Table, Workbook
from addin.hosts.offers import tagged_columns, tagged_sheet
from workbook_templates.schema import Sheet

ID, STATUS, FLAGS = "_id", "Status", "_flags"
_HEADINGS_WITHIN = 30  # rows in which headings are looked for where no table marks them


@dataclass(frozen=True, slots=True)
class Layout:
    """The worksheet of a declared sheet: heading row, table, and column numbers (1-based) by key.

    `bottom` is the last row of the table (the heading row where there is none). `width` is the
    number of columns in use; our own columns that somebody removed come back to the right of it.
    """

    sheet: Sheet
    worksheet: str
    table: str | None
    head: int
    bottom: int
    width: int
    columns: Mapping[str, int]
    own: Mapping[str, int]
    unheaded: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Declared columns that the sheet does not have; nothing is said about their cells."""
        return tuple(c.key for c in self.sheet.columns if c.key not in self.columns)


def find_layout(
    workbook: Workbook, sheet: Sheet, meta: Mapping[str, str]
) -> tuple[Layout, SheetCells]:
    """Where `sheet` lies in the workbook, and its cells. Raises `MissingSheet`."""
    name = f"tbl_{sheet.key}"
    table, tagged = workbook.tables().get(name), tagged_sheet(workbook, name)
    worksheet = table.sheet if table else tagged or _worksheet(workbook.sheets(), sheet, meta)
    if worksheet is None:
        raise MissingSheet(title=sheet.title[meta.get("language", "id")], name=workbook.name)
    cells = workbook.read(worksheet)
    saved = _saved_headings(meta, sheet)
    head = _heading_row(cells, sheet, saved, table)
    if head is None:
        raise MissingSheet(title=sheet.title[meta.get("language", "id")], name=workbook.name)
    place = _Place(worksheet, table, head, tagged_columns(workbook, worksheet))
    return _layout(sheet, place, cells, saved), cells


def layout_at(
    sheet: Sheet,
    worksheet: str,
    table: Table | None,
    head: int,
    cells: SheetCells,
    meta: Mapping[str, str],
) -> Layout:
    """The layout of a sheet whose headings stand in row `head`."""
    place = _Place(worksheet, table, head, {})
    return _layout(sheet, place, cells, _saved_headings(meta, sheet))


def _worksheet(names: Sequence[str], sheet: Sheet, meta: Mapping[str, str]) -> str | None:
    """The worksheet by the name that meta has, else by title in either language, key or alias."""
    by_name = {_plain(name): name for name in names}
    known = (meta.get(f"sheet:{sheet.key}", ""), *_texts(sheet.title.all(), sheet))
    return next((by_name[_plain(name)] for name in known if _plain(name) in by_name), None)


def _texts(words: Mapping[str, str], sheet: Sheet) -> tuple[str, ...]:
    return (*words.values(), sheet.key, *sheet.aliases)


def _saved_headings(meta: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """Headings that this workbook uses for columns, as kept in meta: heading -> column key."""
    try:
        saved = json.loads(meta.get(f"headings:{sheet.key}") or "{}")
    except ValueError:
        return {}
    return {_plain(str(k)): str(v) for k, v in saved.items()} if isinstance(saved, dict) else {}


def _headings(sheet: Sheet, saved: Mapping[str, str]) -> dict[str, str]:
    """Every text under which a column is found -> its key.

    Our own names come before keys and aliases, so that a column with the key "status" is not looked
    for under our Status, and after headings, so that Review may have a Status of its own.
    """
    found: dict[str, str] = {}
    for column in reversed(sheet.columns):
        found |= {_plain(name): column.key for name in (*column.aliases, column.key)}
    found |= {_plain(own): own for own in (ID, STATUS, FLAGS)}
    for column in reversed(sheet.columns):
        found |= {_plain(name): column.key for name in column.heading.all().values()}
    return found | dict(saved)


def _heading_row(
    cells: SheetCells, sheet: Sheet, saved: Mapping[str, str], table: Table | None
) -> int | None:
    """The row of the table's headings; without a table the row that has the most of them."""
    if table is not None:
        return table.area.top
    known = _headings(sheet, saved)
    hits = [
        len({known.get(_plain(c)) for c in row} - {None}) for row in cells.rows[:_HEADINGS_WITHIN]
    ]
    best = max(hits, default=0)
    return hits.index(best) + 1 if best >= max(2, len(sheet.columns) // 2) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sheet was found: its worksheet, its table, its heading row, and columns by tags."""

    worksheet: str
    table: Table | None
    head: int
    tags: Mapping[str, int]


def _layout(sheet: Sheet, place: _Place, cells: SheetCells, saved: Mapping[str, str]) -> Layout:
    known, table, head = _headings(sheet, saved), place.table, place.head
    row = cells.rows[head - 1] if head <= len(cells.rows) else []
    headed: dict[str, int] = {}
    for number, cell in enumerate(row, start=1):
        key = known.get(_plain(cell))
        if key is not None:
            headed.setdefault(key, number)
    found = _with_tagged(headed, place.tags)
    width = max([len(row), *found.values(), table.area.right if table else 0])
    own = _own_columns(found, width)
    columns = {c.key: found[c.key] for c in sheet.columns if c.key in found}
    bottom = table.area.bottom if table else head
    name = table.name if table else None
    unheaded = frozenset(own.keys() - headed.keys())
    return Layout(sheet, place.worksheet, name, head, bottom, width, columns, own, unheaded)


def _with_tagged(headed: Mapping[str, int], tags: Mapping[str, int]) -> dict[str, int]:
    """What no heading names is where its tag is: people go by headings, so these count first."""
    taken = set(headed.values())
    return {key: n for key, n in tags.items() if n not in taken} | dict(headed)


def _own_columns(found: Mapping[str, int], width: int) -> dict[str, int]:
    """Where `_id`, Status and `_flags` stand; one that somebody removed is put to the right."""
    own: dict[str, int] = {}
    for name in (ID, STATUS, FLAGS):
        if name not in found:
            width += 1
        own[name] = found.get(name, width)
    return own


def _plain(text: Cell) -> str:
    """A heading as it is compared: any case, any white space, without the star of a must."""
    return " ".join(str(text).casefold().replace("*", " ").split()) if text is not None else ""
