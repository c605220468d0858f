"""The audit trail's chain: every commit's hash covers its rows' changes and the commit before."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from sync_server.core.port import Commit, KeptChange, RowChange

GENESIS = "0" * 64
LONGEST = 8192  # characters of a formula, in every spreadsheet program
Cell = tuple[str | None, str | None]
_encode = msgspec.json.Encoder().encode
_decode_created = msgspec.json.Decoder(dict[str, str]).decode
_decode_changed = msgspec.json.Decoder(dict[str, Cell]).decode


def cells_text(cells: dict[str, str]) -> str:
    """A row's cells as the text that is kept."""
    return _encode(cells).decode()


def change_text(change: RowChange) -> str:
    """One row's change as the text that is kept and hashed (`KeptChange.cells`)."""
    if not change.created:
        return _encode(change.cells).decode()
    return "{}" if change.after.deleted else cells_text(change.after.cells)


def changed_cells(text: str, created: bool) -> dict[str, Cell]:
    """What a kept text says: column -> (before, after)."""
    if created:
        return {column: (None, after) for column, after in _decode_created(text).items()}
    return _decode_changed(text)


def formulas_text(change: RowChange) -> str:
    """The formulas of the cells that differ, as they are kept; "" where there is none. They are a
    remark of the author's: no hash covers them.
    """
    if not change.formulas or change.after.deleted:
        return ""
    changed = change.cells
    told = {c: text[:LONGEST] for c, text in change.formulas.items() if c in changed}
    return cells_text(told) if told else ""


def formulas_of(text: str | None) -> dict[str, str]:
    """What such a text says."""
    return _decode_created(text) if text else {}


def by_row_id(commit: Commit) -> list[RowChange]:
    """A commit's changes in the order in which they are hashed."""
    return sorted(commit.changes, key=_row_id)


def kept_change(change: RowChange) -> KeptChange:
    """One row's change as it is kept and hashed."""
    row, created = change.after, change.created
    text = cells_text(row.cells) if created and not row.deleted else change_text(change)
    told = formulas_text(change)
    return KeptChange(row.table, row.id, row.deleted, created, text, told)


def kept_changes(commit: Commit) -> list[KeptChange]:
    """All changes of a commit as they are kept and hashed."""
    return list(map(kept_change, by_row_id(commit)))


def link(previous: str, commit: Commit, changes: Iterable[KeptChange]) -> str:
    """The hash of a commit, given the hash of the one before it."""
    source = f"{commit.kind}|{commit.cause}|{commit.file}|{commit.copy}"
    head = f"{previous}|{commit.seq}|{commit.mid}|{commit.user}|{commit.at}|{source}"
    maker = (f"made_by|{commit.made_by}",) if commit.made_by else ()  # no table is named so
    rows = [f"{c.table}|{c.id}|{c.deleted:d}|{c.cells}" for c in changes]
    return sha256("\n".join((head, *maker, *rows)).encode()).hexdigest()


def mark(chained: str) -> str:
    """The short name of a history, from the hash of its last commit."""
    return chained[:16]


def _row_id(change: RowChange) -> str:
    return change.after.id
