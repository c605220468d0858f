"""Cell formats: which ones show a date, and a sister format when a value needs another kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from addin.hosts.base import Cell
from addin.hosts.xlsx.markup import (
    attribute,
    children,
    elements,
    prefix,
    text_attribute,
    with_attribute,
)

GENERAL, DAY, MOMENT = 0, 14, 22  # number formats that every program knows without a definition
_BUILT_IN_DATES = frozenset({*range(14, 23), 45, 46, 47})
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    b'</fill><fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>'
)


def shows_date(code: str) -> bool:
    """Whether a number format such as ``dd/mm/yyyy`` or ``[h]:mm`` shows a date or time."""
    first = _NOT_FORMAT.sub("", code).partition(";")[0]
    return bool(re.search(r"[dmyhs]", first, re.IGNORECASE)) and "general" not in first.lower()


@dataclass(slots=True)
class Styles:
    """The cell formats of a workbook: ``formats`` are the ``xf`` elements, by style number."""

    xml: bytes
    formats: list[bytes]
    dates: frozenset[int]
    sisters: dict[tuple[int, int], int] = field(default_factory=dict)
    dated: dict[int, bool] = field(default_factory=dict)
    first_new: int = 0

    def suited(self, style: int | None, value: Cell) -> int | None:
        """The style, or its sister with a format that keeps a date a date and a number a number."""
        dated = style is not None and self._is_date(style)
        if isinstance(value, date):
            if dated:
                return style
            return self._sister(style or 0, MOMENT if isinstance(value, datetime) else DAY)
        if dated and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self._sister(style or 0, GENERAL)
        return style

    def _is_date(self, style: int) -> bool:
        """Whether a style's number format shows a date."""
        if style not in self.dated:
            known = self.formats[style] if style < len(self.formats) else b""
            self.dated[style] = int(attribute(known, b"numFmtId") or 0) in self.dates
        return self.dated[style]

    def _sister(self, style: int, number_format: int) -> int:
        """The number of a style that differs in the number format only."""
        key = (style, number_format)
        if key not in self.sisters:
            whole = self.formats[style] if style < len(self.formats) else self.formats[0]
            end = whole.index(b">") + 1
            tag = with_attribute(whole[:end], b"numFmtId", b"%d" % number_format)
            sister = with_attribute(tag, b"applyNumberFormat", b"1") + whole[end:]
            self.sisters[key] = self._number_of(sister)
        return self.sisters[key]

    def _number_of(self, sister: bytes) -> int:
        """Its number, taken from the formats that are there when one is the same."""
        if sister not in self.formats:
            self.formats.append(sister)
        return self.formats.index(sister)

    def text(self) -> bytes:
        """The part's content, with the sisters that were made."""
        new = self.formats[self.first_new :]
        if not new:
            return self.xml
        mark = prefix(self.xml)
        close = self.xml.index(b"</" + mark + b"cellXfs>")
        start = self.xml.rindex(b"<" + mark + b"cellXfs", 0, close)
        tag_end = self.xml.index(b">", start) + 1
        tag = with_attribute(self.xml[start:tag_end], b"count", b"%d" % len(self.formats))
        middle = self.xml[tag_end:close] + b"".join(new)
        return self.xml[:start] + tag + middle + self.xml[close:]


def styles_of(xml: bytes) -> Styles:
    """The formats in a styles part."""
    opening = next(elements(xml, b"cellXfs"))
    formats = [xml[e.start : e.end] for e in children(xml, opening.end(), len(xml))]
    custom = {
        int(attribute(tag[0], b"numFmtId") or 0): text_attribute(tag[0], b"formatCode")
        for tag in elements(xml[: opening.start()], b"numFmt")
    }
    dates = {number for number in _BUILT_IN_DATES if number not in custom}
    dates |= {number for number, code in custom.items() if shows_date(code)}
    return Styles(xml, formats, frozenset(dates), first_new=len(formats))
