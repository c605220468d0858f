"""The one look: colours, fonts, number formats."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from workbook_templates.columns import Column

ACCENT, TINT, INK = "#1F5A6B", "#DCE9EC", "#22313A"
GREY, GREY_FILL, LINE, RULE = "#6B7780", "#F1F3F4", "#CBD3D7", "#E4E9EB"
GREEN, GREEN_FILL = "#1E6B3C", "#DFF1E4"
RED, SALMON = "#B3261E", "#F9CFC6"
BLUE, HATCH, BLUE_FILL = "#1B4F9C", "#A9C1EC", "#E6EDFA"

# The colours of the tabs, part by part.
SHADES = (ACCENT, "#2F7D5B", "#8A5A1F", "#5B4A9C", "#9C4A6B", "#B07A1E", "#4F5B66")

FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
RULED = {"bottom": 1, "bottom_color": RULE}
LIGHT_UP = 14  # XlsxWriter's number of the hatch "thin diagonal lines upwards"

HEADER = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "indent": 1,
    "border": 1,
    "border_color": LINE,
}
LOOKS: dict[str, dict[str, Any]] = {
    "cell": FONT,
    "required": HEADER | {"bg_color": ACCENT, "font_color": "#FFFFFF"},
    "optional": HEADER | {"bg_color": TINT, "font_color": ACCENT},
    "ours": HEADER | {"bg_color": GREY_FILL, "font_color": GREY},
    "status": FONT | RULED | {"font_color": GREY, "num_format": "@", "indent": 1},
    "hidden": FONT | {"font_color": GREY, "num_format": "@"},
    "problem": {"bg_color": SALMON, "border": 1, "border_color": RED},
    "conflict": {
        "pattern": LIGHT_UP,
        "fg_color": HATCH,
        "bg_color": BLUE_FILL,
        "border": 1,
        "border_color": BLUE,
    },
    "good": {"font_color": GREEN, "bg_color": GREEN_FILL},
    "bad": {"font_color": RED, "bg_color": SALMON},
    "waiting": {"font_color": GREY, "bg_color": GREY_FILL},
    "whole": {"num_format": "#,##0"},
    "title": FONT | {"font_size": 18, "bold": True, "font_color": ACCENT},
    "subtitle": FONT | {"font_color": GREY},
    "heading": FONT
    | {"font_size": 12, "bold": True, "font_color": ACCENT, "bottom": 1}
    | {"bottom_color": ACCENT},
    "label": FONT | {"font_color": GREY},
    "value": FONT | {"num_format": "@", "bold": True, "align": "left"},
    "text": FONT | {"text_wrap": True, "valign": "top"},
    "link": FONT | {"font_color": ACCENT, "underline": 1, "valign": "top"},
    "problem_sample": FONT | {"bg_color": SALMON, "border": 1, "border_color": RED},
    "conflict_sample": FONT
    | {"pattern": LIGHT_UP, "fg_color": HATCH, "bg_color": BLUE_FILL}
    | {"border": 1, "border_color": BLUE},
    "ours_sample": FONT | {"bg_color": GREY_FILL, "border": 1, "border_color": LINE},
}

DATES = {"id": "dd/mm/yyyy", "en": "yyyy-mm-dd"}
NUMBERS = {
    "money": "#,##0.00",
    "quantity": "#,##0.####",
    "rate": "#,##0.00####",
    "percent": "0.####",
    "integer": "0",
}
STATEMENT_MONEY = "#,##0.00;(#,##0.00);-"
CENTRED = ("date", "month", "time", "flag")

Looks = Callable[[str], Format]


def shade(part: int) -> str:
    """The colour of the tabs of a part, the first being 0."""
    return SHADES[part % len(SHADES)]


def looks(book: Workbook) -> Looks:
    """The named formats of `LOOKS` in one workbook, each made once."""
    return cache(lambda name: book.add_format(LOOKS[name]))


def column_look(column: Column, language: str) -> dict[str, Any]:
    """The format of a column's cells: by its kind, grey where Lajur fills it in."""
    look: dict[str, Any] = {**FONT, **RULED, "num_format": number_format(column, language)}
    if column.kind in CENTRED:
        look["align"] = "center"
    else:
        look |= {"align": "right" if column.kind in NUMBERS else "left", "indent": 1}
    if column.read_only:
        look |= {"bg_color": GREY_FILL, "font_color": GREY}
    return look


def number_format(column: Column, language: str) -> str:
    """The number format of a column's kind; what is neither number nor date is text."""
    if column.kind == "date":
        return DATES[language]
    return NUMBERS.get(column.kind, "@")


def shows_point_alone(column: Column) -> bool:
    """Whether the format would leave a lone decimal point after a whole number ("10.")."""
    return NUMBERS.get(column.kind, "").endswith(".####")


def header_look(column: Column) -> str:
    """The name of the look of a column's heading."""
    if column.read_only:
        return "ours"
    return "required" if column.required else "optional"
