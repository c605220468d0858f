"""Proves the protocol for longer than `make test` may take: `python -m tests.soak`.

Every job's last figures are written into docs/reliability.md. With `--mutants` each rule of the
protocol is broken in turn, and it is told after how many histories the promises noticed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, settings

from tests.protocol.central import central
from tests.protocol.lives import RareEvents
from tests.protocol.machine import Copies
from tests.protocol.mutants import MUTANTS, RARELY_MISSED
from tests.soak.figures import write_figures
from tests.soak.jobs import JOBS, Job, played, playing
from tests.soak.progress import seconds


def main() -> int:
    """Does what was asked for; the number of jobs or mutants that went wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--scale", type=int, default=100, help="how much of everything")
    asked.add_argument("--only", default="", help="jobs whose name has this in it")
    asked.add_argument("--mutants", action="store_true")
    asked.add_argument("--folder", type=Path, help="where jobs go on that were ended before")
    options = asked.parse_args()
    if options.mutants:
        play = settings(playing(20 * options.scale), phases=[Phase.generate])
        return sum(not noticed(mutant, play) for mutant in MUTANTS)
    jobs = [job for job in JOBS if options.only in job.__name__]
    with TemporaryDirectory(prefix="lajur-soak-") as own:
        return sum(not done(job, options.scale, options.folder or Path(own)) for job in jobs)


def done(job: Job, scale: int, folder: Path) -> bool:
    """Whether a job went well; its figures are written then."""
    name, start, own = job.__name__.replace("_", " "), time.monotonic(), folder / job.__name__
    own.mkdir(parents=True, exist_ok=True)
    before = seconds(own)
    try:
        told = job(own, scale)
    except Exception as wrong:
        print(f"{name}: WENT WRONG: {wrong!r}", flush=True)
        return False
    took = f"{before + time.monotonic() - start:.0f} s"
    print(f"{name}: {told}, {took}", flush=True)
    write_figures(name, told, took, date.today())
    return True


def noticed(mutant: Callable[[pytest.MonkeyPatch], None], play: settings) -> bool:
    """Whether some promise breaks where this rule does."""
    machine = RareEvents if mutant in RARELY_MISSED else Copies
    with central() as served, pytest.MonkeyPatch.context() as patch:
        mutant(patch)
        try:
            count = played(served, play, machine)
        except Exception as caught:
            print(f"{mutant.__name__:26} caught: {str(caught).splitlines()[0][:100]}", flush=True)
            return True
    print(f"{mutant.__name__:26} SURVIVED {count} histories", flush=True)
    return False


if __name__ == "__main__":
    raise SystemExit(main())
