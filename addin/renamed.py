"""Columns whose heading a person rewrote: known again by the values that their rows still hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from addin.base_lines import BaseRow
from addin.hosts.base import SheetCells
from addin.layout import ID, Layout
from workbook_templates.columns import Column
from workbook_templates.locale import Locale
from workbook_templates.problems import Unreadable

COMPARED = 200  # rows that are looked at
AGREE = 0.7  # how many of them must hold what was last agreed


def with_renamed(
    layout: Layout, cells: SheetCells, base: Mapping[str, BaseRow], spoken: Locale
) -> tuple[Layout, dict[str, str]]:
    """The layout with missing columns found under new headings; and those headings -> keys."""
    learned: dict[str, str] = {}
    columns = dict(layout.columns)
    strangers = _strangers(layout, cells)
    for key in layout.missing if base else ():
        column = layout.sheet.column(key)
        fitting = [n for n in strangers if _fits(column, n, layout, cells, base, spoken)]
        if len(fitting) == 1:
            columns[key] = fitting[0]
            learned[strangers.pop(fitting[0])] = key
    order = {c.key: columns[c.key] for c in layout.sheet.columns if c.key in columns}
    return replace(layout, columns=order), learned


def remember_headings(meta: dict[str, str], sheet: str, learned: Mapping[str, str]) -> None:
    """Keep what was learned, so that the heading is known before there is anything to compare."""
    if learned:
        known = json.loads(meta.get(f"headings:{sheet}") or "{}")
        meta[f"headings:{sheet}"] = json.dumps({**known, **learned}, ensure_ascii=False)


def _strangers(layout: Layout, cells: SheetCells) -> dict[int, str]:
    """Column number -> heading of the columns that are not known by name."""
    known = {*layout.columns.values(), *layout.own.values()}
    heads = cells.rows[layout.head - 1] if len(cells.rows) >= layout.head else []
    named = ((number, head) for number, head in enumerate(heads, start=1) if head is not None)
    return {number: str(head) for number, head in named if number not in known}


def _fits(
    column: Column,
    number: int,
    layout: Layout,
    cells: SheetCells,
    base: Mapping[str, BaseRow],
    spoken: Locale,
) -> bool:
    """Whether the rows hold in that column what the missing one held, blanks among them."""
    agree = filled = compared = 0
    for row in islice(cells.rows[layout.head :], COMPARED):
        place = layout.own[ID] - 1
        known = base.get(str(row[place])) if len(row) > place else None
        if known is None:
            continue
        cell = row[number - 1] if len(row) >= number else None
        try:
            same = (column.canonical(cell, spoken) or None) == known.cells.get(column.key)
        except Unreadable:
            same = False
        compared += 1
        agree += same
        filled += same and cell is not None
    return bool(filled) and agree >= AGREE * compared
