"""SQLite's log of commits goes into its file beside the requests: nobody waits for it."""

from __future__ import annotations

import logging
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Lock

PAGES = 2000  # of the log, about, after which it goes into the file
COMMIT, ROWS_A_PAGE = 6, 4  # pages that a commit writes at least; new rows that fill one more
log = logging.getLogger("lajur.server")


class Checkpoints:
    """Those of one file. Use from any thread. A commit is on the disk before: it is in the log."""

    def __init__(self, file: str) -> None:
        self._file = f"{Path(file).absolute().as_uri()}?mode=rw"  # none is made where it is gone
        self._pages = 0
        self._lock = Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None

    def committed(self, rows: int) -> None:
        """So many new rows are in the log now."""
        with self._lock:
            self._pages += COMMIT + rows // ROWS_A_PAGE
            if self._pages < PAGES or (self._last and not self._last.done()):
                return
            self._pages = 0
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, "checkpoints")
            self._last = self._thread.submit(self._checkpoint)

    def close(self) -> None:
        """Returns when nothing is written any more."""
        if self._thread is not None:
            self._thread.shutdown()
            self._thread = None

    def _checkpoint(self) -> None:
        try:
            with closing(sqlite3.connect(self._file, uri=True)) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:  # the log keeps all; writers try themselves when it is long
            log.warning("The log could not be written into the file: %s", error)
