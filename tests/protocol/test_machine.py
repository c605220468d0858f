"""The protocol's promises hold through random histories, over every store.

What fails here is told as it was found; `python -m tests.soak` plays longer and shortens it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.protocol.central import Central, central, sqlite_url
from tests.protocol.lives import lives
from tests.protocol.machine import Copies, copies


def play(url: str, examples: int, made: Callable[[Central], Callable[[], Copies]] = copies) -> None:
    wanted = settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],
        report_multiple_bugs=False,
    )
    with central(url) as served:
        run_state_machine_as_test(made(served), settings=wanted)


def test_the_promises_hold_over_a_store_in_memory() -> None:
    play("", 60)


def test_the_promises_hold_over_sqlite(tmp_path: Path) -> None:
    play(sqlite_url(tmp_path), 25)


def test_the_promises_hold_when_the_server_is_restored() -> None:
    play("", 60, lives)


def test_the_promises_hold_when_a_server_over_sqlite_is_restored(tmp_path: Path) -> None:
    play(sqlite_url(tmp_path), 12, lives)


@pytest.mark.postgresql
def test_the_promises_hold_when_a_server_over_postgresql_is_restored(
    postgresql_database_url: str,
) -> None:
    play(postgresql_database_url, 8, lives)


@pytest.mark.postgresql
def test_the_promises_hold_over_postgresql(postgresql_database_url: str) -> None:
    play(postgresql_database_url, 15)
