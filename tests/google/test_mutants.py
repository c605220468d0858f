"""An emulator whose faults nobody notices proves nothing: each is put in, and its test fails.

`python -m tests.soak --only google` asks all tests of the emulator, the cassettes among them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.google import mutants_grid as grid
from tests.google import mutants_reading as reading
from tests.google import mutants_world as world
from tests.google import mutants_writing as writing
from tests.google import test_emulator as sheets
from tests.google import test_emulator_grid as tabs
from tests.google import test_emulator_people as people
from tests.google import test_emulator_values as values
from tests.google import test_gspread as robots
from tests.google import test_human_side as browser
from tests.google.mutants import MUTANTS, Mutant
from tests.google_emulator import server
from tests.google_emulator.refusals import error_body

Test = Callable[..., None]
GRID_LIMITS = ("GET", "/values/A1001:B1002")
NOWHERE = ("GET", "/values/Nowhere!A1")
NO_OPTION = ("PUT", "/values/A1", {"values": [[1]]})
NO_MASK = {"updateSheetProperties": {"properties": {"title": "T"}}}
WITHOUT_MASK = ("POST", ":batchUpdate", {"requests": [NO_MASK]})
cut_in_half = partial(
    sheets.test_a_cut_connection_leaves_the_caller_without_an_answer, kind="cut_half", kept=[["x"]]
)
a_quoted_title = partial(
    values.test_a_title_in_a_range_is_quoted_where_it_must_be, title="It's here"
)


def refused(call: tuple[Any, ...], words: str) -> Test:
    return partial(sheets.test_what_google_refuses_is_refused, call=call, words=words)


NOTICED_BY: dict[Mutant, Test] = {
    reading.trailing_blanks_are_kept: sheets.test_raw_keeps_formulas_as_text_and_null_leaves_a_cell,
    reading.blank_rows_are_skipped: (
        sheets.test_appending_with_inserted_rows_pushes_what_stood_below
    ),
    reading.blank_cells_are_skipped: robots.test_sorting_moves_cells_and_blanks_come_last,
    reading.the_last_cell_is_dropped: (
        sheets.test_writing_past_the_end_from_one_cell_makes_the_grid_grow
    ),
    reading.formulas_are_told_as_values: robots.test_raw_keeps_what_user_entered_understands,
    reading.values_are_told_as_shown: (
        sheets.test_writing_past_the_end_from_one_cell_makes_the_grid_grow
    ),
    reading.dates_are_told_as_texts: robots.test_raw_keeps_what_user_entered_understands,
    reading.ranges_outside_the_grid_are_empty: refused(GRID_LIMITS, "exceeds grid limits"),
    reading.every_range_is_of_the_first_tab: a_quoted_title,
    reading.an_unknown_tab_is_the_first_one: refused(NOWHERE, "Unable to parse range"),
    reading.quotes_in_titles_stay_doubled: a_quoted_title,
    reading.titles_are_answered_without_quotes: a_quoted_title,
    reading.columns_are_answered_as_rows: values.test_columns_are_told_as_columns,
    reading.several_ranges_come_in_another_order: (
        values.test_several_ranges_come_in_the_order_that_they_were_asked_in
    ),
    writing.raw_is_parsed: sheets.test_raw_keeps_formulas_as_text_and_null_leaves_a_cell,
    writing.user_entered_is_raw: sheets.test_raw_keeps_formulas_as_text_and_null_leaves_a_cell,
    writing.serials_count_from_1904: robots.test_raw_keeps_what_user_entered_understands,
    writing.serials_are_one_day_off: robots.test_raw_keeps_what_user_entered_understands,
    writing.null_empties_a_cell: sheets.test_raw_keeps_formulas_as_text_and_null_leaves_a_cell,
    writing.an_empty_text_leaves_a_cell: (
        sheets.test_raw_keeps_formulas_as_text_and_null_leaves_a_cell
    ),
    writing.an_apostrophe_stays: robots.test_raw_keeps_what_user_entered_understands,
    writing.a_text_column_reads_numbers: values.test_who_types_into_a_text_column_types_text,
    writing.typed_formulas_are_texts: robots.test_raw_keeps_what_user_entered_understands,
    writing.every_locale_is_english: (
        robots.test_an_indonesian_spreadsheet_reads_commas_as_decimals
    ),
    writing.any_length_fits_a_cell: values.test_a_cell_holds_fifty_thousand_characters,
    writing.truth_values_become_texts: values.test_a_truth_value_is_no_text,
    writing.append_overwrites_the_last_row: (
        sheets.test_appending_with_inserted_rows_pushes_what_stood_below
    ),
    writing.append_overwrites_what_stands_below: (
        sheets.test_appending_with_inserted_rows_pushes_what_stood_below
    ),
    writing.writing_leaves_the_named_range: sheets.test_writing_beyond_the_named_range_is_refused,
    writing.the_grid_never_grows: (
        sheets.test_writing_past_the_end_from_one_cell_makes_the_grid_grow
    ),
    writing.clear_takes_notes_and_formats_too: (
        sheets.test_formats_rules_and_notes_are_told_with_the_cells
    ),
    writing.values_are_written_over_formats: (
        sheets.test_formats_rules_and_notes_are_told_with_the_cells
    ),
    writing.the_last_range_of_a_batch_is_dropped: values.test_all_ranges_of_a_batch_are_written,
    writing.a_batch_of_values_is_not_atomic: (
        values.test_of_a_batch_with_a_refused_range_nothing_is_written
    ),
    writing.an_absent_option_is_raw: refused(NO_OPTION, "valueInputOption"),
    writing.texts_of_cells_are_parsed: (
        values.test_a_string_value_stays_a_text_and_a_formula_value_is_worked_out
    ),
    grid.a_batch_is_not_atomic: sheets.test_a_batch_takes_effect_as_a_whole_or_not_at_all,
    grid.unknown_kinds_are_accepted: sheets.test_an_unknown_kind_of_request_is_refused_by_name,
    grid.the_last_request_is_dropped: tabs.test_replies_stand_at_the_places_of_their_requests,
    grid.replies_come_in_another_order: tabs.test_replies_stand_at_the_places_of_their_requests,
    grid.masks_of_changes_are_ignored: (
        robots.test_ranges_conditions_and_permissions_as_gspread_asks_for_them
    ),
    grid.masks_of_cells_are_ignored: robots.test_what_gspread_writes_it_reads_again,
    grid.masks_of_answers_are_ignored: values.test_a_mask_shows_only_what_it_names,
    grid.updates_need_no_mask: refused(WITHOUT_MASK, "At least one field"),
    grid.rows_are_inserted_one_too_low: (
        browser.test_rows_dragged_inserted_and_deleted_take_their_ids_along
    ),
    grid.rows_are_deleted_one_too_low: (
        sheets.test_inserted_rows_carry_ranges_tags_and_cells_along
    ),
    grid.deleting_empties_the_row: sheets.test_inserted_rows_carry_ranges_tags_and_cells_along,
    grid.rows_are_moved_one_too_far: (
        tabs.test_rows_move_before_the_one_that_stands_at_the_destination
    ),
    grid.ranges_stay_when_rows_move: sheets.test_inserted_rows_carry_ranges_tags_and_cells_along,
    grid.tags_stay_when_rows_move: sheets.test_inserted_rows_carry_ranges_tags_and_cells_along,
    grid.hidden_rows_stay_when_rows_move: (
        tabs.test_hidden_rows_and_columns_stay_hidden_where_they_went
    ),
    grid.appended_rows_do_not_come: tabs.test_a_grid_is_made_longer_ahead,
    grid.columns_stay_in_sight: tabs.test_hidden_rows_and_columns_stay_hidden_where_they_went,
    grid.a_tab_gets_another_id_than_asked: (
        tabs.test_a_tab_has_the_id_that_was_asked_for_and_the_batch_may_use_it
    ),
    grid.titles_may_be_taken_twice: sheets.test_a_batch_takes_effect_as_a_whole_or_not_at_all,
    grid.a_duplicated_tab_keeps_its_id: (
        tabs.test_a_duplicated_tab_is_another_one_with_the_same_hidden_columns
    ),
    grid.a_duplicated_tab_shows_its_ids: (
        tabs.test_a_duplicated_tab_is_another_one_with_the_same_hidden_columns
    ),
    grid.a_deleted_tab_leaves_its_names: tabs.test_with_a_tab_its_names_and_tags_go,
    grid.rules_are_not_kept: sheets.test_formats_rules_and_notes_are_told_with_the_cells,
    grid.conditions_are_not_kept: tabs.test_conditional_formats_are_kept_in_their_order,
    grid.merged_cells_keep_their_values: sheets.test_merging_keeps_only_the_first_value,
    grid.blanks_are_sorted_first: browser.test_a_sort_of_some_columns_leaves_the_others,
    grid.numbers_are_sorted_as_texts: (
        values.test_numbers_are_sorted_as_numbers_and_notes_go_with_their_cells
    ),
    grid.a_sort_leaves_the_ids: (
        values.test_numbers_are_sorted_as_numbers_and_notes_go_with_their_cells
    ),
    grid.a_sort_leaves_notes_and_formats: (
        values.test_numbers_are_sorted_as_numbers_and_notes_go_with_their_cells
    ),
    grid.pasted_values_stay_formulas: values.test_pasted_values_are_no_formulas_any_more,
    grid.notes_are_not_told: sheets.test_formats_rules_and_notes_are_told_with_the_cells,
    grid.a_filter_hides_nothing: browser.test_a_filter_hides_rows_and_moves_nothing,
    grid.a_cleared_filter_stays: tabs.test_without_its_filter_every_row_is_in_sight,
    grid.tags_have_no_limit: sheets.test_tags_have_a_limit_of_thirty_thousand_characters,
    grid.every_tag_is_found: (
        tabs.test_a_search_finds_the_tags_that_it_describes_and_a_deleted_tag_no_more
    ),
    grid.a_whole_block_may_be_tagged: tabs.test_a_tag_stands_on_one_row_or_column,
    grid.a_deleted_tag_stays: (
        tabs.test_a_search_finds_the_tags_that_it_describes_and_a_deleted_tag_no_more
    ),
    world.protection_is_ignored: (
        sheets.test_protected_cells_refuse_everybody_but_owner_and_editors
    ),
    world.protection_stops_its_editors_too: (
        people.test_a_protection_lets_its_editors_and_its_open_parts_through
    ),
    world.a_warning_stops: people.test_a_protection_that_warns_stops_nobody,
    world.open_parts_are_closed: (
        people.test_a_protection_lets_its_editors_and_its_open_parts_through
    ),
    world.strangers_see_everything: (
        robots.test_a_stranger_sees_nothing_and_a_reader_changes_nothing
    ),
    world.readers_may_write: robots.test_a_stranger_sees_nothing_and_a_reader_changes_nothing,
    world.robots_own_files: robots.test_a_robot_owns_no_files,
    world.nobody_needs_a_token: sheets.test_a_call_without_a_token_is_refused,
    world.a_token_lives_for_ever: people.test_a_token_is_good_for_an_hour,
    world.an_unknown_spreadsheet_is_made: sheets.test_reset_empties_the_emulator,
    world.quotas_are_not_counted: (
        sheets.test_reads_and_writes_have_a_quota_of_their_own_each_minute
    ),
    world.reads_and_writes_share_a_quota: (
        sheets.test_reads_and_writes_have_a_quota_of_their_own_each_minute
    ),
    world.every_range_counts: people.test_a_batch_counts_once_however_many_ranges_it_reads,
    world.quotas_never_come_back: (
        sheets.test_reads_and_writes_have_a_quota_of_their_own_each_minute
    ),
    world.the_whole_project_has_no_quota: (
        people.test_everybody_in_a_project_spends_the_same_quota
    ),
    world.modified_time_never_moves: sheets.test_drive_tells_of_an_edit_three_minutes_late,
    world.modified_time_has_no_lag: sheets.test_drive_tells_of_an_edit_three_minutes_late,
    world.changes_have_no_lag: sheets.test_drive_tells_of_an_edit_three_minutes_late,
    world.what_people_do_changes_no_time: people.test_what_a_person_types_shows_in_drive,
    world.a_copied_file_loses_its_tags: tabs.test_a_copied_file_has_its_own_cells_and_the_same_tags,
    world.a_fault_after_is_one_before: (
        sheets.test_a_fault_before_loses_the_write_and_one_after_keeps_it
    ),
    world.a_fault_before_is_one_after: (
        sheets.test_a_fault_before_loses_the_write_and_one_after_keeps_it
    ),
    world.faults_never_happen: sheets.test_a_fault_before_loses_the_write_and_one_after_keeps_it,
    world.faults_never_end: people.test_a_fault_waits_for_the_call_that_it_was_laid_for,
    world.faults_hit_any_call: people.test_a_fault_waits_for_the_call_that_it_was_laid_for,
    world.cut_answers_arrive: cut_in_half,
    world.a_paste_is_raw: browser.test_a_sort_of_some_columns_leaves_the_others,
    world.the_delete_key_takes_notes: (
        browser.test_typing_understands_and_the_delete_key_keeps_notes
    ),
    world.copied_rows_leave_their_ids: (
        browser.test_a_copied_row_doubles_its_id_and_a_cut_one_moves
    ),
    world.cut_cells_stay: browser.test_a_copied_row_doubles_its_id_and_a_cut_one_moves,
    world.reset_keeps_files: sheets.test_reset_empties_the_emulator,
}


def test_every_fault_that_was_thought_of_has_a_test_that_notices_it() -> None:
    assert set(NOTICED_BY) == set(MUTANTS)
    assert len(MUTANTS) >= 40


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_broken_emulator_is_noticed(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    broken = _own_failures(monkeypatch)
    mutant(monkeypatch)
    test = NOTICED_BY[mutant]
    given = test.keywords if isinstance(test, partial) else {}
    wanted = [name for name in inspect.signature(test).parameters if name not in given]
    try:
        test(**{name: request.getfixturevalue(name) for name in wanted})
    except (Exception, pytest.fail.Exception):
        assert not broken, "the fault was put in wrongly: the emulator fell over"
        return
    pytest.fail("nobody noticed")


def _own_failures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the emulator answers 500 to from now on."""
    failures: list[str] = []

    def told(code: int, message: str) -> dict[str, Any]:
        failures.append(message)
        return error_body(code, message)

    monkeypatch.setattr(server, "error_body", told)
    return failures
