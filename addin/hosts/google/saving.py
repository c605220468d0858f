"""Sending changes: only into rows that are still what was read, and never twice unseen.

Google has no write on a condition. So the rows are read right before they are written, and again
after; what landed in rows that somebody moved in between is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from addin.hosts.base import Area
from addin.hosts.errors import SheetProtected, WorkbookChanged
from addin.hosts.google.addresses import quoted, range_of
from addin.hosts.google.cells import Raw, raw_for
from addin.hosts.google.changes import Changes, TabChanges
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, GoogleRefused
from addin.hosts.google.look import Look, Place, Tab, look_at
from addin.hosts.google.requests import Staged, requests_of
from addin.hosts.google.staging import staged
from addin.hosts.google.tags import row_id_column
from addin.hosts.google.taking_back import back_again

MOST_SPANS = 30  # of a tab; rows that lie further apart are read with those between
MOST_TAKEN_BACK = 3  # writes, while people go on to move rows
MOST_HIDDEN = 50  # rows of a hidden tab that are looked at: only another sync writes there


class Standing(Enum):
    """How a spreadsheet stands to changes."""

    BEFORE, AFTER, MOVED = range(3)


def saved(client: SheetsClient, spreadsheet: str, seen: Look, changes: Changes) -> None:
    """Make all changes. Raises `WorkbookChanged`, when none took effect, and other `HostError`s."""
    waiting = staged(client, spreadsheet, seen, changes)
    saving = _Saving(client, spreadsheet, seen, changes, waiting)
    began, attempt = client.pace.clock(), 0
    while True:
        now = saving.now()
        standing = saving.standing(now)
        if attempt and standing is Standing.AFTER:
            return
        if standing is not Standing.BEFORE:
            saving.refuse(taking_back=attempt > 0)
        try:
            saving.send(now)
        except EffectUnknown:
            attempt += 1
            if not client.pace.pause(attempt, began):
                raise
            continue
        if saving.is_moved(saving.now()):
            saving.refuse(taking_back=True)
        return


@dataclass(frozen=True, slots=True)
class _Saving:
    """One save of one spreadsheet."""

    client: SheetsClient
    spreadsheet: str
    seen: Look
    changes: Changes
    waiting: Staged | None

    def now(self) -> dict[str, Tab]:
        """The rows that are written, and the ids of all rows beside them, as they are now."""
        ranges = [
            range_of(title, area)
            for title, its in self.changes.touched().items()
            for area in _areas(self.seen.tabs[title], its)
        ]
        return self._look_at(ranges) if ranges else {}

    def _look_at(self, ranges: list[str]) -> dict[str, Tab]:
        try:
            return look_at(self.client, self.spreadsheet, ranges)
        except GoogleRefused as refused:  # a tab was renamed, or its grid became smaller
            raise WorkbookChanged(name=self.seen.title) from refused

    def standing(self, now: dict[str, Tab]) -> Standing:
        """Whether the rows are as they were read, or as they shall be, or other rows."""
        if self.is_moved(now):
            return Standing.MOVED
        counts: Counter[str] = Counter()
        for title, its in self.changes.touched().items():
            counts.update(_told(self.seen.tabs[title], now[title], its))
        if not counts["done"]:
            return Standing.MOVED if counts["other"] else Standing.BEFORE
        return Standing.AFTER if counts["done"] >= counts["undone"] else Standing.MOVED

    def is_moved(self, now: dict[str, Tab]) -> bool:
        """Whether the rows are others, or somebody types in them."""
        return any(
            self.seen.tabs[title].id != now[title].id
            or not _are_those(self.seen.tabs[title], now[title], its)
            for title, its in self.changes.touched().items()
        )

    def send(self, now: dict[str, Tab]) -> None:
        """All changes in one call."""
        requests = requests_of(self.seen, self.changes, now, self.waiting)
        try:
            self.client.batch_update(self.spreadsheet, {"requests": requests})
        except SheetProtected as refused:
            visible = (t for t in self.changes.touched() if not self.seen.tabs[t].hidden)
            raise SheetProtected(name=self.seen.title, sheet=", ".join(visible)) from refused

    def refuse(self, taking_back: bool) -> None:
        """Say that somebody was faster, after taking back what may have landed elsewhere."""
        if taking_back:
            self._take_back()
        raise WorkbookChanged(name=self.seen.title)

    def _take_back(self) -> None:
        """Who moves rows at the moment of that, too, has that taken back first."""
        landed = [(self.seen.tabs, self.changes.touched())]
        for _ in range(MOST_TAKEN_BACK):
            before, its = landed[-1]
            ranges = [quoted(title) for title in its]
            now = self._look_at(ranges)
            back = {title: back_again(before[title], now[title], its[title]) for title in its}
            requests = [request for one in back.values() for request in one.requests]
            if requests:
                self.client.batch_update(self.spreadsheet, {"requests": requests})
                after, sent = self._look_at(ranges), {t: one.changes for t, one in back.items()}
                if not all(_are_those(now[t], after[t], sent[t]) for t in its if sent[t].places):
                    landed.append((now, sent))
                    continue
            landed.pop()
            if not landed:
                return


def _areas(tab: Tab, changes: TabChanges) -> Iterator[Area]:
    """What is looked at on one tab, within its grid."""
    rows = [row for row in _looked_at(tab, changes) if row <= tab.height]
    spans = list(_spans(rows))
    if len(spans) > MOST_SPANS:
        spans = [(rows[0], rows[-1])]
    yield from (Area(top, 1, bottom, tab.width) for top, bottom in spans)
    column = row_id_column(tab)
    if column is not None:
        yield Area(1, column, tab.height, column)
    elif not spans:
        yield Area(1, 1, 1, 1)


def _looked_at(tab: Tab, changes: TabChanges) -> list[int]:
    rows = sorted({row for row, _ in changes.places})
    return rows[:MOST_HIDDEN] if tab.hidden else rows


def _spans(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of row numbers."""
    start = end = None
    for row in rows:
        if end is not None and start is not None and row != end + 1:
            yield start, end
            start = row
        start, end = row if start is None else start, row
    if start is not None and end is not None:
        yield start, end


def _told(before: Tab, there: Tab, changes: TabChanges) -> Iterator[str]:
    """Of each cell that is written, whether it was, was not, or has something else."""
    rows = {row for row in _looked_at(before, changes) if row <= before.height}
    for place, value in changes.cells.items():
        if place[0] in rows:
            yield _which(there.entered(place), before.entered(place), raw_for(value))
    for place, text in changes.notes.items():
        if place[0] in rows:
            yield _which(there.notes.get(place, ""), before.notes.get(place, ""), text)


def _which(now: Raw, before: Raw, wanted: Raw) -> str:
    if now == before:
        return "undone"
    return "done" if now == wanted else "other"


def _are_those(before: Tab, there: Tab, changes: TabChanges) -> bool:
    """Whether the rows are those that were read: all in them that we do not write is unchanged,
    and so are the ids of all rows.
    """
    rows, ours = set(_looked_at(before, changes)), changes.cells.keys()
    places = _entered_places(before, rows) | _entered_places(there, rows)
    if any(there.entered(p) != before.entered(p) for p in places - ours - there.spilled):
        return False
    column = row_id_column(before)
    if column is None:
        return True
    ids = {(row, column) for row in range(1, max(before.height, there.height) + 1)}
    return all(there.entered(p) == before.entered(p) for p in ids - ours)


def _entered_places(tab: Tab, rows: set[int]) -> set[Place]:
    return {place for place in tab.raw.keys() | tab.formulas.keys() if place[0] in rows}
