"""Developer metadata: by which a renamed tab and a column with a new heading are known again.

Tags follow their tab and column. They are few: a sheet holds 30,000 characters of them, so rows are
known by their id column instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

TABLE, COLUMN = "lajur.table", "lajur.column"
ROW_ID = "_id"  # what the column with the ids of rows is tagged with and headed by
HEAD_WITHIN = 30  # rows in which a heading is looked for


class Tagged(Protocol):
    """A tab with its tags and cells."""

    @property
    def columns(self) -> Mapping[str, int]:
        """Columns by tags."""

    @property
    def raw(self) -> Mapping[tuple[int, int], object]:
        """Values by places."""


def table_tag(items: list[dict[str, Any]]) -> str:
    """The table that a tab is tagged as; nothing where it has no such tag."""
    return next((str(i.get("metadataValue", "")) for i in items if i["metadataKey"] == TABLE), "")


def column_tags(columns: list[dict[str, Any]]) -> dict[str, int]:
    """The columns (1-based) by the keys that they are tagged with; of two the first counts."""
    found: dict[str, int] = {}
    for place, column in enumerate(columns, start=1):
        for item in column.get("developerMetadata", ()):
            if item["metadataKey"] == COLUMN:
                found.setdefault(str(item.get("metadataValue", "")), place)
    return found


def row_id_column(tab: Tagged) -> int | None:
    """The column (1-based) with the ids of rows; by its heading where its tag is lost."""
    tagged = tab.columns.get(ROW_ID)
    if tagged is not None:
        return tagged
    headed = (place for place, raw in tab.raw.items() if raw == ROW_ID and place[0] <= HEAD_WITHIN)
    return min((column for _, column in headed), default=None)


def head_row(tab: Tagged) -> int | None:
    """The row (1-based) of the headings, known by that of the ids of rows."""
    headed = (row for (row, _), raw in tab.raw.items() if raw == ROW_ID and row <= HEAD_WITHIN)
    return min(headed, default=None)
