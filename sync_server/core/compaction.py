"""Compaction: tombstones and results of mutations that everybody has had time to hear of go.

The floor rises in the same transaction, so that a copy that was away for longer reads everything
anew instead of keeping what was deleted. The audit is never touched.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sync_server.core.port import Outlived, Transaction

DAYS = 400  # longer than anybody is away with unsent work


def compact(held: Transaction, now: str, days: int = DAYS, dry: bool = False) -> Outlived:
    """Takes away what is older than that many days; what was, or with `dry` what would be.

    `now` is UTC text as in the audit.
    """
    before = days_before(now, days)
    upto = held.last_before(before)
    found = held.outlived(upto, before)
    if not dry and (found.tombstones or found.results):
        held.purge(upto, before)
    return found


def days_before(now: str, days: int) -> str:
    """The moment that many days ago, as UTC text that sorts with the audit's."""
    then = datetime.fromisoformat(now) - timedelta(days=days)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
