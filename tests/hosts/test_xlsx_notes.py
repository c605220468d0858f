"""Notes across their parts: ours come and go, a person's words and buttons stay."""

import re
from pathlib import Path

import pytest

from addin.hosts import open_workbook
from addin.hosts.base import SetNote, SheetEdit
from addin.hosts.notes import HEADING
from tests.hosts.files import (
    changed_parts,
    in_openpyxl,
    part,
    raw_parts,
    rich_workbook,
    sheet_file,
    sheet_xml,
)

OURS = f"{HEADING}\nours"
TEXT = re.compile(rb"<text>.*</text>", re.DOTALL)
OWN = "A person's own note"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "rich.xlsm")


def noted(path: Path, *notes: SetNote, sheet: str = "Journal") -> dict[tuple[int, int], str]:
    workbook = open_workbook(path)
    workbook.write([SheetEdit(sheet, notes=notes)])
    workbook.save()
    workbook.close()
    return open_workbook(path).notes(sheet)


def shapes(path: Path, drawing: str) -> list[tuple[int, int]]:
    """(row, column) of the note shapes of a drawing, 0-based as it states them."""
    found = re.findall(rb"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>", part(path, drawing))
    return sorted((int(row), int(column)) for row, column in found)


def test_our_note_stands_below_a_persons_and_goes_without_it(path: Path) -> None:
    texts = part(path, "xl/comments1.xml")
    found = noted(path, SetNote(4, 3, "Akun tidak dikenal"))
    assert found == {(4, 3): f"{OWN}\n{HEADING}\nAkun tidak dikenal"}
    found = noted(path, SetNote(4, 3, "Another"))
    assert found == {(4, 3): f"{OWN}\n{HEADING}\nAnother"}
    assert noted(path, SetNote(4, 3, None)) == {(4, 3): OWN}
    assert part(path, "xl/comments1.xml").replace(b"<author>Lajur</author>", b"") == texts


def test_a_persons_note_on_another_cell_stays(path: Path) -> None:
    found = noted(path, SetNote(5, 3, "ours"))
    assert found == {(4, 3): OWN, (5, 3): OURS}
    comments = in_openpyxl(path)["Journal"]
    assert (comments["C4"].comment.author, comments["C5"].comment.author) == ("Sari", "Lajur")


def test_notes_join_the_drawing_that_has_a_button(path: Path) -> None:
    before = raw_parts(path)
    noted(path, SetNote(5, 3, "ours"))
    assert changed_parts(before, raw_parts(path)) == {"xl/comments1.xml", VML}
    assert b"LajurSync" in part(path, VML)
    assert shapes(path, VML) == [(3, 2), (4, 2)]
    numbers = re.findall(rb'id="_x0000_s(\d+)"', part(path, VML))
    assert len(set(numbers)) == len(numbers) == 3
    noted(path, SetNote(5, 3, None))
    assert shapes(path, VML) == [(3, 2)]
    assert b"LajurSync" in part(path, VML)


VML = "xl/drawings/vmlDrawing1.vml"


def test_a_sheet_without_notes_gets_all_parts_for_them(path: Path) -> None:
    before = raw_parts(path)
    assert noted(path, SetNote(1, 1, "first"), sheet="Other") == {(1, 1): f"{HEADING}\nfirst"}
    assert changed_parts(before, raw_parts(path)) == {
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
        "[Content_Types].xml",
    }
    assert in_openpyxl(path)["Other"]["A1"].comment.text.endswith("first")
    assert shapes(path, "xl/drawings/vmlDrawing2.vml") == [(0, 0)]
    again = raw_parts(path)
    noted(path, SetNote(2, 1, "second"), sheet="Other")
    assert changed_parts(again, raw_parts(path)) == {
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
    }


AFTER = b'<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>%s'


@pytest.mark.parametrize(
    "following",
    [
        b"<legacyDrawingHF/>",
        b'<tableParts count="0"/>',
        b'<mc:AlternateContent xmlns:mc="urn:m"><mc:Choice Requires="x14"><controls/></mc:Choice>'
        b"</mc:AlternateContent>",
        b"<extLst><ext/></extLst>",
        b"",
    ],
)
def test_the_link_to_the_drawing_stands_where_it_must(tmp_path: Path, following: bytes) -> None:
    xml = sheet_xml(b"", AFTER % following)
    path = sheet_file(tmp_path / "order.xlsx", xml)
    noted(path, SetNote(1, 1, "x"), sheet="S")
    new = part(path, "xl/worksheets/sheet1.xml")
    link = re.search(rb"<legacyDrawing [^>]*/>", new)
    assert link
    assert new.replace(link[0], b"") == xml
    assert new[link.end() :].startswith(following or b"</worksheet>")


def test_a_note_of_plain_text_takes_ours_too(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path / "rich.xlsm")
    found = noted(path, SetNote(1, 1, "x"), sheet="Other")
    assert found
    texts = part(path, "xl/comments2.xml").replace(b"<author>Lajur", b"<author>Budi")
    plain = re.sub(
        rb"<text>.*</text>", b"<text><t>Budi &amp; co</t></text>", texts, flags=re.DOTALL
    )
    path = replaced(path, "xl/comments2.xml", plain)
    expected = {(1, 1): f"Budi & co\n{HEADING}\nours"}
    assert noted(path, SetNote(1, 1, "ours"), sheet="Other") == expected
    assert in_openpyxl(path)["Other"]["A1"].comment.text == expected[1, 1]
    assert noted(path, SetNote(1, 1, None), sheet="Other") == {(1, 1): "Budi & co"}


def test_our_words_are_known_when_another_program_joined_the_runs(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path / "rich.xlsm")
    noted(path, SetNote(4, 3, "ours"))
    texts = part(path, "xl/comments1.xml")
    joined = f"<text><t>{OWN}\n{HEADING}\nours</t></text>".encode()
    path = replaced(path, "xl/comments1.xml", TEXT.sub(joined, texts))
    assert noted(path, SetNote(4, 3, None)) == {(4, 3): OWN}


def replaced(path: Path, name: str, content: bytes) -> Path:
    """The file with one part changed by hand."""
    import zipfile

    with zipfile.ZipFile(path) as old:
        contents = {each: old.read(each) for each in old.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, text in contents.items():
            new.writestr(each, text)
    return path
