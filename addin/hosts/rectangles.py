"""Single cells gathered into rectangles, because a host that is asked cell by cell is slow."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from addin.hosts.base import Area, Cell

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A full rectangle of values whose upper left corner is (top, left), 1-based."""

    top: int
    left: int
    rows: list[list[Cell]]

    @property
    def area(self) -> Area:
        """Where it stands."""
        bottom, right = self.top + len(self.rows) - 1, self.left + len(self.rows[0]) - 1
        return Area(self.top, self.left, bottom, right)

    def cells(self) -> Iterable[tuple[Place, Cell]]:
        """Each place with its value."""
        for row, line in enumerate(self.rows, self.top):
            for column, value in enumerate(line, self.left):
                yield (row, column), value


def blocks(values: Mapping[Place, Cell]) -> list[Block]:
    """The fewest rectangles that a walk down the rows finds; together they have every cell once."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(values):
        by_row.setdefault(row, []).append(column)
    found: list[Block] = []
    growing: dict[tuple[int, int], Block] = {}
    for row, columns in by_row.items():
        runs: dict[tuple[int, int], Block] = {}
        for left, right in _runs(columns):
            line = [values[row, column] for column in range(left, right + 1)]
            above = growing.get((left, right))
            if above is None or above.top + len(above.rows) != row:
                above = Block(row, left, [])
                found.append(above)
            above.rows.append(line)
            runs[left, right] = above
        growing = runs
    return found


def bounds(values: Iterable[Place]) -> Area:
    """The smallest area that holds all of some places."""
    rows, columns = zip(*values, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def bridged(values: Mapping[Place, Cell], filled: Container[Place]) -> dict[Place, Cell]:
    """The values, and a blank for each blank cell of a run that has one of them.

    Rows whose cells are filled differently become rows of one rectangle so.
    """
    area, found = bounds(values), dict[Place, Cell]()
    for row in sorted({row for row, _ in values}):
        columns = range(area.left, area.right + 1)
        free = [c for c in columns if (row, c) in values or (row, c) not in filled]
        for left, right in _runs(free):
            run = [(row, column) for column in range(left, right + 1)]
            if any(place in values for place in run):
                found |= {place: values.get(place) for place in run}
    return found


def _runs(columns: list[int]) -> Iterable[tuple[int, int]]:
    """The stretches of adjacent columns."""
    start = before = columns[0]
    for column in columns[1:]:
        if column != before + 1:
            yield start, before
            start = column
        before = column
    yield start, before
