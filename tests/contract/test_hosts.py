"""What every host of workbooks promises, tried on each of them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from addin.hosts.base import Area, Cell, CellError, SetCell, SetNote, SheetEdit, Table
from addin.hosts.errors import SheetMissing, TableMissing, TextTooLong
from addin.hosts.notes import HEADING
from tests.contract.hosts import EVERY_HOST, HOSTS, MARKS, Host

JOURNAL = [["Date", "Account", "Amount"], [date(2026, 5, 3), "1-1100", 1250000], [None, "4-1000"]]
ENTRIES = Table("Entries", "Journal", Area(1, 1, 3, 3))

VALUES: list[tuple[Cell, Cell]] = [
    (None, None),
    ("", None),
    (True, True),
    (False, False),
    (7, 7),
    (-3.25, -3.25),
    (0.1, 0.1),
    (1250000.0, 1250000),
    (Decimal("1250000.00"), 1250000),
    (Decimal("0.1"), 0.1),
    (Decimal("1E+6"), 1000000),
    ("1-1100", "1-1100"),
    ("007", "007"),
    ("=1+1", "=1+1"),
    ("+62811", "+62811"),
    ("-", "-"),
    ("@toko", "@toko"),
    ("  Budi & <Sons> \"x\" 'y' ", "  Budi & <Sons> \"x\" 'y' "),
    ("baris satu\nbaris dua", "baris satu\nbaris dua"),
    ("tab\there", "tab\there"),
    ("literal _x000D_ stays", "literal _x000D_ stays"),
    ("bell \x07 end", "bell \x07 end"),
    ("rupiah ₨ 😀", "rupiah ₨ 😀"),
    (date(2026, 5, 3), date(2026, 5, 3)),
    (datetime(2026, 5, 3, 14, 30, 15), datetime(2026, 5, 3, 14, 30, 15)),
    (datetime(2026, 5, 3), date(2026, 5, 3)),
    (date(1899, 12, 31), "1899-12-31"),
    (CellError("#N/A"), CellError("#N/A")),
    (float("nan"), CellError("#NUM!")),
]


@pytest.fixture(params=EVERY_HOST)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Host:
    return HOSTS[request.param](tmp_path)


def value_at(rows: list[list[Cell]], row: int, column: int) -> Cell:
    line = rows[row - 1] if row <= len(rows) else []
    return line[column - 1] if column <= len(line) else None


def test_rows_and_columns_stand_where_the_person_sees_them(host: Host) -> None:
    rows = host.made({"Kosong": [], "Data": [[], [], [None, "C", 5]]}).read("Data").rows
    assert [value_at(rows, 3, column) for column in (1, 2, 3)] == [None, "C", 5]
    assert all(value is None for row in rows[:2] for value in row)


def test_an_empty_sheet_has_no_rows(host: Host) -> None:
    assert host.made({"Kosong": []}).read("Kosong").rows == []


def test_sheets_are_named_in_their_order(host: Host) -> None:
    names = ["Jurnal", "Ringkasan & Catatan", "Ä'b"]
    assert host.made({name: [] for name in names}).sheets() == names


@pytest.mark.parametrize(("written", "found"), VALUES, ids=lambda value: repr(value)[:30])
@pytest.mark.parametrize("place", [(2, 1), (2, 3), (9, 5)], ids=["date", "number", "new"])
def test_what_is_written_is_read_back(
    host: Host, written: Cell, found: Cell, place: tuple[int, int]
) -> None:
    workbook = host.made({"Journal": JOURNAL})
    workbook.write([SheetEdit("Journal", (SetCell(*place, written),))])
    before = value_at(workbook.read("Journal").rows, *place)
    workbook.save()
    after = value_at(host.reopened(workbook).read("Journal").rows, *place)
    assert (before, after) == (found, found)
    assert (type(before), type(after)) == (type(found), type(found))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("memory", "a\rb\r\nc"),
        ("xlsx", "a\rb\r\nc"),
        ("google", "a\nb\nc"),
        pytest.param("libreoffice", "a\nb\nc", marks=MARKS["libreoffice"]),
    ],
)
def test_a_file_keeps_every_line_end_and_a_program_knows_one(
    name: str, found: str, tmp_path: Path
) -> None:
    workbook = HOSTS[name](tmp_path).made({"Journal": JOURNAL})
    workbook.write([SheetEdit("Journal", (SetCell(2, 2, "a\rb\r\nc"),))])
    assert workbook.read("Journal").rows[1][1] == found


def test_only_the_written_cells_change(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL, "Other": [["untouched"]]})
    workbook.write([SheetEdit("Journal", (SetCell(3, 3, 5), SetCell(2, 2, None)))])
    rows = workbook.read("Journal").rows
    expected = [["Date", "Account", "Amount"], [date(2026, 5, 3), None, 1250000]]
    assert rows == [*expected, [None, "4-1000", 5]]
    assert workbook.read("Other").rows == [["untouched"]]


def test_what_was_not_saved_is_gone(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    workbook.write([SheetEdit("Journal", (SetCell(2, 3, 1),))])
    workbook.save()
    workbook.write([SheetEdit("Journal", (SetCell(2, 3, 2),))])
    assert value_at(host.reopened(workbook).read("Journal").rows, 2, 3) == 1


def test_a_table_has_its_header_row_and_grows_to_its_new_bottom(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL}, [ENTRIES])
    assert workbook.tables() == {"Entries": ENTRIES}
    row = tuple(SetCell(4, column, value) for column, value in enumerate(["x", "y", 3], 1))
    workbook.write([SheetEdit("Journal", row, table="Entries", table_bottom=4)])
    workbook.save()
    again = host.reopened(workbook)
    assert again.tables()["Entries"].area == Area(1, 1, 4, 3)
    assert again.read("Journal").rows[3] == ["x", "y", 3]


def test_edits_are_applied_all_or_none(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL}, [ENTRIES])
    good = SheetEdit("Journal", (SetCell(2, 3, 9),), (SetNote(2, 3, "note"),))
    with pytest.raises(TableMissing):
        workbook.write([good, SheetEdit("Journal", table="Nothing", table_bottom=9)])
    with pytest.raises(SheetMissing):
        workbook.write([good, SheetEdit("Nowhere")])
    assert workbook.read("Journal").rows[1][2] == 1250000
    assert workbook.notes("Journal") == {}


def test_notes_are_put_replaced_and_removed(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    put = (SetNote(2, 3, "Debit ≠ kredit & <selisih>"), SetNote(12, 30, "Saran\nbaris dua"))
    workbook.write([SheetEdit("Journal", notes=put)])
    workbook.save()
    workbook = host.reopened(workbook)
    assert workbook.notes("Journal") == {
        (2, 3): f"{HEADING}\nDebit ≠ kredit & <selisih>",
        (12, 30): f"{HEADING}\nSaran\nbaris dua",
    }
    workbook.write([SheetEdit("Journal", notes=(SetNote(2, 3, "other"), SetNote(12, 30, None)))])
    workbook.save()
    assert host.reopened(workbook).notes("Journal") == {(2, 3): f"{HEADING}\nother"}


def test_removing_a_note_that_is_not_there_is_no_error(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    workbook.write([SheetEdit("Journal", notes=(SetNote(2, 3, None),))])
    assert workbook.notes("Journal") == {}


def test_replacing_a_sheet_leaves_nothing_of_the_old(host: Host) -> None:
    workbook = host.made({"_lajur_base": [["a", "b"], ["c", "d"], ["e"]], "Other": [["x"]]})
    rows: list[list[Cell]] = [["id", '["=1","007"]', None, ""], [], ["x", 5, date(2026, 5, 3)]]
    workbook.replace("_lajur_base", rows)
    workbook.save()
    found = host.reopened(workbook)
    kept = found.read("_lajur_base").rows
    assert [value_at(kept, 1, column) for column in (1, 2, 3, 4)] == [*rows[0][:2], None, None]
    assert [value_at(kept, 3, column) for column in (1, 2, 3)] == rows[2]
    assert value_at(kept, 2, 1) is None
    assert len(kept) == 3
    assert found.read("Other").rows == [["x"]]


def test_a_sheet_can_be_replaced_by_nothing(host: Host) -> None:
    workbook = host.made({"_lajur_outbox": [["a"]]})
    workbook.replace("_lajur_outbox", [])
    workbook.save()
    assert host.reopened(workbook).read("_lajur_outbox").rows == []


def test_a_sheet_that_is_not_there_is_named(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    for attempt in (workbook.read, workbook.notes, lambda name: workbook.replace(name, [])):
        with pytest.raises(SheetMissing, match="Jurnal") as raised:
            attempt("Jurnal")
        assert "Jurnal" in raised.value.words["id"]


def test_a_text_that_no_cell_can_hold_is_refused(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    workbook.write([SheetEdit("Journal", (SetCell(2, 2, "x" * 32767),))])
    with pytest.raises(TextTooLong):
        workbook.write([SheetEdit("Journal", (SetCell(2, 2, "x" * 32768),))])
    with pytest.raises(TextTooLong):
        workbook.replace("Journal", [["x" * 32768]])
    assert workbook.read("Journal").rows[1][1] == "x" * 32767


def test_what_a_reader_does_with_its_rows_changes_nothing(host: Host) -> None:
    workbook = host.made({"Journal": JOURNAL})
    workbook.read("Journal").rows[0][0] = "changed"
    assert workbook.read("Journal").rows[0][0] == "Date"
