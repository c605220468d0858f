"""The letters by which a person knows a column."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """``A`` for 1, ``AA`` for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=1024)
def column_number(text: str) -> int:
    """1 for ``A``."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number
