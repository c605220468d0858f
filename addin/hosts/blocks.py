"""What a host may offer beyond the port: to tell which rows of a sheet changed, and read only them.

A host that cannot tell offers nothing of it; `block_reader` says which one does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Protocol, cast, runtime_checkable

from addin.hosts.base import SheetCells, Workbook


class Mark(NamedTuple):
    """The state of a sheet at one moment; equal marks mean equal cells.

    ``content`` stands for the sheet itself, ``context`` for what gives its cells their meaning
    (formats, the first day), ``texts`` for texts that it shares with other sheets.
    """

    content: str
    context: str
    texts: str


@runtime_checkable
class _OffersBlocks(Protocol):
    """What tells a reader of blocks from another workbook."""

    block_rows: int

    def blocks(self, sheet: str, since: Mark | None = None) -> dict[int, bytes] | None:
        """See `BlockReader`."""


class BlockReader(Workbook, Protocol):
    """A workbook that reads by blocks of ``block_rows`` rows, counted from 0."""

    block_rows: int

    def mark(self, sheet: str) -> Mark:
        """The state of a sheet."""

    def blocks(self, sheet: str, since: Mark | None = None) -> dict[int, bytes] | None:
        """A hash of each block of rows; None when it cannot be told, or not be compared with those
        of the state ``since``."""

    def read_rows(self, sheet: str, numbers: Collection[int]) -> SheetCells:
        """As ``read``, with the cells of these rows only, each at its row number."""

    def find_rows(self, sheet: str, column: int, texts: Collection[str]) -> dict[str, int]:
        """Row numbers of some texts of one column (1-based), each of which stands there once.

        Quickest when they stand near each other in this order. One that is left out may be there.
        """

    def column_texts(self, sheet: str, column: int) -> dict[int, str]:
        """The texts of one column by row number."""


def block_reader(workbook: Workbook) -> BlockReader | None:
    """The workbook, when its host reads by blocks."""
    return cast(BlockReader, workbook) if isinstance(workbook, _OffersBlocks) else None
