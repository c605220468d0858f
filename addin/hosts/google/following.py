"""Where a row and a column are by now: a column is known by its heading, a row by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.hosts.google.cells import Raw
from addin.hosts.google.look import Tab
from addin.hosts.google.tags import ROW_ID, head_row, row_id_column


@dataclass(frozen=True, slots=True)
class Layout:
    """A tab, the texts of its headings by column, and where each id stands."""

    tab: Tab
    heads: Mapping[int, Raw]
    ids: int | None
    rows: Mapping[Raw, list[int]]

    def id_of(self, row: int) -> Raw:
        """The id of a row."""
        return None if self.ids is None else self.tab.entered((row, self.ids))

    def columns_like(self, other: Layout, column: int) -> list[int]:
        """Where another layout's column can be: one without a heading is any without one."""
        head = other.heads.get(column)
        if head is not None:
            return [own for own, text in self.heads.items() if text == head] or [column]
        free = [own for own in range(1, self.tab.width + 1) if own not in self.heads]
        return sorted(free, key=lambda own: own != column) if other.heads and free else [column]

    def column_like(self, other: Layout, column: int) -> int:
        """Where another layout's column is."""
        return self.columns_like(other, column)[0]


def layout(tab: Tab, like: Layout | None = None) -> Layout:
    """The layout of a tab; of one whose headings were not read, or are gone, as the other's."""
    row = head_row(tab)
    heads = {column: raw for (at, column), raw in tab.raw.items() if at == row}
    if like is not None and 2 * len(heads) < len(like.heads):
        heads = dict(like.heads)
    own = (column for column, text in heads.items() if text == ROW_ID)
    ids = next(own, like.ids if like else row_id_column(tab))
    rows: dict[Raw, list[int]] = {}
    for (at, column), raw in sorted(tab.raw.items()) if ids is not None else ():
        if column == ids and at != row:
            rows.setdefault(raw, []).append(at)
    return Layout(tab, heads, ids, rows)
