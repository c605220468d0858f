"""A number as a person writes it in a text cell, read by the stated locale and never guessed."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from workbook_templates.columns.cells import (
    as_decimal,
    is_number,
    one_line,
    refuse_error,
    seen,
    short,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

NOT_A_NUMBER = Message(
    "not_a_number",
    Words(
        "“{text}” bukan angka. Tulis angka saja, misalnya 1.250.000,00.",
        "“{text}” is not a number. Write a number only, for example 1,250,000.00.",
    ),
)
NUMBER_AS_DATE = Message(
    "not_a_number",
    Words(
        "Sel ini berisi tanggal {text}, bukan angka. Format selnya sebagai Angka, lalu ketik ulang "
        "angkanya.",
        "This cell holds the date {text}, not a number. Format the cell as Number, then type the "
        "number again.",
    ),
)
DOUBTFUL_NUMBER = Message(
    "doubtful_number",
    Words(
        "“{text}” dapat berarti {one} atau {other}. Format selnya sebagai Angka, lalu ketik ulang "
        "tanpa pemisah ribuan.",
        "“{text}” may mean {one} or {other}. Format the cell as Number, then type it again without "
        "thousands separators.",
    ),
)

_LONGEST = 60
_SHAPE = re.compile(
    r"(?P<open>\( ?)?(?P<before>[-+\u2212] ?)?(?P<currency>(?:Rp\.?|IDR) ?)?"
    r"(?P<inner>[-\u2212] ?)?(?P<digits>[.,]?[0-9](?:[0-9.,]*[0-9])?)(?P<even>,--?)?"
    r"(?P<after> ?[-\u2212])?(?P<close> ?\))?",
    re.IGNORECASE,
)


def read_number(cell: object, locale: Locale, currency: bool = False) -> Decimal | None:
    """The number in a cell, exact; None for a blank. Raises `Unreadable`.

    `currency`: "Rp" or "IDR" in front and the ",-" of Indonesian price lists are understood.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        text = one_line(cell)
        return _read(text, locale, currency) if text else None
    number = as_decimal(cell) if is_number(cell) else None
    if number is None or not number.is_finite():
        message = NUMBER_AS_DATE if isinstance(cell, (date, time)) else NOT_A_NUMBER
        raise Unreadable(message(text=seen(cell, locale)))
    return number


def _read(text: str, locale: Locale, currency: bool) -> Decimal:
    refuse_error(text)
    found = _SHAPE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or not _is_coherent(found, locale, currency):
        raise Unreadable(NOT_A_NUMBER(text=short(text)))
    size = _size(text, found["digits"], locale)
    return -size if _signs(found) else size


def _is_coherent(found: re.Match[str], locale: Locale, currency: bool) -> bool:
    """One sign at most, both brackets or none, and money's decorations only on money."""
    if bool(found["open"]) != bool(found["close"]) or _signs(found) > 1:
        return False
    if found["even"] and locale.decimal != ",":
        return False
    return currency or not (found["currency"] or found["even"])


def _signs(found: re.Match[str]) -> int:
    before = (found["before"] or "").strip()
    return sum(map(bool, (found["open"], before not in ("", "+"), found["inner"], found["after"])))


def _size(text: str, digits: str, locale: Locale) -> Decimal:
    good, doubtful = _patterns(locale)
    if good.fullmatch(digits) and not doubtful.fullmatch(digits):
        return Decimal(digits.replace(locale.group, "").replace(locale.decimal, "."))
    one, other = _readings(digits)
    raise Unreadable(DOUBTFUL_NUMBER(text=short(text), one=one, other=other))


@lru_cache
def _patterns(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is well written in a locale; and what looks like the thousands of the other one: three
    digits after the decimal sign, "1.250" in an English file. "0.250" is nobody's thousand.
    """
    point, group = re.escape(locale.decimal), re.escape(locale.group)
    whole = f"(?:[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)"
    good = re.compile(f"{whole}(?:{point}[0-9]+)?|{point}[0-9]+")
    return good, re.compile(f"(?!0{point})[0-9]{{1,3}}{point}[0-9]{{3}}")


def _readings(digits: str) -> tuple[Decimal, Decimal]:
    """The last separator as decimal sign, and every separator as a thousands separator."""
    whole, last = re.split(r"[.,](?=[0-9]+$)", digits, maxsplit=1)
    joined = re.sub(r"[.,]", "", whole)
    decimals = last.rstrip("0")
    return Decimal(f"{joined or 0}.{decimals or 0}").normalize(), Decimal(joined + last)
