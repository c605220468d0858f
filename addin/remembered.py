"""What is remembered of a sheet since it was last saved, so that only what changed is read."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from addin.hosts.base import Table
from addin.hosts.blocks import BlockReader, Mark
from addin.layout import Layout
from workbook_templates.row_ids import is_row_id
from workbook_templates.schema import Book, Sheet

FORMAT = 1
LOUD = bytes(8)  # instead of a hash: the block has a row that must be looked at every time
MarkTexts: TypeAlias = tuple[str, str, str]  # a host's Mark, as JSON gives it back
_BLOCK = struct.Struct("<I8sH16s")


@dataclass(frozen=True, slots=True)
class Place:
    """A layout as it is remembered; where the table ends now, the table itself says."""

    worksheet: str
    table: str | None
    head: int
    width: int
    columns: dict[str, int]
    own: dict[str, int]
    unheaded: tuple[str, ...] = ()

    def layout(self, sheet: Sheet, tables: Mapping[str, Table]) -> Layout | None:
        """The layout now; None when the table is not where it was."""
        table = tables.get(f"tbl_{sheet.key}")
        name = table.name if table else None
        moved = table and (table.sheet, table.area.top) != (self.worksheet, self.head)
        if name != self.table or moved:
            return None
        bottom = table.area.bottom if table else self.head
        width = max(self.width, table.area.right if table else 0)
        facts = (width, self.columns, self.own, frozenset(self.unheaded))
        return Layout(sheet, self.worksheet, name, self.head, bottom, *facts)


def place_of(layout: Layout) -> Place:
    """The layout as it is remembered."""
    facts = (layout.width, dict(layout.columns), dict(layout.own), tuple(layout.unheaded))
    return Place(layout.worksheet, layout.table, layout.head, *facts)


@dataclass(frozen=True, slots=True)
class Ids:
    """How many row ids there are, and all of them in one number: whether they are the same."""

    count: int = 0
    mixed: int = 0

    def __add__(self, other: Ids) -> Ids:
        return Ids(self.count + other.count, self.mixed ^ other.mixed)


def ids_of(rids: Iterable[str | None]) -> Ids:
    """The sum of some ids; what is none does not count."""
    count = mixed = 0
    for rid in rids:
        if rid is not None and is_row_id(rid):
            count, mixed = count + 1, mixed ^ int(rid.replace("-", ""), 16)
    return Ids(count, mixed)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: the host's hash of them, and the ids that they have."""

    content: bytes
    ids: Ids


@dataclass(frozen=True, slots=True)
class SheetMemory:
    """A sheet as it was saved. `reading`: how its cells were understood. `rows` are those with an
    id, `absent` are rows of the base that are not on the sheet.
    """

    mark: MarkTexts
    reading: str
    place: Place
    last: int
    rows: int
    absent: tuple[str, ...]
    packed: bytes

    @property
    def blocks(self) -> dict[int, Block]:
        """The blocks by their number."""
        return _blocks(self.packed)

    def changed(self, reader: BlockReader) -> set[int] | None:
        """The blocks that must be read; None when that cannot be told."""
        known, mark = self.blocks, Mark(*self.mark)
        if reader.mark(self.place.worksheet) == mark:
            return {number for number, block in known.items() if block.content == LOUD}
        now = reader.blocks(self.place.worksheet, mark)
        if now is None:
            return None
        same = {n for n, block in known.items() if block.content == now.get(n)}
        return (now.keys() | known.keys()) - same


def packed(blocks: Mapping[int, Block]) -> bytes:
    """Blocks as bytes."""
    return b"".join(
        _BLOCK.pack(number, block.content, block.ids.count, block.ids.mixed.to_bytes(16, "big"))
        for number, block in sorted(blocks.items())
    )


@lru_cache(maxsize=16)
def _blocks(content: bytes) -> dict[int, Block]:
    return dict(_unpacked(content))


def _unpacked(content: bytes) -> Iterator[tuple[int, Block]]:
    for number, hashed, count, mixed in _BLOCK.iter_unpack(content):
        yield number, Block(hashed, Ids(count, int.from_bytes(mixed, "big")))


def numbers_in(blocks: Collection[int], block_rows: int) -> set[int]:
    """The row numbers of some blocks."""
    return {n * block_rows + row for n in blocks for row in range(1, block_rows + 1)}


def reading_of(book: Book, sheet: Sheet, meta: Mapping[str, str]) -> str:
    """How the cells of a sheet are understood: when this changes, all of them are read anew."""
    spoken = (meta.get("language", ""), meta.get("locale", ""), meta.get(f"headings:{sheet.key}"))
    columns = ",".join(f"{type(c).__name__} {c.key}" for c in sheet.columns)
    return f"{FORMAT} {book.key} {book.version} {spoken} {columns}"
