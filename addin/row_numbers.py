"""Where rows stand on a sheet, by row id: looked for one by one, or all at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from addin.hosts.blocks import BlockReader

FEW = 200


@dataclass
class RowNumbers:
    """The row numbers of the ids in one column of a sheet, as they are when first asked for.

    `least`: how many ids the column has at least; a quick look that finds fewer is not believed.
    """

    reader: BlockReader
    sheet: str
    column: int
    least: int = 0
    _known: dict[str, int | None] = field(default_factory=dict)
    _all: bool = False

    def of(self, rids: Collection[str]) -> dict[str, int]:
        """The row numbers of those of these ids that stand there."""
        new = [rid for rid in rids if rid not in self._known]
        if new and not self._all:
            found = self.reader.find_rows(self.sheet, self.column, new) if len(new) < FEW else {}
            if len(found) == len(set(new)):
                self._known |= found
            else:
                self._read_all()
        numbers = ((rid, self._known.get(rid)) for rid in rids)
        return {rid: number for rid, number in numbers if number is not None}

    def put(self, rid: str, number: int | None) -> None:
        """From now on an id stands in that row, or nowhere."""
        self._known[rid] = number

    def _read_all(self) -> None:
        texts = self.reader.column_texts(self.sheet, self.column)
        found: dict[str, int | None] = {rid: number for number, rid in texts.items() if rid}
        if len(found) < self.least:
            found = self._read_slowly()
        self._known, self._all = found | self._known, True

    def _read_slowly(self) -> dict[str, int | None]:
        """All of them, from cells that are read as ever."""
        rows, place = self.reader.read(self.sheet).rows, self.column - 1
        ids = ((row[place], number) for number, row in enumerate(rows, 1) if len(row) > place)
        return {str(rid): number for rid, number in ids if rid is not None}
