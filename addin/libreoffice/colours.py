"""Colours as xlwings takes them, and as the office does."""

from __future__ import annotations

from typing import Any

from xlwings import utils


def colour(value: Any) -> int | None:
    """0xRRGGBB of what xlwings takes as a colour: hex text, (r, g, b), Excel's number, None."""
    if value is None:
        return None
    if isinstance(value, str):
        value = utils.hex_to_rgb(value)
    elif isinstance(value, int):
        value = utils.int_to_rgb(value)
    red, green, blue = value
    return int(red) << 16 | int(green) << 8 | int(blue)
