"""Whose turn it is to sync a live file, in SQL: one record a file, taken in one statement."""

from __future__ import annotations

from sync_server.core.port import HeldLease
from sync_server.storage.reading import Reader

TAKE = """
INSERT INTO leases (company, copy, holder, person, until) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (company, copy) DO UPDATE
SET holder = excluded.holder, person = excluded.person, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until <= ?"""


def take(on: Reader, wanted: HeldLease, now: str) -> HeldLease:
    """Who has the turn now: whoever wanted it, unless another's has not ended."""
    w = wanted
    on.tell(TAKE, on.company, w.copy, w.holder, w.person, w.until, now)
    (found,) = on.ask(
        "SELECT holder, person, until FROM leases WHERE company = ? AND copy = ?",
        *(on.company, w.copy),
    )
    return HeldLease(w.copy, *found)


def release(on: Reader, copy: str, holder: str) -> None:
    """Ends a turn; another's stays."""
    on.tell(
        "DELETE FROM leases WHERE company = ? AND copy = ? AND holder = ?",
        *(on.company, copy, holder),
    )
