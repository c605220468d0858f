"""Conditional formats: mistakes and conflicts by `_flags`, the Status by its first character."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook_templates.render.frame import Frame, column_range
from workbook_templates.render.look import Looks, shows_point_alone

STATUS_LETTER = "B"
STATUS_LOOKS = (("✓", "good"), ("✗", "bad"), ("!", "bad"), ("…", "waiting"))


def add_flags(worksheet: Worksheet, frame: Frame, look: Looks) -> None:
    """Colour a cell whose column stands in `_flags` of its row."""
    flags = str(xl_col_to_name(frame.flags))
    for column in frame.sheet.columns:
        letter = frame.letter(column.key)
        # FIND, not SEARCH: to SEARCH the "~" of a conflict is an escape.
        for mark, name in ((f"~{column.key}", "conflict"), (column.key, "problem")):
            _when(worksheet, letter, f'=ISNUMBER(FIND("|{mark}|",${flags}2))', look, name)
        if shows_point_alone(column):
            _when(worksheet, letter, f"={letter}2=INT({letter}2)", look, "whole")


def add_status(worksheet: Worksheet, look: Looks, letter: str = STATUS_LETTER) -> None:
    """Colour the Status; its words say the same."""
    for first, name in STATUS_LOOKS:
        _when(worksheet, letter, f'=LEFT(${letter}2,1)="{first}"', look, name)


def _when(worksheet: Worksheet, letter: str, formula: str, look: Looks, name: str) -> None:
    worksheet.conditional_format(
        column_range(letter), {"type": "formula", "criteria": formula, "format": look(name)}
    )
