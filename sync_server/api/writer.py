"""The queue of those who write: one transaction, and one wait for the disk, for many requests."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Condition
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends
from starlette.requests import HTTPConnection

from sync_server.api.deps import Served
from sync_server.api.openers import has_lock, named_in
from sync_server.core.errors import BadRequest, Busy, ServerError
from sync_server.core.port import Transaction
from sync_server.core.requests import Request, answer
from workbook_templates import wire

_encode = msgspec.json.Encoder().encode
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
        self._write(company, lambda everybody: self._take(company, everybody))
        with self._changed:
            if self._queues[company]:
                self._threads.submit(self._next, company)
            else:
                del self._queues[company]
                self._changed.notify_all()

    def _take(self, company: str, everybody: bool) -> list[_Waiting]:
        """Those of a queue who are next, without those who have gone away."""
        with self._changed:
            queue = self._queues[company]
            taken = [queue.popleft() for _ in range(len(queue) if everybody else _next_of(queue))]
            self._count(-len(taken), -sum(one.size for one in taken))
        return [one for one in taken if one.future.set_running_or_notify_cancel()]

    def _count(self, requests: int, size: int) -> None:
        self._waiting += requests
        self._bytes += size

    def _write(self, company: str, take: Callable[[bool], list[_Waiting]]) -> None:
        """Writes those who are taken once the lock is had: while one waits for it, more come."""
        together: list[_Waiting] = []
        try:
            with self._served.store.writing(company) as held:
                together = take(False)
                found = self._answers(held, together)
                head = held.head
        except Exception as error:
            of_all = isinstance(error, ServerError) and not isinstance(error, BadRequest)
            together = together or take(of_all)  # the store or the company says it to all alike
            if not of_all and len(together) > 1:
                log.warning("%d requests are written one by one: %r", len(together), error)
                for one in together:
                    self._write(company, partial(_only, one))
                return
            found = [error] * len(together)
        else:
            self._told(company, head)
            found = [
                self._with_names(company, one, f) for one, f in zip(together, found, strict=True)
            ]
        _answer(together, found)

    def _answers(self, held: Transaction, together: Sequence[_Waiting]) -> list[object]:
        """An answer each, in their order; as JSON already, while the store may still write, unless
        a lock in it is to be told with names, which are not in this transaction.
        """
        requests = [one.work for one in together if isinstance(one.work, Request)]
        if requests:
            answers = answer(held, self._served.catalogue, requests, self._served.now())
            return [a if isinstance(a, Exception) or has_lock(a) else _encode(a) for a in answers]
        return [one.work(held) for one in together if not isinstance(one.work, Request)]

    def _with_names(self, company: str, one: _Waiting, found: object) -> object:
        """The answer to a push that tells of a lock, with who may open it; any other as it is."""
        if not isinstance(one.work, Request) or not isinstance(found, wire.PushReply):
            return found
        try:
            return _encode(named_in(self._served, company, found))
        except Exception as error:  # what landed has landed: it is told without names
            log.warning("who may open a lock is not told: %r", error)
            return _encode(found)


def _only(one: _Waiting, _: bool) -> list[_Waiting]:
    return [one]


def _answer(waiting: Sequence[_Waiting], answers: Sequence[object]) -> None:
    for one, found in zip(waiting, answers, strict=True):
        if isinstance(found, BaseException):
            one.future.set_exception(found)
        else:
            one.future.set_result(found)


def _next_of(queue: Sequence[_Waiting]) -> int:
    """How many at the beginning of a queue may share a transaction."""
    rows = 0
    for count, one in enumerate(queue):
        rows += one.rows
        if count and (rows > ROWS_TOGETHER or not isinstance(one.work, Request)):
            return count
        if not isinstance(one.work, Request):
            return 1
    return len(queue)


async def _writer(connection: HTTPConnection) -> Writer:
    found = connection.app.state.writer
    assert isinstance(found, Writer)
    return found


WriterDep = Annotated[Writer, Depends(_writer)]
