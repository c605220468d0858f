"""Identifiers made of digits: NIK, NPWP, KK, bank account, BPJS number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import (
    NOT_CANONICAL,
    is_number,
    one_line,
    refuse_error,
    seen,
    short,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

IDENTIFIER_AS_NUMBER = Message(
    "identifier_as_number",
    Words(
        "Nomor ini tersimpan sebagai angka, jadi nol di depan dan angka setelah yang ke-15 dapat "
        "hilang. Format selnya sebagai Teks, lalu ketik nomornya lagi dari dokumen asli.",
        "This identifier is stored as a number, so leading zeros and digits after the 15th may be "
        "lost. Format the cell as Text, then type it again from the original document.",
    ),
)
NOT_DIGITS = Message(
    "not_digits",
    Words(
        "“{text}” harus terdiri dari angka saja. Periksa lagi dari dokumen asli.",
        "“{text}” must consist of digits only. Check it against the original document.",
    ),
)
WRONG_LENGTH = Message(
    "wrong_length",
    Words(
        "“{text}” terdiri dari {found} angka, seharusnya {expected}. Periksa lagi dari dokumen "
        "asli.",
        "“{text}” has {found} digits and must have {expected}. Check it against the original "
        "document.",
    ),
)

_SEPARATORS = re.compile(r"[.\- ]")
_DIGITS = re.compile(r"[0-9]+")
_MOST = 40


@dataclass(frozen=True)
class Digits(Column):
    """Digits as text, of one of the lengths (1 to 40 where none is named); dots, hyphens and spaces
    are dropped.

    A number cell is a problem, never a conversion: a spreadsheet keeps 15 digits and a NIK has 16.
    """

    length: tuple[int, ...] = ()

    kind: ClassVar[str] = "digits"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        if is_number(cell):
            raise Unreadable(IDENTIFIER_AS_NUMBER())
        if not isinstance(cell, str):
            raise Unreadable(NOT_DIGITS(text=seen(cell, locale)))
        text = one_line(cell)
        if not text:
            return None
        refuse_error(text)
        digits = _SEPARATORS.sub("", text)
        if not _DIGITS.fullmatch(digits):
            raise Unreadable(NOT_DIGITS(text=short(text)))
        self._refuse_length(digits)
        return digits

    def check(self, text: str) -> None:
        if not _DIGITS.fullmatch(text):
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        self._refuse_length(text)

    def _refuse_length(self, digits: str) -> None:
        if len(digits) in self.length or (not self.length and len(digits) <= _MOST):
            return
        expected = "/".join(map(str, self.length)) or f"1-{_MOST}"
        raise Unreadable(WRONG_LENGTH(text=short(digits), found=len(digits), expected=expected))
