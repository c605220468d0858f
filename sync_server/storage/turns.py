"""Taking turns before SQLite's one lock, which by itself serves whoever happens to ask."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import IO

from sync_server.core.errors import Busy

POLL_S = 0.001

if sys.platform == "win32":  # there processes compete for SQLite's own lock, as it serves them

    def _try(_: IO[bytes]) -> bool:
        return True

else:
    import fcntl

    def _try(file: IO[bytes]) -> bool:
        """Whether no other process stands first in line; the file's closing leaves the line."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without such locks
            return True
        return True


class Turns:
    """Who stands first in line for a database file: one thread of one process.

    The first in line alone asks SQLite for its lock, and leaves the line when it has it. Whoever
    wants to write again stands behind everybody who is waiting then, so that nobody starves.
    """

    def __init__(self, file: Path | None = None) -> None:
        """`file`: beside the database, nothing is written into it; None for one thread's own."""
        self._file = file
        self._lock = Lock()
        self._line: deque[Event] = deque()

    @contextmanager
    def first(self, patience_s: float) -> Iterator[float]:
        """First in line; the moment (`time.monotonic`) at which one gives up. Raises `Busy`."""
        until = time.monotonic() + patience_s
        self._come(until)
        try:
            with self._ahead_of_others(until):
                yield until
        finally:
            self._go()

    @contextmanager
    def _ahead_of_others(self, until: float) -> Iterator[None]:
        try:
            line = self._file.open("ab") if self._file else None
        except OSError:  # where no file can be made, SQLite alone decides, or says what is wrong
            line = None
        if line is None:
            yield
            return
        with line:
            poll(lambda: _try(line), until)
            yield

    def _come(self, until: float) -> None:
        mine = Event()
        with self._lock:
            self._line.append(mine)
            if self._line[0] is mine:
                return
        if mine.wait(until - time.monotonic()):
            return
        with self._lock:
            if self._line[0] is not mine:
                self._line.remove(mine)
                raise Busy

    def _go(self) -> None:
        with self._lock:
            self._line.popleft()
            if self._line:
                self._line[0].set()


def poll(free: Callable[[], bool], until: float) -> None:
    """Returns when it is free. Raises `Busy` at the end of one's patience."""
    while not free():
        if time.monotonic() > until:
            raise Busy
        time.sleep(POLL_S)
