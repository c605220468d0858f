"""What `lajur google-worker --status` tells: when each spreadsheet was read, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from addin.google_worker import state
from addin.google_worker.lanes import Lane, due, lane_of, late_s
from addin.google_worker.settings import Settings
from addin.google_worker.state import Known

SILENT_S = 300.0  # a worker that wrote nothing for so long is taken to be off


@dataclass(frozen=True, slots=True)
class Line:
    """One spreadsheet. Seconds count from now; `late` is 0 where it is not late."""

    url: str
    known: Known
    lane: Lane
    due_in: float
    late: float


@dataclass(frozen=True, slots=True)
class Status:
    """All of them, those that are late longest first; `silent`: no worker is at work."""

    lines: tuple[Line, ...]
    written: float | None
    silent: bool


def status_of(settings: Settings, now: float) -> Status:
    """The status by the worker's small file; the worker itself is not asked."""
    known = state.load(settings.state, [kept.url for kept in settings.workbooks])
    lines = [_line(settings, url, one, now) for url, one in known.items()]
    written = state.written_at(settings.state)
    silent = written is None or now - written > max(SILENT_S, 2 * settings.hints)
    return Status(tuple(sorted(lines, key=lambda line: -line.late)), written, silent)


def _line(settings: Settings, url: str, known: Known, now: float) -> Line:
    seen, lanes = known.seen, settings.lanes
    late = late_s(seen, lanes, now)
    return Line(url, known, lane_of(seen, lanes, now), due(seen, lanes, now) - now, late)


def reply(status: Status) -> dict[str, Any]:
    """The status as JSON: moments as local time, seconds as whole numbers."""
    return {
        "written": moment(status.written),
        "working": not status.silent,
        "workbooks": [_reply(line) for line in status.lines],
    }


def _reply(line: Line) -> dict[str, Any]:
    known = line.known
    return {
        "url": line.url,
        "title": known.title,
        "lane": line.lane.value,
        "read": moment(known.seen.looked),
        "synced": moment(known.synced),
        "due_in_seconds": round(line.due_in) if known.seen.looked is not None else 0,
        "late_seconds": round(line.late),
        "needs_you": known.open,
        "problem": dict(known.problem) or None,
    }


def moment(seconds: float | None) -> str | None:
    """Local time to the second; None for never."""
    return None if seconds is None else f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M:%S}"
