"""Ways to break what becomes of a value that is written or typed, and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.google_emulator import (
    a1,
    entered,
    formats,
    human,
    kinds_cells,
    reading,
    sheets_api,
    writing,
)
from tests.google_emulator.a1 import Area
from tests.google_emulator.book import EMPTY, Cell, Tab
from tests.google_emulator.kinds import Batch
from tests.google_emulator.world import guard


def raw_is_parsed(patch: pytest.MonkeyPatch) -> None:
    """RAW is taken for USER_ENTERED."""
    kept = entered.kept
    patch.setattr(
        writing, "kept", lambda cell, value, _, locale: kept(cell, value, "USER_ENTERED", locale)
    )


def user_entered_is_raw(patch: pytest.MonkeyPatch) -> None:
    """USER_ENTERED parses nothing."""
    kept = entered.kept
    patch.setattr(writing, "kept", lambda cell, value, _, locale: kept(cell, value, "RAW", locale))


def serials_count_from_1904(patch: pytest.MonkeyPatch) -> None:
    """Dates are the serials of an old Macintosh file."""
    _count_from(patch, datetime(1904, 1, 1))


def serials_are_one_day_off(patch: pytest.MonkeyPatch) -> None:
    """Dates count from the last day of 1899."""
    _count_from(patch, datetime(1899, 12, 31))


def _count_from(patch: pytest.MonkeyPatch, epoch: datetime) -> None:
    patch.setattr(entered, "EPOCH", epoch)
    patch.setattr(formats, "EPOCH", epoch)


def null_empties_a_cell(patch: pytest.MonkeyPatch) -> None:
    """Null is taken for an empty text."""
    kept = entered.kept
    patch.setattr(
        writing, "kept", lambda cell, value, *how: kept(cell, "" if value is None else value, *how)
    )


def an_empty_text_leaves_a_cell(patch: pytest.MonkeyPatch) -> None:
    """An empty text is taken for null."""
    kept = entered.kept
    patch.setattr(
        writing, "kept", lambda cell, value, *how: kept(cell, None if value == "" else value, *how)
    )


def an_apostrophe_stays(patch: pytest.MonkeyPatch) -> None:
    """`'007` that was typed is kept with its apostrophe."""
    _typed_otherwise(patch, lambda cell, text: text.startswith("'"))


def a_text_column_reads_numbers(patch: pytest.MonkeyPatch) -> None:
    """`0042` typed into a cell of the format text is the number 42."""
    typed = entered.typed_into

    def unformatted(cell: Cell, text: str, locale: str) -> Cell:
        bare = {k: v for k, v in cell.format.items() if k != "numberFormat"}
        new = typed(replace(cell, format=bare), text, locale)
        return replace(new, format=new.format | cell.format)

    for module in (entered, human):
        patch.setattr(module, "typed_into", unformatted)


def typed_formulas_are_texts(patch: pytest.MonkeyPatch) -> None:
    """`=1+1` that was typed is a text."""
    _typed_otherwise(patch, lambda cell, text: text.startswith("="))


def _typed_otherwise(patch: pytest.MonkeyPatch, kept_as_it_is: Callable[[Cell, str], bool]) -> None:
    typed = entered.typed_into

    def otherwise(cell: Cell, text: str, locale: str) -> Cell:
        if kept_as_it_is(cell, text):
            return replace(cell, value=text, formula=None)
        return typed(cell, text, locale)

    for module in (entered, human):
        patch.setattr(module, "typed_into", otherwise)


def every_locale_is_english(patch: pytest.MonkeyPatch) -> None:
    """1.250,50 is a text in an Indonesian spreadsheet too."""
    understood = entered.understood
    patch.setattr(entered, "understood", lambda text, locale: understood(text, "en_US"))


def any_length_fits_a_cell(patch: pytest.MonkeyPatch) -> None:
    """More than 50,000 characters are kept."""

    def unbounded(cell: Cell, value: Any, option: str, locale: str) -> Cell:
        if isinstance(value, str) and len(value) > 50_000:
            return replace(cell, value=value, formula=None)
        return kept(cell, value, option, locale)

    kept = entered.kept
    patch.setattr(writing, "kept", unbounded)


def truth_values_become_texts(patch: pytest.MonkeyPatch) -> None:
    """True is kept as TRUE."""
    kept = entered.kept

    def texts(cell: Cell, value: Any, option: str, locale: str) -> Cell:
        if isinstance(value, bool):
            return replace(cell, value=str(value).upper(), formula=None)
        return kept(cell, value, option, locale)

    patch.setattr(writing, "kept", texts)


# --- writing -----------------------------------------------------------------------------


def append_overwrites_the_last_row(patch: pytest.MonkeyPatch) -> None:
    """The table is taken to end a row earlier."""
    table_in = writing.table_in

    def shorter(tab: Tab, area: Area) -> Area | None:
        table = table_in(tab, area)
        return table and replace(table, bottom=table.bottom - 1)

    patch.setattr(writing, "table_in", shorter)


def append_overwrites_what_stands_below(patch: pytest.MonkeyPatch) -> None:
    """INSERT_ROWS inserts none."""
    patch.setattr(writing, "insert", lambda *told: None)


def writing_leaves_the_named_range(patch: pytest.MonkeyPatch) -> None:
    """Values that do not fit into the range are written beside it."""
    patch.setattr(writing, "_stays", lambda *told, free: None)


def the_grid_never_grows(patch: pytest.MonkeyPatch) -> None:
    """Values past the end of the grid are dropped."""
    patch.setattr(Tab, "grow", lambda tab, rows, columns: tab.resize(tab.rows, tab.columns))
    put = Tab.put

    def inside(tab: Tab, row: int, column: int, cell: Cell) -> None:
        if row < tab.rows and column < tab.columns:
            put(tab, row, column, cell)

    patch.setattr(Tab, "put", inside)


def clear_takes_notes_and_formats_too(patch: pytest.MonkeyPatch) -> None:
    """values.clear leaves nothing of a cell."""

    def cleared(book: Any, address: str, touched: Any) -> str:
        tab, area = reading.located(book, address)
        touched(tab, area)
        for at in [at for at in tab.cells if area.holds(*at)]:
            tab.put(*at, EMPTY)
        return a1.written(tab.title, area)

    patch.setattr(writing, "clear", cleared)


def values_are_written_over_formats(patch: pytest.MonkeyPatch) -> None:
    """A written value takes the cell's format, note and rule away."""
    kept = entered.kept

    def bare(cell: Cell, value: Any, option: str, locale: str) -> Cell:
        return kept(cell if value is None else EMPTY, value, option, locale)

    patch.setattr(writing, "kept", bare)


def the_last_range_of_a_batch_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """values.batchUpdate says 200 and writes one range less."""
    batch_update = writing.batch_update

    def less(book: Any, body: Any, touched: Any) -> Any:
        data = body.get("data", [])
        kept = data[:-1] if len(data) > 1 else data
        return batch_update(book, body | {"data": kept}, touched)

    patch.setattr(writing, "batch_update", less)


def a_batch_of_values_is_not_atomic(patch: pytest.MonkeyPatch) -> None:
    """The ranges before a refused one are kept."""
    changed = sheets_api._changed

    def at_once(world: Any, file: Any, request: Any, change: Any) -> Any:
        if not request.path.endswith("values:batchUpdate"):
            return changed(world, file, request, change)
        batch = Batch(
            file.book,
            request.account,
            world.ids,
            lambda tab, area: guard(file, request.account, tab, area),
        )
        return change(file.book, batch)

    patch.setattr(sheets_api, "_changed", at_once)


def an_absent_option_is_raw(patch: pytest.MonkeyPatch) -> None:
    """ValueInputOption may be left out."""
    patch.setattr(writing, "input_option", lambda options: options.get("valueInputOption", "RAW"))


def texts_of_cells_are_parsed(patch: pytest.MonkeyPatch) -> None:
    """A stringValue `=1+1` of updateCells becomes a formula."""
    with_value = kinds_cells._with_value

    def parsed(cell: Cell, new: Any) -> Cell:
        if new and "stringValue" in new:
            return entered.typed_into(cell, new["stringValue"], "en_US")
        return with_value(cell, new)

    patch.setattr(kinds_cells, "_with_value", parsed)
