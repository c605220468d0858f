"""Amounts of money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.number import Number


@dataclass(frozen=True)
class Money(Number):
    """An amount with two decimals: "1250000.00"."""

    kind: ClassVar[str] = "money"
    places: ClassVar[int] = 2
    fixed: ClassVar[bool] = True
    currency: ClassVar[bool] = True
