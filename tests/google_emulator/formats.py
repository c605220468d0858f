"""Formats of cells: colours as Google keeps them, and numbers as it shows them."""

import re
import struct
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import ceil
from typing import Any

EPOCH = datetime(1899, 12, 30)
COLOUR_TWINS = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "tabColor": "tabColorStyle",
}
PATTERNS = {
    "DATE": {"en": "m/d/yyyy", "id": "dd/mm/yyyy"},
    "TIME": {"en": "h:mm:ss am/pm", "id": "hh:mm:ss"},
    "DATE_TIME": {"en": "m/d/yyyy h:mm:ss", "id": "dd/mm/yyyy hh:mm:ss"},
    "PERCENT": {"en": "0.00%", "id": "0.00%"},
    "NUMBER": {"en": "#,##0.00", "id": "#,##0.00"},
}
DATE_TYPES = ("DATE", "TIME", "DATE_TIME")


def colour(parts: dict[str, float]) -> dict[str, float]:
    """Eight bits a part, told as a 32-bit float; a part that is zero is left out."""
    steps = {name: ceil(part * 255 - 0.5) / 255 for name, part in parts.items() if part}
    return {name: _single(part) for name, part in steps.items() if part}


@cache
def _single(value: float) -> float:
    short: float = struct.unpack("f", struct.pack("f", value))[0]
    return next(x for digits in range(6, 18) if _same(x := float(f"{short:.{digits}g}"), short))


def _same(value: float, short: float) -> bool:
    return struct.pack("f", value) == struct.pack("f", short)


def normalised(value: Any) -> Any:
    """The JSON with each colour as Google keeps it, in its old and its new field."""
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if not isinstance(value, dict):
        return value
    result: dict[str, Any] = {}
    for name, item in value.items():
        if name in COLOUR_TWINS:
            result[name] = colour(item)
            result[COLOUR_TWINS[name]] = {"rgbColor": colour(item)}
        elif name == "rgbColor":
            result[name] = colour(item)
        else:
            result[name] = normalised(item)
    _add_old_colours(result)
    return result


def _add_old_colours(value: dict[str, Any]) -> None:
    for old, new in COLOUR_TWINS.items():
        if "rgbColor" in value.get(new, {}):
            value[old] = value[new]["rgbColor"]


def is_date(form: dict[str, Any]) -> bool:
    return form.get("numberFormat", {}).get("type") in DATE_TYPES


def shown_number(number: float, form: dict[str, Any], locale: str) -> str:
    """The number as its cell shows it."""
    kind = form.get("numberFormat", {})
    language = "id" if locale.startswith("id") else "en"
    usual = PATTERNS.get(kind.get("type", ""), {}).get(language, "")
    pattern = kind.get("pattern") or usual
    if kind.get("type") in DATE_TYPES:
        return _moment(number, pattern)
    text = _patterned(number, pattern) if re.search("[0#]", pattern) else general(number)
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text


def general(number: float) -> str:
    """A number without a format: whole, or with at most ten figures."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" not in text or abs(number) >= 1e15:
        return text.upper()
    return f"{Decimal(text):f}"


def _patterned(number: float, pattern: str) -> str:
    pattern = pattern.split(";", maxsplit=1)[0]
    match = re.search(r"[#0,]+(?:\.([0#]+))?", pattern)
    if match is None:
        return general(number)
    digits = match[1] or ""
    amount = Decimal(repr(number)) * (100 if "%" in pattern else 1)
    amount = amount.quantize(Decimal(1).scaleb(-len(digits)), ROUND_HALF_UP)
    text = f"{amount:,f}" if "," in match[0] else f"{amount:f}"
    for _ in range(len(digits) - len(digits.rstrip("#"))):
        text = text[:-1] if text.endswith("0") else text
    text = text[:-1] if text.endswith(".") else text
    around = pattern[: match.start()], pattern[match.end() :]
    before, after = (re.sub(r'["\\]', "", part) for part in around)
    return f"{before}{text}{after}"


def _moment(serial: float, pattern: str) -> str:
    moment = EPOCH + timedelta(seconds=round(serial * 86400))
    minutes = re.sub(r"(h+:)(m+)", lambda m: m[1] + "i" * len(m[2]), pattern.lower())
    parts = {
        "yyyy": f"{moment.year:04}",
        "yy": f"{moment.year % 100:02}",
        "mm": f"{moment.month:02}",
        "m": str(moment.month),
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "hh": f"{moment.hour:02}",
        "h": str(moment.hour),
        "ii": f"{moment.minute:02}",
        "ss": f"{moment.second:02}",
        "am/pm": "AM" if moment.hour < 12 else "PM",
    }
    if "am/pm" in minutes:
        parts["h"] = str(moment.hour % 12 or 12)
    return re.sub(r"am/pm|y+|m+|d+|h+|i+|s+", lambda m: parts.get(m[0], m[0]), minutes)
