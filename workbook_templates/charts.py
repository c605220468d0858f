"""What the file of a report draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """`values` columns of the rows at these `levels`, named by their
    `label` column; without a label the sums of the columns, named by their headings.
    """

    values: tuple[str, ...]
    label: str = ""
    levels: tuple[str, ...] = ()
