"""Filters out of the way while cells are written: Excel writes a block into visible rows only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def unfiltered(tables: Iterable[Any]) -> Iterator[None]:
    """Show all rows of some tables (xlwings'), and filter them again in the end.

    A filter that xlwings cannot describe, such as one by colour, stays: what is written is read
    back, and goes row by row where a block went astray.
    """
    restored = []
    for table in tables:
        criteria = [one for one in table.autofilter.criteria if one.type != "none"]
        if criteria and all(one.type != "unknown" and _is_whole(one) for one in criteria):
            table.autofilter.clear()
            restored += [(table.autofilter, one) for one in criteria]
    try:
        yield
    finally:
        for autofilter, one in restored:
            _apply(autofilter, one)


def _is_whole(one: Any) -> bool:
    """Whether xlwings tells enough to filter in the same way again."""
    if one.type in ("top_items", "bottom_items"):
        return one.count is not None
    if one.type in ("top_percent", "bottom_percent"):
        return one.percent is not None
    return one.type != "comparison" or one.operator is not None


def _apply(autofilter: Any, one: Any) -> None:
    """Filter by one condition."""
    match one.type:
        case "values":
            autofilter.apply_values(one.field, one.values)
        case "comparison":
            autofilter.apply_comparison(one.field, one.operator, one.value1, one.value2)
        case "top_items":
            autofilter.apply_top_items(one.field, one.count)
        case "bottom_items":
            autofilter.apply_bottom_items(one.field, one.count)
        case "top_percent":
            autofilter.apply_top_percent(one.field, one.percent)
        case "bottom_percent":
            autofilter.apply_bottom_percent(one.field, one.percent)
