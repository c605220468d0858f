"""Quantities: pieces, kilograms, hours, days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.number import Number


@dataclass(frozen=True)
class Quantity(Number):
    """A quantity with at most four decimals and no zeros at the end: "10", "2.5"."""

    kind: ClassVar[str] = "quantity"
    places: ClassVar[int] = 4
    fixed: ClassVar[bool] = False
    currency: ClassVar[bool] = False
