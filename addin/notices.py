"""The server's notices of new commits, heard in a thread: hints that say when to sync."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

import httpx2
import msgspec

from addin.errors import AddinError
from addin.server import client
from addin.tokens import token_for

SILENCE_S = 45.0  # the server says something every 15 s, or is gone
LONGEST_WAIT_S = 60.0
_NO_NOTICES = frozenset({403, 404, 405, 501})  # a server, or a proxy, that sends none


@dataclass(frozen=True)
class Binding:
    """The central copy of a workbook: the server's address and the company's code."""

    server: str
    company: str


class Notices:
    """The newest heads that were heard of. `wake` is set when one of them is new."""

    def __init__(self, wake: Event) -> None:
        self._wake = wake
        self._heads: dict[Binding, int] = {}
        self._end = Event()

    def head(self, binding: Binding) -> int:
        """The newest head that was heard of; 0 before. From the first question on, one listens."""
        if binding not in self._heads:
            self._heads[binding] = 0
            Thread(target=self._listen, args=(binding,), daemon=True).start()
        return self._heads[binding]

    def close(self) -> None:
        """Listens no longer."""
        self._end.set()

    def _listen(self, binding: Binding) -> None:
        """Connects again and again, as long as the server has notices at all."""
        failures = 0
        while not self._end.is_set():
            try:
                if not self._hear(binding):
                    return
                failures = 0
            except (httpx2.HTTPError, AddinError):
                failures += 1
            self._end.wait(pause(failures))

    def _hear(self, binding: Binding) -> bool:
        """Until the stream ends; False where there is none."""
        path = f"/v1/companies/{binding.company}/events"
        asked = {"from": str(self._heads[binding])}
        timeout = httpx2.Timeout(10.0, read=SILENCE_S)
        with (
            client(binding.server, token_for(binding.server)) as http,
            http.stream("GET", path, params=asked, timeout=timeout) as reply,
        ):
            if reply.status_code in _NO_NOTICES:
                return False
            reply.raise_for_status()
            for line in reply.iter_lines():
                if self._end.is_set():
                    break
                if line.startswith("data:"):
                    self._heads[binding] = _head(line)
                    self._wake.set()
        return True


def _head(line: str) -> int:
    try:
        told = msgspec.json.decode(line.removeprefix("data:"))
    except msgspec.MsgspecError:
        return 0
    head = told.get("head") if isinstance(told, dict) else None
    return head if isinstance(head, int) else 0


def pause(failures: int, choose: Callable[[float, float], float] = random.uniform) -> float:
    """Seconds until the next attempt: longer each time, and by chance, so that many workbooks do
    not come back to a server that was away at the same moment.
    """
    longest = min(LONGEST_WAIT_S, 2.0 ** min(failures, 10))
    return choose(longest / 2, longest)
