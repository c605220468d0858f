"""What stands on a sheet beside its cells: charts, pivot tables, conditional formats."""

from __future__ import annotations

from typing import Any

import uno
from com.sun.star.sheet.DataPilotFieldOrientation import DATA, ROW

from .session import Session

WIDTH, HEIGHT = 12_000, 7_000  # of a new chart, in hundredths of a millimetre


def add_chart(session: Session, area: list[int], name: str) -> None:
    """A chart of an area with headings, on its sheet."""
    place = uno.createUnoStruct("com.sun.star.awt.Rectangle")
    place.Width, place.Height = WIDTH, HEIGHT
    source = (session.range(area).getRangeAddress(),)
    session.sheet(area[0]).getCharts().addNewByName(name, place, source, True, False)


def add_pivot(
    session: Session, area: list[int], target: list[int], name: str, row: int, value: int
) -> None:
    """A pivot table of an area with headings: sums of one column by another, counted from 0."""
    pivots = session.sheet(target[0]).getDataPilotTables()
    made = pivots.createDataPilotDescriptor()
    made.setSourceRange(session.range(area).getRangeAddress())
    fields = made.getDataPilotFields()
    fields.getByIndex(row).Orientation = ROW
    fields.getByIndex(value).Orientation = DATA
    cell = session.range([*target[:3], 1, 1]).getCellByPosition(0, 0)
    pivots.insertNewByName(name, cell.getCellAddress(), made)


def all_of(session: Session, sheet: int) -> dict[str, list[Any]]:
    """What a sheet has: charts and pivot tables by name with the places of what they show, and
    conditional formats by place with their number of conditions.
    """
    there = session.sheet(sheet)
    charts, pivots = there.getCharts(), there.getDataPilotTables()
    formats = there.ConditionalFormats.getConditionalFormats()
    return {
        "charts": [[name, *_places(charts.getByName(name).getRanges())]
                   for name in charts.getElementNames()],
        "pivots": [[name, *_places((pivots.getByName(name).getSourceRange(),))]
                   for name in pivots.getElementNames()],
        "conditions": [[one.Range.getRangeAddressesAsString(), one.getCount()] for one in formats],
    }  # fmt: skip


def _places(areas: Any) -> list[list[int]]:
    return [[a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1] for a in areas]
