"""What the number kinds share: exact decimals of a fixed scale, and bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar

from workbook_templates import money
from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import NOT_CANONICAL, short
from workbook_templates.columns.written_numbers import read_number
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

TOO_MANY_DECIMALS = Message(
    "too_many_decimals",
    Words(
        "{number} mempunyai lebih dari {places} angka di belakang koma. Bulatkan angkanya, "
        "misalnya dengan fungsi ROUND.",
        "{number} has more than {places} decimals. Round it, for example with the function ROUND.",
    ),
)
NUMBER_TOO_LARGE = Message(
    "number_too_large",
    Words(
        "{number} terlalu besar: harus di bawah {limit}. Periksa apakah ada angka yang berlebih.",
        "{number} is too large: it must be below {limit}. See whether there is a digit too many.",
    ),
)
NEGATIVE = Message(
    "negative",
    Words(
        "{number} tidak boleh negatif. Tulis angka nol atau lebih.",
        "{number} must not be negative. Write zero or more.",
    ),
)
TOO_SMALL = Message(
    "too_small",
    Words(
        "{number} terlalu kecil. Tulis {minimum} atau lebih.",
        "{number} is too small. Write {minimum} or more.",
    ),
)
NOT_POSITIVE = Message(
    "not_positive",
    Words(
        "{number} harus lebih besar dari nol.",
        "{number} must be greater than zero.",
    ),
)

LIMIT = Decimal(10) ** 13  # 13 digits and 2 decimals: the 15 digits that a spreadsheet keeps


@dataclass(frozen=True)
class Number(Column):
    """A decimal number of at most `places` decimals; more is a problem, never rounded unseen."""

    minimum: Decimal | None = None
    positive: bool = False

    sql: ClassVar[str] = "numeric"
    places: ClassVar[int] = 4
    fixed: ClassVar[bool] = False
    currency: ClassVar[bool] = False

    def canonical(self, cell: object, locale: Locale) -> str | None:
        number = read_number(cell, locale, self.currency)
        return None if number is None else self.spell(number)

    def spell(self, number: Decimal) -> str:
        """Canonical text of a number, inside this column's bounds. Raises `Unreadable`."""
        if abs(number) >= LIMIT:
            raise Unreadable(NUMBER_TOO_LARGE(number=in_sentence(number), limit=LIMIT))
        try:
            text = (money.text if self.fixed else money.plain)(number, self.places)
        except ValueError as e:
            rounded = money.round_half_up(number, Decimal(1).scaleb(-self.places))
            raise Unreadable(
                TOO_MANY_DECIMALS(number=in_sentence(number), places=self.places, hint=str(rounded))
            ) from e
        self._refuse_bounds(text)
        return text

    def check(self, text: str) -> None:
        if not _shape(self.places, self.fixed).fullmatch(text):
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        self._refuse_bounds(text)

    def value(self, text: str) -> Decimal:
        return Decimal(text)

    def _refuse_bounds(self, text: str) -> None:
        if self.minimum is None and not self.positive:
            return
        number = Decimal(text)
        if self.positive and number <= 0:
            raise Unreadable(NOT_POSITIVE(number=number))
        if self.minimum is not None and number < self.minimum:
            message = TOO_SMALL if self.minimum else NEGATIVE
            raise Unreadable(message(number=number, minimum=self.minimum))


def in_sentence(number: Decimal) -> Decimal | str:
    """A number for a sentence; one of very many digits in short (1.00E+300)."""
    return number if -20 < number.adjusted() < 20 else f"{number:.2E}"


@lru_cache
def _shape(places: int, fixed: bool) -> re.Pattern[str]:
    """What canonical text of a kind looks like; there is no negative zero."""
    whole = "(?:0|[1-9][0-9]{0,12})"
    if fixed:
        return re.compile(rf"(?!-[0.]+\Z)-?{whole}\.[0-9]{{{places}}}")
    decimals = rf"(?:\.[0-9]{{0,{places - 1}}}[1-9])?" if places else ""
    return re.compile(rf"(?!-0\Z)-?{whole}{decimals}")
