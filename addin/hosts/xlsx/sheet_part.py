"""A worksheet part cut into its head, its rows and its tail, without a tree of its cells."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from operator import ge
from typing import NamedTuple, TypeAlias

from addin.hosts.columns import column_number, letters
from addin.hosts.errors import DamagedWorkbook
from addin.hosts.xlsx.markup import attribute, prefix, with_attribute

Places: TypeAlias = "tuple[array[int], array[int]]"
Piece: TypeAlias = bytes | memoryview
_SHEET_DATA = re.compile(rb"<(?:[\w.-]+:)?sheetData(?:\s[^>]*?)?(/?)>")


@lru_cache(maxsize=16)
def _cell(mark: bytes) -> re.Pattern[bytes]:
    """Matches a cell element: its column, its style, its other attributes."""
    return re.compile(
        rb'<%sc(?: r="([A-Z]+)\d+")?(?: s="(\d+)")?((?=[\s/>])[^>]*?)(?:/>|>.*?</%sc>)'
        % (mark, mark),
        re.DOTALL,
    )


@lru_cache(maxsize=16)
def _opening(mark: bytes) -> re.Pattern[bytes]:
    """Matches the opening tag of a row: its number, its other attributes, whether it is closed."""
    return re.compile(rb"<%srow(?: r=\"(\d+)\")?((?:\s[^>]*?)?)(/?)>" % mark)


class Row(NamedTuple):
    """A row element: its number, where its tag stands, and whether it closes itself."""

    number: int
    start: int
    tag_end: int
    closed: bool


class OldCell(NamedTuple):
    """A cell element as it stands: its column, its style, all its bytes."""

    column: int
    style: int | None
    raw: bytes


@dataclass(frozen=True, slots=True)
class SheetPart:
    """The XML of a worksheet; ``start`` to ``end`` is what stands inside ``sheetData``."""

    xml: bytes
    mark: bytes
    start: int
    end: int
    name: str

    def rows(self) -> Iterator[Row]:
        """The row elements in order; ``DamagedWorkbook`` when their numbers do not rise."""
        number = 0
        for found in _opening(self.mark).finditer(self.xml, self.start, self.end):
            stated = found[1] or attribute(found[2], b"r")
            following = int(stated) if stated else number + 1
            if following <= number:
                raise DamagedWorkbook(name=self.name)
            number = following
            yield Row(number, found.start(), found.end(), bool(found[3]))

    def hidden(self) -> frozenset[int]:
        """The numbers of the rows that are not seen, by hand or by a filter."""
        if self.xml.find(b"hidden=", self.start, self.end) < 0:
            return frozenset()
        return frozenset(
            row.number
            for row in self.rows()
            if attribute(self.xml[row.start : row.tag_end], b"hidden") in (b"1", b"true")
        )

    def count(self, tag: bytes) -> int:
        """How many tags begin like this."""
        return self.xml.count(b"<%s%s" % (self.mark, tag), self.start, self.end)

    def numbers(self) -> list[int]:
        """The stated row numbers, found quickly; ``DamagedWorkbook`` when they do not rise."""
        stated = re.compile(rb'<%srow r="(\d+)"' % self.mark)
        numbers = list(map(int, stated.findall(self.xml, self.start, self.end)))
        if any(map(ge, numbers, numbers[1:])):
            raise DamagedWorkbook(name=self.name)
        return numbers

    def places(self) -> Places:
        """Number and start of each row, in order; no row is looked into."""
        opening = re.compile(rb'<%srow r="\d+"' % self.mark)
        starts = [found.start() for found in opening.finditer(self.xml, self.start, self.end)]
        return array("L", self.numbers()), array("L", starts)

    def run(self, first: int, last: int) -> Iterator[tuple[int, int, int]] | None:
        """Number, start and end of the rows from one to another; None when the first is missing."""
        row = self.row_at(first, self.start)
        return self._run(row.start, last) if row else None

    def _run(self, at: int, last: int) -> Iterator[tuple[int, int, int]]:
        number = 0
        for found in _opening(self.mark).finditer(self.xml, at, self.end):
            if number:
                yield number, at, found.start()
            number, at = int(found[1] or 0), found.start()
            if number > last:
                return
        if number:
            yield number, at, self.end

    def row_at(self, number: int, start: int) -> Row | None:
        """The row of that number, looked for from `start` on without a look at the others."""
        at = self.xml.find(b'<%srow r="%d"' % (self.mark, number), start, self.end)
        return self._row(at) if at >= 0 else None

    def last_row(self, before: int | None = None) -> Row | None:
        """The last row of the sheet, or the last that begins before a place."""
        at = self.xml.rfind(b'<%srow r="' % self.mark, self.start, before or self.end)
        return self._row(at) if at >= 0 else None

    def _row(self, at: int) -> Row | None:
        found = _opening(self.mark).match(self.xml, at, self.end)
        return Row(int(found[1]), at, found.end(), bool(found[3])) if found and found[1] else None

    def cells(self, row: Row) -> Iterator[OldCell]:
        """The cell elements of a row."""
        if row.closed:
            return
        column = 0
        for found in _cell(self.mark).finditer(self.xml, row.tag_end, self._close(row)):
            stated, style, others = found[1], found[2], found[3]
            if stated is None and (unusual := attribute(others, b"r")):
                stated = unusual.rstrip(b"0123456789")
            column = column_number(stated.decode()) if stated else column + 1
            style = style or attribute(others, b"s") if others else style
            yield OldCell(column, int(style) if style else None, found[0])

    def cell_at(self, row: Row, column: int) -> tuple[int, int] | None:
        """Where one cell element of a row begins and ends, found without reading the others."""
        if row.closed:
            return None
        reference = b'<%sc r="%s%d"' % (self.mark, letters(column).encode(), row.number)
        start = self.xml.find(reference, row.tag_end, self._close(row))
        found = _cell(self.mark).match(self.xml, start) if start >= 0 else None
        return found.span() if found else None

    def end_of(self, row: Row) -> int:
        """Where the row element ends."""
        return row.tag_end if row.closed else self.xml.index(b">", self._close(row)) + 1

    def _close(self, row: Row) -> int:
        """Where the closing tag of a row begins."""
        at = self.xml.find(b"</%srow" % self.mark, row.tag_end, self.end)
        if at < 0:
            raise DamagedWorkbook(name=self.name)
        return at

    @property
    def head(self) -> bytes:
        """What stands before the rows, with the opening tag of ``sheetData``."""
        return self.xml[: self.start]

    @property
    def tail(self) -> bytes:
        """What stands after the rows, with the closing tag of ``sheetData``."""
        return self.xml[self.end :]

    def piece(self, start: int, end: int) -> memoryview:
        """Bytes of the sheet as they are, not copied."""
        return memoryview(self.xml)[start:end]

    def with_rows(self, pieces: Iterable[Piece], head: bytes | None = None) -> SheetPart:
        """The sheet with other rows, and another head. The pieces are never held all at once."""
        head = self.head if head is None else head
        tail, xml = self.tail, BytesIO()
        xml.seek(len(self.xml) + len(head))
        xml.write(b"\0")  # room enough for most edits: growing could copy what is there
        xml.seek(0)
        xml.write(head)
        for piece in pieces:
            xml.write(piece)
        end = xml.tell()
        xml.write(tail)
        xml.truncate()
        return SheetPart(xml.getvalue(), self.mark, len(head), end, self.name)

    def with_frame(self, head: bytes, tail: bytes) -> SheetPart:
        """The same rows in a changed head and tail."""
        if head == self.head and tail == self.tail:
            return self
        xml = b"".join([head, self.piece(self.start, self.end), tail])
        end = len(head) + self.end - self.start
        return SheetPart(xml, self.mark, len(head), end, self.name)


def sheet_part(xml: bytes, name: str) -> SheetPart:
    """The cut of a worksheet, each of its cells with its reference stated."""
    found = _SHEET_DATA.search(xml)
    if not found:
        raise DamagedWorkbook(name=name)
    mark = prefix(xml)
    if found[1]:
        opened = b"<%ssheetData></%ssheetData>" % (mark, mark)
        xml = xml[: found.start()] + opened + xml[found.end() :]
        start = end = found.start() + opened.index(b">") + 1
    else:
        start, end = found.end(), xml.rfind(b"</%ssheetData" % mark)
    if end < start or xml.find(b"<!", start, end) >= 0:
        raise DamagedWorkbook(name=name)  # comments and CDATA could look like cells
    return _placed(SheetPart(xml, mark, start, end, name))


def _placed(sheet: SheetPart) -> SheetPart:
    """A reference may be left out when it follows from the cell before; here all are stated."""
    stated = {b"row": len(sheet.numbers()), b"c": sheet.count(b'c r="')}
    if all(known == sheet.count(tag) for tag, known in stated.items()):
        return sheet
    return sheet.with_rows(_placed_row(sheet, row) for row in sheet.rows())


def _placed_row(sheet: SheetPart, row: Row) -> bytes:
    """A row element with its number and its cells' references stated first."""
    tag = _with_reference(sheet.xml[row.start : row.tag_end], b"row", str(row.number))
    if row.closed:
        return tag
    pieces = [tag]
    for cell in sheet.cells(row):
        end = cell.raw.index(b">") + 1
        reference = f"{letters(cell.column)}{row.number}"
        pieces += [_with_reference(cell.raw[:end], b"c", reference), cell.raw[end:]]
    return b"".join([*pieces, b"</%srow>" % sheet.mark])


def _with_reference(tag: bytes, element: bytes, reference: str) -> bytes:
    """An opening tag with the attribute ``r`` as its first."""
    bare = with_attribute(tag, b"r", None)
    at = bare.index(element) + len(element)
    return bare[:at] + b' r="' + reference.encode() + b'"' + bare[at:]
