"""Reading of a sheet only what changed since the last save; the rest is read when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from addin.base_lines import BaseRow
from addin.hosts.base import SheetCells
from addin.hosts.blocks import BlockReader
from addin.layout import ID, Layout, layout_at
from addin.lazy import LazyRows, want
from addin.pages import Page, Reading, SheetRow, give_ids
from addin.remembered import SheetMemory, ids_of, numbers_in
from addin.row_numbers import RowNumbers
from workbook_templates.locale import locale
from workbook_templates.schema import Sheet

MOST = 0.3  # of a sheet's blocks; when more than this changed, all of it is read at once
HEADINGS_WITHIN = 30


@dataclass
class PageSource:
    """The rows of a sheet that were not read. `done` are the blocks of which all rows were."""

    reader: BlockReader
    layout: Layout
    meta: Mapping[str, str]
    total: int
    done: set[int] = field(default_factory=set)

    @cached_property
    def numbers(self) -> RowNumbers:
        """Where its rows stand."""
        layout = self.layout
        return RowNumbers(self.reader, layout.worksheet, layout.own[ID], self.total)

    def _block(self, number: int) -> int:
        return (number - 1) // self.reader.block_rows

    def which(self, rids: Collection[str]) -> Collection[str]:
        """Those of these ids that stand in a row that was not read."""
        places = self.numbers.of(rids).items()
        return [rid for rid, number in places if self._block(number) not in self.done]

    def read(self, rids: Collection[str]) -> dict[str, SheetRow]:
        """These rows, and the others of their blocks."""
        blocks = {self._block(number) for number in self.numbers.of(rids).values()} - self.done
        numbers = numbers_in(blocks, self.reader.block_rows)
        cells = self.reader.read_rows(self.layout.worksheet, numbers)
        self.done |= blocks
        return self._rows(cells, sorted(n for n in numbers if n > self.layout.head))

    def read_all(self) -> dict[str, SheetRow]:
        """All rows that were not read."""
        cells = self.reader.read(self.layout.worksheet)
        numbers = range(self.layout.head + 1, len(cells.rows) + 1)
        found = self._rows(cells, [n for n in numbers if self._block(n) not in self.done])
        self.done |= {self._block(n) for n in numbers}
        return found

    def _rows(self, cells: SheetCells, numbers: Sequence[int]) -> dict[str, SheetRow]:
        reading = Reading(self.layout, cells, locale(self.meta.get("locale") or "id-ID"))
        return {row.shown_id: row for row in reading.rows(numbers) if row.shown_id}


def partial_page(
    reader: BlockReader,
    sheet: Sheet,
    meta: Mapping[str, str],
    base: dict[str, BaseRow],
    memory: SheetMemory,
    typed: int,
) -> Page | None:
    """The page with the rows that may have changed; None when all of the sheet must be read.

    `typed`: how many rows that people make the base has.
    """
    layout = memory.place.layout(sheet, reader.tables())
    if layout is None or layout.worksheet not in reader.sheets() or not isinstance(base, LazyRows):
        return None
    changed = memory.changed(reader)
    if changed is None or len(changed) > max(1, MOST * len(memory.blocks)):
        return None
    source = PageSource(reader, layout, meta, memory.rows, set(changed))
    page = Page(layout, {}, last=memory.last, memory=memory)
    if not changed:
        found: list[SheetRow] = []
    else:
        read = _read(source, page, sheet, changed)
        if read is None:
            return None
        found = read
    want(base, [*memory.absent, *(row.shown_id for row in found if row.shown_id)])
    names = {*memory.absent, *(row.shown_id for row in found)}
    known = {rid: row for rid, row in base.loaded().items() if rid in names}
    give_ids(page, found, known, typed)
    page.rows = LazyRows(source, page.rows)
    return page


def _read(source: PageSource, page: Page, sheet: Sheet, changed: set[int]) -> list[SheetRow] | None:
    """The rows of the changed blocks; None when more than those rows changed."""
    layout, memory, size = source.layout, page.memory, source.reader.block_rows
    assert memory is not None
    numbers = numbers_in(changed, size)
    cells = source.reader.read_rows(layout.worksheet, {*numbers, layout.head})
    if _is_laid_out_anew(source, cells, sheet, numbers):
        return None
    reading = Reading(layout, cells, locale(source.meta.get("locale") or "id-ID"))
    if any((number - 1) // size not in changed for number in reading.merged):
        return None
    found = list(reading.rows(sorted(n for n in numbers if n > layout.head)))
    before = [block.ids for number, block in memory.blocks.items() if number in changed]
    shown = [row.shown_id for row in found if row.shown_id]
    if len(set(shown)) < len(shown) or sum(before, ids_of(())) != ids_of(shown):
        return None  # rows came from elsewhere or went: that concerns all of the sheet
    if memory.last in numbers and reading.last < memory.last:
        return None
    page.emptied, page.last = reading.emptied, max(memory.last, reading.last)
    return found


def _is_laid_out_anew(
    source: PageSource, cells: SheetCells, sheet: Sheet, numbers: Collection[int]
) -> bool:
    """Whether headings changed, or might be found in another row now."""
    layout = source.layout
    if layout.table is None and min(numbers) <= HEADINGS_WITHIN:
        return True
    table = next((t for t in source.reader.tables().values() if t.name == layout.table), None)
    return layout_at(sheet, layout.worksheet, table, layout.head, cells, source.meta) != layout
