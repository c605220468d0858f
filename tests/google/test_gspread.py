"""gspread, unmodified, works against the emulator through the real service-account sign-in."""

import gspread
import pytest
from gspread.exceptions import APIError
from gspread.utils import ValueInputOption, ValueRenderOption

from tests.google.conftest import Emulator, Robots

RAW, TYPED = ValueInputOption.raw, ValueInputOption.user_entered
UNFORMATTED, FORMULA = ValueRenderOption.unformatted, ValueRenderOption.formula


def test_a_robot_signs_in_and_reads_what_a_person_typed(
    emulator: Emulator, robot: gspread.Client
) -> None:
    ledger = emulator.shared()
    emulator.person("type", ledger, range="B2", text="1,250.50")
    sheet = robot.open_by_key(ledger).sheet1
    assert sheet.acell("B2").value == "1,250.50"
    assert sheet.get("B2", value_render_option=UNFORMATTED) == [[1250.5]]


def test_what_gspread_writes_it_reads_again(emulator: Emulator, robot: gspread.Client) -> None:
    book = robot.open_by_key(emulator.shared())
    sheet = book.add_worksheet("Entries", 20, 5)
    sheet.update([["id", "amount"], ["e1", 10], ["e2", 2.5]], "A1", value_input_option=RAW)
    sheet.append_row(["e3", 7], value_input_option=RAW)
    sheet.insert_note("A1", "the id")
    assert sheet.get("A1:B4", value_render_option=UNFORMATTED) == [
        ["id", "amount"],
        ["e1", 10],
        ["e2", 2.5],
        ["e3", 7],
    ]
    assert sheet.get_note("A1") == "the id"
    assert [tab.title for tab in book.worksheets()] == ["Sheet1", "Entries"]


def test_raw_keeps_what_user_entered_understands(emulator: Emulator, robot: gspread.Client) -> None:
    sheet = robot.open_by_key(emulator.shared()).sheet1
    written = [["0042", "=1+1", "2026-05-03", "TRUE", "'7"]]
    sheet.update(written, "A1", value_input_option=RAW)
    sheet.update(written, "A2", value_input_option=TYPED)
    assert sheet.get("A1:E2", value_render_option=UNFORMATTED) == [
        ["0042", "=1+1", "2026-05-03", "TRUE", "'7"],
        [42, 2, 46145, True, "7"],
    ]
    assert sheet.acell("B2", value_render_option=FORMULA).value == "=1+1"


def test_an_indonesian_spreadsheet_reads_commas_as_decimals(
    emulator: Emulator, robot: gspread.Client
) -> None:
    ledger = emulator.shared(locale="id_ID")
    emulator.person("paste", ledger, range="A1", text="1.250,50\t03/05/2026")
    sheet = robot.open_by_key(ledger).sheet1
    assert sheet.get("A1:B1") == [["1.250,50", "03/05/2026"]]
    assert sheet.get("A1:B1", value_render_option=UNFORMATTED) == [[1250.5, 46145]]


def test_a_robot_owns_no_files(emulator: Emulator, robot: gspread.Client) -> None:
    with pytest.raises(APIError) as refused:
        robot.create("Mine")
    assert refused.value.code == 403
    emulator.control("settings", service_accounts_own_files=True)
    assert robot.create("Mine").title == "Mine"


def test_a_stranger_sees_nothing_and_a_reader_changes_nothing(
    emulator: Emulator, robots: Robots
) -> None:
    ledger = emulator.shared()
    stranger = robots("stranger@lajur-test.iam.gserviceaccount.com")
    with pytest.raises(PermissionError):
        stranger.open_by_key(ledger)
    address = "reader@lajur-test.iam.gserviceaccount.com"
    emulator.person("share", ledger, **{"with": address}, role="reader")
    sheet = robots(address).open_by_key(ledger).sheet1
    with pytest.raises(APIError, match="does not have permission"):
        sheet.update([["x"]], "A1")


def test_an_unknown_spreadsheet_is_not_found(robot: gspread.Client) -> None:
    with pytest.raises(gspread.SpreadsheetNotFound):
        robot.open_by_key("1" + "x" * 43)


def test_sorting_moves_cells_and_blanks_come_last(
    emulator: Emulator, robot: gspread.Client
) -> None:
    sheet = robot.open_by_key(emulator.shared()).sheet1
    sheet.update([["b", 2], ["", 9], ["a", 1], [5, 3]], "A1", value_input_option=RAW)
    sheet.sort((1, "asc"), range="A1:B4")
    assert sheet.get("A1:B4", value_render_option=UNFORMATTED) == [
        [5, 3],
        ["a", 1],
        ["b", 2],
        ["", 9],
    ]


def test_a_copy_a_duplicate_and_an_export(emulator: Emulator, robot: gspread.Client) -> None:
    ledger = emulator.shared()
    book = robot.open_by_key(ledger)
    book.sheet1.update([["a", "b"]], "A1")
    book.duplicate_sheet(0, new_sheet_name="Twin")
    assert book.worksheet("Twin").get("A1:B1") == [["a", "b"]]
    assert robot.export(ledger, gspread.utils.ExportFormat.CSV) == b"a,b"
    assert robot.export(ledger, gspread.utils.ExportFormat.PDF).startswith(b"%PDF")


def test_ranges_conditions_and_permissions_as_gspread_asks_for_them(
    emulator: Emulator, robot: gspread.Client
) -> None:
    book = robot.open_by_key(emulator.shared())
    sheet = book.sheet1
    sheet.define_named_range("A1:B2", "totals")
    sheet.add_protected_range("A1:A9", description="ids")
    sheet.set_basic_filter("A1:B9")
    sheet.freeze(rows=1)
    assert [named["name"] for named in book.list_named_ranges()] == ["totals"]
    assert book.worksheet("Sheet1").frozen_row_count == 1
    assert {item["role"] for item in book.list_permissions()} == {"owner", "writer"}
    book.share("auditor@example.test", perm_type="user", role="reader", notify=False)
    assert "reader" in {item["role"] for item in book.list_permissions()}
    book.remove_permissions("auditor@example.test")
    assert "reader" not in {item["role"] for item in book.list_permissions()}
