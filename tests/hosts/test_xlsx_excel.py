"""A file as Excel writes it, read whole, by rows and by columns, and told apart after changes."""

from contextlib import closing
from pathlib import Path

import pytest

from addin.hosts.base import CellError, SetCell, SheetEdit
from addin.hosts.errors import DangerousWorkbook, FormulaInTheWay
from addin.hosts.xlsx import open_workbook, package
from tests.hosts.files import HEAD, MAIN, part, sheet_file

NAMES = (
    b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    b' mc:Ignorable="x14ac xr"'
    b' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    b' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
)
TEXTS = (
    b"<si><t>_id</t></si><si><t>Uraian</t></si><si><t>a-1</t></si>"
    b'<si><r><rPr><b/></rPr><t xml:space="preserve">Sewa </t></r>'
    b'<r><t xml:space="preserve">kantor </t></r></si>'
    b'<si><t>\xe6\x9d\xb1</t><rPh sb="0" eb="1"><t>\xe3\x83\x92</t></rPh>'
    b'<phoneticPr fontId="1"/></si>'
    b"<si><t>a_x000D_b &amp; c</t></si><si><t/></si>"
)
ROWS = (
    b'<row r="1" spans="1:5" s="1" customFormat="1" ht="18" x14ac:dyDescent="0.25">'
    b'<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    b'<row r="2" spans="1:5" x14ac:dyDescent="0.25"><c r="A2" t="s"><v>2</v></c>'
    b'<c r="B2" t="s"><v>3</v></c><c r="C2"><v>1.1000000000000001</v></c>'
    b'<c r="D2" t="str"><f>B2&amp;"!"</f><v>Sewa kantor !</v></c><c r="E2" t="b"><v>1</v></c></row>'
    b'<row r="3" spans="1:5"><c r="A3" t="s" cm="1"><v>4</v></c><c r="B3" t="s"><v>5</v></c>'
    b'<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D3" t="s"><v>6</v></c></row>'
    b'<row r="70" spans="1:5"><c r="A70" t="s"><v>2</v></c><c r="C70">'
    b'<f t="dataTable" ref="C70:C71" dt2D="0" dtr="0" r1="A1"/><v>5</v></c></row>'
    b'<row r="71" spans="1:5"><c r="C71"><v>6</v></c></row>'
)
TAIL = (
    b'<phoneticPr fontId="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" '
    b'header="0.3" footer="0.3"/><mc:AlternateContent><mc:Choice Requires="x14"/>'
    b"</mc:AlternateContent>"
)


def texts(more: bytes = b"") -> bytes:
    """The shared texts, and some that were added later."""
    return HEAD + b'<sst xmlns="%s" count="99" uniqueCount="%d">%s%s</sst>' % (
        MAIN,
        len(more) or 7,
        TEXTS,
        more,
    )


def excels_file(path: Path, rows: bytes = ROWS, more: bytes = b"") -> Path:
    """The workbook, whose sheet and shared texts the workbook's links name absolutely."""
    sheet = b'<worksheet xmlns="%s" %s><dimension ref="A1:E71"/><sheetData>%s</sheetData>%s'
    xml = HEAD + sheet % (MAIN, NAMES, rows, TAIL) + b"</worksheet>"
    file = sheet_file(path, xml, **{"xl/sharedStrings.xml": texts(more)})
    links = part(file, "xl/_rels/workbook.xml.rels")
    links = links.replace(b'Target="worksheets/', b'Target="/xl/worksheets/')
    links = links.replace(b'Target="shared', b'Target="/xl/shared')
    return sheet_file(
        path, xml, **{"xl/sharedStrings.xml": texts(more), "xl/_rels/workbook.xml.rels": links}
    )


def test_what_excel_wrote_is_read(tmp_path: Path) -> None:
    cells = open_workbook(str(excels_file(tmp_path / "e.xlsx"))).read("S")
    assert cells.rows[0] == ["_id", "Uraian", None, None, None]
    assert cells.rows[1] == ["a-1", "Sewa kantor ", 1.1, "Sewa kantor !", True]
    assert cells.rows[2] == ["東", "a\rb & c", CellError("#DIV/0!"), None, None]
    assert cells.rows[69][:3] == ["a-1", None, 5]
    assert cells.formulas == {(2, 4): '=B2&"!"', (3, 3): "=1/0"}


@pytest.mark.parametrize("numbers", [{1}, {2, 3}, {3, 70, 71}, {4, 5, 69}, set(range(1, 90))])
def test_single_rows_are_read_as_all_are(tmp_path: Path, numbers: set[int]) -> None:
    workbook = open_workbook(str(excels_file(tmp_path / "e.xlsx")))
    whole, some = workbook.read("S"), workbook.read_rows("S", numbers)
    for number, row in enumerate(whole.rows, start=1):
        found = some.rows[number - 1] if number <= len(some.rows) else []
        width = max(len(row), len(found))
        expected = row if number in numbers else []
        padded = [line + [None] * (width - len(line)) for line in (list(found), list(expected))]
        assert padded[0] == padded[1]
    assert some.formulas == {at: text for at, text in whole.formulas.items() if at[0] in numbers}


def test_one_column_is_read_quickly(tmp_path: Path) -> None:
    workbook = open_workbook(str(excels_file(tmp_path / "e.xlsx")))
    assert workbook.column_texts("S", 1) == {1: "_id", 2: "a-1", 3: "東", 70: "a-1"}
    assert workbook.find_rows("S", 1, ["a-1"]) == {}  # it is shared: the column tells


def test_a_block_is_another_when_a_cell_of_it_is(tmp_path: Path) -> None:
    with closing(open_workbook(str(excels_file(tmp_path / "e.xlsx")))) as workbook:
        mark, before = workbook.mark("S"), workbook.blocks("S")
        workbook.write([SheetEdit("S", (SetCell(3, 2, "lain"),))])
        after = workbook.blocks("S", mark)
        assert before is not None
        assert after is not None
        assert {n for n in before if before[n] != after[n]} == {0}
        assert workbook.mark("S") != mark


def test_shared_texts_may_grow_but_not_change_places(tmp_path: Path) -> None:
    mark = open_workbook(str(excels_file(tmp_path / "a.xlsx"))).mark("S")
    grown = excels_file(tmp_path / "b.xlsx", more=b"<si><t>baru</t></si>")
    assert open_workbook(str(grown)).blocks("S", mark) is not None
    moved = open_workbook(str(grown)).mark("S")
    assert open_workbook(str(excels_file(tmp_path / "c.xlsx"))).blocks("S", moved) is None


def test_the_area_of_a_data_table_is_not_written_into(tmp_path: Path) -> None:
    workbook = open_workbook(str(excels_file(tmp_path / "e.xlsx")))
    with closing(workbook), pytest.raises(FormulaInTheWay):
        workbook.write([SheetEdit("S", (SetCell(71, 3, 1),))])


def test_shared_texts_beyond_all_reason_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_TEXTS", 300)
    with pytest.raises(DangerousWorkbook):
        open_workbook(str(excels_file(tmp_path / "e.xlsx"))).read("S")
