"""Reading of a sheet part only what changed: a hash a block of rows, single rows, one column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from zlib import crc32

from addin.hosts.base import Cell, SheetCells
from addin.hosts.blocks import Mark
from addin.hosts.xlsx.markup import attribute, elements, letters, unescaped, with_attribute
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.reading import read_sheet
from addin.hosts.xlsx.sheet_part import SheetPart
from addin.hosts.xlsx.structure import counts_from_1904, sheet_parts, workbook_part

BLOCK_ROWS = 64
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)<")
_PHONETIC = re.compile(rb"<((?:[\w.-]+:)?rPh)\b.*?</\1>", re.DOTALL)


def mark_of(package: Package, part: str) -> Mark:
    """The state of the sheet in ``part``; the checksums of the zip's directory say most of it."""
    book = workbook_part(package)
    styles = "".join(package.checksum(name) for name in package.related(book, "styles"))
    texts = package.related(book, "sharedStrings")
    context = f"{styles}{'+1904' if counts_from_1904(package) else ''}"
    return Mark(package.checksum(part), context, _texts_mark(package, texts[0]) if texts else "")


def _texts_mark(package: Package, part: str) -> str:
    """Checksum of the shared texts, and length and checksum of the list alone: it may only grow."""
    start, end = _texts_inside(package.read(part))
    body = memoryview(package.read(part))[start:end]
    return f"{package.checksum(part)} {len(body)} {crc32(body):08x}"


def _texts_inside(xml: bytes) -> tuple[int, int]:
    """Where the list of texts begins and ends, without the tag that counts them."""
    root = next(elements(xml, b"sst"), None)
    end = xml.rfind(b"</")
    return (root.end(), end) if root and end >= root.end() else (0, len(xml))


def comparable(package: Package, part: str, since: Mark) -> bool:
    """Whether equal bytes of a cell mean what they meant at ``since``."""
    now = mark_of(package, part)
    if now.context != since.context:
        return False
    if now.texts == since.texts or not since.texts:
        return True
    _, length, checksum = since.texts.split()
    for texts in package.related(workbook_part(package), "sharedStrings"):
        xml = package.read(texts)
        start, end = _texts_inside(xml)
        stop = start + int(length)
        return stop <= end and f"{crc32(memoryview(xml)[start:stop]):08x}" == checksum
    return False


def hashes(package: Package, part: str) -> dict[int, bytes] | None:
    """The hash of each block; None for a part that is written in an unusual way."""
    sheet = package.sheet(part)
    if len(sheet.xml) != len(package.read(part)):
        return None  # places were left out of the cells, so that equal bytes mean little
    view, found = memoryview(sheet.xml), list(_row_starts(sheet))
    firsts = [next(rows) for _, rows in groupby(found, key=lambda row: block_of(row[0]))]
    ends = [start for _, start in firsts[1:]] + [sheet.end]
    return {
        block_of(number): blake2b(view[start:end], digest_size=8).digest()
        for (number, start), end in zip(firsts, ends, strict=True)
    }


def block_of(number: int) -> int:
    """The block of a row."""
    return (number - 1) // BLOCK_ROWS


def _row_starts(sheet: SheetPart) -> Iterator[tuple[int, int]]:
    """Number and place of each row; every row of a cut sheet states its number first."""
    opening = re.compile(rb'<%srow r="(\d+)"' % sheet.mark)
    for found in opening.finditer(sheet.xml, sheet.start, sheet.end):
        yield int(found[1]), found.start()


def read_rows(package: Package, sheet: str, part: str, numbers: Collection[int]) -> SheetCells:
    """The wanted rows, read as the whole sheet would be: from a sheet that has no others."""
    cut = package.sheet(part)
    wanted, found = frozenset(numbers), list(_row_starts(cut))
    ends = [start for _, start in found[1:]] + [cut.end]
    spans = [(n, s, e) for (n, s), e in zip(found, ends, strict=True) if n in wanted]
    if any(cut.xml.find(b'"shared"', start, end) >= 0 for _, start, end in spans):
        return read_sheet(package, sheet, part)  # the text of such a formula stands elsewhere
    rows = b"".join(
        _moved(cut.xml[start:end], number, to, cut.mark)
        for to, (number, start, end) in enumerate(spans, 1)
    )
    few = read_sheet(_with_only(package, part, cut, rows), sheet, part)
    return _put_back(few, [number for number, _, _ in spans])


def _moved(row: bytes, number: int, to: int, mark: bytes) -> bytes:
    """A row's element with another row number."""
    row = row.replace(b'<%srow r="%d"' % (mark, number), b'<%srow r="%d"' % (mark, to), 1)
    return re.sub(rb'(<%sc r="[A-Z]+)%d"' % (mark, number), rb'\g<1>%d"' % to, row)


def _with_only(package: Package, part: str, cut: SheetPart, rows: bytes) -> Package:
    """The workbook with these rows alone on that sheet, and without the other sheets' content."""
    small = package.copy()
    for other in set(sheet_parts(package).values()) - {part}:
        small.changed[other] = None
    head = cut.head
    for tag in elements(head, b"dimension"):
        head = head.replace(tag[0], with_attribute(tag[0], b"ref", b"A1"), 1)
    small.changed[part] = b"".join([head, rows, cut.tail])
    return small


def _put_back(few: SheetCells, numbers: list[int]) -> SheetCells:
    """Cells at the row numbers at which they stand in the file."""
    nothing: list[Cell] = []
    rows = [nothing] * (numbers[-1] if numbers else 0)
    for number, cells in zip(numbers, few.rows, strict=False):
        rows[number - 1] = cells
    formulas = {(numbers[row - 1], column): text for (row, column), text in few.formulas.items()}
    uncalculated = frozenset((numbers[row - 1], column) for row, column in few.uncalculated)
    return SheetCells(rows, formulas, few.merged, uncalculated)


def column_texts(package: Package, part: str, column: int) -> dict[int, str]:
    """Texts of one column by row number: inline, shared, or the result of a formula."""
    cut = package.sheet(part)
    mark, texts = cut.mark, _SharedTexts(package)
    cell = re.compile(
        rb'<%sc r="%s(\d+)"([^>]*)>(?:<%sis><%st(?:\s[^>]*)?>|(?:<%sf[^<]*</%sf>)?<%sv>)([^<]*)</'
        % (mark, letters(column).encode(), *(mark,) * 5)
    )
    found: dict[int, str] = {}
    for number, attributes, raw in cell.findall(cut.xml, cut.start, cut.end):
        kind = _kind(attributes)
        found[int(number)] = texts[int(raw)] if kind == b"s" else unescaped(raw)
    return found


@lru_cache(maxsize=64)
def _kind(attributes: bytes) -> bytes | None:
    """The type of a cell; few different attributes stand in many cells."""
    return attribute(attributes, b"t")


class _SharedTexts:
    """The list of shared texts, cut up when the first of them is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._texts: list[bytes] | None = None

    def __getitem__(self, place: int) -> str:
        if self._texts is None:
            self._texts = self._cut()
        runs = _TEXT.findall(_PHONETIC.sub(b"", self._texts[place]))
        return "".join(map(unescaped, runs))

    def _cut(self) -> list[bytes]:
        for part in self._package.related(workbook_part(self._package), "sharedStrings"):
            return re.split(rb"<(?:[\w.-]+:)?si(?=[\s/>])", self._package.read(part))[1:]
        return []
