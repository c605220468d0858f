"""Every part that a write does not concern stays equal, byte for byte."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from addin.hosts import open_workbook
from addin.hosts.base import Area, Cell, SetCell, SetNote, SheetEdit
from addin.hosts.errors import FormulaInTheWay
from tests.hosts.files import (
    cell,
    changed_parts,
    in_openpyxl,
    part,
    raw_parts,
    rich_workbook,
    sheet_file,
    sheet_xml,
)

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "rich.xlsm")


def written(path: Path, *cells: SetCell, sheet: str = "Journal") -> None:
    workbook = open_workbook(path)
    workbook.write([SheetEdit(sheet, cells)])
    workbook.save()
    workbook.close()


def test_a_rich_workbook_is_read_whole(path: Path) -> None:
    workbook = open_workbook(path)
    found = workbook.read("Journal")
    assert workbook.sheets() == ["Journal", "_lajur_base", "Other"]
    assert workbook.tables()["Entries"].area == Area(3, 2, 6, 6)
    assert found.rows[2][1:6] == ["Date", "Account", "Amount", "Own", "Status"]
    assert found.rows[0][7] == 12000
    assert found.formulas[1, 8] == "=SUM(D4:D6)"
    assert found.merged == (Area(1, 10, 2, 11),)
    assert workbook.notes("Journal") == {(4, 3): "A person's own note"}


def test_a_write_changes_the_sheet_and_asks_for_recalculation(path: Path) -> None:
    before = raw_parts(path)
    written(path, SetCell(4, 3, "4-1000"), SetCell(4, 4, Decimal("1250000.10")))
    after = raw_parts(path)
    assert changed_parts(before, after) == {SHEET, "xl/workbook.xml"}
    assert list(before) == list(after)
    assert b'fullCalcOnLoad="1"' in part(path, "xl/workbook.xml")
    assert "<v>1250000.10</v>" in cell(path, "D4")


def test_outside_of_the_written_cells_the_sheet_stays_as_it_was(path: Path) -> None:
    before = part(path, SHEET)
    old = cell(path, "C4").encode()
    written(path, SetCell(4, 3, "x"))
    assert part(path, SHEET) == before.replace(old, cell(path, "C4").encode())


def test_a_hundred_saves_lose_nothing(path: Path) -> None:
    before = raw_parts(path)
    workbook = open_workbook(path)
    for turn in range(100):
        workbook.write([SheetEdit("Journal", (SetCell(4, 4, turn), SetCell(40, 1, f"t{turn}")))])
        workbook.save()
    workbook.close()
    assert changed_parts(before, raw_parts(path)) == {SHEET, "xl/workbook.xml"}
    assert open_workbook(path).read("Journal").rows[39][0] == "t99"
    sheet = in_openpyxl(path)["Journal"]
    assert (sheet["D4"].value, sheet["A40"].value) == (99, "t99")


def test_without_formulas_only_the_sheet_changes(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "plain.xlsx", sheet_xml(b'<row r="1"><c r="A1"/></row>'))
    before = raw_parts(path)
    written(path, SetCell(1, 1, 5), sheet="S")
    assert changed_parts(before, raw_parts(path)) == {SHEET}


def test_replacing_a_hidden_sheet_touches_nothing_else(path: Path) -> None:
    before = raw_parts(path)
    workbook = open_workbook(path)
    rows: list[list[Cell]] = [[f"id{n}", str(n), '["2026-05-03"]', "ok"] for n in range(1000)]
    workbook.replace("_lajur_base", rows)
    workbook.save()
    assert changed_parts(before, raw_parts(path)) == {"xl/worksheets/sheet2.xml"}
    assert workbook.read("_lajur_base").rows == rows


def test_an_emptied_cell_keeps_its_format(path: Path) -> None:
    style = in_openpyxl(path)["Journal"]["D5"].number_format
    written(path, SetCell(5, 4, None))
    emptied = in_openpyxl(path)["Journal"]["D5"]
    assert (emptied.value, emptied.number_format) == (None, style)


def test_text_that_looks_like_a_formula_stays_text(path: Path) -> None:
    written(path, SetCell(4, 3, "=1+1"), SetCell(50, 2, "+62"))
    sheet = in_openpyxl(path)["Journal"]
    assert cell(path, "C4").count("<f") == 0
    assert open_workbook(path).read("Journal").formulas.get((4, 3)) is None
    assert sheet["B50"].value == "+62"


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(1)", "=cmd|'/C calc'!A0", "{=1}"])
def test_no_way_of_writing_makes_a_formula_of_a_text(path: Path, text: str) -> None:
    before = open_workbook(path).read("Journal").formulas
    workbook = open_workbook(path)
    cells = (SetCell(3, 4, text), SetCell(7, 3, text))  # a heading, and a row that grows the table
    workbook.write([SheetEdit("Journal", cells, (SetNote(4, 4, text),), "Entries", 7)])
    workbook.replace("_lajur_base", [[text, text]])
    workbook.save()
    workbook.close()
    found = open_workbook(path).read("Journal")
    assert (found.rows[2][3], found.rows[6][2]) == (text, text)
    own = {(7, 5): found.formulas[6, 5].replace("6", "7")}  # the person's, filled down
    assert {at: f for at, f in found.formulas.items() if at not in before} == own
    assert open_workbook(path).read("_lajur_base").rows == [[text, text]]
    assert open_workbook(path).read("_lajur_base").formulas == {}
    table = part(path, "xl/tables/table1.xml")
    assert table.count(b"<calculatedColumnFormula>") == 1
    assert in_openpyxl(path)["Journal"]["D3"].data_type != "f"


def test_a_date_in_a_cell_without_date_format_gets_one(path: Path) -> None:
    from datetime import date

    written(path, SetCell(5, 4, date(2026, 5, 3)), SetCell(4, 2, 7))
    sheet = in_openpyxl(path)["Journal"]
    assert sheet["D5"].is_date
    assert sheet["D5"].font.b
    assert not sheet["B4"].is_date
    assert sheet["B5"].number_format == "dd/mm/yyyy"


def test_the_old_date_system_is_kept(tmp_path: Path) -> None:
    from datetime import date, datetime

    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append([date(2026, 5, 3)])
    book.save(tmp_path / "mac.xlsx")
    workbook = open_workbook(tmp_path / "mac.xlsx")
    name = workbook.sheets()[0]
    assert workbook.read(name).rows == [[date(2026, 5, 3)]]
    workbook.write([SheetEdit(name, (SetCell(2, 1, datetime(2026, 5, 4, 6)),))])
    workbook.save()
    assert in_openpyxl(tmp_path / "mac.xlsx").active["A2"].value == datetime(2026, 5, 4, 6)


SHARED = (
    b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:C3" si="0">A1*$A$1&amp;'
    b'"A1"</f><v>1</v></c><c r="C1"><f t="shared" si="0"/><v>1</v></c></row>'
    b'<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    b'<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
)


def test_copies_of_a_shared_formula_are_spelled_out(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "shared.xlsx", sheet_xml(SHARED))
    expected = {
        (1, 2): '=A1*$A$1&"A1"',
        (1, 3): '=B1*$A$1&"A1"',
        (2, 2): '=A2*$A$1&"A1"',
        (3, 2): '=A3*$A$1&"A1"',
    }
    assert open_workbook(path).read("S").formulas == expected
    written(path, SetCell(1, 2, 5), sheet="S")
    del expected[1, 2]
    assert open_workbook(path).read("S").formulas == expected
    assert {
        reference: in_openpyxl(path)["S"][reference].value for reference in ("B1", "C1", "B2", "B3")
    } == {"B1": 5, "C1": '=B1*$A$1&"A1"', "B2": '=A2*$A$1&"A1"', "B3": '=A3*$A$1&"A1"'}


def test_a_copy_of_a_shared_formula_is_replaced_alone(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "shared.xlsx", sheet_xml(SHARED))
    written(path, SetCell(2, 2, 5), sheet="S")
    assert b'ref="B1:C3"' in part(path, SHEET)
    assert (2, 2) not in open_workbook(path).read("S").formulas


def test_an_array_formula_is_not_torn_apart(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>0</v></c></row>'
    path = sheet_file(tmp_path / "array.xlsx", sheet_xml(rows))
    workbook = open_workbook(path)
    for row in (1, 2):
        with pytest.raises(FormulaInTheWay, match=f"A{row}"):
            workbook.write([SheetEdit("S", (SetCell(2, 2, 1), SetCell(row, 1, 1)))])
    assert workbook.read("S").rows == [[0]]


def test_the_order_of_calculation_goes_with_a_replaced_formula(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    chain = b'<calcChain xmlns="http://x"><c r="A1" i="1"/></calcChain>'
    path = sheet_file(tmp_path / "chain.xlsx", sheet_xml(rows), **{"xl/calcChain.xml": chain})
    links, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    link = b'<Relationship Id="rId9" Type="http://x/calcChain" Target="calcChain.xml"/></Rel'
    entry = b'<Override PartName="/xl/calcChain.xml" ContentType="x/calc"/></Types'
    changed = {
        links: part(path, links).replace(b"</Rel", link),
        types: part(path, types).replace(b"</Types", entry),
    }
    sheet_file(path, sheet_xml(rows), **{"xl/calcChain.xml": chain}, **changed)
    before = raw_parts(path)
    written(path, SetCell(1, 2, 5), sheet="S")
    assert raw_parts(path)["xl/calcChain.xml"] == before["xl/calcChain.xml"]
    written(path, SetCell(1, 1, 5), sheet="S")
    assert "xl/calcChain.xml" not in raw_parts(path)
    assert b"calcChain" not in part(path, links) + part(path, types)
