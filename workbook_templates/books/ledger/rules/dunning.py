"""Dunning levels: a higher one comes later."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

LEVEL_OUT_OF_ORDER = Message(
    "level_out_of_order",
    Words(
        id="Teguran {level} dimulai {days} hari sesudah jatuh tempo, padahal teguran {lower} "
        "{before} hari. Isi hari yang lebih besar.",
        en="Reminder {level} begins {days} days after the due date, but reminder {lower} begins "
        "after {before}. Fill in more days.",
    ),
)


def levels_rise(document: Document, known: Known) -> Iterator[Problem]:
    """Each level begins after more days than the one before it and fewer than the one after."""
    for line in document.lines:
        for other in known.rows(document.sheet.table):
            lower, higher = sorted((line, other), key=_level)
            if _level(lower) < _level(higher) and _days(lower) >= _days(higher):
                yield LEVEL_OUT_OF_ORDER(
                    column="days",
                    row_id=line.id,
                    level=_level(higher),
                    days=_days(higher),
                    lower=_level(lower),
                    before=_days(lower),
                )
                return


def _level(row: Line) -> int:
    return int(row.text("level") or 0)


def _days(row: Line) -> int:
    return int(row.text("days") or 0)
