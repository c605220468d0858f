"""The base as the hidden sheet has it, a line a row, each with its check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import zip_longest
from operator import xor
from sys import intern
from typing import overload
from zlib import crc32

import msgspec

from addin.hosts.base import Cell

BASE = "_lajur_base"
BASE_HEAD = ("table", "id", "seq", "cells", "source", "check")
CELL_LIMIT = 32_000  # Excel keeps 32,767 characters in a cell
SHORT = 24  # characters; ids are longer
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, str]).decode


@dataclass(slots=True)
class BaseRow:
    """A row as this file and the server last agreed on it; replaced, never changed.

    `source`: what it follows from. `check`: of its line in the hidden sheet, once that is known.
    """

    seq: int
    cells: Mapping[str, str]
    source: str | None = None
    check: int | None = field(default=None, compare=False, repr=False)


Base = dict[str, dict[str, BaseRow]]
Entry = tuple[str, str, BaseRow]
"""Table, row id, row."""


def parsed(lines: Iterable[Sequence[Cell]]) -> tuple[Base, int]:
    """The rows of those lines whose check is right, and all checks in one number."""
    base: Base = {}
    sums = 0
    for line in lines:
        table, rid, seq, first, source, check, *parts = line
        text = text_of(first) + "".join(text_of(part) for part in parts)
        found = line_check(text_of(table), text_of(rid), text_of(seq), text, text_of(source))
        if not text or text_of(check) != f"{found:08x}":
            continue
        sums ^= found
        origin = None if source is None else text_of(source)
        row = BaseRow(int(text_of(seq)), kept_once(_decode(text)), origin, found)
        base.setdefault(text_of(table), {})[text_of(rid)] = row
    return base, sums


def kept_once(cells: Mapping[str, str | None]) -> dict[str, str]:
    """Cells without blanks. Short texts are those of many rows: they stand in memory once."""
    return {key: intern(text) if len(text) < SHORT else text for key, text in cells.items() if text}


def padded(rows: Iterable[list[Cell]], width: int = len(BASE_HEAD)) -> Iterator[list[Cell]]:
    """Lines with at least so many cells."""
    return (row if len(row) >= width else row + [None] * (width - len(row)) for row in rows)


@dataclass(frozen=True, slots=True)
class BaseLines(Sequence[Sequence[Cell]]):
    """The hidden sheet of a base as it is at one moment; its lines are made when asked for, for
    all of them at once would take more memory than the base itself.
    """

    entries: Sequence[Entry]

    def __len__(self) -> int:
        return 1 + len(self.entries)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        return line_of(*self.entries[place - 1]) if place else BASE_HEAD

    @property
    def sums(self) -> int:
        """All checks in one number."""
        return xored(check_of(*entry) for entry in self.entries)


def base_lines(base: Base) -> BaseLines:
    """The lines of all rows."""
    return BaseLines([(t, rid, row) for t, rows in base.items() for rid, row in rows.items()])


def stand_in_order(lines: Iterable[Sequence[Cell]], base: Base) -> bool:
    """Whether lines are those of the base one after another, as `base_lines` has them: what was
    added below the last one belongs to tables further up, and a row that went leaves a gap.
    """
    rows = ((table, rid) for table, found in base.items() for rid in found)
    told = ((text_of(table), text_of(rid)) for table, rid, *_ in lines)
    return all(line == row for line, row in zip_longest(told, rows))


def line_of(table: str, rid: str, row: BaseRow) -> tuple[Cell, ...]:
    """The line of one row, with its check."""
    text = _encode(row.cells).decode()
    row.check = line_check(table, rid, str(row.seq), text, row.source or "")
    first, *parts = split(text)
    return (table, rid, str(row.seq), first, row.source, f"{row.check:08x}", *parts)


def check_of(table: str, rid: str, row: BaseRow) -> int:
    """The check of a row's line."""
    if row.check is None:
        line_of(table, rid, row)
    return row.check or 0


def split(text: str) -> list[str]:
    """A long text in pieces that fit a cell; none of them begins or ends with a space."""
    pieces, start = [], 0
    while len(text) - start > CELL_LIMIT:
        end = start + CELL_LIMIT
        while text[end - 1].isspace() or text[end].isspace():
            end -= 1
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]


def xored(checks: Iterable[int]) -> int:
    """All checks in one number."""
    return reduce(xor, checks, 0)


def line_check(*texts: str) -> int:
    """The check of one line."""
    return crc32("\x1f".join(texts).encode())


def text_of(cell: Cell) -> str:
    """A cell's text; a blank is empty."""
    return "" if cell is None else str(cell)
