"""Large saves: one call takes ten megabytes, so most of the cells go to a hidden tab first.

From there one call copies them to their places and removes the tab: it still takes effect as a
whole. A tab that a broken save left behind is removed by the next large one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from addin.hosts.base import Area
from addin.hosts.google.changes import Changes
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown
from addin.hosts.google.look import Json, Look
from addin.hosts.google.requests import Staged, put_values
from addin.hosts.rectangles import Block, blocks

TITLE, NUMBER = "_lajur_staging", 1_746_100_001
MOST_CELLS = 40_000  # of one call: about the two megabytes that Google recommends


@dataclass(frozen=True, slots=True)
class _Source:
    """A block of cells, the tab that it is for, and the row of the staging tab where it begins."""

    tab: int
    block: Block
    top: int

    @property
    def area(self) -> Area:
        """Where it stands while it waits."""
        height, width = len(self.block.rows), len(self.block.rows[0])
        return Area(self.top, 1, self.top + height - 1, width)


def staged(client: SheetsClient, spreadsheet: str, seen: Look, changes: Changes) -> Staged | None:
    """Where the large blocks of a large save wait; None for a save that one call takes."""
    touched = changes.touched()
    if sum(len(its.cells) for its in touched.values()) <= MOST_CELLS:
        return None
    sources: list[_Source] = []
    for title, its in touched.items():
        for block in blocks(its.cells) if its.cells else ():
            if len(block.rows) > 1:
                top = sources[-1].area.bottom + 1 if sources else 1
                sources.append(_Source(seen.tabs[title].id, block, top))
    height = max((source.area.bottom for source in sources), default=1)
    width = max((source.area.right for source in sources), default=1)
    _make_tab(client, spreadsheet, height, width)
    for requests in _in_calls(sources):
        _repeated(client, partial(client.batch_update, spreadsheet, {"requests": requests}))
    places = {(source.tab, source.block.area): source.area for source in sources}
    return Staged(NUMBER, places)


def _make_tab(client: SheetsClient, spreadsheet: str, height: int, width: int) -> None:
    """A blank hidden tab, in place of one that was left behind."""
    grid = {"rowCount": height, "columnCount": width}
    own = {"sheetId": NUMBER, "title": TITLE, "hidden": True, "gridProperties": grid}

    def made() -> None:
        old: list[Json] = [{"deleteSheet": {"sheetId": NUMBER}}]
        requests = old if _is_there(client, spreadsheet) else []
        body = {"requests": [*requests, {"addSheet": {"properties": own}}]}
        client.batch_update(spreadsheet, body)

    _repeated(client, made)


def _is_there(client: SheetsClient, spreadsheet: str) -> bool:
    found = client.fetch_sheet_metadata(spreadsheet, {"fields": "sheets(properties(sheetId))"})
    return any(sheet["properties"].get("sheetId") == NUMBER for sheet in found["sheets"])


def _in_calls(sources: list[_Source]) -> Iterator[list[Json]]:
    """Requests that put the blocks on the staging tab, for calls of at most so many cells."""
    requests: list[Json] = []
    size = 0
    for source in sources:
        width = len(source.block.rows[0])
        step = max(1, MOST_CELLS // width)
        for first in range(0, len(source.block.rows), step):
            rows = source.block.rows[first : first + step]
            if size and size + len(rows) * width > MOST_CELLS:
                yield requests
                requests, size = [], 0
            requests.append(put_values(NUMBER, Block(source.top + first, 1, rows)))
            size += len(rows) * width
    if requests:
        yield requests


def _repeated(client: SheetsClient, call: Callable[[], object]) -> None:
    """What is done to a tab of our own may be done twice."""
    began, attempt = client.pace.clock(), 0
    while True:
        try:
            call()
            return
        except EffectUnknown:
            attempt += 1
            if not client.pace.pause(attempt, began):
                raise
