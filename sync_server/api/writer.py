"""The queue of those who write: one transaction, and one wait for the disk, for many requests."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Condition
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends
from starlette.requests import HTTPConnection

from sync_server.api.deps import Served
from sync_server.core.errors import Busy, ServerError
from sync_server.core.port import Transaction
from sync_server.core.requests import Request, answer

T = TypeVar("T")
Job = Callable[[Transaction], object]

LANES = 8  # companies that are written at the same time
ROWS_TOGETHER = 2000  # of the requests that share a transaction, so that nobody waits for long
MAX_WAITING = 1000  # requests, beyond which one is told to come again
MAX_WAITING_BYTES = 256 * 1024 * 1024
log = logging.getLogger("lajur.server")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Somebody who waits: a push, or a job that needs the transaction for itself."""

    work: Request | Job
    rows: int
    size: int
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Takes writers in the order in which they came, company by company.

    Whoever is waiting when a transaction begins is written by it and answered when it is on the
    disk. An unforeseen error hurts nobody else: everybody is then tried again alone. `told` hears
    of each company's new head. Use from any thread.
    """

    def __init__(self, served: Served, told: Callable[[str, int], None]) -> None:
        self._served = served
        self._told = told
        self._threads = ThreadPoolExecutor(LANES, "writer")
        self._queues: dict[str, deque[_Waiting]] = {}
        self._changed = Condition()
        self._waiting = 0
        self._bytes = 0

    def push(self, company: str, request: Request, size: int) -> Future[bytes]:
        """The reply to a push as JSON. `size`: of its body, in bytes. Raises `Busy`."""
        return self._enter(company, _Waiting(request, request.rows, size))

    def alone(self, company: str, job: Callable[[Transaction], T]) -> Future[T]:
        """What a job does in a transaction of its own. Raises `Busy`."""
        return self._enter(company, _Waiting(job, ROWS_TOGETHER, 0))

    def close(self) -> None:
        """Returns when everybody who waits has been answered."""
        with self._changed:
            self._changed.wait_for(lambda: not self._queues)
        self._threads.shutdown()

    def _enter(self, company: str, one: _Waiting) -> Future[Any]:
        with self._changed:
            if self._waiting >= MAX_WAITING or self._bytes + one.size > MAX_WAITING_BYTES:
                raise Busy
            self._count(1, one.size)
            if company in self._queues:
                self._queues[company].append(one)
            else:
                self._queues[company] = deque([one])
                self._threads.submit(self._next, company)
        return one.future

    def _next(self, company: str) -> None:
        """Writes once for a company; whoever came meanwhile is next, after other companies."""
        with self._changed:
            together = _taken(self._queues[company])
        self._write(company, [one for one in together if one.future.set_running_or_notify_cancel()])
        with self._changed:
            self._count(-len(together), -sum(one.size for one in together))
            if self._queues[company]:
                self._threads.submit(self._next, company)
            else:
                del self._queues[company]
                self._changed.notify_all()

    def _count(self, requests: int, size: int) -> None:
        self._waiting += requests
        self._bytes += size

    def _write(self, company: str, together: Sequence[_Waiting]) -> None:
        if not together:
            return
        try:
            head, answers = self._transact(company, [one.work for one in together])
        except ServerError as refused:  # of the store or the company: the same for all
            answers = [refused] * len(together)
        except Exception as unforeseen:
            if len(together) > 1:
                log.warning("%d requests are written one by one: %r", len(together), unforeseen)
                for one in together:
                    self._write(company, [one])
                return
            answers = [unforeseen]
        else:
            self._told(company, head)
        _answer(together, answers)

    def _transact(self, company: str, work: Sequence[Request | Job]) -> tuple[int, list[object]]:
        """The new head and an answer each; all of it is durable."""
        with self._served.store.writing(company) as held:
            if not isinstance(work[0], Request):
                found: list[object] = [work[0](held)]
            else:
                requests = [one for one in work if isinstance(one, Request)]
                found = [*answer(held, self._served.catalogue, requests, self._served.now())]
            head = held.head
        if isinstance(work[0], Request):
            found = [a if isinstance(a, ServerError) else msgspec.json.encode(a) for a in found]
        return head, found


def _answer(waiting: Sequence[_Waiting], answers: Sequence[object]) -> None:
    for one, found in zip(waiting, answers, strict=True):
        if isinstance(found, BaseException):
            one.future.set_exception(found)
        else:
            one.future.set_result(found)


def _taken(queue: deque[_Waiting]) -> list[_Waiting]:
    """The first in a queue, and those behind that may share a transaction with it."""
    first = queue.popleft()
    together, rows = [first], first.rows
    while queue and isinstance(first.work, Request) and isinstance(queue[0].work, Request):
        rows += queue[0].rows
        if rows > ROWS_TOGETHER:
            break
        together.append(queue.popleft())
    return together


async def _writer(connection: HTTPConnection) -> Writer:
    found = connection.app.state.writer
    assert isinstance(found, Writer)
    return found


WriterDep = Annotated[Writer, Depends(_writer)]
