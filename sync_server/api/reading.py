"""What routes that read ask for: one state of the company, as new as their caller wants it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from sync_server.api.deps import ServedDep
from sync_server.core.port import Transaction
from sync_server.core.pull import check_reached

MinSeq = Annotated[
    int, Query(ge=0, le=2**62, description="A commit that must have been read already")
]


@dataclass(frozen=True)
class Reading:
    """The company of the path, and the commit that its answer must know of."""

    served: ServedDep
    company: str
    min_seq: MinSeq = 0

    @contextmanager
    def held(self) -> Iterator[Transaction]:
        """One state of the company. Raises `Behind` where it is older than what is asked for."""
        with self.served.store.reading(self.company) as held:
            check_reached(held, self.min_seq)
            yield held


ReadingDep = Annotated[Reading, Depends()]
