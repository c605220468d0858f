"""Files of other programs and other times: strict OOXML, Google's export, links, far cells."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from addin.hosts import open_workbook
from addin.hosts.base import Cell, CellError, SetCell, SetNote, SheetEdit
from addin.hosts.errors import DangerousWorkbook
from addin.hosts.notes import HEADING
from tests.hosts.files import changed_parts, in_openpyxl, part, raw_parts, sheet_file, sheet_xml
from tests.hosts.unusual import STRICTLY, googles_workbook, linked_workbook, strict_workbook

SHEET = "xl/worksheets/sheet1.xml"


def saved(path: Path, *edits: SheetEdit) -> Path:
    """The file after edits that were saved."""
    workbook = open_workbook(path)
    workbook.write(edits)
    workbook.save()
    workbook.close()
    return path


def read(path: Path, sheet: str) -> list[list[Cell]]:
    return open_workbook(path).read(sheet).rows


def without_blank_ends(row: Sequence[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row = row[:-1]
    return list(row)


# --- strict OOXML -----------------------------------------------------------------------------


def test_a_strict_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    workbook = open_workbook(strict_workbook(tmp_path))
    assert workbook.sheets() == ["Journal", "_lajur_base", "Other"]
    assert workbook.read("Journal").rows[3][1:4] == [date(2026, 5, 3), "1-3", 3000]
    assert workbook.read("Journal").formulas[1, 8] == "=SUM(D4:D6)"
    assert workbook.tables()["Entries"].area.bottom == 6
    assert workbook.notes("Journal") == {(4, 3): "A person's own note"}


def test_what_we_write_into_a_strict_workbook_is_strict(tmp_path: Path) -> None:
    path = strict_workbook(tmp_path)
    before = raw_parts(path)
    cells = (SetCell(4, 2, date(2026, 5, 9)), SetCell(7, 3, "baru"), SetCell(7, 4, Decimal("0.10")))
    grown = SheetEdit("Journal", cells, (SetNote(4, 4, "kita"),), "Entries", 7)
    saved(path, grown, SheetEdit("Other", notes=(SetNote(1, 1, "catatan"),)))
    workbook = open_workbook(path)
    assert workbook.read("Journal").rows[3][1] == date(2026, 5, 9)
    assert workbook.read("Journal").rows[6][2:4] == ["baru", 0.1]
    assert workbook.notes("Other") == {(1, 1): f"{HEADING}\ncatatan"}
    for name in changed_parts(before, raw_parts(path)):
        for usual in STRICTLY if not name.endswith("Types].xml") else ():
            assert usual not in part(path, name), name


# --- days as ISO text -------------------------------------------------------------------------


@pytest.mark.parametrize("old_days", [False, True])
def test_days_written_as_iso_text_are_days(tmp_path: Path, old_days: bool) -> None:
    path = tmp_path / "iso.xlsx"
    book = openpyxl.Workbook(iso_dates=True)
    if old_days:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append([date(2026, 5, 3), datetime(2026, 5, 3, 14, 30), "2026-05-03"])
    book.save(path)
    assert b't="d"' in part(path, SHEET)
    expected = [date(2026, 5, 3), datetime(2026, 5, 3, 14, 30), "2026-05-03"]
    assert read(path, "Sheet") == [expected]
    saved(path, SheetEdit("Sheet", (SetCell(1, 1, date(2026, 5, 4)),)))
    assert read(path, "Sheet") == [[date(2026, 5, 4), *expected[1:]]]
    assert in_openpyxl(path)["Sheet"]["A1"].value.date() == date(2026, 5, 4)


# --- Google's export --------------------------------------------------------------------------


def test_googles_export_is_read(tmp_path: Path) -> None:
    found = open_workbook(googles_workbook(tmp_path / "google.xlsx")).read("S")
    assert [without_blank_ends(row) for row in found.rows] == [
        ["Tanggal", "Nilai (Rp)"],
        [date(2026, 5, 3), 1250000, "Sewa kantor"],
        [None, True, 2],
        [None, CellError("#N/A"), 0],
    ]
    assert found.formulas[2, 3].startswith("=IFERROR(__xludf.DUMMYFUNCTION(")
    assert (found.formulas[3, 3], found.formulas[4, 3]) == ("=B3*2", "=B4*2")


def test_googles_export_is_written_and_keeps_what_is_googles(tmp_path: Path) -> None:
    path = googles_workbook(tmp_path / "google.xlsx")
    before = raw_parts(path)
    new = (SetCell(3, 3, Decimal("7.50")), SetCell(5, 1, date(2026, 5, 4)), SetCell(6, 2, "=1+1"))
    saved(path, SheetEdit("S", new))
    after = raw_parts(path)
    assert changed_parts(before, after) == {SHEET, "xl/styles.xml"}
    found = open_workbook(path).read("S")
    assert [without_blank_ends(row)[-1] for row in found.rows[2:]] == [
        7.5,
        0,
        date(2026, 5, 4),
        "=1+1",
    ]
    assert found.formulas.keys() == {(2, 3), (4, 3), (4, 2)}
    assert found.formulas[4, 3] == "=B4*2"
    sheet = in_openpyxl(path)["S"]
    assert (sheet["C3"].value, sheet["A5"].value.date()) == (7.5, date(2026, 5, 4))


# --- links to other files ---------------------------------------------------------------------


def test_links_to_other_workbooks_stay_and_are_not_followed(tmp_path: Path) -> None:
    path = linked_workbook(tmp_path / "linked.xlsx")
    before = raw_parts(path)
    assert open_workbook(path).read("S").formulas == {(1, 1): "=[1]Kurs!$B$2*2"}
    saved(path, SheetEdit("S", (SetCell(1, 2, 5),), (SetNote(1, 2, "kita"),)))
    after = raw_parts(path)
    links = {name for name in before if "externalLink" in name}
    assert len(links) == 2
    assert {name: after[name] for name in links} == {name: before[name] for name in links}
    assert b"<externalReferences><externalReference" in part(path, "xl/workbook.xml")
    assert open_workbook(path).read("S").formulas == {(1, 1): "=[1]Kurs!$B$2*2"}


# --- cells in unusual words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c r="A1" t="s"/>', None),
        (b'<c r="A1" t="inlineStr"/>', None),
        (b'<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">Sewa </t></r><r><rPr><b/></rPr>'
         b"<t>kantor</t></r></is></c>", "Sewa kantor"),
        (b'<c r="A1" t="n" s="0"><v>-1.25E-3</v></c>', -0.00125),
        (b'<c r="A1" t="str"><f aca="false">IF(TRUE(),"ya")</f><v>ya</v></c>', "ya"),
        (b'<c r="A1" t="b"><f aca="false">TRUE()</f><v>1</v></c>', True),
        (b"<c t='inlineStr' r='A1'><is><t>&#65;&amp;&#x42;</t></is></c>", "A&B"),
        (b'<c r="A1" t="str"><v></v></c>', None),
    ],
)  # fmt: skip
def test_a_cell_in_unusual_words_is_read(tmp_path: Path, cell: bytes, value: Cell) -> None:
    """As Excel, LibreOffice, PowerBI and others write them; row attributes as LibreOffice does."""
    row = b'<row r="1" customFormat="false" ht="12.8" hidden="false" outlineLevel="0">%s%s</row>'
    last = b'<c r="B1"><v>1</v></c>'
    path = sheet_file(
        tmp_path / "cell.xlsx", sheet_xml(row % (cell, last), before=b'<dimension ref="A0:B9"/>')
    )
    assert read(path, "S") == [[value, 1]]
    saved(path, SheetEdit("S", (SetCell(1, 1, "lain"),)))
    assert read(path, "S") == [["lain", 1]]


def test_what_xlsxwriter_streams_is_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "stream.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True, "date_1904": True}) as book:
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet = book.add_worksheet("Data")
        for row in range(200):
            sheet.write_string(row, 0, f" baris {row}")
            sheet.write_datetime(row, 1, datetime(2026, 1, 1 + row % 28), day)
    saved(path, SheetEdit("Data", (SetCell(7, 2, date(2026, 6, 30)), SetCell(201, 1, "akhir"))))
    rows = read(path, "Data")
    assert rows[5] == [" baris 5", date(2026, 1, 6)]
    assert rows[6][1] == date(2026, 6, 30)
    assert rows[200][0] == "akhir"


# --- cells far away ---------------------------------------------------------------------------


def test_one_word_in_the_last_row_of_all_costs_nothing(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f>'
        b'<v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0">A2*2</f><v>0</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>jauh</t></is></c></row>'
    )
    path = sheet_file(tmp_path / "far.xlsx", sheet_xml(rows))
    found = open_workbook(path).read("S")
    assert found.rows[0][:2] == [1, 2]
    assert found.rows[1_048_575][16_383] == "jauh"
    assert sum(map(len, found.rows)) < 100_000
    assert found.formulas == {(1, 2): "=A1*2", (2, 2): "=A2*2"}


def test_cells_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    line = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="XFD{0}"{1}</row>'
    filled, blank = "><v>1</v></c>", ' s="0"/>'
    for last, is_refused in ((filled, True), (blank, False)):
        rows = "".join(line.format(n, last) for n in range(1, 2_001)).encode()
        path = sheet_file(tmp_path / "wide.xlsx", sheet_xml(rows))
        if is_refused:
            with pytest.raises(DangerousWorkbook, match="too far to the right"):
                open_workbook(path).read("S")
        else:
            assert len(read(path, "S")) == 2_000
