"""Rows with an id that neither the file's base nor the server knows, after all was read anew.

Such a row was never sent, or it was sent, deleted by somebody and purged long ago.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from addin.copies import Copy
from addin.shadow import Held
from workbook_templates import wire
from workbook_templates.row_ids import make_id

Places = AbstractSet[tuple[str, str]]  # table and row id


def ask_of_unknown(copy: Copy, kept: Places) -> None:
    """The base was damaged, so perhaps it had known them: their person decides."""
    waiting = {(h.table, rid) for h in copy.held.values() for rid in h.rows}
    for table, rid in list(_unknown(copy, kept)):
        if (table, rid) not in waiting:
            conflict = wire.Conflict(rid, "unknown_row")
            copy.hold(Held(table, copy.key_of(table, rid), wire.CONFLICT, (rid,), (conflict,)))


def give_new_ids(copy: Copy, kept: Places) -> None:
    """They are sent as new rows: under its old id a deleted one would come back."""
    deciding = {(h.table, rid) for h in copy.held.values() if h.conflicts for rid in h.rows}
    unknown = set(_unknown(copy, kept | deciding))
    for place, held in list(copy.held.items()):
        if not held.conflicts and any((held.table, rid) in unknown for rid in held.rows):
            del copy.held[place]  # it is tried again, and refused again if it is still wrong
    for table in {table for table, _ in unknown}:
        page = copy.pages[table]
        ids = {rid: make_id() for rid in page.rows if (table, rid) in unknown}
        page.rows = {ids.get(rid, rid): row for rid, row in page.rows.items()}


def _unknown(copy: Copy, kept: Places) -> Iterator[tuple[str, str]]:
    """Rows that are offered to a restored server again keep theirs: other files may offer them."""
    for table, page in copy.pages.items():
        base = copy.base(table)
        for rid, row in page.rows.items() if not page.sheet.read_only else ():
            had_id = row.shown_id == rid and rid not in base
            if had_id and (table, rid) not in kept and rid not in copy.shadow.origins:
                yield table, rid
