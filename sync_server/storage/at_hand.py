"""Who holds which token, remembered for a moment: nearly every request asks."""

from __future__ import annotations

import time

from sync_server.core.port import Person

SECONDS = 2.0  # after which the database is asked again: another process may have changed roles
MANY = 10_000


class PeopleAtHand:
    """People by the digest of their token. Use from any thread."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[float, Person]] = {}

    def get(self, digest: str) -> Person | None:
        """Who was found a moment ago."""
        since, person = self._found.get(digest, (0.0, None))
        return person if time.monotonic() - since < SECONDS else None

    def put(self, digest: str, person: Person) -> None:
        """Remembers who was found."""
        if len(self._found) >= MANY:
            self.clear()
        self._found[digest] = (time.monotonic(), person)

    def clear(self) -> None:
        """Forgets everybody: somebody's roles changed."""
        self._found = {}
