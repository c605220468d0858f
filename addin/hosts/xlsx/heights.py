"""Heights of rows: a program that opens the file shows a long text whole only where it has room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from addin.hosts.xlsx.markup import with_attribute
from addin.hosts.xlsx.sheet_part import Piece, Row, SheetPart


def with_heights(sheet: SheetPart, heights: Mapping[int, float | None]) -> SheetPart:
    """The sheet with rows of these heights (in points); None leaves it to the program."""
    return sheet.with_rows(_pieces(sheet, heights)) if heights else sheet


def _pieces(sheet: SheetPart, heights: Mapping[int, float | None]) -> Iterator[Piece]:
    done = sheet.start
    for row in sheet.rows():
        if row.number in heights:
            yield sheet.piece(done, row.start)
            yield _tag(sheet, row, heights[row.number])
            done = row.tag_end
    yield sheet.piece(done, sheet.end)


def _tag(sheet: SheetPart, row: Row, height: float | None) -> bytes:
    tag = bytes(sheet.piece(row.start, row.tag_end))
    points, ours = (None, None) if height is None else (b"%g" % height, b"1")
    return with_attribute(with_attribute(tag, b"ht", points), b"customHeight", ours)
