"""What people do to a spreadsheet in the browser, and what a reader finds afterwards."""

import gspread
import pytest
from gspread.utils import ValueRenderOption

from tests.google.conftest import Emulator

ROWS = "id\tname\tqty\ne2\tbeta\t2\ne1\talpha\t\ne3\tgamma\t1"


@pytest.fixture
def ledger(emulator: Emulator) -> str:
    made = emulator.shared()
    emulator.person("paste", made, range="A1", text=ROWS)
    return made


def cells(robot: gspread.Client, ledger: str, tab: str = "Sheet1") -> list[list[object]]:
    sheet = robot.open_by_key(ledger).worksheet(tab)
    told = sheet.get("A1:E9", value_render_option=ValueRenderOption.unformatted)
    return [list(row) for row in told]


def test_a_sort_of_some_columns_leaves_the_others(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    emulator.person("sort", ledger, range="B2:C4", column=1)
    assert cells(robot, ledger)[1:] == [["e2", "gamma", 1], ["e1", "beta", 2], ["e3", "alpha"]]


def test_rows_dragged_inserted_and_deleted_take_their_ids_along(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    emulator.person("drag", ledger, range="A4:A4", before=1)
    emulator.person("insert", ledger, range="A2:A2")
    emulator.person("delete", ledger, range="A4:A4")
    assert cells(robot, ledger)[1:] == [[], ["e3", "gamma", 1], ["e1", "alpha"]]


def test_a_copied_row_doubles_its_id_and_a_cut_one_moves(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    emulator.person("copy", ledger, range="A2:C2", to="A5")
    emulator.person("copy", ledger, range="A3:C3", to="A6", cut=True)
    ids = [row[0] if row else "" for row in cells(robot, ledger)]
    assert ids == ["id", "e2", "", "e3", "e2", "e1"]


def test_a_filter_hides_rows_and_moves_nothing(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    before = cells(robot, ledger)
    emulator.person("filter", ledger, range="A1:C4", column=1, hide=["beta"])
    told = robot.open_by_key(ledger).fetch_sheet_metadata({"includeGridData": "true"})
    marks = told["sheets"][0]["data"][0]["rowMetadata"][:4]
    assert [mark.get("hiddenByFilter", False) for mark in marks] == [False, True, False, False]
    assert cells(robot, ledger) == before


def test_a_duplicated_tab_holds_every_id_again(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    emulator.person("duplicate_tab", ledger, tab="Sheet1")
    assert cells(robot, ledger, "Copy of Sheet1") == cells(robot, ledger)


def test_tabs_are_renamed_and_deleted(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    emulator.person("duplicate_tab", ledger, tab="Sheet1", title="Twin")
    emulator.person("rename_tab", ledger, tab="Twin", title="Other")
    emulator.person("delete_tab", ledger, tab="Sheet1")
    assert [tab.title for tab in robot.open_by_key(ledger).worksheets()] == ["Other"]


def test_typing_understands_and_the_delete_key_keeps_notes(
    emulator: Emulator, robot: gspread.Client, ledger: str
) -> None:
    sheet = robot.open_by_key(ledger).sheet1
    sheet.insert_note("D2", "asked")
    emulator.person("type", ledger, range="D2", text="12%")
    assert sheet.get("D2", value_render_option=ValueRenderOption.unformatted) == [[0.12]]
    emulator.person("erase", ledger, range="D2")
    assert sheet.get("D2") == [[]]
    assert sheet.get_note("D2") == "asked"
