"""Ways to break what the emulator tells of the values of a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator import (
    a1,
    reading,
    sheets_api,
    showing,
    writing,
)
from tests.google_emulator.a1 import Area
from tests.google_emulator.book import Tab


def trailing_blanks_are_kept(patch: pytest.MonkeyPatch) -> None:
    """Every row is as long as the range."""
    lines = reading._lines

    def padded(book: Any, tab: Tab, area: Area, major: str, how: Any) -> list[list[Any]]:
        length = area.width if major == "ROWS" else area.height
        return [line + [""] * (length - len(line)) for line in lines(book, tab, area, major, how)]

    patch.setattr(reading, "_lines", padded)


def blank_rows_are_skipped(patch: pytest.MonkeyPatch) -> None:
    """What stands below a blank row moves up in the answer."""
    lines = reading._lines
    patch.setattr(reading, "_lines", lambda *told: [line for line in lines(*told) if line])


def blank_cells_are_skipped(patch: pytest.MonkeyPatch) -> None:
    """What stands right of a blank cell moves left in the answer."""
    lines = reading._lines
    patch.setattr(
        reading, "_lines", lambda *told: [[v for v in line if v != ""] for line in lines(*told)]
    )


def the_last_cell_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """The bottom right cell of a range is not read."""
    holds = Area.holds

    def less(self: Area, row: int, column: int) -> bool:
        last = (row, column) == (self.bottom - 1, self.right - 1)
        return holds(self, row, column) and not (last and self.height * self.width > 1)

    patch.setattr(Area, "holds", less)


def formulas_are_told_as_values(patch: pytest.MonkeyPatch) -> None:
    """FORMULA answers what the formula gives."""
    told = reading.told
    patch.setattr(
        reading, "told", lambda book, tab, at, _, *rest: told(book, tab, at, RENDERED, *rest)
    )


RENDERED = "UNFORMATTED_VALUE"


def values_are_told_as_shown(patch: pytest.MonkeyPatch) -> None:
    """UNFORMATTED_VALUE answers texts."""
    told = reading.told

    def shown(book: Any, tab: Tab, at: Any, render: str, *rest: Any) -> Any:
        asked = "FORMATTED_VALUE" if render == RENDERED else render
        return told(book, tab, at, asked, *rest)

    patch.setattr(reading, "told", shown)


def dates_are_told_as_texts(patch: pytest.MonkeyPatch) -> None:
    """SERIAL_NUMBER is ignored."""
    told = reading.told
    patch.setattr(
        reading, "told", lambda book, tab, at, render, *_: told(book, tab, at, render, True)
    )


def ranges_outside_the_grid_are_empty(patch: pytest.MonkeyPatch) -> None:
    """A range that starts outside is read as if nothing stood there."""

    def cut(tab: Tab, area: Area) -> Area:
        return Area(
            min(area.top, tab.rows),
            min(area.left, tab.columns),
            min(area.bottom, tab.rows),
            min(area.right, tab.columns),
        )

    patch.setattr(reading, "within", cut)


def every_range_is_of_the_first_tab(patch: pytest.MonkeyPatch) -> None:
    """The title in a range is not looked at."""
    located = reading.located

    def first(book: Any, address: str) -> tuple[Tab, Area]:
        area = located(book, address)[1]
        return book.tabs[0], area

    for module in (reading, writing, showing):
        patch.setattr(module, "located", first)


def an_unknown_tab_is_the_first_one(patch: pytest.MonkeyPatch) -> None:
    """A range of a tab that is not there is read from another."""
    located = reading.located

    def forgiving(book: Any, address: str) -> tuple[Tab, Area]:
        title, text = a1.split_address(address)
        known = title is None or book.titled(title)
        return located(book, address if known else text or "A1")

    for module in (reading, writing, showing):
        patch.setattr(module, "located", forgiving)


def quotes_in_titles_stay_doubled(patch: pytest.MonkeyPatch) -> None:
    """`'It''s'!A1` names a tab `It''s`."""
    split = a1.split_address

    def doubled(address: str) -> tuple[str | None, str | None]:
        title, area = split(address)
        return (title.replace("'", "''") if title else title), area

    patch.setattr(reading, "split_address", doubled)


def titles_are_answered_without_quotes(patch: pytest.MonkeyPatch) -> None:
    """A range of `My tab` is answered as `My tab!A1`."""
    patch.setattr(a1, "quoted", lambda title: title)


def columns_are_answered_as_rows(patch: pytest.MonkeyPatch) -> None:
    """MajorDimension is ignored when reading."""
    lines = reading._lines
    patch.setattr(
        reading, "_lines", lambda book, tab, area, _, how: lines(book, tab, area, "ROWS", how)
    )


def several_ranges_come_in_another_order(patch: pytest.MonkeyPatch) -> None:
    """BatchGet sorts its ranges."""

    def ordered(world: Any, file: Any, request: Any, _: str) -> Any:
        told = [
            sheets_api._values_get(world, file, request, address)
            for address in sorted(request.lists.get("ranges", []))
        ]
        return {"spreadsheetId": file.book.id, "valueRanges": told}

    routes = [
        (m, p, ordered if call is sheets_api._batch_get else call)
        for m, p, call in sheets_api.ROUTES
    ]
    patch.setattr(sheets_api, "ROUTES", tuple(routes))
