"""Notes of a sheet across the parts that hold them: texts, shapes, links and types."""

from __future__ import annotations

from collections.abc import Mapping

from addin.hosts.xlsx import note_shapes, note_texts
from addin.hosts.xlsx.markup import children, elements, text_attribute
from addin.hosts.xlsx.package import RELATIONS, Package
from addin.hosts.xlsx.sheet_part import SheetPart

_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING = frozenset(
    b"legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts"
    b" extLst".split()
)
Place = tuple[int, int]


def notes_of(package: Package, part: str) -> dict[Place, str]:
    """The notes of the sheet in ``part``."""
    found: dict[Place, str] = {}
    for target in package.related(part, "comments"):
        found |= note_texts.texts(package.read(target))
    return found


def put_notes(
    package: Package, part: str, sheet: SheetPart, notes: Mapping[Place, str | None]
) -> SheetPart:
    """Put notes into the package; the sheet returned is linked to their drawing."""
    if not notes:
        return sheet
    before = package.related(part, "comments")
    if not before and not any(notes.values()):
        return sheet
    texts = before[0] if before else _new_texts(package, part)
    package.put(texts, note_texts.with_notes(package.read(texts), notes))
    there = set(note_texts.texts(package.read(texts)))
    gone = notes.keys() - there
    drawing, sheet = _drawing(package, part, sheet)
    new = sorted(notes.keys() & there)
    package.put(drawing, note_shapes.with_shapes(package.read(drawing), _block(part), new, gone))
    return sheet


def _new_texts(package: Package, part: str) -> str:
    """An empty part for texts, linked to the sheet."""
    texts = package.free_name("xl/comments{}.xml")
    package.add(texts, note_texts.EMPTY, f"{_SHEETML}.comments+xml")
    package.relate(part, "comments", texts)
    return texts


def _drawing(package: Package, part: str, sheet: SheetPart) -> tuple[str, SheetPart]:
    """The sheet's legacy drawing, made and linked when it has none."""
    for tag in elements(sheet.tail, b"legacyDrawing"):
        link = text_attribute(tag[0], b"[\\w.-]+:id")
        for relation in package.relations(part):
            if relation.id == link:
                return relation.target, sheet
    drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.add_default_type("vml", _VML)
    package.changed[drawing] = note_shapes.new_drawing(_block(part))
    link = package.relate(part, "vmlDrawing", drawing)
    return drawing, sheet.with_frame(sheet.head, package.spelled(_linked(sheet, link)))


def _linked(sheet: SheetPart, link: str) -> bytes:
    """The sheet's tail with the element that names its legacy drawing, in its due place."""
    tail, mark = sheet.tail, sheet.mark
    entry = f'legacyDrawing xmlns:r="{RELATIONS}" r:id="{link}"/>'.encode()
    after_rows = tail.index(b">") + 1
    at = tail.rindex(b"</")
    for child in children(tail, after_rows, len(tail)):
        inner = {child.name}
        if child.name == b"AlternateContent":  # newer programs wrap controls in one
            inner = {name for name in _AFTER_DRAWING if name in tail[child.start : child.end]}
        if inner & _AFTER_DRAWING:
            at = child.start
            break
    return tail[:at] + b"<" + mark + entry + tail[at:]


def _block(part: str) -> int:
    """A number that differs for each sheet, from the part's name."""
    digits = "".join(letter for letter in part.rpartition("/")[2] if letter.isdigit())
    return int(digits[-3:] or 1)
