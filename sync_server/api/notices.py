"""Live notice: who waits for a company's next commit hears of it. A hint, never the only way.

A commit of this process is told at once, one of another process by its database's notice or by
a look at the heads every second. A notice that is lost is made good by the reader's next pull.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from threading import Event, Lock, Thread
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from sync_server.core.errors import Busy, NoNotices, ServerError
from sync_server.core.port import Store

LOOK_S = 1.0  # between two looks at the heads
MAX_WAITING = 5000  # readers; the next is told to come again
log = logging.getLogger("lajur.server")
_Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Event]


class Notices:
    """The heads as far as this process has heard, and those who wait for one to move.

    Waiting takes no thread. `is_on` False: nobody is told anything, for servers behind proxies
    that cannot bear it, and to show that nothing depends on it.
    """

    def __init__(self, store: Store, is_on: bool = True) -> None:
        self.is_on = is_on
        self._store = store
        self._lock = Lock()
        self._heads: dict[str, int] = {}
        self._waiters: dict[str, set[_Waiter]] = {}
        self._closed = Event()
        self._threads: list[Thread] = []

    def open(self) -> None:
        """Begins to listen to other processes."""
        if self.is_on:
            listening = Thread(target=self._store.listen, args=(self.tell, self._closed))
            self._threads = [listening, Thread(target=self._look)]
            for thread in self._threads:
                thread.daemon = True  # it only reads
                thread.start()

    def close(self) -> None:
        """Lets everybody go who waits; from now on nobody waits."""
        self._closed.set()
        with self._lock:
            companies = list(self._waiters)
        for company in companies:
            self._wake(company)

    def tell(self, company: str, head: int) -> None:
        """A company's head has moved. May be called from any thread."""
        with self._lock:
            if self._heads.get(company) == head:
                return
            self._heads[company] = head
        self._wake(company)

    async def moved(self, company: str, seen: int, seconds: float) -> int:
        """The head as soon as it is another than was seen; `seen` when the time is up, and when
        nobody is told anything any more. Raises `NoNotices`, `Busy`.
        """
        if not self.is_on:
            raise NoNotices
        mine = (asyncio.get_running_loop(), asyncio.Event())
        self._enter(company, mine)
        try:
            async with asyncio.timeout(seconds):
                while not self.is_closed:
                    mine[1].clear()
                    head = self._heads.get(company, seen)
                    if head != seen:
                        return head
                    await mine[1].wait()
        except TimeoutError:
            pass
        finally:
            self._leave(company, mine)
        return seen

    @property
    def is_closed(self) -> bool:
        """Whether the server is about to end."""
        return self._closed.is_set()

    def _enter(self, company: str, mine: _Waiter) -> None:
        with self._lock:
            if sum(map(len, self._waiters.values())) >= MAX_WAITING:
                raise Busy("Too many wait for news: ask again without waiting")
            self._waiters.setdefault(company, set()).add(mine)

    def _leave(self, company: str, mine: _Waiter) -> None:
        with self._lock:
            self._waiters[company].discard(mine)
            if not self._waiters[company]:
                del self._waiters[company]

    def _wake(self, company: str) -> None:
        with self._lock:
            waiters = list(self._waiters.get(company, ()))
        for loop, event in waiters:
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:  # its loop has ended
                continue

    def _look(self) -> None:
        """Looks at the heads as long as somebody waits."""
        while not self._closed.wait(LOOK_S):
            if not self._waiters:
                continue
            try:
                heads: Mapping[str, int] = self._store.heads()
            except ServerError as away:
                log.warning("the heads cannot be read: %s", away)
                continue
            for company, head in heads.items():
                self.tell(company, head)


async def _notices(connection: HTTPConnection) -> Notices:
    found = connection.app.state.notices
    assert isinstance(found, Notices)
    return found


NoticesDep = Annotated[Notices, Depends(_notices)]
