"""Which rows reach a reader: those that their rights admit, of documents inside their window.

A right is a matter of each row, a window of whole documents: one is inside as soon as one of the
rows that its reader may see is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from workbook_templates.limits import Limits, within
from workbook_templates.schema import Cells


@dataclass(frozen=True)
class Scope:
    """`rights`: what a person may see; `window`: what their workbook shows of it."""

    rights: Limits = field(default_factory=dict)
    window: Limits = field(default_factory=dict)

    def may_see(self, table: str, cells: Cells) -> bool:
        """Whether a row is one that the person may see."""
        return within(self.rights.get(table, ()), cells)

    def is_inside(self, table: str, rows: Iterable[Cells]) -> bool:
        """Whether a document with these live rows is inside the window."""
        window = self.window.get(table, ())
        return any(within(window, cells) for cells in rows if self.may_see(table, cells))

    def limits(self, table: str) -> bool:
        """Whether some rows of a table may not reach the reader."""
        return table in self.rights or table in self.window


class ScopeMove(msgspec.Struct, frozen=True, gc=False):
    """A row that left a document, or changed a cell by which rows are limited, in commit `seq`:
    the document (`key`) in which it was, and its cells of that kind.
    """

    seq: int
    table: str
    id: str
    key: str
    cells: dict[str, str]
