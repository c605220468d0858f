"""How the rows of one version of a book are those of the next: renamed, new and split columns.

A book that changes declares a `Lens` for each version after its first. `up` leads cells from the
version before, `down` back; `down(up(x)) == x` for every row of the older version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbook_templates.columns import Column

Pair = tuple[str | None, str | None]  # (what was known, what is wanted)


class Step(Protocol):
    """One change of one sheet."""

    @property
    def sheet(self) -> str:
        """The sheet's key."""

    def up(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Cells of the older version as the newer one knows them. A column that is absent stays
        absent: nothing is known of it.
        """

    def down(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Cells of the newer version as the older one knows them."""

    def columns_before(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The sheet's columns as they were."""

    def fresh(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """What a kept row of the older version gets besides: columns that were not there."""


@dataclass(frozen=True)
class Renamed:
    """A column has another key, another heading, or both. `column` is as it was before."""

    sheet: str
    column: Column
    to: str

    def up(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """The same text under the new key."""
        return {self.to if key == self.column.key else key: text for key, text in cells.items()}

    def down(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """The same text under the old key."""
        return {self.column.key if key == self.to else key: text for key, text in cells.items()}

    def columns_before(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """With the column as it was."""
        return tuple(self.column if column.key == self.to else column for column in columns)

    def fresh(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Nothing more."""
        return {}


@dataclass(frozen=True)
class Added:
    """A column that was not there. Rows of before get `default`; the older version never says
    anything of it, so that it can blank nothing.
    """

    sheet: str
    key: str
    default: str | None = None

    def up(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Nothing is known of the new column."""
        return dict(cells)

    def down(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Without the new column."""
        return {key: text for key, text in cells.items() if key != self.key}

    def columns_before(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Without the new column."""
        return tuple(column for column in columns if column.key != self.key)

    def fresh(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """The default, where there is nothing yet."""
        return {self.key: self.default} if self.default and not cells.get(self.key) else {}


@dataclass(frozen=True)
class Split:
    """One column became several. `parts` takes its text apart, `whole` puts it together again:
    `whole(parts(text)) == text`. Blanks are None.
    """

    sheet: str
    column: Column
    into: tuple[str, ...]
    parts: Callable[[str | None], tuple[str | None, ...]]
    whole: Callable[[tuple[str | None, ...]], str | None]

    def up(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """The parts in the place of the whole."""
        if self.column.key not in cells:
            return dict(cells)
        parts = dict(zip(self.into, self.parts(cells[self.column.key]), strict=True))
        return {key: text for key, text in cells.items() if key != self.column.key} | parts

    def down(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """The whole in the place of the parts."""
        if not any(key in cells for key in self.into):
            return dict(cells)
        text = self.whole(tuple(cells.get(key) for key in self.into))
        rest = {key: cell for key, cell in cells.items() if key not in self.into}
        return {**rest, self.column.key: text}

    def columns_before(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """With the whole at the place of its first part."""
        first = next(n for n, column in enumerate(columns) if column.key in self.into)
        rest = [column for column in columns if column.key not in self.into]
        return (*rest[:first], self.column, *rest[first:])

    def fresh(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """Nothing more."""
        return {}


@dataclass(frozen=True)
class Lens:
    """What changed from version `to` - 1 to version `to` of a book; `sheets` are new ones."""

    to: int
    steps: tuple[Step, ...] = ()
    sheets: tuple[str, ...] = ()


def steps_between(lenses: Sequence[Lens], older: int, newer: int, sheet: str) -> list[Step]:
    """The steps of one sheet that lead from an older version to a newer one, in order."""
    wanted = sorted((lens for lens in lenses if older < lens.to <= newer), key=lambda le: le.to)
    return [step for lens in wanted for step in lens.steps if step.sheet == sheet]


def lifted(steps: Sequence[Step], cells: Mapping[str, str | None]) -> dict[str, str | None]:
    """Cells of an older version as the newest knows them."""
    found = dict(cells)
    for step in steps:
        found = step.up(found)
    return found


def lowered(steps: Sequence[Step], cells: Mapping[str, str | None]) -> dict[str, str | None]:
    """Cells of the newest version as an older one knows them."""
    found = dict(cells)
    for step in reversed(steps):
        found = step.down(found)
    return found


def lifted_pairs(steps: Sequence[Step], pairs: Mapping[str, Pair]) -> dict[str, Pair]:
    """Changes (known, wanted) of an older version as changes of the newest."""
    known = lifted(steps, {key: pair[0] for key, pair in pairs.items()})
    wanted = lifted(steps, {key: pair[1] for key, pair in pairs.items()})
    return {key: (known.get(key), wanted.get(key)) for key in wanted}


def renewed(steps: Sequence[Step], cells: Mapping[str, str | None]) -> dict[str, str | None]:
    """A kept row of an older version as a row of the newest, with what it gets besides."""
    found = dict(cells)
    for step in steps:
        found = step.up(found)
        found |= step.fresh(found)
    return found
