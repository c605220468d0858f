"""Requests of a `batchUpdate` in Google's words; rows and columns count from 0, ends excluded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from workbook_templates.render.google.looks import cell_format, colour, condition_format

Json = dict[str, Any]
CHARACTER, BORDER = 7, 5  # pixels
WRITTEN = "userEnteredValue,userEnteredFormat,note"


@dataclass(frozen=True, slots=True)
class Tab:
    """A worksheet that is being made. Its id is ours to choose, so that one batch can name it."""

    id: int
    title: str
    rows: int
    columns: int


def area(
    tab: Tab, top: int = 0, left: int = 0, bottom: int | None = None, right: int | None = None
) -> Json:
    """A GridRange. Without a `bottom` it has no end, so that rows added later belong to it."""
    corner = {"sheetId": tab.id, "startRowIndex": top, "startColumnIndex": left}
    ends = {"endRowIndex": bottom, "endColumnIndex": right}
    return corner | {name: end for name, end in ends.items() if end is not None}


def column(tab: Tab, place: int, top: int = 1) -> Json:
    """A column below its heading."""
    return area(tab, top, place, None, place + 1)


def added(
    tab: Tab, frozen: tuple[int, int] = (0, 0), shade: str = "", hidden: bool = False
) -> Json:
    """The tab itself; `frozen` are the rows and columns that stay in view."""
    grid: Json = {"rowCount": tab.rows, "columnCount": tab.columns}
    grid |= {"frozenRowCount": frozen[0], "frozenColumnCount": frozen[1]}
    properties: Json = {"sheetId": tab.id, "title": tab.title, "gridProperties": grid}
    if shade:
        properties["tabColorStyle"] = {"rgbColor": colour(shade)}
    if hidden:
        properties["hidden"] = True
    return {"addSheet": {"properties": properties}}


def text(value: str, look: Json | None = None, note: str = "") -> Json:
    """A cell with a text, which is never read as a number or a formula."""
    cell: Json = {"userEnteredValue": {"stringValue": value}} if value else {}
    if look:
        cell["userEnteredFormat"] = cell_format(look)
    return cell | ({"note": note} if note else {})


def written(tab: Tab, top: int, left: int, rows: Iterable[Sequence[Json]]) -> Json:
    """Cells with their looks and notes, from a corner on."""
    start = {"sheetId": tab.id, "rowIndex": top, "columnIndex": left}
    lines = [{"values": list(row)} for row in rows]
    return {"updateCells": {"start": start, "rows": lines, "fields": WRITTEN}}


def looking(grid: Json, look: Json) -> Json:
    """One look for a whole range."""
    cell = {"userEnteredFormat": cell_format(look)}
    return {"repeatCell": {"range": grid, "cell": cell, "fields": "userEnteredFormat"}}


def listing(grid: Json, source: str | Sequence[str]) -> Json:
    """A drop-down of some words, or of a range ("='Accounts'!$C$2:$C"); it never refuses."""
    if isinstance(source, str):
        condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": source}]}
    else:
        words = [{"userEnteredValue": word} for word in source]
        condition = {"type": "ONE_OF_LIST", "values": words}
    rule = {"condition": condition, "showCustomUi": True, "strict": False}
    return {"setDataValidation": {"range": grid, "rule": rule}}


def ticking(grid: Json) -> Json:
    """A box to tick."""
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True, "showCustomUi": True}
    return {"setDataValidation": {"range": grid, "rule": rule}}


def colouring(grid: Json, formula: str, look: Json, place: int) -> Json:
    """A conditional format; `place` is its rank on the tab.

    Arguments in `formula` are parted by semicolons, which Google reads in every locale.
    """
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    rule = {
        "ranges": [grid],
        "booleanRule": {"condition": condition, "format": condition_format(look)},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": place}}


def guarded(grid: Json, why: str) -> Json:
    """A range whose editors are warned first.

    Only warned: Google refuses to sort or delete rows with a cell that their editor may not
    change, and a person must be able to do both.
    """
    protected = {"range": grid, "description": why, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}


def named(grid: Json, name: str) -> Json:
    """A named range, which follows its cells."""
    return {"addNamedRange": {"namedRange": {"name": name, "range": grid}}}


def sized(tab: Tab, dimension: str, start: int, pixels: int, end: int | None = None) -> Json:
    """The width of columns or the height of rows."""
    return _dimension(tab, dimension, (start, end or start + 1), {"pixelSize": pixels})


def hiding(tab: Tab, place: int) -> Json:
    """A column that is not shown."""
    return _dimension(tab, "COLUMNS", (place, place + 1), {"hiddenByUser": True})


def _dimension(tab: Tab, dimension: str, ends: tuple[int, int], properties: Json) -> Json:
    span = {"sheetId": tab.id, "dimension": dimension, "startIndex": ends[0], "endIndex": ends[1]}
    body = {"range": span, "properties": properties, "fields": ",".join(properties)}
    return {"updateDimensionProperties": body}


def merged(grid: Json) -> Json:
    """One cell of several."""
    return {"mergeCells": {"range": grid, "mergeType": "MERGE_ALL"}}


def pixels(characters: int) -> int:
    """The width of a column of so many characters."""
    return CHARACTER * characters + BORDER
