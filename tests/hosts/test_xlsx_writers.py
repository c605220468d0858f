"""Files of other programs, and XML that is unusual but right, read and written alike."""

import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table as OpenpyxlTable

from addin.hosts import open_workbook
from addin.hosts.base import Area, CellError, SetCell, SetNote, SheetEdit
from addin.hosts.notes import HEADING
from tests.hosts.files import MAIN, in_openpyxl, part, rich_workbook, sheet_file, sheet_xml

SHEET = "xl/worksheets/sheet1.xml"
NEW = (SetCell(2, 2, "new"), SetCell(3, 1, Decimal("0.10")), SetCell(7, 4, date(2026, 5, 3)))


def rows_after(path: Path, *cells: SetCell) -> list[list[object]]:
    """The first sheet's rows after a write, saved and read again."""
    workbook = open_workbook(path)
    sheet = workbook.sheets()[0]
    workbook.write([SheetEdit(sheet, cells)])
    workbook.save()
    workbook.close()
    return [list(row) for row in open_workbook(path).read(sheet).rows]


def test_openpyxls_files_are_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "openpyxl.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Date", "Amount"], [date(2026, 5, 3), 12.5], [None, "#N/A"]]:
        sheet.append(row)
    sheet["C1"] = "=SUM(B2:B3)"
    sheet["A2"].comment = Comment("mine", "Budi")
    sheet.add_table(OpenpyxlTable(displayName="T", ref="A1:B3"))
    book.save(path)
    workbook = open_workbook(path)
    assert workbook.read("Sheet").rows[1][:2] == [date(2026, 5, 3), 12.5]
    assert workbook.read("Sheet").rows[2][1] == CellError("#N/A")
    assert workbook.read("Sheet").formulas == {(1, 3): "=SUM(B2:B3)"}
    assert workbook.notes("Sheet") == {(2, 1): "mine"}
    grown = SheetEdit("Sheet", (SetCell(4, 1, date(2026, 5, 4)),), (SetNote(4, 2, "ours"),), "T", 4)
    workbook.write([grown])
    workbook.save()
    again = in_openpyxl(path)["Sheet"]
    assert again.tables["T"].ref == "A1:B4"
    assert again["A4"].value.date() == date(2026, 5, 4)
    assert (again["A2"].comment.text, again["B4"].comment.text) == ("mine", f"{HEADING}\nours")


def test_references_may_be_left_out(tmp_path: Path) -> None:
    rows = (
        b'<row><c t="inlineStr"><is><t>a</t></is></c><c/><c><f>1+1</f><v>2</v></c></row>'
        b'<row r="3"><c r="B3" t="e"><v>#REF!</v></c><c t="s"><v>0</v></c></row><row/>'
        b"<row><c t='b'><v>1</v></c></row>"
    )
    path = sheet_file(tmp_path / "bare.xlsx", sheet_xml(rows))
    found = open_workbook(path).read("S")
    expected = [["a", None, 2], [], [None, CellError("#REF!"), "shared text"], [], [True]]
    assert [row[: len(line)] for row, line in zip(found.rows, expected, strict=True)] == expected
    assert found.formulas == {(1, 3): "=1+1"}
    after = rows_after(path, *NEW, SetCell(1, 2, 9))
    assert after[0][:3] == ["a", 9, 2]
    assert after[1][1] == "new"
    assert after[2][:3] == [0.1, CellError("#REF!"), "shared text"]
    assert after[4][0] is True
    assert after[6][3] == date(2026, 5, 3)
    assert in_openpyxl(path)["S"]["C3"].value == "shared text"


def test_a_sheet_with_a_namespace_prefix_is_patched_in_it(tmp_path: Path) -> None:
    xml = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="%s"><x:cols><x:col min="1" max="3" width="9"/>'
        b'</x:cols><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>one</x:v></x:c><x:c r="C1">'
        b"<x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData>"
        b'<x:pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>'
        b"</x:worksheet>" % MAIN
    )
    path = sheet_file(tmp_path / "prefix.xlsx", xml)
    assert open_workbook(path).read("S").formulas == {(1, 3): "=1+1"}
    after = rows_after(path, *NEW, SetCell(1, 2, "x & y"))
    assert after[0][:3] == ["one", "x & y", 2]
    assert (after[1][1], after[2][0], after[6][3]) == ("new", 0.1, date(2026, 5, 3))
    workbook = open_workbook(path)
    workbook.write([SheetEdit("S", notes=(SetNote(1, 1, "note"),))])
    workbook.save()
    sheet = in_openpyxl(path)["S"]
    assert (sheet["B2"].value, sheet["A1"].comment.text) == ("new", f"{HEADING}\nnote")
    assert b"<c " not in part(path, SHEET)


@pytest.mark.parametrize("rows", [b"<sheetData/>", b"<sheetData></sheetData>", b"<sheetData />"])
def test_an_empty_sheet_takes_cells(tmp_path: Path, rows: bytes) -> None:
    xml = sheet_xml(b"").replace(b"<sheetData></sheetData>", rows)
    path = sheet_file(tmp_path / "empty.xlsx", xml)
    after = rows_after(path, *NEW)
    assert (after[1][1], after[2][0], after[6][3]) == ("new", 0.1, date(2026, 5, 3))
    assert in_openpyxl(path)["S"]["B2"].value == "new"


def test_every_type_of_cell_is_replaced(tmp_path: Path) -> None:
    kinds = [
        b't="s"><v>0</v></c>',
        b't="str"><f>"a"</f><v>a</v></c>',
        b't="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
        b't="b"><v>1</v></c>',
        b't="e"><v>#N/A</v></c>',
        b't="n"><v>1</v></c>',
        b"/>",
    ]
    rows = b"".join(
        b'<row r="%d" spans="1:2"><c r="A%d" %s<c r="B%d"><v>7</v></c></row>' % (n, n, kind, n)
        for n, kind in enumerate(kinds, 1)
    )
    path = sheet_file(tmp_path / "kinds.xlsx", sheet_xml(rows))
    cells = [SetCell(row, 1, f"t{row}") for row in range(1, len(kinds) + 1)]
    assert rows_after(path, *cells) == [[f"t{row}", 7] for row in range(1, len(kinds) + 1)]


def test_a_new_cell_takes_the_format_of_its_column(tmp_path: Path) -> None:
    path = tmp_path / "columns.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"].number_format = "0.000"
    book.active.column_dimensions["C"].number_format = "#,##0.00"
    book.save(path)
    rows_after(path, SetCell(5, 3, 12.5))
    assert in_openpyxl(path).active["C5"].number_format == "#,##0.00"


def test_times_and_durations_are_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "times.xlsx"
    book = openpyxl.Workbook()
    for reference, value, code in [
        ("A1", 0.34375, "hh:mm"),
        ("B1", 0.34375 + 30 / 86400, "hh:mm:ss"),
        ("C1", 1.25, "[h]:mm"),
    ]:
        book.active[reference] = value
        book.active[reference].number_format = code
    book.save(path)
    found = open_workbook(path)
    assert found.read(found.sheets()[0]).rows == [["08:15", "08:15:30", "30:00"]]


def in_libreoffice(path: Path, folder: Path) -> Path:
    """The file as LibreOffice saves it after opening it."""
    soffice = shutil.which("soffice")
    assert soffice
    kind = path.suffix[1:]
    filters = {"xlsx": "Calc MS Excel 2007 XML", "xlsm": "Calc MS Excel 2007 VBA XML"}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", f"{kind}:{filters[kind]}"]
    subprocess.run(
        [*command, "--outdir", folder / "out", path],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    return folder / "out" / path.name


@pytest.mark.libreoffice
def test_libreoffice_reads_what_we_wrote_and_we_what_it_saves(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path / "rich.xlsm")
    workbook = open_workbook(path)
    cells = (SetCell(7, 3, "=bukan rumus"), SetCell(7, 4, Decimal("1250000.10")))
    notes = (SetNote(7, 3, "ours"), SetNote(4, 3, "and ours"))
    workbook.write([SheetEdit("Journal", cells, notes, "Entries", 7)])
    workbook.save()
    workbook.close()
    theirs = in_libreoffice(path, tmp_path)

    again = open_workbook(theirs)
    found = again.read("Journal")
    assert found.rows[6][2:4] == ["=bukan rumus", 1250000.1]
    assert found.rows[3][1] == date(2026, 5, 3)
    assert found.rows[0][7] == 12000
    assert again.tables()["Entries"].area == Area(3, 2, 7, 6)
    assert again.notes("Journal")[7, 3] == f"{HEADING}\nours"
    assert again.notes("Journal")[4, 3] == f"A person's own note\n{HEADING}\nand ours"

    again.write(
        [
            SheetEdit(
                "Journal",
                (SetCell(8, 2, date(2026, 5, 9)), SetCell(8, 3, "last")),
                (SetNote(7, 3, None), SetNote(4, 3, None), SetNote(8, 3, "newest")),
                "Entries",
                8,
            )
        ]
    )
    again.save()
    again.close()
    last = open_workbook(in_libreoffice(theirs, tmp_path / "second"))
    assert last.read("Journal").rows[7][1:3] == [date(2026, 5, 9), "last"]
    assert last.notes("Journal") == {
        (4, 3): "A person's own note",
        (8, 3): f"{HEADING}\nnewest",
    }
    assert last.tables()["Entries"].area == Area(3, 2, 8, 6)
