"""Which spreadsheet is looked at next: three lanes and one line, in which nobody is overtaken.

A look costs the same whatever the lane; lanes differ in how soon the next one is due. Whoever has
been due for longest goes first: with n spreadsheets none waits longer than n looks take.
Times are seconds of one clock, which the caller reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_PAUSE_S = 900.0
FIRST_PAUSE_S = 15.0


class Lane(StrEnum):
    """How fresh the work in a spreadsheet is."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Lanes:
    """Seconds between two looks in each lane, and how long an edit keeps a spreadsheet there.

    A cold one is looked at when Drive says that it changed, and every `sweep` in any case: what
    Drive says comes late and may be wrong.
    """

    hot: float = 15.0
    warm: float = 90.0
    sweep: float = 3600.0
    stays_hot: float = 600.0
    stays_warm: float = 28_800.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one spreadsheet's time. `looked`: the last look began; `edited`: one found
    something that a person had typed; `called`: Drive or the server told of something new since the
    last look; `failures` in a row, and how long it rests for them.
    """

    name: str
    looked: float | None = None
    edited: float | None = None
    called: bool = False
    failures: int = 0
    rests_until: float = 0.0


def lane_of(seen: Seen, lanes: Lanes, now: float) -> Lane:
    """The lane at this moment."""
    if seen.edited is None:
        return Lane.COLD
    if now - seen.edited < lanes.stays_hot:
        return Lane.HOT
    return Lane.WARM if now - seen.edited < lanes.stays_warm else Lane.COLD


def due(seen: Seen, lanes: Lanes, now: float) -> float:
    """When the next look is due; a past moment where it is late.

    One that is called is due as soon as a hot one would be, whatever its lane.
    """
    if seen.failures:
        return seen.rests_until
    if seen.looked is None:
        return 0.0
    lane = lane_of(seen, lanes, now)
    every = {Lane.HOT: lanes.hot, Lane.WARM: lanes.warm, Lane.COLD: lanes.sweep}[lane]
    return seen.looked + (min(every, lanes.hot) if seen.called else every)


def next_of(
    all_seen: Iterable[Seen], lanes: Lanes, now: float, busy: Collection[str] = ()
) -> Seen | None:
    """The one that has been due for longest and is not being looked at; None where none is due."""
    waiting = [seen for seen in all_seen if seen.name not in busy]
    first = min(waiting, key=lambda seen: (due(seen, lanes, now), seen.name), default=None)
    return first if first and due(first, lanes, now) <= now else None


def wakes_at(
    all_seen: Iterable[Seen], lanes: Lanes, now: float, busy: Collection[str] = ()
) -> float | None:
    """When the next one is due; None where there is none to wait for."""
    moments = (due(seen, lanes, now) for seen in all_seen if seen.name not in busy)
    return min(moments, default=None)


def late_s(seen: Seen, lanes: Lanes, now: float) -> float:
    """How long a look has been due; 0 before."""
    return max(0.0, now - due(seen, lanes, now)) if seen.looked is not None else 0.0


def rest_s(failures: int) -> float:
    """How long one rests after so many failures in a row: twice as long each time, to an end."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 10))
