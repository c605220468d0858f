"""What became of mutations, and who made the commits: of those that are kept and those to come."""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.core.port import StoredResult, Transaction


class Fates:
    """One transaction's view; mutations are read in sets before they are asked for."""

    def __init__(self, held: Transaction) -> None:
        self._held = held
        self._results: dict[str, StoredResult | None] = {}
        self._made: dict[int, tuple[str, str]] = {}

    def load(self, mids: Iterable[str]) -> None:
        """Reads what became of many mutations, for `result`."""
        wanted = [mid for mid in dict.fromkeys(mids) if mid not in self._results]
        found = self._held.results(wanted) if wanted else {}
        for mid in wanted:
            self._results[mid] = found.get(mid)

    def result(self, mid: str) -> StoredResult | None:
        """What became of a mutation, None where it was never heard of."""
        if mid not in self._results:
            self.load([mid])
        return self._results[mid]

    def decide(self, mid: str, result: StoredResult) -> None:
        """Says what became of a mutation of this request."""
        self._results[mid] = result

    def author(self, seq: int) -> tuple[str, str]:
        """Who made a commit and when."""
        return self._made.get(seq) or self._held.authors([seq]).get(seq, ("", ""))

    def make(self, seq: int, by: str, when: str) -> None:
        """Says who makes a commit that is not kept yet."""
        self._made[seq] = (by, when)
