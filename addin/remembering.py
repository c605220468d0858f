"""Noting what was saved of each sheet, so that the next sync reads only what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from addin.base_lines import BASE
from addin.copies import Copy
from addin.hosts.blocks import BlockReader
from addin.lazy import LazyRows, is_partial, loaded
from addin.marks import status
from addin.pages import Page, SheetRow
from addin.partial import PageSource
from addin.remembered import (
    LOUD,
    Block,
    Ids,
    MarkTexts,
    SheetMemory,
    ids_of,
    packed,
    place_of,
    reading_of,
)
from addin.shadow import Memory

MOST_ABSENT = 1_000


def memory_of(reader: BlockReader, copy: Copy, last: int) -> Memory | None:
    """What is remembered of a copy whose sheets were just written; `last`: lines of the base.

    None while something is on its way to the server: then all is read again next time.
    """
    if copy.shadow.outbox:
        return None
    waiting = {(held.table, rid) for held in copy.held.values() for rid in held.rows}
    waiting |= {(line.table, line.rid) for line in copy.shadow.review if line.rid}
    pages = {}
    for table, page in copy.pages.items():
        noted = _Noting(reader, copy, table, page, waiting).memory()
        if noted is not None:
            pages[table] = noted
    counts = {table: len(rows) for table, rows in copy.shadow.base.items()}
    typed = _typed(copy)
    setup = copy.meta.get("setup", "")
    setup_mark = reader.mark(setup) if setup in reader.sheets() else None
    marks = (_review(reader, copy), setup_mark)
    return Memory(pages, reader.mark(BASE), last, counts, typed, *marks)


def _typed(copy: Copy) -> dict[str, int]:
    """How many rows that people make the base has, by table."""
    if copy.shadow.base_sheet is not None:
        return copy.shadow.base_sheet.typed
    base = copy.shadow.base
    return {t: sum(row.source is None for row in rows.values()) for t, rows in base.items()}


def _review(reader: BlockReader, copy: Copy) -> dict[str, MarkTexts]:
    name = copy.review_sheet
    return {name: reader.mark(name)} if name and not copy.shadow.review else {}


@dataclass
class _Noting:
    """One sheet that is noted. `waiting` are rows that wait for a person."""

    reader: BlockReader
    copy: Copy
    table: str
    page: Page
    waiting: set[tuple[str, str]]

    def memory(self) -> SheetMemory | None:
        """What is remembered of it; None where all of it shall be read next time."""
        page, worksheet = self.page, self.page.layout.worksheet
        hashes = self.reader.blocks(worksheet)
        absent = tuple(self._absent())
        if hashes is None or len(absent) > MOST_ABSENT or page.unheaded:
            return None
        blocks = self._blocks(hashes)
        return SheetMemory(
            mark=self.reader.mark(worksheet),
            reading=reading_of(self.copy.book, page.sheet, self.copy.meta),
            place=place_of(page.layout),
            last=page.last,
            rows=sum((block.ids for block in blocks.values()), Ids()).count,
            absent=absent,
            packed=packed(blocks),
        )

    def _blocks(self, hashes: dict[int, bytes]) -> dict[int, Block]:
        rows: dict[int, list[tuple[str, SheetRow]]] = {}
        for rid, row in loaded(self.page.rows).items():
            block = ((row.number or 1) - 1) // self.reader.block_rows
            rows.setdefault(block, []).append((rid, row))
        kept = self._unread()
        return {
            number: _with(kept[number], rows.get(number, []))
            if number in kept
            else self._block(hashed, rows.get(number, []))
            for number, hashed in hashes.items()
        }

    def _unread(self) -> dict[int, Block]:
        """The blocks of which nothing was read; nothing is written there but new rows."""
        page = self.page
        if page.memory is None or not is_partial(page.rows):
            return {}
        source = page.rows.source if isinstance(page.rows, LazyRows) else None
        done = source.done if isinstance(source, PageSource) else set()
        return {n: block for n, block in page.memory.blocks.items() if n not in done}

    def _block(self, hashed: bytes, rows: list[tuple[str, SheetRow]]) -> Block:
        loud = any(self._is_loud(rid, row) for rid, row in rows)
        return Block(LOUD if loud else hashed, ids_of(rid for rid, _ in rows))

    def _is_loud(self, rid: str, row: SheetRow) -> bool:
        """Whether more is to be said of a row than that it is as the server has it."""
        known = self.copy.base(self.table).get(rid)
        if known is None or row.cells != known.cells or not row.is_readable or row.flags:
            return True
        if (self.table, rid) in self.waiting or (self.table, rid) in self.copy.unsent:
            return True
        return row.shown_id != rid or row.status != status(self.copy, self.table, rid, None)

    def _absent(self) -> Iterator[str]:
        rows = self.page.rows
        return (rid for rid in loaded(self.copy.base(self.table)) if rid not in rows)


def _with(unread: Block, added: list[tuple[str, SheetRow]]) -> Block:
    """A block that was not read, with the rows that were put there: these must be looked at."""
    if not added:
        return unread
    return Block(LOUD, unread.ids + ids_of(rid for rid, _ in added))
