"""Statements that the database carries out while the core works on: in order, one at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType


class Behind:
    """One transaction's statements that nobody waits for yet. Long ones must let go of Python's
    lock, or nothing is gained.
    """

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._pending: deque[Future[None]] = deque()
        self._put_off: list[Callable[[], None]] = []

    def put(self, statement: Callable[..., None], *arguments: object) -> None:
        """Carries out a statement after those that were put before."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "statements")
        self._pending.append(self._thread.submit(statement, *arguments))

    def at_once(self, statement: Callable[..., None], *arguments: object) -> None:
        """Carries out a statement here and now, after those that were put before."""
        self.wait()
        statement(*arguments)

    def put_off(self, statements: Callable[[], None]) -> None:
        """Has statements put, or carried out, when somebody waits: before a question, or last."""
        self._put_off.append(statements)

    def wait(self) -> None:
        """Returns when all are carried out. Raises what the first that failed raised."""
        put_off, self._put_off = self._put_off, []
        for statements in put_off:
            statements()
        while self._pending:
            self._pending.popleft().result()

    def __enter__(self) -> Behind:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Waits, so that the transaction may end; after an error what has not begun is dropped."""
        try:
            if kind is None:
                self.wait()
        finally:
            if self._thread is not None:
                self._thread.shutdown(cancel_futures=True)
