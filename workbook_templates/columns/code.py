"""Short codes that name something: account 1101, item K/1, warehouse GD-01. Zeros in front stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import (
    NOT_CANONICAL,
    as_decimal,
    is_number,
    one_line,
    refuse_error,
    refuse_length,
    seen,
    short,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

CODE_AS_DATE = Message(
    "code_as_date",
    Words(
        "Kode ini berubah menjadi tanggal ({text}). Format selnya sebagai Teks, lalu ketik ulang "
        "kodenya.",
        "This code has become a date ({text}). Format the cell as Text, then type the code again.",
    ),
)
NOT_A_CODE = Message(
    "not_a_code",
    Words(
        "“{text}” bukan kode. Format selnya sebagai Teks, lalu ketik kodenya.",
        "“{text}” is not a code. Format the cell as Text, then type the code.",
    ),
)

_LARGEST = 10**15  # from here on a spreadsheet has lost digits


@dataclass(frozen=True)
class Code(Column):
    """A code on one line. A whole number below 10^15 in the cell becomes its digits."""

    max_length: int = 40

    kind: ClassVar[str] = "code"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        text = read_code(cell, locale)
        refuse_length(text, self.max_length)
        return text or None

    def check(self, text: str) -> None:
        if not text or one_line(text) != text:
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        refuse_error(text)
        refuse_length(text, self.max_length)


def read_code(cell: object, locale: Locale) -> str:
    """The code in a cell on one line; "" for a blank. Raises `Unreadable`."""
    if isinstance(cell, str):
        text = one_line(cell)
        refuse_error(text)
        return text
    if isinstance(cell, (date, time)):
        raise Unreadable(CODE_AS_DATE(text=seen(cell, locale)))
    if is_number(cell):
        number = as_decimal(cell)
        if number.is_finite() and 0 <= number < _LARGEST and number == int(number):
            return str(int(number))
    raise Unreadable(NOT_A_CODE(text=seen(cell, locale)))
