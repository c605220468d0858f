"""The line and the office of the scenarios, as they are over a bad line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.office import FarOffice, Line, line, seed_of
from tests.storage.conftest import postgresql_database_url

__all__ = ["postgresql_database_url"]


@pytest.fixture
def bad_line(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Line]:
    """A server behind a line whose faults depend on the test's name; green at the end."""
    with line(tmp_path, seed=seed_of(request.node.name)) as served:
        yield served
        assert not served.verified()


@pytest.fixture
def office(tmp_path: Path, bad_line: Line) -> FarOffice:
    """In place of the office of the scenarios."""
    return FarOffice(tmp_path, bad_line)
