"""Whole numbers: days, dependants, ages in months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import NOT_CANONICAL, short
from workbook_templates.columns.number import (
    LIMIT,
    NEGATIVE,
    NUMBER_TOO_LARGE,
    TOO_SMALL,
    in_sentence,
)
from workbook_templates.columns.written_numbers import read_number
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

NOT_WHOLE = Message(
    "not_whole",
    Words(
        "{number} bukan bilangan bulat. Tulis tanpa angka di belakang koma, misalnya 12.",
        "{number} is not a whole number. Write it without decimals, for example 12.",
    ),
)

_SHAPE = re.compile(r"0|-?[1-9][0-9]{0,12}")


@dataclass(frozen=True)
class Integer(Column):
    """A whole number: "12". Its value is an int."""

    minimum: int | None = None

    kind: ClassVar[str] = "integer"
    sql: ClassVar[str] = "integer"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        number = read_number(cell, locale)
        if number is None:
            return None
        if abs(number) >= LIMIT:
            raise Unreadable(NUMBER_TOO_LARGE(number=in_sentence(number), limit=LIMIT))
        if number != int(number):
            raise Unreadable(NOT_WHOLE(number=in_sentence(number)))
        self._refuse_bounds(int(number))
        return str(int(number))

    def check(self, text: str) -> None:
        if not _SHAPE.fullmatch(text):
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        self._refuse_bounds(int(text))

    def value(self, text: str) -> Any:
        return int(text)

    def _refuse_bounds(self, number: int) -> None:
        if self.minimum is not None and number < self.minimum:
            message = TOO_SMALL if self.minimum else NEGATIVE
            raise Unreadable(message(number=Decimal(number), minimum=Decimal(self.minimum)))
