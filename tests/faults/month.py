"""The month of the demo, with everybody but the server's keeper behind a bad line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from docs.examples.contoh.office import Office
from docs.examples.contoh.stage import Stage
from docs.examples.contoh.story import play
from docs.examples.contoh.weeks import balances
from tests.faults.office import TRIES, no_waits
from tests.faults.proxy import Proxy, proxied
from tests.scenarios.test_demo_month import run_here

COULD_NOT = 2


def run_until_done(words: Sequence[str], env: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """A command, again and again while it cannot reach the server."""
    for _ in range(TRIES):
        with no_waits():
            status, text = run_here(words, env, folder)
        if words[0] != "lajur" or status != COULD_NOT:
            return status, text
    raise AssertionError(f"the line is too bad: {text}")


class FarMonth(Office):
    """The office of the story at the other end of a line; its keeper reads reports directly."""

    seed, bad = 0, 0.0
    direct = ""

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The server, and the line before it."""
        with super().serving() as self.direct, no_waits(), self._line() as proxy:
            self.address = proxy.address
            yield self.address

    def _line(self) -> AbstractContextManager[Proxy]:
        return proxied(int(self.direct.rpartition(":")[2]), self.seed, self.bad)

    def report(self, name: str, **asked: str) -> list[dict[str, Any]]:
        """From the server itself."""
        far, self.address = self.address, self.direct
        try:
            return super().report(name, **asked)
        finally:
            self.address = far


def month(folder: Path, seed: int, bad: float) -> dict[str, Any]:
    """The balance of each account at the end of the month."""
    folder.mkdir(parents=True)
    database = f"sqlite:///{folder.resolve() / 'central.sqlite3'}"
    stage = Stage("en", Console(file=StringIO(), width=110))
    office = FarMonth(folder.resolve(), database, stage, run_until_done)
    office.seed, office.bad = seed, bad
    with office.serving():
        play(office)
        found = balances(office)
        assert office.ask("verify")["ok"]
        return found
