"""The window of a workbook: which months, warehouse … it shows, and what leaves it unseen by none.

A document is inside as soon as one of its rows is. What is typed and not sent never leaves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from addin.copies import Copy, remove_row
from addin.errors import BadWindow
from workbook_templates.limits import Limits, NotALimit, read_limits, within
from workbook_templates.schema import Cells
from workbook_templates.setup import limit_texts, window_names

PULLED = "within"  # meta: the limits of the last pull, as JSON
CHOSEN = "window:"  # meta: what was chosen by name


def chosen(meta: Mapping[str, str]) -> dict[str, str]:
    """What a person chose, by the names of `window_names`."""
    return {k.removeprefix(CHOSEN): v for k, v in meta.items() if k.startswith(CHOSEN)}


def choose(copy: Copy, choice: Mapping[str, str]) -> None:
    """Note another choice; "" shows everything again. Raises `BadWindow`."""
    for name in window_names(copy.book):
        if name in choice:
            copy.meta[f"{CHOSEN}{name}"] = choice[name]
    wanted(copy)


def wanted(copy: Copy) -> tuple[str, ...]:
    """The limits that are to be pulled, as they travel. Raises `BadWindow`.

    "Last 3 months" ends with the server's month, or with that of the last pull before it is asked.
    """
    try:
        today = copy.moment[:10] or copy.meta.get("today", "") or "2000-01-01"
        return limit_texts(copy.book, chosen(copy.meta), today)
    except NotALimit as wrong:
        raise BadWindow(**wrong.problem.words.all()) from wrong


def pulled(meta: Mapping[str, str]) -> tuple[str, ...]:
    """The limits under which the rows that are here were pulled."""
    return tuple(json.loads(meta.get(PULLED) or "[]"))


def has_changed(copy: Copy) -> bool:
    """Whether the rows that are here were pulled under other limits than are wanted now."""
    return pulled(copy.meta) != wanted(copy)


def note_pulled(copy: Copy) -> None:
    """What is here was pulled under the limits that are wanted."""
    limits = wanted(copy)
    if limits or copy.meta.get(PULLED):
        copy.meta[PULLED] = json.dumps(limits)
    if limits and copy.moment:
        copy.meta["today"] = copy.moment[:10]


def limits_here(copy: Copy) -> Limits:
    """The limits under which the rows were pulled, by table."""
    texts = pulled(copy.meta)
    return read_limits(texts, {s.table: s for s in copy.book.sheets}) if texts else {}


def is_partly_here(copy: Copy, table: str) -> bool:
    """Whether rows of a table may exist that are only outside the window."""
    return any(text.startswith(f"{table}.") for text in pulled(copy.meta))


def sweep(copy: Copy) -> None:
    """Takes documents off their sheets that are outside the window and wholly sent.

    Those that are not sent yet stay, and say so.
    """
    for table, limits in limits_here(copy).items():
        base = copy.base(table)
        waiting = _waiting(copy, table)
        for key, rids in _documents(copy, table).items():
            if any(within(limits, cells) for rid in rids for cells in _states(copy, table, rid)):
                continue
            if key in waiting or any(_is_unsent(copy, table, rid) for rid in rids):
                copy.outside |= {(table, rid) for rid in rids}
                continue
            for rid in rids:
                base.pop(rid, None)
                remove_row(copy, table, rid)
            copy.left.append((table, key))


def keep_whole(copy: Copy, table: str) -> set[str]:
    """The rows of documents of which something is not sent yet: they stay until it is."""
    return {
        rid
        for rids in _documents(copy, table).values()
        if any(_is_unsent(copy, table, rid) for rid in rids)
        for rid in rids
    }


def _documents(copy: Copy, table: str) -> dict[str, list[str]]:
    """The rows of each document that was ever agreed on."""
    found: dict[str, list[str]] = {}
    key_of = copy.pages[table].sheet.key_of
    for rid, known in copy.base(table).items():
        found.setdefault(key_of(known.cells, rid), []).append(rid)
    return found


def _states(copy: Copy, table: str, rid: str) -> Iterator[Cells]:
    """A row as it was agreed on; of one that was moved on the sheet, as it stands there too."""
    yield copy.base(table)[rid].cells
    row = copy.row(table, rid)
    if row is not None:
        yield row.cells


def _waiting(copy: Copy, table: str) -> set[str]:
    return {held.key for held in copy.held.values() if held.table == table}


def _is_unsent(copy: Copy, table: str, rid: str) -> bool:
    row, known = copy.row(table, rid), copy.base(table)[rid]
    if known.source or copy.pages[table].sheet.read_only:
        return False
    return row is None or row.cells != known.cells or not row.is_readable
