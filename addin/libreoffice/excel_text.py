"""What Excel makes of a text that is put into a cell: it reads it as if somebody had typed it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

Reading = str | float | bool | datetime

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
LONGEST_TEXT, LONGEST_FORMULA = 32_767, 8_192
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?(?<=[\d.])(e[+-]?\d+)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# What Excel reads as a number, day, time, percentage, fraction or sum of money, in some locale.
_OTHERWISE = re.compile(
    rf"""[\s]*(?:
    [+\-=@].*                                  # a formula, or what Excel takes for one
    |[(]?[$€£¥]?\s?[\d.,]+\s?[%)]?             # amounts, percentages, negative amounts in brackets
    |[\d.,]+e[+-]?\d+                          # 1E5
    |\d+\s\d+/\d+|\d{{1,4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,4}})?(?:[ T].*)?   # 3/4, 1-2, 2026-05-03
    |\d{{1,2}}[ -]?{_MONTHS}(?:[ -,]*\d{{1,4}})?|{_MONTHS}[ -]?\d{{1,4}}(?:,?\s*\d{{4}})? # MAR1
    |\d{{1,4}}:\d{{1,2}}(?::\d{{1,2}}(?:\.\d+)?)?(?:\s?[ap]m?)?|\d{{1,2}}\s[ap]m?      # 10:30, 5 pm
    |true|false
    )[\s]*""",
    re.IGNORECASE | re.VERBOSE,
)


def is_read_otherwise(text: str) -> bool:
    """Whether Excel would make something else than this very text of it."""
    first = text[0]
    if first.isalpha() and len(text) > 20:
        return False
    return (first == "#" and text in ERRORS) or bool(_OTHERWISE.fullmatch(text))


def as_typed(text: str) -> Reading:
    """The value that Excel makes of it: the plain cases; what is not among them stays text."""
    plain = text.strip()
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE"
    if _NUMBER.fullmatch(plain):
        return float(plain.replace(",", ""))
    if plain.endswith("%") and _NUMBER.fullmatch(plain[:-1]):
        return float(plain[:-1].replace(",", "")) / 100
    for pattern, order in ((_ISO, (0, 1, 2)), (_AMERICAN, (2, 0, 1))):
        found = pattern.fullmatch(plain)
        if found:
            return _moment(found, order) or text
    return text


def _moment(found: re.Match[str], order: tuple[int, int, int]) -> datetime | None:
    parts = [int(part or 0) for part in found.groups()]
    try:
        year, month, day = (parts[place] for place in order)
        found_day = datetime(year, month, day)
    except ValueError:
        return None
    return found_day + timedelta(hours=parts[3], minutes=parts[4], seconds=parts[5])
