"""What is to change in a spreadsheet, gathered until it is saved: cells, notes, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from addin.hosts.base import Cell, SetCell, SheetEdit
from addin.hosts.google.cells import Formula, as_kept, is_day, raw_for
from addin.hosts.google.look import Json, Look, Place, Tab
from addin.hosts.notes import joined, persons_words


@dataclass(slots=True)
class TabChanges:
    """What changes on one tab: places with their new values, and with their whole new notes."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)

    @property
    def places(self) -> set[Place]:
        """All that is touched."""
        return self.cells.keys() | self.notes.keys()


@dataclass(slots=True)
class Changes:
    """What changes by tabs, and the new last rows of tables by their names in lower case."""

    tabs: dict[str, TabChanges] = field(default_factory=dict)
    bottoms: dict[str, int] = field(default_factory=dict)

    def of(self, title: str) -> TabChanges:
        """The changes of one tab."""
        return self.tabs.setdefault(title, TabChanges())

    def touched(self) -> dict[str, TabChanges]:
        """The tabs on which anything changes."""
        return {title: its for title, its in self.tabs.items() if its.cells or its.notes}

    def __bool__(self) -> bool:
        return bool(self.touched() or self.bottoms)


def put_edit(changes: Changes, tab: Tab, edit: SheetEdit, name: str) -> None:
    """Note all that an edit changes. Raises `TextTooLong`."""
    for cell in edit.cells:
        _put(changes, tab, cell, name)
    noted = changes.of(tab.title).notes
    for note in edit.notes:
        place = (note.row, note.column)
        before = noted.get(place, tab.notes.get(place, ""))
        after = joined(persons_words(before), note.text)
        if after != before:
            noted[place] = after
    if edit.table is not None and edit.table_bottom is not None:
        changes.bottoms[edit.table.lower()] = edit.table_bottom


def put_whole(changes: Changes, tab: Tab, rows: Sequence[Sequence[Cell]], name: str) -> None:
    """Note what makes ``rows`` the whole content of a tab. Raises `TextTooLong`."""
    places = {
        (row, column): cell
        for row, line in enumerate(rows, 1)
        for column, cell in enumerate(line, 1)
    }
    gone = (tab.raw.keys() | tab.formulas.keys()) - places.keys()
    changes.of(tab.title).cells.clear()
    for place, cell in (*places.items(), *((place, None) for place in gone)):
        _put(changes, tab, SetCell(*place, cell), name)


def _put(changes: Changes, tab: Tab, cell: SetCell, name: str) -> None:
    """Note a cell's new value, unless the cell has it already: 1 is not True."""
    place, value = (cell.row, cell.column), as_kept(cell.value, name)
    noted, there = changes.of(tab.title).cells, tab.cell((cell.row, cell.column))
    if place not in tab.formulas and type(there) is type(value) and there == value:
        noted.pop(place, None)
    else:
        noted[place] = value


def changed(tab: Tab, changes: TabChanges) -> Tab:
    """The tab as it will be."""
    raw, formulas, dated = dict(tab.raw), dict(tab.formulas), set(tab.dated)
    for place, value in changes.cells.items():
        formulas.pop(place, None)
        raw.pop(place, None)
        dated.discard(place)
        if is_day(value):
            dated.add(place)
        if isinstance(value, Formula):
            formulas[place] = str(value)
        elif value is not None:
            raw[place] = raw_for(value)
    notes = {place: text for place, text in (tab.notes | changes.notes).items() if text}
    bottom, right = (max((p[n] for p in changes.places), default=0) for n in (0, 1))
    height, width = max(tab.height, bottom), max(tab.width, right)
    return replace(
        tab, raw=raw, formulas=formulas, dated=dated, notes=notes, height=height, width=width
    )


def changed_look(seen: Look, changes: Changes) -> Look:
    """The spreadsheet as it will be."""
    tabs = {
        title: changed(tab, changes.tabs[title]) if title in changes.tabs else tab
        for title, tab in seen.tabs.items()
    }
    return replace(seen, tabs=tabs, named=tuple(named(seen, changes)))


def named(seen: Look, changes: Changes) -> list[Json]:
    """The named ranges as they will be: a table reaches its new last row."""
    return [
        one | {"range": one["range"] | {"endRowIndex": changes.bottoms[one["name"].lower()]}}
        if one["name"].lower() in changes.bottoms
        else one
        for one in seen.named
    ]
