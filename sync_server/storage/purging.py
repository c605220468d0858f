"""Compaction in SQL: what is old enough to go, and taking it away. The audit stays whole."""

from __future__ import annotations

from sync_server.core.port import Outlived
from sync_server.storage.reading import Reader

TOMBSTONES = "FROM rows WHERE company = ? AND deleted AND seq <= ?"
RESULTS = "FROM mutations WHERE company = ? AND at < ?"


def last_before(on: Reader, at: str, head: int) -> int:
    """The last commit such that it and all before it are older than a moment."""
    found = on.ask("SELECT MIN(seq) FROM commits WHERE company = ? AND at >= ?", on.company, at)
    return head if found[0][0] is None else int(found[0][0]) - 1


def outlived(on: Reader, upto: int, before: str, floor: int) -> Outlived:
    """What `purge` would take away; the floor is the newest tombstone that goes."""
    count, newest = on.ask(f"SELECT COUNT(*), MAX(seq) {TOMBSTONES}", on.company, upto)[0]
    ((results,),) = on.ask(f"SELECT COUNT(*) {RESULTS}", on.company, before)
    return Outlived(int(count), int(results), max(floor, int(newest or 0)))


def purge(on: Reader, upto: int, before: str, floor: int) -> int:
    """Takes tombstones and results away; the new floor, set in the same transaction."""
    risen = outlived(on, upto, before, floor).floor
    on.tell(f"DELETE {TOMBSTONES}", on.company, upto)
    on.tell(f"DELETE {RESULTS}", on.company, before)
    on.tell("UPDATE companies SET min_cursor = ? WHERE code = ?", risen, on.company)
    return risen
