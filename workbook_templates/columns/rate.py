"""Unit prices and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.number import Number


@dataclass(frozen=True)
class Rate(Number):
    """A price or rate with at most six decimals and no zeros at the end: "16250.5"."""

    kind: ClassVar[str] = "rate"
    places: ClassVar[int] = 6
    fixed: ClassVar[bool] = False
    currency: ClassVar[bool] = True
