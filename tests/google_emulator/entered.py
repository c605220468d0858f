"""What becomes of a value that is written: RAW as it is, USER_ENTERED as if a person typed it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.google_emulator.book import Cell, Json, Value
from tests.google_emulator.formats import EPOCH
from tests.google_emulator.refusals import invalid

NUMBER = re.compile(r"(-?)(\$|Rp ?)?(\d+|\d{1,3}(?:,\d{3})+)?(\.\d*)?(?:[eE]([+-]?\d+))?(%)?")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed text understood: its value and the number format that it brings along."""

    value: Value
    format: Json | None = None


def kept(cell: Cell, value: Any, option: str, locale: str) -> Cell:
    """The cell after the value was written; null leaves it, an empty text empties it."""
    if value is None:
        return cell
    if not isinstance(value, str | int | float | bool):
        raise invalid(f"Invalid values: {type(value).__name__} is no cell value")
    if isinstance(value, str) and len(value) > 50_000:
        raise invalid("Your input contains more than the maximum of 50000 characters in a cell.")
    if value == "":
        return replace(cell, value=None, formula=None)
    if option == "RAW" or not isinstance(value, str):
        return replace(cell, value=value, formula=None)
    return typed_into(cell, value, locale)


def typed_into(cell: Cell, text: str, locale: str) -> Cell:
    """The cell after a person typed the text into it."""
    if text.startswith("=") and len(text) > 1:
        return replace(cell, value=None, formula=text)
    if text.startswith("'"):
        return replace(cell, value=text[1:], formula=None)
    if cell.format.get("numberFormat", {}).get("type") == "TEXT":
        return replace(cell, value=text, formula=None)
    typed = understood(text.strip(), locale)
    form = {"numberFormat": typed.format} if typed.format else {}
    value = text if typed.value is None else typed.value
    return replace(cell, value=value, formula=None, format=form | cell.format)


def understood(text: str, locale: str) -> Typed:
    """A number, date, time or truth value where the text reads as one; else value None."""
    if text.upper() in ("TRUE", "FALSE"):
        return Typed(text.upper() == "TRUE")
    return _number(text, locale) or _date(text, locale) or _time(text) or Typed(None)


def _number(text: str, locale: str) -> Typed | None:
    if locale.startswith("id"):
        text = text.translate(str.maketrans(",.", ".,"))
    match = NUMBER.fullmatch(text)
    if not match or not (match[3] or len(match[4] or "") > 1):
        return None
    minus, currency, whole, fraction, exponent, percent = match.groups()
    plain = f"{minus}{(whole or '0').replace(',', '')}{fraction or ''}e{exponent or 0}"
    number = float(plain) / (100 if percent else 1)
    value = int(number) if number == int(number) else number
    decimals = "0" * (len(fraction) - 1) if fraction else ""
    point = "." + decimals if decimals else ""
    if percent:
        return Typed(value, {"type": "PERCENT", "pattern": f"0{point}%"})
    if currency:
        sign = currency.strip()
        return Typed(value, {"type": "CURRENCY", "pattern": f'"{sign}"#,##0{point}'})
    if whole and "," in whole:
        return Typed(value, {"type": "NUMBER", "pattern": f"#,##0{point}"})
    return Typed(value)


def _date(text: str, locale: str) -> Typed | None:
    local = "%d/%m/%Y" if locale.startswith("id") or locale == "en_GB" else "%m/%d/%Y"
    pattern = "dd/mm/yyyy" if local.startswith("%d") else "m/d/yyyy"
    for form, shown in (("%Y-%m-%d", "yyyy-mm-dd"), (local, pattern)):
        try:
            day = datetime.strptime(text, form)
        except ValueError:
            continue
        return Typed((day - EPOCH).days, {"type": "DATE", "pattern": shown})
    return None


def _time(text: str) -> Typed | None:
    match = TIME.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    return Typed(seconds / 86400, {"type": "TIME", "pattern": "h:mm:ss" if match[3] else "h:mm"})
