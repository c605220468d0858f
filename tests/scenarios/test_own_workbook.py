"""What a person may do to their own workbook, and the sync still gives the same result."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenarios.office import Office, columns_of, entry, put, seen, type_rows, worksheet

JOURNAL = "ledger.journal"
Change = Callable[[Worksheet], None]


def insert_a_column(sheet: Worksheet) -> None:
    sheet.insert_cols(4)
    sheet.cell(1, 4, "My own")
    sheet.cell(2, 4, "keep me")


def move_a_column(sheet: Worksheet) -> None:
    number = columns_of(sheet, "ledger", "journal")["description"]
    sheet.move_range(f"{letter(number)}1:{letter(number)}20", cols=20)


def rename_to_indonesian(sheet: Worksheet) -> None:
    columns = columns_of(sheet, "ledger", "journal")
    for key, heading in (("date", "Tanggal"), ("account", "Akun"), ("description", "Uraian")):
        sheet.cell(1, columns[key], heading)


def sort_upside_down(sheet: Worksheet) -> None:
    last = max(n for n in range(2, 30) if sheet.cell(n, 1).value)
    rows = [[c.value for c in row] for row in sheet.iter_rows(2, last)]
    for number, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value


def insert_rows(sheet: Worksheet) -> None:
    sheet.insert_rows(3, 2)


def hide_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def add_a_total_below(sheet: Worksheet) -> None:
    number = columns_of(sheet, "ledger", "journal")["debit"]
    sheet.cell(12, number, f"=SUM({letter(number)}2:{letter(number)}9)")


def rename_the_sheet(sheet: Worksheet) -> None:
    sheet.title = "My journal"


def lose_the_table(sheet: Worksheet) -> None:
    del sheet.tables["tbl_journal"]


CHANGES = [
    insert_a_column,
    move_a_column,
    rename_to_indonesian,
    sort_upside_down,
    insert_rows,
    hide_rows,
    add_a_total_below,
    rename_the_sheet,
    lose_the_table,
]


def letter(number: int) -> str:
    return openpyxl.utils.get_column_letter(number)


@pytest.fixture
def synced(office: Office) -> Path:
    """A workbook with two entries that are kept."""
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    assert office.sync(file).groups["applied"] == 2
    return file


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_of_form_is_no_change_of_content(
    office: Office, synced: Path, change: Change
) -> None:
    kept = office.kept(JOURNAL)
    opened = openpyxl.load_workbook(synced)
    change(worksheet(opened, "ledger", "journal"))
    opened.save(synced)
    run = office.sync(synced)
    assert run.outcome.groups.total() == 0
    assert not run.issues
    assert office.kept(JOURNAL) == kept


def test_own_columns_keep_their_cells_and_are_never_sent(office: Office, synced: Path) -> None:
    opened = openpyxl.load_workbook(synced)
    insert_a_column(worksheet(opened, "ledger", "journal"))
    opened.save(synced)
    type_rows(synced, JOURNAL, entry("JV-3", 300))
    office.sync(synced)
    sheet = worksheet(openpyxl.load_workbook(synced), "ledger", "journal")
    assert (sheet.cell(1, 4).value, sheet.cell(2, 4).value) == ("My own", "keep me")
    assert len(office.kept(JOURNAL)) == 6


def test_a_copied_entry_with_a_new_number_is_a_new_entry(office: Office, synced: Path) -> None:
    opened = openpyxl.load_workbook(synced)
    sheet = worksheet(opened, "ledger", "journal")
    number = columns_of(sheet, "ledger", "journal")["entry"]
    for row in (2, 3):
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row + 4, column).value = sheet.cell(row, column).value
        sheet.cell(row + 4, number).value = "JV-9"
    opened.save(synced)
    assert office.sync(synced).groups["applied"] == 1
    ids = [row["id"] for row in seen(synced, JOURNAL)]
    assert len(ids) == len(set(ids)) == 6


def test_ids_that_were_cleared_are_found_again(office: Office, synced: Path) -> None:
    opened = openpyxl.load_workbook(synced)
    sheet = worksheet(opened, "ledger", "journal")
    before = [sheet.cell(row, 1).value for row in range(2, 6)]
    for row in range(2, 6):
        sheet.cell(row, 1).value = None
    opened.save(synced)
    assert office.sync(synced).outcome.groups.total() == 0
    assert [row["id"] for row in seen(synced, JOURNAL)] == before


def test_a_heading_in_own_words_is_known_by_what_its_column_holds(
    office: Office, synced: Path
) -> None:
    opened = openpyxl.load_workbook(synced)
    sheet = worksheet(opened, "ledger", "journal")
    number = columns_of(sheet, "ledger", "journal")["description"]
    sheet.cell(1, number, "What for?")
    sheet.cell(2, number, "Rent for May")
    opened.save(synced)
    run = office.sync(synced)
    assert not run.issues
    assert run.groups["applied"] == 1
    assert "Rent for May" in {row["description"] for row in office.kept(JOURNAL)}
    heads = [c.value for c in worksheet(openpyxl.load_workbook(synced), "ledger", "journal")[1]]
    assert "What for?" in heads


def test_a_column_that_was_removed_keeps_what_it_held_centrally(
    office: Office, synced: Path
) -> None:
    opened = openpyxl.load_workbook(synced)
    sheet = worksheet(opened, "ledger", "journal")
    sheet.delete_cols(columns_of(sheet, "ledger", "journal")["description"])
    opened.save(synced)
    put(synced, JOURNAL, 2, debit=150)
    put(synced, JOURNAL, 3, credit=150)
    run = office.sync(synced)
    assert [issue.code for issue in run.issues] == ["missing_column"]
    assert {row["description"] for row in office.kept(JOURNAL)} == {"Rent"}
    assert "150.00" in {row.get("debit") for row in office.kept(JOURNAL)}


def test_a_formula_in_an_input_cell_is_read_and_never_overwritten(
    office: Office, synced: Path
) -> None:
    other = synced.with_name("other.xlsx")
    other.write_bytes(synced.read_bytes())
    opened = openpyxl.load_workbook(synced)
    sheet = worksheet(opened, "ledger", "journal")
    number = columns_of(sheet, "ledger", "journal")["description"]
    sheet.cell(2, number).value = '="Re"&"nt"'
    opened.save(synced)
    give_result(synced, '="Re"&"nt"', "Rent")
    put(other, JOURNAL, 2, description="Theirs")
    office.sync(other, "budi")
    run = office.sync(synced)
    assert run.groups["conflict"] == 1
    assert seen(synced, JOURNAL)[0]["description"] == '="Re"&"nt"'


def give_result(file: Path, formula: str, result: str) -> None:
    """Openpyxl saves no results; a spreadsheet program would have written this one."""
    import zipfile
    from xml.sax.saxutils import escape

    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = f"<f>{escape(formula[1:])}</f>"
    for name, part in parts.items():
        found = part.decode("utf-8", "replace")
        if name.startswith("xl/worksheets/sheet") and text in found:
            start = found.rindex("<c ", 0, found.index(text))
            end = found.index("</c>", start) + 4
            reference = found[start:].split('r="', 1)[1].split('"', 1)[0]
            cell = f'<c r="{reference}" t="str">{text}<v>{result}</v></c>'
            parts[name] = (found[:start] + cell + found[end:]).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
