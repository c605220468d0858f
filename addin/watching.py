"""When to sync a file that is watched: it was saved, the server has news, or time has passed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from addin.notices import Binding, pause

Stamp = tuple[int, int]  # of a file: when it was written, in ns, and its size
NO_FILE: Stamp = (0, 0)


@dataclass(frozen=True)
class Pace:
    """Seconds: `every` sync at least, a saved file rests `settle` first, one looks each `look`."""

    every: float = 30.0
    settle: float = 1.0
    look: float = 0.5


@dataclass(frozen=True)
class Done:
    """What became of a sync. `is_open`: another program has or saved it; `failed`: try later."""

    status: int
    head: int = 0
    binding: Binding | None = None
    is_open: bool = False
    failed: bool = False


@dataclass
class _File:
    """A watched file: its stamp after the last sync, as last seen, and since when it is so."""

    name: str
    synced: Stamp = NO_FILE
    seen: Stamp = NO_FILE
    since: float = 0.0
    next_time: float = 0.0
    failures: int = 0
    last: Done = field(default_factory=lambda: Done(0))


@dataclass(frozen=True)
class Watch:
    """What a watch is given: how to sync a file, the heads heard of, and what wakes or ends it."""

    sync: Callable[[str], Done]
    heard: Callable[[Binding], int]
    pace: Pace
    wake: Event
    end: Event
    clock: Callable[[], float] = time.monotonic


def watch(given: Watch, names: Sequence[str], times: int = 0) -> int:
    """Syncs files until the end, or so many times; the worst last status. A sync is never cut."""
    files = [_File(name, stamp_of(name), stamp_of(name)) for name in names]
    done = 0
    while not given.end.is_set():
        for file in files:
            if given.end.is_set() or (times and done == times):
                break
            if _is_due(given, file):
                _sync(given, file)
                done += 1
        if times and done == times:
            break
        given.wake.wait(given.pace.look)
        given.wake.clear()
    return max((file.last.status for file in files), default=0)


def _is_due(given: Watch, file: _File) -> bool:
    now, stamp = given.clock(), stamp_of(file.name)
    if stamp != file.seen:
        file.seen, file.since = stamp, now
    if stamp != file.synced and now - file.since < given.pace.settle:
        return False  # it may be half written
    if now >= file.next_time:
        return True
    if file.failures:  # the pause is over when it is over, whatever else there is
        return False
    if stamp != file.synced:
        return True
    binding = file.last.binding
    return binding is not None and given.heard(binding) > file.last.head


def _sync(given: Watch, file: _File) -> None:
    done = given.sync(file.name)
    if done.binding is None:
        done = Done(done.status, file.last.head, file.last.binding, done.is_open, done.failed)
    file.last, file.synced = done, stamp_of(file.name)
    file.seen, file.since = file.synced, given.clock()
    file.failures = file.failures + 1 if done.failed else 0
    rest = given.pace.every
    if done.is_open:
        rest = given.pace.settle
    elif done.failed:
        rest = pause(file.failures)
    file.next_time = given.clock() + rest


def stamp_of(name: str) -> Stamp:
    """A file's stamp; that of no file where there is none."""
    try:
        found = Path(name).stat()
    except OSError:
        return NO_FILE
    return found.st_mtime_ns, found.st_size
