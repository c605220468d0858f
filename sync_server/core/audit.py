"""The audit trail's chain: every commit's hash covers its rows' changes and the commit before."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from sync_server.core.port import Commit, RowChange

GENESIS = "0" * 64
_encode = msgspec.json.Encoder().encode


def change_text(change: RowChange) -> str:
    """One row's change as the text that is kept and hashed: column -> [before, after]."""
    return _encode(change.cells).decode()


def row_text(change: RowChange, cells: str) -> str:
    """What the chain covers of a row: where it is, whether it went, and the change itself."""
    row = change.after
    return f"{row.table}|{row.id}|{int(row.deleted)}|{cells}"


def link(previous: str, commit: Commit, rows: Iterable[str]) -> str:
    """The hash of a commit, given the hash of the one before it."""
    head = f"{previous}|{commit.seq}|{commit.mid}|{commit.user}|{commit.at}|{commit.kind}"
    return sha256("\n".join((head, *rows)).encode()).hexdigest()
