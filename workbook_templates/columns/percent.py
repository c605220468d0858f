"""Percentages: 12 means 12 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workbook_templates.columns.cells import is_number, one_line
from workbook_templates.columns.number import Number
from workbook_templates.columns.written_numbers import read_number
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale, show
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

DOUBTFUL_PERCENT = Message(
    "doubtful_percent",
    Words(
        "{number} dapat berarti {large} % atau {number} %. Format selnya sebagai Teks dan tulis "
        "dengan tanda persen, misalnya 12% atau 0,24%.",
        "{number} may mean {large} % or {number} %. Format the cell as Text and write it with the "
        "percent sign, for example 12% or 0.24%.",
    ),
)


@dataclass(frozen=True)
class Percent(Number):
    """A percentage with at most four decimals: "12" is 12 %, and so is the text "12%".

    A number cell between 0 and 1 may be a cell in per-cent format or a very small percentage: it is
    doubtful, so such values are written into a cell as text with the sign ("0,24%").
    """

    kind: ClassVar[str] = "percent"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if isinstance(cell, str):
            cell = one_line(cell)
            cell = cell.removesuffix("%") or cell  # a lone sign is no blank
        number = read_number(cell, locale)
        if number is None:
            return None
        if is_number(cell) and 0 < abs(number) < 1:
            raise Unreadable(DOUBTFUL_PERCENT(number=number, large=(number * 100).normalize()))
        return self.spell(number)

    def cell(self, text: str, language: str) -> object:
        number = Decimal(text)
        if not 0 < abs(number) < 1:
            return number
        return f"{show(number, INDONESIAN if language == 'id' else ENGLISH)}%"
