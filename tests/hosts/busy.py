"""A ledger full of what people add: chart, sparkline, pivot table, slicer, macros, Power Query."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import xlsxwriter

from tests.hosts.files import CUSTOM_XML, HEAD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTENDED = "http://schemas.microsoft.com/office/2007/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "Analisis"
TYPES = {
    "xl/worksheets/sheet90.xml": f"{SHEETML}.worksheet+xml",
    "xl/drawings/drawing90.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "xl/charts/chart90.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "xl/pivotTables/pivotTable1.xml": f"{SHEETML}.pivotTable+xml",
    "xl/pivotCache/pivotCacheDefinition1.xml": f"{SHEETML}.pivotCacheDefinition+xml",
    "xl/pivotCache/pivotCacheRecords1.xml": f"{SHEETML}.pivotCacheRecords+xml",
    "xl/slicers/slicer1.xml": "application/vnd.ms-excel.slicer+xml",
    "xl/slicerCaches/slicerCache1.xml": "application/vnd.ms-excel.slicerCache+xml",
    "xl/connections.xml": f"{SHEETML}.connections+xml",
    "xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "customXml/itemProps1.xml": (
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    ),
}


def busy_workbook(ledger: Path) -> Path:
    """The ledger as an .xlsm of the same name with all of that in it."""
    with zipfile.ZipFile(ledger) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = {**_sheet_parts(), **_pivot_parts(), **_other_parts()}
    parts |= made
    _declare(parts)
    _link_workbook(parts)
    busy = ledger.with_suffix(".xlsm")
    with zipfile.ZipFile(busy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return busy


def kept_parts() -> set[str]:
    """The parts that people added."""
    return {*_sheet_parts(), *_pivot_parts(), *_other_parts()}


def _sheet_parts() -> dict[str, bytes]:
    """A sheet with a chart and a sparkline, as XlsxWriter makes it, and links to the rest."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_column("A1", [3, 1, 4, 1, 5])
        sheet.add_sparkline("B1", {"range": "A1:A5"})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"={SHEET}!$A$1:$A$5", "trendline": {"type": "linear"}})
        sheet.insert_chart("D2", chart)
    with zipfile.ZipFile(file) as donor:
        sheet_xml = donor.read("xl/worksheets/sheet1.xml")
        drawing = donor.read("xl/drawings/drawing1.xml")
        chart_xml = donor.read("xl/charts/chart1.xml")
    links = _relations(
        f'Id="rId1" Type="{DOCUMENT}/drawing" Target="../drawings/drawing90.xml"',
        f'Id="rId2" Type="{DOCUMENT}/pivotTable" Target="/xl/pivotTables/pivotTable1.xml"',
        f'Id="rId3" Type="{EXTENDED}/slicer" Target="../slicers/slicer1.xml"',
    )
    return {
        "xl/worksheets/sheet90.xml": sheet_xml,
        "xl/worksheets/_rels/sheet90.xml.rels": links,
        "xl/drawings/drawing90.xml": drawing,
        "xl/drawings/_rels/drawing90.xml.rels": _relations(
            f'Id="rId1" Type="{DOCUMENT}/chart" Target="../charts/chart90.xml"'
        ),
        "xl/charts/chart90.xml": chart_xml,
    }


def _pivot_parts() -> dict[str, bytes]:
    """A pivot table over the numbers, with its cache and a slicer."""
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><n v="1"/></r></pivotCacheRecords>'
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{DOCUMENT}" r:id="rId1" recordCount="1">'
        f'<cacheSource type="worksheet"><worksheetSource ref="A1:A5" sheet="{SHEET}"/>'
        '</cacheSource><cacheFields count="1"><cacheField name="3" numFmtId="0"><sharedItems '
        'containsNumber="1" minValue="1" maxValue="5"/></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot" cacheId="7" dataCaption="Nilai">'
        '<location ref="H2:I4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="1"><pivotField dataField="1"/></pivotFields></pivotTableDefinition>'
    )
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    slicer = (
        f'<slicers xmlns="{x14}"><slicer name="Irisan" cache="Slicer_3" caption="3" '
        'rowHeight="241300"/></slicers>'
    )
    slicer_cache = (
        f'<slicerCacheDefinition xmlns="{x14}" name="Slicer_3" sourceName="3">'
        '<pivotTables><pivotTable tabId="90" name="Pivot"/></pivotTables></slicerCacheDefinition>'
    )
    folder = "xl/pivotCache"
    return {
        "xl/pivotTables/pivotTable1.xml": HEAD + table.encode(),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": _relations(
            f'Id="rId1" Type="{DOCUMENT}/pivotCacheDefinition" '
            'Target="../pivotCache/pivotCacheDefinition1.xml"'
        ),
        f"{folder}/pivotCacheDefinition1.xml": HEAD + cache.encode(),
        f"{folder}/_rels/pivotCacheDefinition1.xml.rels": _relations(
            f'Id="rId1" Type="{DOCUMENT}/pivotCacheRecords" Target="pivotCacheRecords1.xml"'
        ),
        f"{folder}/pivotCacheRecords1.xml": HEAD + records.encode(),
        "xl/slicers/slicer1.xml": HEAD + slicer.encode(),
        "xl/slicerCaches/slicerCache1.xml": HEAD + slicer_cache.encode(),
    }


def _other_parts() -> dict[str, bytes]:
    """Macros, Power Query's mashup (UTF-16, as Excel writes it), a connection, custom XML."""
    mashup = (
        '<?xml version="1.0" encoding="utf-16"?><DataMashup>AAAAABQDAABQSwMEFAACAAg</DataMashup>'
    )
    store = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    properties = f'<ds:datastoreItem ds:itemID="{{0}}" xmlns:ds="{store}"/>'
    connection = (
        f'<connections xmlns="{MAIN}"><connection id="1" name="Query - Kurs" type="5" '
        'refreshedVersion="8"/></connections>'
    )
    return {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 16,
        "xl/connections.xml": HEAD + connection.encode(),
        "customXml/item1.xml": mashup.encode("utf-16"),
        "customXml/itemProps1.xml": HEAD + properties.encode(),
        "customXml/_rels/item1.xml.rels": _relations(
            f'Id="rId1" Type="{DOCUMENT}/customXmlProps" Target="itemProps1.xml"'
        ),
        "customXml/item2.xml": CUSTOM_XML,
    }


def _declare(parts: dict[str, bytes]) -> None:
    """Content types of what was added, and of a workbook with macros."""
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in TYPES.items()
    )
    types = parts["[Content_Types].xml"].decode()
    types = types.replace(
        f"{SHEETML}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{overrides}</Types>").encode()


def _link_workbook(parts: dict[str, bytes]) -> None:
    """The workbook names its new sheet and links to what belongs to it."""
    targets = {
        f"{DOCUMENT}/worksheet": "worksheets/sheet90.xml",
        f"{DOCUMENT}/pivotCacheDefinition": "pivotCache/pivotCacheDefinition1.xml",
        f"{EXTENDED}/slicerCache": "slicerCaches/slicerCache1.xml",
        f"{DOCUMENT}/connections": "connections.xml",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject": "vbaProject.bin",
        f"{DOCUMENT}/customXml": "../customXml/item1.xml",
    }
    links = "".join(
        f'<Relationship Id="rId9{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", links.encode() + b"</Relationships>")
    sheet = f'<sheet name="{SHEET}" sheetId="90" r:id="rId90"/></sheets>'.encode()
    book = parts["xl/workbook.xml"].replace(b"</sheets>", sheet)
    caches = b'<pivotCaches><pivotCache cacheId="7" r:id="rId91"/></pivotCaches></workbook>'
    parts["xl/workbook.xml"] = book.replace(b"</workbook>", caches)


def _relations(*links: str) -> bytes:
    """A relationships part."""
    inner = "".join(f"<Relationship {link}/>" for link in links)
    return HEAD + f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'.encode()
