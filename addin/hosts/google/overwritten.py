"""What a save writes over, kept by the very call that writes over it.

Google has no write on a condition. But all requests of one call take effect together and in their
order: so the call first copies what it will write over, and what tells one row and column from
another, to a hidden tab, and answers with that tab. It says what stood there in that moment and in
no other. Its mark is the call's: after an answer that never came it tells whether that took effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from addin.hosts.base import Area
from addin.hosts.google.addresses import grid_range
from addin.hosts.google.changes import TabChanges
from addin.hosts.google.look import OVERWRITTEN, Json, Tab
from addin.hosts.google.requests import updated
from addin.hosts.google.watched import watched

NUMBER = 1_746_100_002  # of the hidden tab, where it is made by us


@dataclass(frozen=True, slots=True)
class Part:
    """An area of a tab, and the cell of the hidden tab (row, column) in which its copy begins."""

    tab: Tab
    area: Area
    top: int
    left: int

    @property
    def copy(self) -> Area:
        """Where its copy is."""
        down, right = self.top - self.area.top, self.left - self.area.left
        return Area(self.top, self.left, self.area.bottom + down, self.area.right + right)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What one call keeps: its mark is in the first cell of the hidden tab, below are the parts."""

    mark: str
    tab: int
    is_new: bool
    parts: tuple[Part, ...]

    def requests(self) -> list[Json]:
        """What keeps it; it comes before what writes over it, and after what makes grids longer."""
        blank = {"updateCells": {"range": {"sheetId": self.tab}, "fields": "userEnteredValue"}}
        mark = [{"values": [{"userEnteredValue": {"stringValue": self.mark}}]}]
        copies = [self._copy(part) for part in self.parts]
        begun = updated(self.tab, Area(1, 1, 1, 1), mark, "userEnteredValue")
        return [self._tab_made(), blank, begun, *copies]

    def _tab_made(self) -> Json:
        rows = max((part.copy.bottom for part in self.parts), default=1)
        columns = max((part.copy.right for part in self.parts), default=1)
        own: Json = {"sheetId": self.tab}
        own["gridProperties"] = {"rowCount": rows, "columnCount": columns}
        if self.is_new:
            return {"addSheet": {"properties": own | {"title": OVERWRITTEN, "hidden": True}}}
        return {"updateSheetProperties": {"properties": own, "fields": "gridProperties"}}

    def _copy(self, part: Part) -> Json:
        """Only values: a formula would reckon there with other cells, and spill over the rest."""
        ends = {
            "source": grid_range(part.tab.id, part.area),
            "destination": grid_range(self.tab, part.copy),
        }
        return {"copyPaste": {**ends, "pasteType": "PASTE_VALUES"}}

    def is_marked(self, found: Mapping[str, Tab]) -> bool:
        """Whether tabs that were read tell that the call took effect."""
        return OVERWRITTEN in found and found[OVERWRITTEN].raw.get((1, 1)) == self.mark

    def read(self, hidden: Tab) -> dict[int, Tab]:
        """What stood in each tab, by the ids of tabs."""
        raw, found = hidden.raw, dict[int, Tab]()
        for part in self.parts:
            tab, area = part.tab, part.area
            blank = Tab(tab.id, tab.title, tab.hidden, tab.height, tab.width)
            there = found.setdefault(tab.id, blank)
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    at = row - area.top + part.top, column - area.left + part.left
                    if at in raw:
                        there.raw[row, column] = raw[at]
        return found


def keeping(tab: int | None, writes: Iterable[tuple[Tab, TabChanges]]) -> Keeping:
    """What to keep of tabs as they are now; ``tab`` is the hidden one, where there is one."""
    areas = [
        (now, area)
        for now, changes in writes
        for area in watched(now, changes, max([now.height, *(row for row, _ in changes.places)]))
    ]
    return Keeping(uuid4().hex, NUMBER if tab is None else tab, tab is None, tuple(_laid(areas)))


def _laid(areas: Sequence[tuple[Tab, Area]]) -> Iterator[Part]:
    """Rows below one another, columns of ids beside them: a spreadsheet has only so many cells."""
    row, column = 2, 1 + max((area.right for _, area in areas), default=0)
    for tab, area in areas:
        if area.left == area.right:
            yield Part(tab, area, 2, column)
            column += 1
        else:
            yield Part(tab, area, row, 1)
            row += area.bottom - area.top + 1
