"""Reading of a sheet part only what changed: a hash a block of rows, single rows, one column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from hashlib import sha1
from itertools import groupby
from zlib import crc32

from addin.hosts.base import Cell, SheetCells
from addin.hosts.blocks import Mark
from addin.hosts.columns import letters
from addin.hosts.xlsx.formulas import with_shared_spelled_out
from addin.hosts.xlsx.markup import attribute, elements, escaped, unescaped, with_attribute
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.reading import read_sheet
from addin.hosts.xlsx.sheet_part import SheetPart
from addin.hosts.xlsx.structure import counts_from_1904, workbook_part

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
    firsts = _first_by_jumps(sheet) or _first_of_blocks(*package.rows(part))
    view, ends = memoryview(sheet.xml), [*list(firsts.values())[1:], sheet.end]
    return {
        block: _hashed(view[start:end])
        for (block, start), end in zip(firsts.items(), ends, strict=True)
    }


def _hashed(content: memoryview) -> bytes:
    """Eight bytes that tell one content from another; no secret hangs on them."""
    return sha1(content, usedforsecurity=False).digest()[:8]


def _first_by_jumps(sheet: SheetPart) -> dict[int, int] | None:
    """Where each block begins; None when the first row of one is missing."""
    last, at, found = sheet.last_row(), sheet.start, dict[int, int]()
    for block in range(block_of(last.number) + 1 if last else 0):
        at = sheet.xml.find(b'<%srow r="%d"' % (sheet.mark, block * BLOCK_ROWS + 1), at, sheet.end)
        if at < 0:
            return None
        found[block] = at
    return found


def _first_of_blocks(numbers: Sequence[int], starts: Sequence[int]) -> dict[int, int]:
    """The same from all rows."""
    place, found = 0, dict[int, int]()
    while place < len(numbers):
        block = block_of(numbers[place])
        found[block] = starts[place]
        place = bisect_left(numbers, (block + 1) * BLOCK_ROWS + 1, place)
    return found


def block_of(number: int) -> int:
    """The block of a row."""
    return (number - 1) // BLOCK_ROWS


def read_rows(package: Package, sheet: str, part: str, numbers: Collection[int]) -> SheetCells:
    """The wanted rows, read as the whole sheet would be: from a sheet that has no others."""
    cut, spans = package.sheet(part), list(_spans(package, part, sorted(set(numbers))))
    if any(cut.xml.find(b'"shared"', start, end) >= 0 for _, start, end in spans):
        return read_rows(_spelled_out(package, part), sheet, part, numbers)
    rows = b"".join(
        _moved(cut.xml[start:end], number, to, cut.mark)
        for to, (number, start, end) in enumerate(spans, 1)
    )
    few = read_sheet(_with_only(package, part, cut, rows), sheet, part)
    return _put_back(few, [number for number, _, _ in spans])


def _spelled_out(package: Package, part: str) -> Package:
    """The workbook with all formulas of that sheet written out where they stand."""
    small = package.copy()
    small.cuts, small.places = {}, {}
    small.changed[part] = with_shared_spelled_out(package.sheet(part)).xml
    return small


def _spans(package: Package, part: str, wanted: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of those wanted rows that the sheet has."""
    sheet, known = package.sheet(part), frozenset(wanted)
    for first, last in _runs(wanted):
        run = sheet.run(first, last)
        if run is None:
            yield from (span for span in _places(package, part, first) if span[0] <= last)
        else:
            yield from (span for span in run if span[0] in known)


def _runs(wanted: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that follow each other."""
    for _, run in groupby(enumerate(wanted), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield numbers[0], numbers[-1]


def _places(package: Package, part: str, first: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of the rows from one that need not be there."""
    numbers, starts = package.rows(part)
    place = bisect_left(numbers, first)
    ends = [*starts[place + 1 :], package.sheet(part).end]
    yield from zip(numbers[place:], starts[place:], ends, strict=False)


def _moved(row: bytes, number: int, to: int, mark: bytes) -> bytes:
    """A row's element with another row number."""
    row = row.replace(b'<%srow r="%d"' % (mark, number), b'<%srow r="%d"' % (mark, to), 1)
    return re.sub(rb'(<%sc r="[A-Z]+)%d"' % (mark, number), rb'\g<1>%d"' % to, row)


def _with_only(package: Package, part: str, cut: SheetPart, rows: bytes) -> Package:
    """The workbook with these rows alone on that sheet."""
    small = package.copy()
    small.cuts, small.places = {}, {}  # of the sheet that has these rows alone
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


def find_rows(package: Package, part: str, column: int, texts: Collection[str]) -> dict[str, int]:
    """Row numbers of those texts of a column that stand in their cells, found in their order."""
    cut, at = package.sheet(part), 0
    cell = re.compile(rb'<%sc r="%s(\d+)"[^<]*' % (cut.mark, letters(column).encode()))
    found: dict[str, int] = {}
    for text in texts:
        raw = b">%s</" % escaped(text).encode()
        place = cut.xml.find(raw, max(at, cut.start), cut.end)
        if place < 0:
            place = cut.xml.find(raw, cut.start, cut.end)
        opening = cut.xml.rfind(b"<%sc " % cut.mark, cut.start, max(place, 0))
        if place >= 0 and opening >= 0 and (cell_tag := cell.match(cut.xml, opening)):
            found[text], at = int(cell_tag[1]), place
    return found


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
        if _kind(attributes) == b"s":
            found[int(number)] = texts[int(raw)]
        else:
            found[int(number)] = unescaped(raw) if b"&" in raw or b"_x" in raw else raw.decode()
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
