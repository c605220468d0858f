"""The shapes that make notes visible in Excel: a legacy drawing in VML, one shape a note."""

from __future__ import annotations

import re
from collections.abc import Collection

_SPACES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    b' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_NUMBER = re.compile(rb'id="_x0000_s(\d+)"')
BLOCK = 1024  # shape numbers come in blocks of this size, one block a sheet

Place = tuple[int, int]


def new_drawing(block: int) -> bytes:
    """A legacy drawing with no shape yet; ``block`` differs for each sheet."""
    return (
        b'<xml %s><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/>'
        b"</o:shapelayout>%s</xml>" % (_SPACES, block, _KIND)
    )


def with_shapes(xml: bytes, block: int, new: Collection[Place], gone: Collection[Place]) -> bytes:
    """The drawing with a hidden note shape at each ``new`` place and none at the ``gone`` ones."""
    if gone:
        xml = _SHAPE.sub(lambda shape: b"" if _place(shape[0]) in gone else shape[0], xml)
    there = {_place(shape[0]) for shape in _SHAPE.finditer(xml)}
    numbers = [int(found[1]) for found in _NUMBER.finditer(xml)]
    first = max(numbers, default=block * BLOCK) + 1
    missing = [place for place in new if place not in there]
    shapes = [_shape(first + at, *place) for at, place in enumerate(missing)]
    if shapes and b"_x0000_t202" not in xml:
        shapes.insert(0, _KIND)
    if not all(name in xml for name in (b"xmlns:v=", b"xmlns:o=", b"xmlns:x=")):
        shapes = [re.sub(rb"^<v:\w+", rb"\g<0> " + _SPACES, shape) for shape in shapes]
    end = xml.rindex(b"</")
    return xml[:end] + b"".join(shapes) + xml[end:]


def _place(shape: bytes) -> Place | None:
    """The cell (1-based) of a note shape; None for a button or another shape."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if not row or not column or b'ObjectType="Note"' not in shape:
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def _shape(number: int, row: int, column: int) -> bytes:
    """A hidden note beside its cell; Excel places it anew when it is shown."""
    top = max(row - 2, 0)
    anchor = f"{column}, 15, {top}, 2, {column + 3}, 31, {top + 5}, 1"
    return (
        f'<v:shape id="_x0000_s{number}"'
        f' type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
        f'width:160pt;height:80pt;z-index:{number % BLOCK};visibility:hidden"'
        f' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        f'<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()
