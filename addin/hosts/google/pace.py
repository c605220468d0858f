"""How fast we may ask: tokens are taken before each call, and failed calls wait before the next."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

READS = WRITES = 48.0  # a minute: four fifths of what Google gives a person or service account
BURST = 10.0
LONGEST_PAUSE_S = 60.0
PATIENCE_S = 300.0  # for one call with all its repetitions


@dataclass
class Bucket:
    """Tokens for one kind of calls of one account, refilled evenly; shared by its threads."""

    per_minute: float
    burst: float = BURST
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _tokens: float = field(init=False)
    _at: float = field(init=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self._tokens, self._at = self.burst, self.clock()

    def take(self) -> None:
        """Take one token; sleeps until it is there. Whoever comes first is served first."""
        if wait := self._claimed():
            self.sleep(wait)

    def wait_s(self) -> float:
        """Seconds until a token is there, for those who would rather do something else first."""
        with self._lock:
            self._refill()
            return max(0.0, (1 - self._tokens) * 60 / self.per_minute)

    def _claimed(self) -> float:
        """Takes the token in advance; the seconds to wait for it."""
        with self._lock:
            self._refill()
            self._tokens -= 1
            return max(0.0, -self._tokens * 60 / self.per_minute)

    def _refill(self) -> None:
        now = self.clock()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.per_minute / 60)
        self._at = now


@dataclass
class Pace:
    """The buckets of one account, and its patience with failures.

    ``chance`` gives a share between 0 and 1 of each pause: full jitter, so that many who failed
    together do not come back together.
    """

    reads: Bucket = field(default_factory=lambda: Bucket(READS))
    writes: Bucket = field(default_factory=lambda: Bucket(WRITES))
    patience_s: float = PATIENCE_S
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def pause(self, attempt: int, began: float) -> bool:
        """Wait before attempt number ``attempt`` + 1; False when patience is at its end."""
        wait = self.chance() * min(LONGEST_PAUSE_S, 2.0**attempt)
        if self.clock() + wait - began > self.patience_s:
            return False
        self.sleep(wait)
        return True
