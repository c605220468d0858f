"""`kill -9` of the client and of the server, at any step: nothing typed is lost, nothing is twice.

A few here; `make soak` kills hundreds.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.killing import kill


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_killed_over_sqlite_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    assert kill(tmp_path, f"sqlite:///{tmp_path / 'central.sqlite3'}", seed, 15).total() >= 15


@pytest.mark.postgresql
def test_whatever_is_killed_over_postgresql_nothing_is_lost(
    tmp_path: Path, postgresql_database_url: str
) -> None:
    assert kill(tmp_path, postgresql_database_url, 3, 12).total() >= 12
