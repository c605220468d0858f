"""Amounts in words (terbilang), as receipts state them: full rupiah, half up."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.money import round_half_up

_DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_THOUSANDS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
LARGEST = 10 ** (3 * len(_THOUSANDS))


def rupiah_in_words(amount: Decimal) -> str:
    """ "satu juta lima ratus ribu rupiah"; "" from 10^18 on, for which there is no common name."""
    number = int(round_half_up(abs(amount)))
    if number >= LARGEST:
        return ""
    sign = "minus " if amount < 0 and number else ""
    return f"{sign}{number_in_words(number)} rupiah"


def number_in_words(number: int) -> str:
    """A whole number from 0 up to 10^18, that one not included."""
    if not number:
        return "nol"
    words: list[str] = []
    for power in reversed(range(len(_THOUSANDS))):
        group = number // 1000**power % 1000
        if group == 1 and power == 1:
            words.append("seribu")
        elif group:
            words += [*_hundreds(group), _THOUSANDS[power]]
    return " ".join(filter(None, words))


def _hundreds(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"] if hundreds else []
    tens, ones = divmod(rest, 10)
    if rest in (10, 11):
        return [*words, "sepuluh" if rest == 10 else "sebelas"]
    if tens == 1:
        return [*words, _DIGITS[ones], "belas"]
    return [*words, *([_DIGITS[tens], "puluh"] if tens else []), _DIGITS[ones]]
