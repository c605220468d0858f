"""The files of a company: which of them is a clone of another, and what is worth noting anew.

A file carries an id and a stamp that each of its saves replaces. Nothing is decided by them.
"""

from __future__ import annotations

from dataclasses import replace

from sync_server.core.port import CopySeen

MOMENT = 15  # characters of a UTC text up to the ten minutes: "2026-05-31T10:0"


def is_clone(known: CopySeen | None, stamp: str, before: str) -> bool:
    """Whether a file with a known id is not the one that came last: a copy of it, or an older
    version out of a backup.

    `before`: the stamp with which the file came last; the one of its save since may be unknown.
    """
    return known is not None and known.stamp != "" and known.stamp not in (stamp, before)


def is_news(known: CopySeen | None, seen: CopySeen) -> bool:
    """Whether a file has something to say that is not noted: who only asks costs no write."""
    if known is None or known.last_seen[:MOMENT] != seen.last_seen[:MOMENT]:
        return True
    return replace(known, last_seen="") != replace(seen, last_seen="")
