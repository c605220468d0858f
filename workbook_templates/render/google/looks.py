"""The one look (`render.look`) as Google's cell formats; what Google cannot show is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
Look = Mapping[str, Any]
TEXT_FORMAT = {
    "font_name": "fontFamily",
    "font_size": "fontSize",
    "bold": "bold",
}
ACROSS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
DOWN = {"vcenter": "MIDDLE", "top": "TOP"}
SIDES = ("top", "bottom", "left", "right")
DAY = frozenset("dmy")


def colour(hexadecimal: str) -> Json:
    """Google's colour of "#1F5A6B": parts from 0 to 1."""
    parts = (int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def _style(hexadecimal: str) -> Json:
    return {"rgbColor": colour(hexadecimal)}


def cell_format(look: Look) -> Json:
    """The format of a cell. A hatch becomes its ground, an indent goes: Google has neither."""
    form: Json = {"textFormat": _text_format(look)}
    if "num_format" in look:
        form["numberFormat"] = number_format(look["num_format"])
    if "bg_color" in look:
        form["backgroundColorStyle"] = _style(look["bg_color"])
    if "align" in look:
        form["horizontalAlignment"] = ACROSS[look["align"]]
    if "valign" in look:
        form["verticalAlignment"] = DOWN[look["valign"]]
    if look.get("text_wrap"):
        form["wrapStrategy"] = "WRAP"
    borders = _borders(look)
    return form | ({"borders": borders} if borders else {})


def condition_format(look: Look) -> Json:
    """What a conditional format may change: the ground and the letters."""
    form: Json = {"backgroundColorStyle": _style(look["bg_color"])}
    if "font_color" in look:
        form["textFormat"] = {"foregroundColorStyle": _style(look["font_color"])}
    return form


def number_format(pattern: str) -> Json:
    """The same pattern as in a workbook file; "@" is text."""
    if pattern == "@":
        return {"type": "TEXT"}
    kind = "DATE" if set(pattern) & DAY else "NUMBER"
    return {"type": kind, "pattern": pattern}


def _text_format(look: Look) -> Json:
    form: Json = {theirs: look[ours] for ours, theirs in TEXT_FORMAT.items() if ours in look}
    if "font_color" in look:
        form["foregroundColorStyle"] = _style(look["font_color"])
    if look.get("underline"):
        form["underline"] = True
    return form | ({"link": {"uri": look["link"]}} if "link" in look else {})


def _borders(look: Look) -> Json:
    return {
        side: {"style": "SOLID", "colorStyle": _style(shade)}
        for side in SIDES
        if (shade := look.get(f"{side}_color") or look.get("border_color"))
    }
