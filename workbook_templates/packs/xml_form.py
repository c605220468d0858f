"""XML files whose elements and their order are data of a pack: a head, rows, and lines of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a file by element, the lines below it, and what stands at their foot."""

    texts: Texts
    lines: Sequence[Texts] = field(default_factory=tuple)
    foot: Texts = field(default_factory=dict)


def xml_file(form: Mapping[str, Any], header: Texts, rows: Iterable[FormRow]) -> bytes:
    """The file in UTF-8, every element of the form in its order; one without a text is empty, or
    nil where the form allows that. The same rows give the same bytes.
    """
    ElementTree.register_namespace("xsi", XSI)
    root = ElementTree.Element(form["root"])
    if schema := form.get("schema"):
        root.set(f"{{{XSI}}}noNamespaceSchemaLocation", schema)
    for name in form["header"]:
        ElementTree.SubElement(root, name).text = header.get(name)
    listed = ElementTree.SubElement(root, form["list"])
    for row in rows:
        element = ElementTree.SubElement(listed, form["row"])
        head = ElementTree.SubElement(element, form["head"]) if "head" in form else element
        _fill(head, form, row.texts)
        if lines := form.get("lines"):
            below = ElementTree.SubElement(element, lines["list"])
            for line in row.lines:
                _fill(ElementTree.SubElement(below, lines["row"]), lines, line)
            if foot := lines.get("foot"):
                _fill(ElementTree.SubElement(below, foot["row"]), foot, row.foot)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'.encode()


def _fill(element: ElementTree.Element, form: Mapping[str, Any], texts: Texts) -> None:
    for name in form["fields"]:
        child = ElementTree.SubElement(element, name)
        text = texts.get(name)
        if text is not None:
            child.text = text
        elif name in form.get("nillable", ()):
            child.set(f"{{{XSI}}}nil", "true")
