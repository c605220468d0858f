"""Ways to break what batchUpdate does to tabs, rows, cells and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.google_emulator import (
    field_masks,
    kinds,
    kinds_cells,
    kinds_metadata,
    kinds_ranges,
    kinds_tabs,
    sheets_api,
    shifting,
    showing,
)
from tests.google_emulator.a1 import grid_range
from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.formulas import value_at
from tests.google_emulator.kinds import KINDS, Batch


def _does_nothing(patch: pytest.MonkeyPatch, name: str, answer: Json | None = None) -> None:
    patch.setitem(KINDS, name, lambda batch, body: answer or {})


def _asked_otherwise(patch: pytest.MonkeyPatch, name: str, change: Callable[[Json], Json]) -> None:
    apply = KINDS[name]
    patch.setitem(KINDS, name, lambda batch, body: apply(batch, change(body)))


# --- batches and masks -------------------------------------------------------------------


def a_batch_is_not_atomic(patch: pytest.MonkeyPatch) -> None:
    """Requests before a refused one take effect."""
    patch.setattr(Spreadsheet, "copied", lambda book: book)


def unknown_kinds_are_accepted(patch: pytest.MonkeyPatch) -> None:
    """A request that nobody knows is answered with {}."""
    reply = kinds._reply

    def silent(batch: Batch, number: int, request: Json) -> Json:
        return reply(batch, number, request) if set(request) <= set(KINDS) else {}

    patch.setattr(kinds, "_reply", silent)


def the_last_request_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """A batch of several requests does one less."""
    applied = kinds.applied

    def less(batch: Batch, requests: list[Json]) -> list[Json]:
        kept = requests[:-1] if len(requests) > 1 else requests
        return applied(batch, kept) + [{}] * (len(requests) - len(kept))

    patch.setattr(sheets_api, "applied", less)


def replies_come_in_another_order(patch: pytest.MonkeyPatch) -> None:
    """The replies of a batch are not at the places of their requests."""
    applied = kinds.applied
    patch.setattr(sheets_api, "applied", lambda *told: applied(*told)[::-1])


def masks_of_changes_are_ignored(patch: pytest.MonkeyPatch) -> None:
    """What an update does not name is emptied."""
    for module in (kinds_tabs, kinds_ranges, kinds_metadata):
        patch.setattr(module, "changed", lambda old, new, mask: old | new)


def masks_of_cells_are_ignored(patch: pytest.MonkeyPatch) -> None:
    """RepeatCell of a format empties values and notes."""
    merged_in = kinds_cells.merged_in
    patch.setattr(kinds_cells, "merged_in", lambda cell, new, mask: merged_in(cell, new, {"*": {}}))


def masks_of_answers_are_ignored(patch: pytest.MonkeyPatch) -> None:
    """`fields` shows everything."""
    for module in (sheets_api, showing):
        patch.setattr(module, "shown", lambda value, mask: value)


def updates_need_no_mask(patch: pytest.MonkeyPatch) -> None:
    """An update without fields changes everything."""

    def all_fields(request: Json) -> Any:
        return field_masks.parsed(request.get("fields") or "*")

    for module in (kinds_tabs, kinds_cells, kinds_ranges, kinds_metadata):
        patch.setattr(module, "required", all_fields)


# --- rows and columns --------------------------------------------------------------------


def rows_are_inserted_one_too_low(patch: pytest.MonkeyPatch) -> None:
    """The row at startIndex stays."""
    insert = shifting.insert
    patch.setattr(
        shifting, "insert", lambda book, tab, dim, at, count: insert(book, tab, dim, at + 1, count)
    )


def rows_are_deleted_one_too_low(patch: pytest.MonkeyPatch) -> None:
    """The neighbour goes in place of the row."""
    delete = shifting.delete
    patch.setattr(
        shifting,
        "delete",
        lambda book, tab, dim, start, end: delete(book, tab, dim, start + 1, end + 1),
    )


def deleting_empties_the_row(patch: pytest.MonkeyPatch) -> None:
    """What stands below a deleted row does not move up."""

    def emptied(book: Spreadsheet, tab: Tab, dimension: str, start: int, end: int) -> None:
        index = 0 if dimension == "ROWS" else 1
        tab.cells = {at: c for at, c in tab.cells.items() if not start <= at[index] < end}

    patch.setattr(shifting, "delete", emptied)


def rows_are_moved_one_too_far(patch: pytest.MonkeyPatch) -> None:
    """DestinationIndex is counted after the move."""
    move = shifting.move

    def further(book: Any, tab: Tab, dim: str, source: tuple[int, int], to: int) -> None:
        move(book, tab, dim, source, to + (source[1] - source[0] if to > source[0] else 0))

    patch.setattr(shifting, "move", further)


def ranges_stay_when_rows_move(patch: pytest.MonkeyPatch) -> None:
    """Named and protected ranges keep their numbers."""
    patch.setattr(shifting, "_holders", lambda book, tab: iter(()))


def tags_stay_when_rows_move(patch: pytest.MonkeyPatch) -> None:
    """Developer metadata keeps its row number."""
    patch.setattr(shifting, "_hangs", lambda item, tab, dimension: False)


def hidden_rows_stay_when_rows_move(patch: pytest.MonkeyPatch) -> None:
    """What is hidden keeps its row number."""
    moved = shifting._moved

    def left(tab: Tab, dimension: str, place: Any) -> None:
        rows, columns = tab.row_properties, tab.column_properties
        moved(tab, dimension, place)
        tab.row_properties, tab.column_properties = rows, columns

    patch.setattr(shifting, "_moved", left)


def appended_rows_do_not_come(patch: pytest.MonkeyPatch) -> None:
    """AppendDimension says 200 and does nothing."""
    _does_nothing(patch, "appendDimension")


def columns_stay_in_sight(patch: pytest.MonkeyPatch) -> None:
    """HiddenByUser is not kept."""
    _does_nothing(patch, "updateDimensionProperties")


# --- tabs --------------------------------------------------------------------------------


def a_tab_gets_another_id_than_asked(patch: pytest.MonkeyPatch) -> None:
    """AddSheet ignores sheetId."""

    def without_id(body: Json) -> Json:
        asked = body.get("properties", {})
        return body | {"properties": {k: v for k, v in asked.items() if k != "sheetId"}}

    _asked_otherwise(patch, "addSheet", without_id)


def titles_may_be_taken_twice(patch: pytest.MonkeyPatch) -> None:
    """Two tabs of one title."""
    patch.setattr(kinds_tabs, "_free_title", lambda book, title, own=None: title)


def a_duplicated_tab_keeps_its_id(patch: pytest.MonkeyPatch) -> None:
    """The twin answers to the sheet id of its source."""
    duplicate = KINDS["duplicateSheet"]

    def same(batch: Batch, body: Json) -> Json:
        told = duplicate(batch, body)
        own = told["duplicateSheet"]["properties"]
        batch.book.tab(own["sheetId"]).properties["sheetId"] = body["sourceSheetId"]
        own["sheetId"] = body["sourceSheetId"]
        return told

    patch.setitem(KINDS, "duplicateSheet", same)


def a_duplicated_tab_shows_its_ids(patch: pytest.MonkeyPatch) -> None:
    """The twin has no hidden columns."""
    copied = Tab.copied

    def in_sight(tab: Tab) -> Tab:
        twin = copied(tab)
        twin.column_properties = {}
        return twin

    patch.setattr(Tab, "copied", in_sight)


def a_deleted_tab_leaves_its_names(patch: pytest.MonkeyPatch) -> None:
    """Named ranges point to a tab that is gone."""
    delete = KINDS["deleteSheet"]

    def leaving(batch: Batch, body: Json) -> Json:
        named = list(batch.book.named_ranges)
        answer = delete(batch, body)
        batch.book.named_ranges = named
        return answer

    patch.setitem(KINDS, "deleteSheet", leaving)


# --- cells -------------------------------------------------------------------------------


def rules_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    """SetDataValidation says 200 and does nothing."""
    _does_nothing(patch, "setDataValidation")


def conditions_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    """AddConditionalFormatRule says 200 and does nothing."""
    _does_nothing(patch, "addConditionalFormatRule")


def merged_cells_keep_their_values(patch: pytest.MonkeyPatch) -> None:
    """A merge hides values and deletes none."""

    def merged(batch: Batch, body: Json) -> Json:
        tab, area = batch.area(body["range"])
        tab.merges.append({"range": grid_range(tab.id, area)})
        return {}

    patch.setitem(KINDS, "mergeCells", merged)


def blanks_are_sorted_first(patch: pytest.MonkeyPatch) -> None:
    """An empty key is the smallest."""
    _sorted_otherwise(patch, lambda value: (-1, 0) if value is None else None)


def numbers_are_sorted_as_texts(patch: pytest.MonkeyPatch) -> None:
    """10 comes before 9."""
    _sorted_otherwise(patch, lambda value: None if value is None else (0, str(value)))


def _sorted_otherwise(patch: pytest.MonkeyPatch, rank: Callable[[Any], Any]) -> None:
    usual = kinds_cells._rank

    class Key:
        """A value that is never None, so that no row counts as blank."""

        def __init__(self, value: Any) -> None:
            self.value = value

    def ranked(key: Any) -> Any:
        value = key.value
        return rank(value) or ((3, 0) if value is None else usual(value))

    patch.setattr(kinds_cells, "value_at", lambda *told: Key(value_at(*told)))
    patch.setattr(kinds_cells, "_rank", ranked)


def a_sort_leaves_the_ids(patch: pytest.MonkeyPatch) -> None:
    """The first column of a sorted range stays."""
    sort = kinds_cells.sort

    def others(book: Spreadsheet, tab: Tab, area: Any, specs: list[Json]) -> None:
        sort(book, tab, replace(area, left=area.left + 1), specs)

    patch.setattr(kinds_cells, "sort", others)
    patch.setattr("tests.google_emulator.human.sort", others)


def a_sort_leaves_notes_and_formats(patch: pytest.MonkeyPatch) -> None:
    """Only values change places."""
    sort = kinds_cells.sort

    def values_only(book: Spreadsheet, tab: Tab, area: Any, specs: list[Json]) -> None:
        before = {at: tab.cell(*at) for at in area.cells()}
        sort(book, tab, area, specs)
        for at, old in before.items():
            new = tab.cell(*at)
            tab.put(at[0], at[1], replace(old, value=new.value, formula=new.formula))

    patch.setattr(kinds_cells, "sort", values_only)
    patch.setattr("tests.google_emulator.human.sort", values_only)


def pasted_values_stay_formulas(patch: pytest.MonkeyPatch) -> None:
    """PASTE_VALUES is taken for PASTE_NORMAL."""
    _asked_otherwise(patch, "copyPaste", lambda body: body | {"pasteType": "PASTE_NORMAL"})


def notes_are_not_told(patch: pytest.MonkeyPatch) -> None:
    """A cell's note is kept and never answered."""
    cell = showing._cell

    def silent(*told: Any) -> Json:
        return {name: item for name, item in cell(*told).items() if name != "note"}

    patch.setattr(showing, "_cell", silent)


# --- ranges and tags ---------------------------------------------------------------------


def a_filter_hides_nothing(patch: pytest.MonkeyPatch) -> None:
    """RowMetadata does not tell which rows a filter hides."""
    patch.setattr(kinds_ranges, "hide_filtered", lambda tab: None)


def a_cleared_filter_stays(patch: pytest.MonkeyPatch) -> None:
    """ClearBasicFilter says 200 and does nothing."""
    _does_nothing(patch, "clearBasicFilter")


def tags_have_no_limit(patch: pytest.MonkeyPatch) -> None:
    """More than 30,000 characters of metadata are kept."""
    patch.setattr(kinds_metadata, "_fits", lambda book, new: None)


def every_tag_is_found(patch: pytest.MonkeyPatch) -> None:
    """A search does not look at key, value and place."""
    patch.setattr(kinds_metadata, "_looked_up", lambda item, lookup: True)


def a_whole_block_may_be_tagged(patch: pytest.MonkeyPatch) -> None:
    """A tag on several rows is taken, as a tag of the first one."""

    def first(body: Json) -> Json:
        asked = body["developerMetadata"]
        span = asked["location"].get("dimensionRange")
        if span:
            span["endIndex"] = span.get("startIndex", 0) + 1
        return body

    _asked_otherwise(patch, "createDeveloperMetadata", first)


def a_deleted_tag_stays(patch: pytest.MonkeyPatch) -> None:
    """DeleteDeveloperMetadata says 200 and does nothing."""
    _does_nothing(patch, "deleteDeveloperMetadata", {"deleteDeveloperMetadata": {}})
