"""Plays thousands of random histories against the protocol's promises: `python -m tests.soak`.

`--examples` histories over each store; with `--mutants` each rule of the protocol is broken in
turn, and it is told after how many histories the promises noticed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.protocol.central import Central, central, sqlite_url
from tests.protocol.machine import Copies
from tests.protocol.mutants import MUTANTS


def main() -> int:
    """Plays what was asked for; the number of stores or mutants that went wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--examples", type=int, default=2000)
    asked.add_argument("--steps", type=int, default=30)
    asked.add_argument("--postgresql", metavar="URL", help="SQLAlchemy's URL of an empty database")
    asked.add_argument("--mutants", action="store_true")
    options = asked.parse_args()
    play = settings(
        max_examples=options.examples,
        stateful_step_count=options.steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        report_multiple_bugs=False,
    )
    if options.mutants:
        return sum(not noticed(mutant, play) for mutant in MUTANTS)
    with TemporaryDirectory() as folder:
        urls = {"memory": "", "sqlite": sqlite_url(Path(folder))}
        urls |= {"postgresql": options.postgresql} if options.postgresql else {}
        for name, url in urls.items():
            with central(url) as served:
                count, seconds = timed(served, play)
            print(f"{name}: {count} histories in {seconds:.0f} s, every promise held", flush=True)
    return 0


def timed(served: Central, play: settings) -> tuple[int, float]:
    """How many histories were played, in how many seconds."""
    count, start = 0, time.monotonic()

    def one() -> Copies:
        nonlocal count
        count += 1
        return Copies(served)

    run_state_machine_as_test(one, settings=play)
    return count, time.monotonic() - start


def noticed(mutant: Callable[[pytest.MonkeyPatch], None], play: settings) -> bool:
    """Whether some promise breaks where this rule does."""
    once = settings(play, phases=[Phase.generate])
    with central() as served, pytest.MonkeyPatch.context() as patch:
        mutant(patch)
        try:
            count, seconds = timed(served, once)
        except Exception as caught:
            print(f"{mutant.__name__:26} caught: {str(caught).splitlines()[0][:100]}", flush=True)
            return True
    print(f"{mutant.__name__:26} SURVIVED {count} histories, {seconds:.0f} s", flush=True)
    return False


if __name__ == "__main__":
    raise SystemExit(main())
