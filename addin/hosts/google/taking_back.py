"""Taking back what was written into rows that a person moved at that very moment.

What stood in each cell is known (see `addin.hosts.google.overwritten`). Only where that cell is by
now must be found out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from addin.hosts.base import Cell
from addin.hosts.google.cells import Formula, Raw, cell_of, raw_for
from addin.hosts.google.changes import Changes, TabChanges, changed
from addin.hosts.google.following import Layout, layout
from addin.hosts.google.look import Look, Place, Tab
from addin.hosts.google.sending import Landed


def back_again(landed: Sequence[Landed], now: Look) -> Changes:
    """What gives each cell that we wrote what stood there: of several calls the last one first.

    What was typed over what we wrote stays.
    """
    tabs = {tab.id: tab for tab in now.tabs.values()}
    back = {tab.id: TabChanges() for tab in now.tabs.values()}
    for one in reversed(landed):
        for title, its in one.changes.touched().items():
            seen = one.seen.tabs[title]
            if seen.id not in tabs:
                continue
            if seen.hidden:
                own = _in_place(seen, its, tabs[seen.id])
            else:
                own = _followed(seen, one.there[seen.id], its, tabs[seen.id])
            back[seen.id].cells.update(own.cells)
            back[seen.id].notes.update(own.notes)
            tabs[seen.id] = changed(tabs[seen.id], own)
    return Changes({tab.title: back[tab.id] for tab in now.tabs.values()})


def _in_place(seen: Tab, changes: TabChanges, now: Tab) -> TabChanges:
    """On a hidden tab nobody moves anything."""
    back = TabChanges()
    for place, value in changes.cells.items():
        if now.entered(place) == raw_for(value):
            back.cells[place] = _as_it_was(seen, place, seen.raw.get(place))
    for place, text in changes.notes.items():
        if now.notes.get(place, "") == text:
            back.notes[place] = seen.notes.get(place, "")
    return back


def _followed(seen: Tab, there: Tab, changes: TabChanges, now: Tab) -> TabChanges:
    read = layout(seen)
    moment = layout(there, read)
    following = _Following(read, moment, layout(now, moment), changes)
    following.follow()
    return following.back


def _as_it_was(seen: Tab, place: Place, raw: Raw) -> Cell:
    """What puts a value back: as the formula, or the day, that it was where it was read."""
    if place in seen.formulas and seen.raw.get(place) == raw:
        return Formula(seen.formulas[place])
    value = cell_of(raw, place in seen.dated)
    return value if isinstance(value, date) else raw


@dataclass(slots=True)
class _Following:
    """How the changes of one tab are taken back, from what was read through the moment to now."""

    read: Layout
    moment: Layout
    now: Layout
    changes: TabChanges
    back: TabChanges = field(default_factory=TabChanges)
    used: set[int] = field(default_factory=set)  # rows without an id that were found

    def follow(self) -> None:
        """Find every cell, those first that are in their rows."""
        by_row: dict[int, list[Place]] = {}
        for place in self.changes.places:
            by_row.setdefault(place[0], []).append(place)
        strays: list[Place] = []
        for row, places in sorted(by_row.items()):
            rows = self._rows(row)
            if not rows and self._was_written_over(row):
                self._put_below(row)
            for place in places:
                self._put_note(place, rows)
                if place in self.changes.cells and not self._put(place, rows):
                    strays.append(place)
        for place in strays:
            self._put_stray(place)

    def _wrote(self, place: Place) -> Raw:
        """What a cell said right after the call."""
        cells = self.changes.cells
        return raw_for(cells[place]) if place in cells else self.moment.tab.raw.get(place)

    def _rows(self, row: int) -> list[int]:
        """Where a row is by now: several times where somebody copied it."""
        ids = self.moment.ids
        own = None if ids is None else self._wrote((row, ids))
        if own is not None:
            return self.now.rows.get(own, [])
        found = next((n for n in self._free(row) if not self._unlike(row, n)), None)
        if found is None and row in self._free(row) and self._is_typed_in(row):
            found = row
        if found is None:
            return []
        self.used.add(found)
        return [found]

    def _free(self, row: int) -> Iterator[int]:
        """Rows without an id, the same place first."""
        below, above = range(row, self.now.tab.height + 1), range(1, row)
        rows = (n for n in chain(below, above) if n not in self.used)
        return (n for n in rows if self.now.id_of(n) is None)

    def _unlike(self, row: int, other: int) -> int:
        """How many cells of a row do not say by now what the row said right after the call."""
        tab = self.now.tab
        columns = range(1, self.moment.tab.width + 1)
        goals = ((c, (other, self.now.column_like(self.moment, c))) for c in columns)
        return sum(
            tab.entered(place) != self._wrote((row, column))
            for column, place in goals
            if place not in tab.formulas
        )

    def _is_typed_in(self, row: int) -> bool:
        """Whether a row differs in one cell, and something that it said stands there."""
        said = {c: self._wrote((row, c)) for c in range(1, self.moment.tab.width + 1)}
        stands = any(
            raw is not None
            and self.now.tab.entered((row, self.now.column_like(self.moment, column))) == raw
            for column, raw in said.items()
        )
        return stands and self._unlike(row, row) == 1

    def _was_written_over(self, row: int) -> bool:
        """Whether ours stands in place of all that the row said."""
        said = {place for place in self.moment.tab.raw if place[0] == row}
        return bool(said) and said <= self.changes.cells.keys()

    def _put_below(self, row: int) -> None:
        """A row that stands nowhere by now but was not deleted by who saw it: into a blank one."""
        filled = {at for at, _ in self.now.tab.raw.keys() | self.back.cells.keys()}
        below = max(filled, default=0) + 1
        for at, column in self.moment.tab.raw:
            if at == row:
                goal = self.now.column_like(self.moment, column)
                self.back.cells[below, goal] = self._was((row, column))

    def _put(self, place: Place, rows: list[int]) -> bool:
        """Whether the cell was found, or need not be."""
        wrote, tab = self._wrote(place), self.now.tab
        if self.moment.tab.raw.get(place) == wrote:
            return True
        columns = self.now.columns_like(self.moment, place[1])
        found = [[at for c in columns if tab.entered(at := (n, c)) == wrote][:1] for n in rows]
        for at in chain.from_iterable(found):
            self.back.cells[at] = self._was(place)
        return any(found)

    def _was(self, place: Place) -> Cell:
        """What stood there: as the formula, or the day, that it was when it was read."""
        raw, seen, source = self.moment.tab.raw.get(place), self.read.tab, self._source(place)
        return raw if source is None else _as_it_was(seen, source, raw)

    def _source(self, place: Place) -> Place | None:
        """Where a cell of the moment was when it was read, if its row is known."""
        row, column = place
        own, at = self.moment.id_of(row), self.read.column_like(self.moment, column)
        if own is None:
            return None if self.read.id_of(row) else (row, at)
        return (self.read.rows[own][0], at) if own in self.read.rows else None

    def _put_stray(self, place: Place) -> None:
        """A column was sorted without the others: what we wrote is where it was not read."""
        wrote, (_, column) = self._wrote(place), place
        if wrote is None:  # a blank cell is not known from another
            return
        goal = self.now.column_like(self.moment, column)
        then = self.read.column_like(self.now, goal)
        for own, rows in self.now.rows.items():
            known = [self.read.tab.entered((row, then)) for row in self.read.rows.get(own, ())]
            for at in ((row, goal) for row in rows):
                strange = known and wrote not in known and at not in self.back.cells
                if strange and self.now.tab.entered(at) == wrote:
                    self.back.cells[at] = self._was(place)
                    return

    def _put_note(self, place: Place, rows: list[int]) -> None:
        text = self.changes.notes.get(place)
        if text is None:
            return
        source = self._source(place)
        note = self.read.tab.notes.get(source, "") if source else ""
        for row in rows:
            at = row, self.now.column_like(self.moment, place[1])
            if self.now.tab.notes.get(at, "") == text:
                self.back.notes[at] = note
