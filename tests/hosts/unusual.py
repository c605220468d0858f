"""Workbook files as programs write them that differ from most, made by hand where none can run."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.hosts.files import HEAD, MAIN, rich_workbook, sheet_file

OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICTLY = {
    MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}
GOOGLE = (
    b' xmlns:r="%s" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"'
    b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    b' xmlns:mv="urn:schemas-microsoft-com:mac:vml"'
    b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"' % OFFICE
)
GOOGLES_ROWS = (
    b'<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" '
    b's="1"/></row><row r="2" ht="15.75" customHeight="1"><c r="A2" s="2"><v>46145.0</v></c>'
    b'<c r="B2" s="1"><v>1250000.0</v></c><c r="C2" s="1" t="str"><f>IFERROR(__xludf.DUMMYFUNCTION('
    b'"QUERY(A:B,""select B"")"),"Sewa kantor")</f><v>Sewa kantor</v></c></row><row r="3">'
    b'<c r="B3" s="1" t="b"><v>1</v></c><c r="C3" s="1"><f t="shared" ref="C3:C4" si="1">B3*2</f>'
    b'<v>2.0</v></c></row><row r="4"><c r="B4" s="1" t="e"><f>VLOOKUP(1,A1:B1,2,0)</f><v>#N/A</v>'
    b'</c><c r="C4" s="1"><f t="shared" si="1">B4*2</f><v>0.0</v></c></row>'
)
GOOGLES_TEXTS = (
    b'<si><t xml:space="preserve">Tanggal</t></si><si><r><rPr><rFont val="Arial"/>'
    b'<color theme="1"/></rPr><t xml:space="preserve">Nilai </t></r><r><rPr><b/></rPr>'
    b"<t>(Rp)</t></r></si>"
)
GOOGLES_STYLES = HEAD + (
    b'<styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="164" '
    b'formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="1"><font><sz val="10.0"/>'
    b'<name val="Arial"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    b'patternType="lightGray"/></fill></fills><borders count="1"><border/></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf borderId="0" fillId="0" '
    b'fontId="0" numFmtId="0" xfId="0"/><xf borderId="0" fillId="0" fontId="0" numFmtId="0" '
    b'xfId="0" applyFont="1"/><xf borderId="0" fillId="0" fontId="0" numFmtId="164" xfId="0" '
    b'applyNumberFormat="1"/></cellXfs></styleSheet>' % MAIN
)


def rezipped(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    """A copy of a file with some parts changed or added."""
    with zipfile.ZipFile(source) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (contents | changed).items():
            new.writestr(name, content)
    return target


def strict_workbook(folder: Path) -> Path:
    """The rich workbook as Excel saves it as "Strict Open XML": other names, days as ISO text."""
    rich = rich_workbook(folder / "rich.xlsm")
    with zipfile.ZipFile(rich) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in [name for name in parts if name.endswith((".xml", ".rels", ".vml"))]:
        for usual, strict in STRICTLY.items() if not name.startswith("customXml") else ():
            parts[name] = parts[name].replace(usual, strict)
    sheet = parts["xl/worksheets/sheet1.xml"]
    day = b'<c r="B4" s="1"><v>46145</v></c>'
    assert day in sheet
    new = b'<c r="B4" s="1" t="d"><v>2026-05-03T00:00:00.000</v></c>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(day, new)
    return rezipped(rich, folder / "strict.xlsm", parts)


def googles_workbook(path: Path) -> Path:
    """What Google gives as .xlsx: no size stated, every number with a point, a drawing without
    shapes, formulas of its own wrapped, a part of its own beside the workbook.
    """
    sheet = b'<worksheet xmlns="%s"%s><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/>' % (
        *(MAIN, GOOGLE),
    )
    sheet += (
        b'</sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr '
        b'customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><cols><col '
        b'customWidth="1" min="1" max="1" width="20.5"/></cols><sheetData>%s</sheetData>'
        b'<drawing r:id="rId1"/></worksheet>' % GOOGLES_ROWS
    )
    drawing = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s'
    )
    link = b'<Relationship Id="rId1" Type="%s/drawing" Target="../drawings/drawing1.xml"/>' % OFFICE
    texts = b'<sst xmlns="%s">%s</sst>' % (MAIN, GOOGLES_TEXTS)
    parts = {
        "xl/styles.xml": GOOGLES_STYLES,
        "xl/sharedStrings.xml": HEAD + texts,
        "xl/drawings/drawing1.xml": HEAD + drawing,
        "xl/worksheets/_rels/sheet1.xml.rels": HEAD + links % link + b"</Relationships>",
        "xl/metadata": b"\x0a\x04{}\x12\x00",
    }
    sheet_file(path, HEAD + sheet, **parts)
    with zipfile.ZipFile(path) as archive:
        book_links = archive.read("xl/_rels/workbook.xml.rels")
    own = (
        b'<Relationship Id="rId99" Type="http://customschemas.google.com/relationships/'
        b'workbookmetadata" Target="metadata"/></Relationships>'
    )
    changed = {"xl/_rels/workbook.xml.rels": book_links.replace(b"</Relationships>", own)}
    return rezipped(path, path, changed)


def linked_workbook(path: Path) -> Path:
    """A sheet whose formula looks into another workbook on somebody's disk."""
    rows = b'<row r="1"><c r="A1"><f>[1]Kurs!$B$2*2</f><v>32600</v></c><c r="B1"><v>1</v></c></row>'
    book = (
        b'<externalLink xmlns="%s" xmlns:r="%s"><externalBook r:id="rId1"><sheetNames><sheetName '
        % (*(MAIN, OFFICE),)
    )
    book += b'val="Kurs"/></sheetNames></externalBook></externalLink>'
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s/externalLinkPath" '
        b'Target="file:///C:/Data%%20Kantor/kurs.xlsx" TargetMode="External"/></Relationships>'
        % OFFICE
    )
    sheet = HEAD + b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN, rows)
    sheet_file(path, sheet)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    own = (
        b'<Relationship Id="rId77" Type="%s/externalLink" Target="externalLinks/externalLink1.xml"'
    )
    own += b"/></Relationships>"
    named = b'<externalReferences><externalReference r:id="rId77"/></externalReferences><calcPr '
    rels, name = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    return rezipped(
        path,
        path,
        {
            "xl/externalLinks/externalLink1.xml": HEAD + book,
            "xl/externalLinks/_rels/externalLink1.xml.rels": HEAD + links,
            rels: parts[rels].replace(b"</Relationships>", own % OFFICE),
            name: parts[name].replace(b"<calcPr ", named),
        },
    )
