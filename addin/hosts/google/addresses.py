"""How spreadsheets and their cells are named: by a person's link, by A1 notation, by numbers."""

from __future__ import annotations

import re
from typing import Any

from addin.hosts.base import Area
from addin.hosts.columns import letters

SCHEME = "google:"
_LINK = re.compile(r"https://docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([\w-]+)")


def spreadsheet_id(target: str) -> str | None:
    """The id in a link as the browser shows it, or in `google:ID`; None in anything else."""
    if target.startswith(SCHEME):
        return target.removeprefix(SCHEME) or None
    found = _LINK.match(target)
    return found[1] if found else None


def link_to(spreadsheet: str) -> str:
    """The link that a person opens."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit"


def quoted(title: str) -> str:
    """A tab in A1 notation; in quotes, as a title may look like a cell."""
    return "'" + title.replace("'", "''") + "'"


def range_of(title: str, area: Area) -> str:
    """An area of a tab in A1 notation."""
    return f"{quoted(title)}!{letters(area.left)}{area.top}:{letters(area.right)}{area.bottom}"


def grid_range(tab: int, area: Area) -> dict[str, int]:
    """An area of a tab as requests name it: counted from 0, the ends not included."""
    rows = {"startRowIndex": area.top - 1, "endRowIndex": area.bottom}
    columns = {"startColumnIndex": area.left - 1, "endColumnIndex": area.right}
    return {"sheetId": tab, **rows, **columns}


def area_of(grid: dict[str, Any], height: int, width: int) -> Area:
    """The area that a GridRange names; an open end reaches the end of the grid."""
    top, left = grid.get("startRowIndex", 0) + 1, grid.get("startColumnIndex", 0) + 1
    bottom, right = grid.get("endRowIndex", height), grid.get("endColumnIndex", width)
    return Area(top, left, bottom, right)
