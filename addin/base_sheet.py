"""The hidden sheet of a base of which lines are read as they are asked for, and patched."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from addin.base_lines import (
    BASE,
    BASE_HEAD,
    Base,
    BaseRow,
    check_of,
    line_of,
    padded,
    parsed,
    xored,
)
from addin.hosts.base import SetCell
from addin.hosts.blocks import BlockReader
from addin.lazy import LazyRows
from addin.row_numbers import RowNumbers

_ID = BASE_HEAD.index("id") + 1


@dataclass
class BaseSheet:
    """The hidden sheet of a base that was not read. `last` is its last line's row number, `sums`
    all checks in one number; `typed` the number of rows that people make, by table.
    """

    reader: BlockReader
    last: int
    sums: int
    typed: dict[str, int]
    _everything: Base | None = field(default=None, init=False, repr=False)

    @cached_property
    def numbers(self) -> RowNumbers:
        """The row number of each row's line."""
        return RowNumbers(self.reader, BASE, _ID)

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


def is_patched(base: Base) -> bool:
    """Whether so few rows changed that only their lines are written."""
    if not base or not all(isinstance(rows, LazyRows) for rows in base.values()):
        return False
    changed = sum(len(really_changed(rows)) for rows in base.values())
    return changed * 10 <= sum(map(len, base.values()))
