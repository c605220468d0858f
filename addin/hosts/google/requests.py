"""The changes as requests of one `batchUpdate`, which takes effect as a whole or not at all.

`updateCells` names each cell by its place: sent twice it does the same. A grid that is made longer
twice has blank rows to spare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.hosts.base import Area, Cell
from addin.hosts.google.addresses import grid_range
from addin.hosts.google.cells import format_for, given, number_format, raw_for
from addin.hosts.google.changes import Changes, TabChanges, named
from addin.hosts.google.look import Json, Look, Place, Tab
from addin.hosts.rectangles import Block, blocks

SPARE_ROWS, SPARE_HIDDEN, SPARE_COLUMNS = 500, 50, 2  # beyond what a grid needs to grow now
FORMAT = "userEnteredFormat.numberFormat"


@dataclass(frozen=True, slots=True)
class Staged:
    """Blocks of values that wait on a tab (see `addin.hosts.google.staging`): where each of them
    goes (tab, area) and where it is.
    """

    tab: int
    places: Mapping[tuple[int, Area], Area]


def requests_of(
    seen: Look,
    changes: Changes,
    now: Mapping[str, Tab],
    keeping: Sequence[Json],
    staged: Staged | None = None,
) -> list[Json]:
    """All that makes the spreadsheet as it shall be.

    ``now`` has the sizes of the grids, and the formats of cells that are written; ``keeping`` are
    the requests that keep what they say (see `addin.hosts.google.overwritten`).
    """
    touched = [(now.get(t, seen.tabs[t]), its) for t, its in changes.touched().items()]
    found = [request for tab, its in touched for request in _longer(tab, its)]
    found += keeping
    for tab, its in touched:
        found += _formats(tab, its)
        found += [*_values(tab.id, its.cells, staged), *_notes(tab.id, its.notes)]
    if staged is not None:
        found.append({"deleteSheet": {"sheetId": staged.tab}})
    longer = (one for one in named(seen, changes) if one["name"].lower() in changes.bottoms)
    return found + [{"updateNamedRange": {"namedRange": one, "fields": "range"}} for one in longer]


def _longer(tab: Tab, changes: TabChanges) -> Iterator[Json]:
    """The grid first: a cell outside of it cannot be written."""
    rows, columns = (max((place[n] for place in changes.places), default=0) for n in (0, 1))
    if rows > tab.height:
        length = rows - tab.height + (SPARE_HIDDEN if tab.hidden else SPARE_ROWS)
        yield _appended(tab, "ROWS", length)
        yield _like_the_last(tab, length, "PASTE_FORMAT")
        yield _like_the_last(tab, length, "PASTE_DATA_VALIDATION")
    if columns > tab.width:
        yield _appended(tab, "COLUMNS", columns - tab.width + SPARE_COLUMNS)


def _appended(tab: Tab, dimension: str, length: int) -> Json:
    return {"appendDimension": {"sheetId": tab.id, "dimension": dimension, "length": length}}


def _like_the_last(tab: Tab, length: int, what: str) -> Json:
    """New rows look like the last one, and take what may be typed in them from it."""
    source = grid_range(tab.id, Area(tab.height, 1, tab.height, tab.width))
    goal = grid_range(tab.id, Area(tab.height + 1, 1, tab.height + length, tab.width))
    return {"copyPaste": {"source": source, "destination": goal, "pasteType": what}}


def _formats(tab: Tab, changes: TabChanges) -> Iterator[Json]:
    """Formats come before values: what a cell makes of a number depends on its format.

    In hidden tabs nobody types over a text, so it needs none.
    """
    by_name: dict[str, dict[Place, Cell]] = {}
    for place, value in changes.cells.items():
        name = format_for(value, tab.kinds.get(place, ""))
        if name is not None and not (tab.hidden and name == "text"):
            by_name.setdefault(name, {})[place] = name
    for name, places in by_name.items():
        own = {"userEnteredFormat": {"numberFormat": number_format(name)}}
        for block in blocks(places):
            area = grid_range(tab.id, block.area)
            yield {"repeatCell": {"range": area, "cell": own, "fields": FORMAT}}


def _values(tab: int, cells: Mapping[Place, Cell], staged: Staged | None) -> Iterator[Json]:
    for block in blocks(cells) if cells else ():
        source = staged.places.get((tab, block.area)) if staged else None
        if staged is None or source is None:
            yield put_values(tab, block)
            continue
        ends = {
            "source": grid_range(staged.tab, source),
            "destination": grid_range(tab, block.area),
        }
        yield {"copyPaste": {**ends, "pasteType": "PASTE_VALUES"}}


def put_values(tab: int, block: Block) -> Json:
    """A request that puts a block of values into its cells."""
    rows = [{"values": [_entered(given(raw_for(v))) for v in row]} for row in block.rows]
    return updated(tab, block.area, rows, "userEnteredValue")


def _entered(value: Json) -> Json:
    return {"userEnteredValue": value} if value else {}


def _notes(tab: int, notes: Mapping[Place, Cell]) -> Iterator[Json]:
    for block in blocks(notes) if notes else ():
        rows = [{"values": [{"note": text} if text else {} for text in row]} for row in block.rows]
        yield updated(tab, block.area, rows, "note")


def updated(tab: int, area: Area, rows: list[Json], fields: str) -> Json:
    """A request that puts something into each cell of an area."""
    return {"updateCells": {"range": grid_range(tab, area), "rows": rows, "fields": fields}}
