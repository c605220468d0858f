"""The protocol's promises hold through random histories, over every store."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.protocol.central import central, sqlite_url
from tests.protocol.machine import copies

SETTINGS = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("store", ["memory", "sqlite"])
def test_the_promises_hold_through_random_histories(store: str, tmp_path: Path) -> None:
    with central(sqlite_url(tmp_path) if store == "sqlite" else "") as served:
        run_state_machine_as_test(copies(served), settings=SETTINGS)
