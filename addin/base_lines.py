"""The base as the hidden sheet has it, a line a row: all of it, or only the lines asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import zip_longest
from operator import xor
from sys import intern
from typing import overload
from zlib import crc32

import msgspec

from addin.hosts.base import Cell, SetCell
from addin.hosts.blocks import BlockReader
from addin.lazy import LazyRows, is_partial
from addin.row_numbers import RowNumbers

BASE = "_lajur_base"
BASE_HEAD = ("table", "id", "seq", "cells", "source", "check")
CELL_LIMIT = 32_000  # Excel keeps 32,767 characters in a cell
_ID = 1
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


# --- only some lines --------------------------------------------------------------------------


@dataclass
class BaseSheet:
    """The hidden sheet of a base that was not read. `last` is its last line's row number, `sums`
    all checks in one number; `typed` the number of rows that people make, by table.
    """

    reader: BlockReader
    last: int
    sums: int
    typed: dict[str, int]

    @cached_property
    def numbers(self) -> RowNumbers:
        """The row number of each row's line."""
        return RowNumbers(self.reader, BASE, _ID + 1)

    def read(self, table: str, rids: Collection[str]) -> dict[str, BaseRow]:
        """Some rows of a table."""
        numbers = set(self.numbers.of(rids).values())
        rows = self.reader.read_rows(BASE, numbers).rows
        return parsed(padded(row for row in rows if row))[0].get(table, {})

    def read_all(self, table: str) -> dict[str, BaseRow]:
        """All rows of a table."""
        if self._everything is None:
            self._everything = parsed(padded(self.reader.read(BASE).rows[1:]))[0]
        return self._everything.get(table, {})

    _everything: Base | None = None

    def lazy_tables(self, counts: dict[str, int]) -> Base:
        """The tables, with nothing read yet."""
        return {table: self.lazy_table(table, count) for table, count in counts.items()}

    def lazy_table(self, table: str, count: int) -> LazyRows[BaseRow]:
        """One table with so many rows in the sheet."""
        return LazyRows(_Table(self, table, count), {})

    def edits(self, base: Base) -> list[SetCell]:
        """What changes on the sheet; from then on that counts as standing there."""
        cells: list[SetCell] = []
        for table, rows in base.items():
            assert isinstance(rows, LazyRows)
            stands = rows.loaded()
            for rid in sorted(really_changed(rows)):
                before, now = rows.originals.get(rid), stands.get(rid)
                cells += self._line(table, rid, before, now)
                more = is_typed(now) - is_typed(before)
                self.typed[table] = self.typed.get(table, 0) + more
            rows.settle()
        return cells

    def _line(
        self, table: str, rid: str, before: BaseRow | None, now: BaseRow | None
    ) -> Iterator[SetCell]:
        """One line: a new one comes last, that of a removed row becomes blank."""
        self.sums ^= xored(check_of(table, rid, row) for row in (before, now) if row)
        old = line_of(table, rid, before) if before else ()
        line = line_of(table, rid, now) if now else ()
        number = self.numbers.of([rid]).get(rid) if before else None
        if number is None:
            self.last = number = self.last + 1
        self.numbers.put(rid, number if line else None)
        width = max(len(old), len(line))
        for column, cell in enumerate([*line, *[None] * (width - len(line))], start=1):
            yield SetCell(number, column, cell)


@dataclass
class _Table:
    """One table's lines, for a lazy dict."""

    sheet: BaseSheet
    table: str
    total: int

    def which(self, rids: Collection[str]) -> Collection[str]:
        """Those for which there is a line; ids differ in all tables of a workbook."""
        return self.sheet.numbers.of(rids) if self.total else ()

    def read(self, rids: Collection[str]) -> dict[str, BaseRow]:
        """Some rows."""
        return self.sheet.read(self.table, rids)

    def read_all(self) -> dict[str, BaseRow]:
        """All rows."""
        return self.sheet.read_all(self.table)


def is_typed(row: BaseRow | None) -> bool:
    """Whether there is a row, and people make it: it does not follow from another."""
    return row is not None and row.source is None


def really_changed(rows: dict[str, BaseRow]) -> set[str]:
    """The ids of a lazy table whose rows are others than those in the sheet."""
    if not isinstance(rows, LazyRows):
        return set()
    now, before = rows.loaded(), rows.originals
    return {rid for rid in rows.changed if now.get(rid) != before.get(rid)}


def is_read_in_part(base: Base) -> bool:
    """Whether there are lines that were not read, and few changed, so that lines are patched."""
    if not base or not all(isinstance(rows, LazyRows) for rows in base.values()):
        return False
    if not any(is_partial(rows) for rows in base.values()):
        return False
    changed = sum(len(really_changed(rows)) for rows in base.values())
    return changed * 10 <= sum(map(len, base.values()))
