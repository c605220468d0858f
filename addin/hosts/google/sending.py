"""One call that changes a spreadsheet, and what it wrote over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.hosts.errors import SheetProtected, WorkbookChanged
from addin.hosts.google.addresses import quoted
from addin.hosts.google.changes import Changes
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, GoogleRefused
from addin.hosts.google.look import OVERWRITTEN, Json, Look, Tab, changed_and_looked, look_at
from addin.hosts.google.overwritten import Keeping, keeping
from addin.hosts.google.requests import Staged, requests_of
from addin.hosts.google.watched import are_hit, are_untouched


@dataclass(frozen=True, slots=True)
class Landed:
    """Changes that took effect: the whole spreadsheet as it was read before them, and by the ids of
    tabs what stood in the cells in the moment of the call.

    `is_right` says that nobody had done anything to their rows in between, `is_hit` that they are
    in their cells nevertheless.
    """

    seen: Look
    changes: Changes
    there: Mapping[int, Tab]
    overwritten: int
    is_right: bool
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Sending:
    """Changes on their way to one spreadsheet."""

    client: SheetsClient
    spreadsheet: str
    changes: Changes
    waiting: Staged | None = None

    def sent(self, seen: Look, now: Mapping[str, Tab]) -> Landed:
        """Make all changes in one call, of a spreadsheet of which ``now`` was read right before.

        Raises `EffectUnknown` when nobody answered, and nothing tells that they took effect.
        """
        its = self.changes.touched()
        writes = [(now.get(title, seen.tabs[title]), one) for title, one in its.items()]
        kept = keeping(seen.overwritten, writes)
        requests = requests_of(seen, self.changes, now, kept.requests(), self.waiting)
        try:
            there = self._kept(kept, requests)
        except SheetProtected as refused:
            visible = ", ".join(title for title in its if not seen.tabs[title].hidden)
            raise SheetProtected(name=seen.title, sheet=visible) from refused
        is_right = all(are_untouched(tab, there[tab.id], one) for tab, one in writes)
        is_hit = is_right or all(are_hit(tab, there[tab.id], one) for tab, one in writes)
        return Landed(seen, self.changes, there, kept.tab, is_right, is_hit)

    def _kept(self, kept: Keeping, requests: list[Json]) -> Mapping[int, Tab]:
        """What the call wrote over, however it is learnt."""
        ranges = [quoted(OVERWRITTEN)]
        try:
            found = changed_and_looked(self.client, self.spreadsheet, requests, ranges)
        except EffectUnknown:
            found = self._looked_for(ranges)
            if not kept.is_marked(found):
                raise
        if not kept.is_marked(found):  # an answer that does not tell of the tab
            found = self._looked_for(ranges)
        if not kept.is_marked(found):  # another sync has been there since
            raise WorkbookChanged(name=self.client.titles.get(self.spreadsheet, self.spreadsheet))
        return kept.read(found[OVERWRITTEN])

    def _looked_for(self, ranges: list[str]) -> dict[str, Tab]:
        try:
            return look_at(self.client, self.spreadsheet, ranges)
        except GoogleRefused:  # there is no such tab
            return {}
