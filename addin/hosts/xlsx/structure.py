"""The workbook part: its sheets, its date system, its recalculation."""

from __future__ import annotations

from addin.hosts.errors import NotAWorkbook
from addin.hosts.xlsx.markup import (
    attribute,
    children,
    elements,
    prefix,
    text_attribute,
    with_attribute,
)
from addin.hosts.xlsx.package import Package

_BEFORE_CALCULATION = frozenset(
    b"fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups"
    b" externalReferences definedNames AlternateContent revisionPtr".split()
)


def workbook_part(package: Package) -> str:
    """The name of the workbook part; ``NotAWorkbook`` for other documents and for .xlsb."""
    for target in package.related("", "officeDocument"):
        if package.has(target) and target.lower().endswith(".xml"):
            root = next(elements(package.read(target), b"workbook"), None)
            if root is not None:
                return target
    raise NotAWorkbook(name=package.name)


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each worksheet, by the sheet's name, in the workbook's order."""
    book = workbook_part(package)
    links = {link.id: link for link in package.relations(book)}
    found = {}
    for tag in elements(package.read(book), b"sheet"):
        link = links.get(text_attribute(tag[0], b"[\\w.-]+:id"))
        if link is not None and link.kind == "worksheet" and package.has(link.target):
            found[text_attribute(tag[0], b"name")] = link.target
    return found


def counts_from_1904(package: Package) -> bool:
    """Whether serial 0 is 1 January 1904, as in workbooks of old Macintosh programs."""
    settings = next(elements(package.read(workbook_part(package)), b"workbookPr"), None)
    return settings is not None and attribute(settings[0], b"date1904") in (b"1", b"true")


def ask_for_recalculation(package: Package) -> None:
    """Let the next program that opens the workbook recalculate all of its formulas."""
    part = workbook_part(package)
    xml = package.read(part)
    settings = next(elements(xml, b"calcPr"), None)
    if settings is not None:
        if attribute(settings[0], b"fullCalcOnLoad") not in (b"1", b"true"):
            tag = with_attribute(settings[0], b"fullCalcOnLoad", b"1")
            package.put(part, xml.replace(settings[0], tag, 1))
        return
    root = next(elements(xml, b"workbook"))
    at = root.end()
    for child in children(xml, root.end(), len(xml)):
        if child.name not in _BEFORE_CALCULATION:
            break
        at = child.end
    entry = b"<" + prefix(xml) + b'calcPr fullCalcOnLoad="1"/>'
    package.put(part, xml[:at] + entry + xml[at:])


def recalculates(package: Package) -> bool:
    """Whether the workbook already asks for recalculation."""
    settings = next(elements(package.read(workbook_part(package)), b"calcPr"), None)
    return settings is not None and attribute(settings[0], b"fullCalcOnLoad") in (b"1", b"true")


def drop_calculation_order(package: Package) -> None:
    """Remove the list of formula cells, which must not name a cell that has none any more."""
    book = workbook_part(package)
    for part in package.related(book, "calcChain"):
        package.drop(part, book)
