"""What is written on a sheet, row by row: put together when its turn comes, for it may be a lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from addin.hosts.base import SetCell, SheetEdit
from addin.hosts.offers import link_formula
from addin.hosts.xlsx.cells import writable
from addin.hosts.xlsx.formulas import Formula
from addin.hosts.xlsx.rows import Written


class WrittenRows(Mapping[int, Mapping[int, Written]]):
    """The cells, links and formulas of an edit by row and column, over what growing a table writes.

    A row of it raises ``TextTooLong``.
    """

    def __init__(
        self, edit: SheetEdit, grown: Mapping[tuple[int, int], Written], name: str
    ) -> None:
        self.name = name
        self._cells: dict[int, list[SetCell]] = {}
        for cell in edit.cells:
            self._cells.setdefault(cell.row, []).append(cell)
        links = {(x.row, x.column): Formula(link_formula(x), x.text) for x in edit.links}
        sums = {(x.row, x.column): Formula(x.text, x.result) for x in edit.formulas}
        self._below, self._above = _by_row(grown), _by_row(links | sums)
        self._rows = self._cells.keys() | self._below.keys() | self._above.keys()

    def __getitem__(self, row: int) -> Mapping[int, Written]:
        if row not in self._rows:
            raise KeyError(row)
        set_ = {c.column: writable(c.value, self.name) for c in self._cells.get(row, ())}
        return {**self._below.get(row, {}), **set_, **self._above.get(row, {})}

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def columns(self) -> set[int]:
        """The columns in which something is written."""
        set_ = {cell.column for cells in self._cells.values() for cell in cells}
        return set_.union(*self._below.values(), *self._above.values())

    @property
    def has_formula(self) -> bool:
        """Whether a formula is written; `SetCell` writes none."""
        others = (*self._below.values(), *self._above.values())
        return any(isinstance(value, Formula) for row in others for value in row.values())


def _by_row(values: Mapping[tuple[int, int], Written]) -> dict[int, dict[int, Written]]:
    found: dict[int, dict[int, Written]] = {}
    for (row, column), value in values.items():
        found.setdefault(row, {})[column] = value
    return found
