"""Rows under another id: pasted from another sheet, seen elsewhere, or left as shuffled."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from addin.lazy import is_partial, loaded
from addin.pages import Page
from workbook_templates.row_ids import make_id


def part_pasted(pages: Collection[Page], bases: Mapping[str, Collection[str]]) -> None:
    """New ids for rows that carry the id of a row of another sheet: they were pasted from there.

    `bases`: the ids that this file and the server agree on, by table.
    """
    seen: set[str] = set()
    for page in pages:
        table = page.sheet.table
        others = [ids for name, ids in bases.items() if name != table]
        here = loaded(page.rows)
        shown = [
            rid for rid, row in here.items() if row.shown_id == rid and rid not in bases[table]
        ]
        foreign = [r for r in shown if r in seen or any(r in ids for ids in others)]
        rename(page, {rid: make_id() for rid in foreign})
        seen.update(shown)


def rename(page: Page, new: Mapping[str, str]) -> None:
    """Give rows other ids; the order of the sheet stays where all of it was read."""
    if not new:
        return
    if not is_partial(page.rows):
        page.rows = {new.get(rid, rid): row for rid, row in page.rows.items()}
        return
    taken = {rid: page.rows.pop(rid) for rid in new}
    for rid, row in taken.items():
        page.rows[new[rid]] = row


def leave_shuffled(page: Page) -> None:
    """Take back that shuffled rows were given the ids of their cells: they are edits then."""
    rename(page, page.shuffled)
    page.shuffled = {}
