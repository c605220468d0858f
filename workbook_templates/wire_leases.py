"""The messages of leases: whose turn it is to sync a live file that several people have open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeaseAsked:
    """A turn is asked for, or the one that `holder` has is made longer. `holder`: any random text
    by which one sync is told from another.
    """

    holder: str


@dataclass(frozen=True, slots=True)
class Lease:
    """A turn, held by a person until a moment (UTC text); it ends by itself."""

    copy: str
    by: str
    until: str
