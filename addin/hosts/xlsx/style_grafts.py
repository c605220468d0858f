"""Formats of another workbook's styles part, taken over into ours one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

from addin.hosts.xlsx.markup import attribute, children, elements, prefix, with_attribute

OWN_FORMATS = 164  # the first number of a number format that is not built in


@dataclass
class StyleGraft:
    """``xml`` is our styles part as it grows; ``donor`` the other one."""

    xml: bytes
    donor: bytes
    formats: dict[int, int] = field(default_factory=dict)
    differences: dict[int, int] = field(default_factory=dict)

    def cell_format(self, number: int) -> int:
        """Our number of the donor's cell format."""
        if number not in self.formats:
            self.formats[number] = self._take(number)
        return self.formats[number]

    def difference(self, number: int) -> int:
        """Our number of the donor's format of a conditional rule."""
        if number not in self.differences:
            self.differences[number] = self._add(b"dxfs", _items(self.donor, b"dxfs")[number])
        return self.differences[number]

    def _take(self, number: int) -> int:
        whole = _items(self.donor, b"cellXfs")[number]
        end = whole.index(b">") + 1
        tag = whole[:end]
        for name, section in (
            (b"fontId", b"fonts"),
            (b"fillId", b"fills"),
            (b"borderId", b"borders"),
        ):
            theirs = _items(self.donor, section)[int(attribute(tag, name) or 0)]
            tag = with_attribute(tag, name, b"%d" % self._add(section, theirs))
        code = self._number_format(int(attribute(tag, b"numFmtId") or 0))
        tag = with_attribute(with_attribute(tag, b"numFmtId", b"%d" % code), b"xfId", b"0")
        return self._add(b"cellXfs", tag + whole[end:])

    def _number_format(self, number: int) -> int:
        if number < OWN_FORMATS:
            return number
        theirs = _codes(self.donor)[number]
        ours = _codes(self.xml)
        known = next((n for n, code in ours.items() if code == theirs), None)
        if known is not None:
            return known
        new = max([OWN_FORMATS - 1, *ours]) + 1
        self._add(b"numFmts", b'<numFmt numFmtId="%d" formatCode="%s"/>' % (new, theirs))
        return new

    def _add(self, section: bytes, item: bytes) -> int:
        """The place of an element in a section, which is one longer where it was not there."""
        mark = prefix(self.xml)
        items = _items(self.xml, section)
        if item in items and section != b"cellXfs":
            return items.index(item)
        opening = next(elements(self.xml, section), None)
        if opening is None:
            self._open(section, mark)
            opening = next(elements(self.xml, section))
        tag = opening[0]
        grown = with_attribute(tag, b"count", b"%d" % (len(items) + 1))
        if tag.endswith(b"/>"):
            closed = b"</" + mark + section + b">"
            new = grown[:-2].rstrip() + b">" + item + closed
            self.xml = self.xml[: opening.start()] + new + self.xml[opening.end() :]
            return 0
        close = self.xml.index(b"</" + mark + section + b">", opening.end())
        middle = self.xml[opening.end() : close]
        self.xml = self.xml[: opening.start()] + grown + middle + item + self.xml[close:]
        return len(items)

    def _open(self, section: bytes, mark: bytes) -> None:
        """A section that was not there: number formats come first, rules' formats after styles."""
        empty = b'<%s%s count="0"></%s%s>' % (mark, section, mark, section)
        if section == b"numFmts":
            at = next(elements(self.xml, b"styleSheet")).end()
        else:
            styles = b"</" + mark + b"cellStyles>"
            found = self.xml.find(styles)
            cells = b"</" + mark + b"cellXfs>"
            at = found + len(styles) if found >= 0 else self.xml.index(cells) + len(cells)
        self.xml = self.xml[:at] + empty + self.xml[at:]


def _items(xml: bytes, section: bytes) -> list[bytes]:
    opening = next(elements(xml, section), None)
    if opening is None or opening[0].endswith(b"/>"):
        return []
    return [xml[e.start : e.end] for e in children(xml, opening.end(), len(xml))]


def _codes(xml: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for item in _items(xml, b"numFmts"):
        found[int(attribute(item, b"numFmtId") or 0)] = attribute(item, b"formatCode") or b""
    return found
