"""A book of one's own once more, over a bad line to a server that found it in its folder too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.office import FarOffice, line, seed_of
from tests.faults.scenes import scenes_of
from tests.scenarios import test_new_book

globals().update(scenes_of(test_new_book))


@pytest.fixture
def office(new_folder: None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[FarOffice]:
    """An office over a server process that has the new folder on its shelf."""
    seed = seed_of(request.node.name)
    with line(tmp_path, seed=seed, shelf=tmp_path / "more_books") as served:
        yield FarOffice(tmp_path, served)
        assert not served.verified()
