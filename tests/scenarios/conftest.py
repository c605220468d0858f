"""The office of the scenarios."""

from pathlib import Path

import pytest

from tests.scenarios.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A company with a chart of accounts, and an empty folder for workbooks."""
    return Office(tmp_path)
