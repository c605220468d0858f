"""Formulas as the XML has them: read out, and moved by rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from addin.hosts.columns import column_number, letters
from addin.hosts.xlsx.markup import attribute, escaped, place, unescaped
from addin.hosts.xlsx.sheet_part import Piece, SheetPart

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCES = re.compile(
    r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]"
    r"|(?<![\w.$])(?P<range>\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)(?![\w(.!])"
    r"|(?<![\w.$])(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(.!])"
)
_PART = re.compile(r"(\$?)([A-Z]+|\d+)")


class Formula(NamedTuple):
    """A formula for a cell, without its equals sign, and its result where that is known."""

    text: str
    result: str | Decimal | None = None


class Found(NamedTuple):
    """An ``f`` element: where its cell is, its opening tag, its text, and where it stands."""

    row: int
    column: int
    tag: bytes
    text: str
    start: int
    end: int


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when its cell is copied ``rows`` down and ``columns`` right."""

    def shifted(found: re.Match[str]) -> str:
        if found.lastgroup is None:
            return found[0]
        text = _PART.sub(lambda part: _moved_part(part, rows, columns), found[0])
        return "#REF!" if "#" in text else text

    return _REFERENCES.sub(shifted, formula)


def _moved_part(part: re.Match[str], rows: int, columns: int) -> str:
    """A row or column of a reference; ``#`` when it leaves the sheet."""
    fixed, name = part[1], part[2]
    if fixed:
        return part[0]
    if name.isdigit():
        row = int(name) + rows
        return str(row) if 1 <= row <= LAST_ROW else "#"
    column = column_number(name) + columns
    return letters(column) if 1 <= column <= LAST_COLUMN else "#"


def formulas_in(sheet: SheetPart) -> Iterator[Found]:
    """Every formula of the sheet's rows in order, copies of a shared one spelled out."""
    mark = sheet.mark
    if sheet.xml.find(b"<%sf" % mark, sheet.start, sheet.end) < 0:
        return
    cell = re.compile(
        rb"<%sc(\s[^>]*)>\s*(<%sf(?:\s[^>]*?)?)(?:/>|>([^<]*)</%sf>)" % (mark, mark, mark)
    )
    masters: dict[bytes, tuple[int, int, str]] = {}
    for found in cell.finditer(sheet.xml, sheet.start, sheet.end):
        row, column = place((attribute(found[1], b"r") or b"").decode())
        tag, text = found[2] + b">", unescaped(found[3] or b"")
        shared = attribute(tag, b"si") if attribute(tag, b"t") == b"shared" else None
        if shared is not None and text:
            masters[shared] = (row, column, text)
        elif shared in masters:
            top, left, master = masters[shared]
            text = moved(master, row - top, column - left)
        yield Found(row, column, tag, text, found.start(2), found.end())


def with_shared_spelled_out(sheet: SheetPart, ids: set[bytes] | None = None) -> SheetPart:
    """The sheet with these shared formulas, or all, written out in each of their cells.

    Needed before the cell that holds the text of a shared formula is overwritten.
    """
    at, mark = sheet.start, sheet.mark
    pieces: list[Piece] = []
    for found in formulas_in(sheet):
        shared = attribute(found.tag, b"si") if attribute(found.tag, b"t") == b"shared" else None
        if shared is not None and (ids is None or shared in ids):
            spelled = escaped(found.text).encode()
            pieces += [sheet.piece(at, found.start), b"<%sf>%s</%sf>" % (mark, spelled, mark)]
            at = found.end
    return sheet.with_rows([*pieces, sheet.piece(at, sheet.end)])
