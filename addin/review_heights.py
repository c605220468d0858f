"""How high a line of Review must be for its texts to be read whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap

from addin.hosts.base import Cell
from workbook_templates.review import REVIEW

POINTS, EDGES, MOST = 15.0, 3.0, 400.0  # of a line of text, around all of them, a row at most
BREAKING = ("what", "before", "mine", "theirs", "message")  # the columns that break their lines


def heights(
    lines: Mapping[int, Mapping[str, Cell]], changed: Iterable[int]
) -> tuple[tuple[int, float | None], ...]:
    """Row number and height of the changed rows; None for one that became blank."""
    rows = sorted(set(changed) & lines.keys())
    return tuple((row, _height(lines[row]) if lines[row] else None) for row in rows)


def _height(line: Mapping[str, Cell]) -> float:
    broken = (_rows(str(line.get(key) or ""), REVIEW.column(key).width) for key in BREAKING)
    return min(POINTS * max(broken) + EDGES, MOST)


def _rows(text: str, width: float) -> int:
    """Into how many rows a program breaks a text; rather one too many, for letters differ."""
    return max(len(wrap(text, max(int(width * 0.92), 1))), 1)
