"""Workbook files for the tests of the xlsx host, and looks into them."""

import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CUSTOM_XML = HEAD + b'<person:kept xmlns:person="urn:x">  <!-- as it is -->\r\n</person:kept>'


def rich_workbook(path: Path) -> Path:
    """A workbook as a person makes it: table, chart, rules, notes, formulas, macro, custom XML."""
    with xlsxwriter.Workbook(path.with_suffix(".xlsm")) as book:
        book.calc_on_load = False  # as Excel leaves it
        (path.parent / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8)
        book.add_vba_project(path.parent / "vba.bin")
        sheet = book.add_worksheet("Journal")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        money = book.add_format({"num_format": "#,##0.00", "bold": True})
        columns = [{"header": name} for name in ("Date", "Account", "Amount", "Own", "Status")]
        columns[3]["formula"] = "=[@Amount]*2"
        sheet.add_table(2, 1, 5, 5, {"name": "Entries", "columns": columns})
        for row in (3, 4, 5):
            sheet.write_datetime(row, 1, date(2026, 5, row), day)
            sheet.write(row, 2, f"1-{row}")
            sheet.write(row, 3, row * 1000, money)
        sheet.write_formula("H1", "=SUM(D4:D6)", None, 12000)
        sheet.write_comment("C4", "A person's own note", {"author": "Sari"})
        sheet.data_validation("C4:C6", {"validate": "list", "source": ["1-3", "1-4"]})
        sheet.data_validation("H4:H6", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.conditional_format("D4:D6", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("B4:F5", {"type": "blanks", "format": day})
        sheet.merge_range("J1:K2", "Laporan")
        sheet.add_sparkline("L4", {"range": "D4:D6"})
        sheet.insert_button("N2", {"macro": "LajurSync"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Journal!$D$4:$D$6"})
        sheet.insert_chart("N8", chart)
        book.add_worksheet("_lajur_base").very_hidden()
        book.add_worksheet("Other").write("A1", "mine")
        book.define_name("Total", "=Journal!$H$1")
    with zipfile.ZipFile(path.with_suffix(".xlsm"), "a") as archive:
        archive.writestr("customXml/item1.xml", CUSTOM_XML)
    return path.with_suffix(".xlsm")


def raw_parts(path: Path) -> dict[str, bytes]:
    """The compressed bytes of each part, as they stand in the file."""
    content = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            header = content[info.header_offset : info.header_offset + 30]
            lengths = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:], "little")
            start = info.header_offset + 30 + sum(lengths)
            found[info.filename] = content[start : start + info.compress_size]
    return found


def changed_parts(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Names of the parts that differ, came or went."""
    return {part for part in before.keys() | after if before.get(part) != after.get(part)}


def part(path: Path, name: str) -> bytes:
    """The content of one part."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def sheet_file(path: Path, sheet_xml: bytes, **parts: bytes) -> Path:
    """A workbook of one sheet, ``S``, whose XML is given; other parts by their path."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write("A1", "shared text")
    with zipfile.ZipFile(path) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    contents["xl/worksheets/sheet1.xml"] = sheet_xml
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (contents | parts).items():
            new.writestr(name, content)
    return path


def sheet_xml(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """A worksheet with these rows."""
    return HEAD + b'<worksheet xmlns="%s">%s<sheetData>%s</sheetData>%s</worksheet>' % (
        MAIN,
        before,
        rows,
        after,
    )


def cell(path: Path, reference: str, sheet: str = "xl/worksheets/sheet1.xml") -> str:
    """One cell element as it stands in the file."""
    found = re.search(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)', part(path, sheet).decode())
    return found[0] if found else ""


def in_openpyxl(path: Path) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it: from memory, and without the copy of all parts that it
    keeps for macros, whose end the garbage collector may write into a closed file.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it says what it cannot read
        return openpyxl.load_workbook(BytesIO(path.read_bytes()))
